"""What is pressed twice, by two, or too late happens once; and validated minutes say what came later."""

import re
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import meetings, states
from plugins.minutes.tests.conftest import OLD, write
from plugins.minutes.tests.test_meetings import FOUND, find, propose, reread
from tests.web.conftest import sign_in
from tests.web.hands import Browser
from tests.web.mailed import letters


def test_what_is_kept_twice_stands_once(member: Browser, site: Station) -> None:
    path = reread(site)
    for _ in range(2):
        member.post(f"/reunions/found/{path}", **FOUND)

    assert [one["number"] for one in find(site, "Chantier").rows("decisions")] == ["2026-2"]
    assert len(find(site, "Chantier").rows("actions")) == 1


def test_lines_are_ticked_only_until_somebody_has_chosen(member: Browser, site: Station) -> None:
    path = reread(site)
    first = member.get(f"/reunions/found/{path}").text
    member.post(f"/reunions/found/{path}", **{**FOUND, "what": ["On refait tout le toit.", "Appelle"]})
    second = member.get(f"/reunions/found/{path}").text

    assert 'name="keep" value="0" checked' in first
    assert (
        "On refait le toit." in second and "checked" not in second.replace('name="done"', "")[: second.index("form>")]
    )


def test_a_number_of_a_closed_group_is_not_given_again(member: Browser, site: Station) -> None:
    write(site, "secret/reunions/2026/2026-03-08-bureau", "---\ntitle: Encore\nform: minutes\nday: 2026-03-08\n"
          "step: valid\naudience: admins\ndecisions:\n  - {id: e1, what: Autre, number: 2026-7}\n---\n")  # fmt: skip
    member.post(f"/reunions/found/{reread(site)}", **FOUND)

    assert find(site, "Chantier").rows("decisions")[0]["number"] == "2026-8"


def test_two_who_propose_first_make_one_agenda(app: Flask, member: Browser, site: Station) -> None:
    browsers, start = [member, sign_in(app, site, "Zoé", is_admin=False)], Barrier(2)

    def press(browser: Browser, what: str) -> None:
        start.wait()
        propose(browser, what)

    threads = [Thread(target=press, args=pair) for pair in zip(browsers, ("Le toit", "La serre"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    begun = [one for one in meetings.load(site.door, OPERATOR) if one.state == meetings.AGENDA]

    assert [len(one.rows("points")) for one in begun] == [2]


def test_a_step_that_somebody_else_has_taken_is_not_taken_again(
    member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = reread(site)
    late = find(site, "Chantier")
    member.post(f"/reunions/next/{path}", **{"from": "reread"})
    monkeypatch.setattr(states, "find", lambda _path: late)  # as it was read before the other press

    sent = member.post(f"/reunions/next/{path}", **{"from": "reread", "send": "1", "to": "liste@example.org"})

    assert sent.status_code == 409
    assert (find(site, "Chantier").state, letters(site)) == (meetings.VALID, [])


def test_who_has_sent_too_many_has_not_validated_and_sends_later(member: Browser, site: Station) -> None:
    path, send = reread(site), {"do": "send", "from": "valid", "to": "liste@example.org"}
    for _ in range(5):
        assert member.post(f"/reunions/next/{OLD}", **send).status_code == 303
    refused = member.post(f"/reunions/next/{path}", **{"from": "reread", "send": "1", "to": "liste@example.org"})

    assert refused.status_code == 429
    assert find(site, "Chantier").state == meetings.REREAD
    assert [one.to for one in letters(site)] == ["liste@example.org"] * 5


def test_validated_minutes_are_sent_later_too(member: Browser, site: Station) -> None:
    wrong = member.post(f"/reunions/next/{OLD}", **{"do": "send", "from": "valid", "to": "liste"})
    member.post(f"/reunions/next/{OLD}", **{"do": "send", "from": "valid", "to": "liste@example.org"})

    assert wrong.status_code == 400
    assert [one.to for one in letters(site)] == ["liste@example.org"]


def test_what_is_kept_of_validated_minutes_stands_below_them_with_its_day(member: Browser, site: Station) -> None:
    path = reread(site)
    member.post(f"/reunions/next/{path}", **{"from": "reread"})
    for _ in range(2):
        member.post(f"/reunions/found/{path}", **FOUND)
    text = site.door.text(OPERATOR, path)[1]

    assert re.search(
        r"## Correction of .*20\d\d\n\n\* 2026-2 · On refait le toit\.\n\* Nadia · Appelle le couvreur", text
    )
    assert text.count("Correction of") == 1


def test_decisions_of_several_spaces_are_chosen_by_space(member: Browser, site: Station) -> None:
    write(site, "four/index", "---\ntitle: Four\n---\nOn cuit.\n")
    write(site, "reunions/2026/2026-04-01-four", "---\ntitle: Du four\nform: minutes\nday: 2026-04-01\nstep: valid\n"
          "spaces: [four]\ndecisions:\n  - {id: f1, what: On cuit le samedi}\n---\n")  # fmt: skip

    assert "On cuit le samedi" in member.get("/reunions/decisions?space=four").text
    assert "Le four reste ouvert" not in member.get("/reunions/decisions?space=four").text
