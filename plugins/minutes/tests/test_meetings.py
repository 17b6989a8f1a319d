"""Meetings from their agenda to their corrections, as a member does it in the browser."""

import re
import time
from datetime import timedelta

import pytest

from app.calendar.days import say_day
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import digest, meetings, starting
from plugins.minutes.meetings import Meeting
from plugins.minutes.tests.conftest import EVENT, OLD, write
from tests.web.hands import Browser, form, notices
from tests.web.mailed import last_letter, letters

NOTES = "- Décision : on refait le toit.\n- Action : Nadia appelle le couvreur avant le 3 avril\n- [x] Paul a rangé\n"
FOUND = {
    "kind": ["decision", "action"], "what": ["On refait le toit.", "Appelle le couvreur"], "who": ["", "Nadia"],
    "day": ["", "2026-04-03"], "how": ["consent", ""], "source": ["a", "b"], "keep": ["0", "1"],
}  # fmt: skip


def find(site: Station, title: str = "Café des chantiers") -> Meeting:
    return next(one for one in meetings.load(site.door, OPERATOR) if one.row.title == title)


def propose(browser: Browser, what: str = "Le toit", **more: str) -> str:
    sent = browser.post("/reunions/propose", **({"event": EVENT, "what": what} | more))
    assert sent.status_code == 303, sent.text
    return sent.location


def running(browser: Browser, site: Station) -> str:
    path = propose(browser).removeprefix("/")
    browser.post(f"/reunions/next/{path}", **{"from": "agenda"})
    return path


def reread(site: Station) -> str:
    path = "reunions/2026/2026-03-20-chantier"
    write(site, path, f"---\ntitle: Chantier\nform: minutes\nday: 2026-03-20\nstep: reread\n---\n{NOTES}")
    return path


# -- before ----------------------------------------------------------------------------------------------------------


def test_event_leads_to_proposing_and_to_notes(member: Browser, reader: Browser) -> None:
    page = member.get(f"/{EVENT}").text

    assert f"/reunions/propose?event={EVENT}@" in page
    assert "/-/record/new/minutes?from=minutes:" in page
    assert "/reunions/propose" not in reader.get(f"/{EVENT}").text


def test_first_proposal_begins_the_agenda_and_the_next_joins_it(member: Browser, site: Station) -> None:
    first = propose(member, "Le toit", minutes="20", who="Idris", aim="decision")
    second = propose(member, "La serre")
    points = find(site).rows("points")

    assert first == second
    assert [(one["what"], one.get("minutes"), one.get("aim")) for one in points] == [
        ("Le toit", "20", "decision"), ("La serre", None, None),
    ]  # fmt: skip
    assert find(site).state == meetings.AGENDA


@pytest.mark.parametrize(
    ("typed", "said"), [({"what": ""}, "what to talk about"), ({"what": "x", "minutes": "ten"}, "number")]
)
def test_what_cannot_be_proposed_is_said(member: Browser, typed: dict[str, str], said: str) -> None:
    sent = member.post("/reunions/propose", event=EVENT, **typed)

    assert sent.status_code == 400
    assert said in sent.text


def test_passers_by_propose_nothing(reader: Browser) -> None:
    assert reader.post("/reunions/propose", event=EVENT, what="Le toit").status_code == 403


def test_nothing_is_proposed_once_the_meeting_runs(member: Browser, site: Station) -> None:
    running(member, site)

    assert member.post("/reunions/propose", event=EVENT, what="Trop tard").status_code == 409


# -- notes -----------------------------------------------------------------------------------------------------------


def test_notes_open_with_the_event_and_what_is_still_to_do(member: Browser, site: Station) -> None:
    link = re.search(r'href="(/-/record/new/minutes\?from=[^"]+)"', member.get(f"/{EVENT}").text)
    assert link
    typed = form(member.get(link[1]), "form[data-record]")

    assert (typed["f.title"], typed["f.place"]) == ("Café des chantiers", "La gare")
    assert typed["f.day"] > site.today().isoformat()
    assert "Nadia : Appeler le couvreur" in typed["body"]
    assert "2026-1 · Le four reste ouvert" in typed["body"]
    assert "secrète" not in typed["body"]


def test_beginning_the_notes_makes_a_heading_of_each_item(member: Browser, site: Station) -> None:
    path = running(member, site)

    assert find(site).state == meetings.RUNNING
    assert "## Le toit" in site.door.text(OPERATOR, path)[1]


def test_notes_of_a_group_stand_in_its_folder(site: Station) -> None:
    write(site, "jardins/index", "---\ntitle: Jardins\n---\nIci.\n")
    write(
        site,
        "agenda/2026/jardin",
        "---\ntitle: Jardin\nform: event\nwhen: {start: 2026-12-20T20:00}\nspaces: [jardins]\n---\n",
    )
    begun = starting.draft(site, OPERATOR, "agenda/2026/jardin@2026-12-20")

    assert begun is not None
    assert (begun.folder, begun.fields["day"]) == ("jardins/reunions", "2026-12-20")


def test_two_who_go_on_at_once_are_told(member: Browser, site: Station) -> None:
    path = running(member, site)

    assert member.post(f"/reunions/next/{path}", **{"from": "agenda"}).status_code == 409


def test_passers_by_take_no_step(reader: Browser) -> None:
    assert reader.get(f"/reunions/next/{OLD}").status_code == 403
    assert reader.post(f"/reunions/next/{OLD}", **{"from": "valid", "words": "x"}).status_code == 403


# -- decisions and actions ---------------------------------------------------------------------------------------------


def test_lines_are_proposed_and_nothing_is_kept_by_looking(member: Browser, site: Station) -> None:
    page = member.get(f"/reunions/found/{reread(site)}").text

    assert 'value="On refait le toit."' in page
    assert 'value="2026-04-03"' in page
    assert find(site, "Chantier").rows("decisions") == []


def test_what_is_ticked_is_kept_with_a_number(member: Browser, site: Station) -> None:
    path = reread(site)
    member.post(f"/reunions/found/{path}", **FOUND)
    [decision], [action] = find(site, "Chantier").rows("decisions"), find(site, "Chantier").rows("actions")

    assert (decision["number"], decision["what"], decision["how"]) == ("2026-2", "On refait le toit.", "consent")
    assert (action["who"], action["due"]) == ("Nadia", "2026-04-03")
    assert decision["id"] != action["id"]


def test_what_is_kept_is_proposed_no_more(member: Browser, site: Station) -> None:
    path = reread(site)
    member.post(f"/reunions/found/{path}", **FOUND)

    assert "On refait le toit" not in member.get(f"/reunions/found/{path}").text


def test_day_that_does_not_exist_is_told_and_what_was_typed_stays(member: Browser, site: Station) -> None:
    sent = member.post(f"/reunions/found/{reread(site)}", **{**FOUND, "day": ["", "2026-02-31"]})

    assert sent.status_code == 400
    assert "This day does not exist" in sent.text
    assert "Appelle le couvreur" in sent.text


# -- validated -------------------------------------------------------------------------------------------------------


def test_validated_minutes_are_mailed_with_decisions_first(member: Browser, site: Station) -> None:
    path = reread(site)
    member.post(f"/reunions/found/{path}", **FOUND)
    member.post(f"/reunions/next/{path}", **{"from": "reread", "send": "1", "to": "liste@example.org"})
    letter = last_letter(site)

    assert find(site, "Chantier").state == meetings.VALID
    assert (letter.to, letter.path) == ("liste@example.org", f"/{path}")
    assert letter.text.index("On refait le toit") < letter.text.index("Appelle le couvreur") < letter.text.index(path)


def test_address_that_is_none_is_told_and_nothing_is_validated(member: Browser, site: Station) -> None:
    sent = member.post(f"/reunions/next/{reread(site)}", **{"from": "reread", "send": "1", "to": "liste"})

    assert sent.status_code == 400
    assert (find(site, "Chantier").state, letters(site)) == (meetings.REREAD, [])


def test_correction_of_validated_minutes_stands_below_with_its_day(member: Browser, site: Station) -> None:
    sent = member.post(f"/reunions/next/{OLD}", **{"from": "valid", "words": "Le four ferme en août."})

    assert notices(member.get(sent.location)) == ["The correction stands below the minutes."]
    assert re.search(
        r"Un mot du four\.\n\n## Correction of .*20\d\d\n\nLe four ferme", site.door.text(OPERATOR, OLD)[1]
    )


# -- registers -------------------------------------------------------------------------------------------------------


def test_registers_show_what_the_reader_may_read(reader: Browser) -> None:
    decisions = reader.get("/reunions/decisions").text

    assert "Le four reste ouvert" in decisions
    assert "secrète" not in decisions
    assert "Bureau" not in reader.get("/reunions/").text


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", [True, False]), ("?show=late", [True, False]), ("?show=done", [False, True]), ("?show=all", [True, True]),
     ("?show=all&who=paul", [False, True]), ("?show=all&who=pau", [False, False]), ("?show=all&q=couvreur", [True, False]),
     ("?show=all&year=2025", [False, False]), ("?show=all&year=2026", [True, True])],
)  # fmt: skip
def test_actions_are_filtered(reader: Browser, query: str, shown: list[bool]) -> None:
    page = reader.get(f"/reunions/actions{query}").text

    assert [words in page for words in ("Appeler le couvreur", "Ranger la salle")] == shown


def test_member_notes_that_something_is_done_and_opens_it_again(member: Browser, site: Station) -> None:
    member.post(f"/reunions/actions/{OLD}", id="a1", done="1")
    assert find(site, "Assemblée de mars").rows("actions")[0]["done"] == site.today().isoformat()

    member.post(f"/reunions/actions/{OLD}", id="a1", done="0")
    assert "done" not in find(site, "Assemblée de mars").rows("actions")[0]


def test_passers_by_note_nothing(reader: Browser, site: Station) -> None:
    reader.post(f"/reunions/actions/{OLD}", id="a1", done="1")

    assert "done" not in find(site, "Assemblée de mars").rows("actions")[0]


def test_action_that_is_gone_is_told(member: Browser) -> None:
    assert member.post(f"/reunions/actions/{OLD}", id="zz", done="1").status_code == 404


def test_blocks_show_the_registers_in_a_page(member: Browser, site: Station) -> None:
    write(site, "nos-reunions", "{{decisions count=2}}\n\n{{actions}}\n\n{{actions count=zero}}\n")
    page = member.get("/nos-reunions").text

    assert "Le four reste ouvert" in page
    assert "Appeler le couvreur" in page
    assert "is a number from 1 to 50" in page


def test_list_is_searched_and_leads_to_paper_and_feed(reader: Browser) -> None:
    assert "Assemblée de mars" in reader.get("/reunions/?q=four").text
    assert "Assemblée de mars" not in reader.get("/reunions/?q=zibeline").text
    assert "Un mot du four" in reader.get("/reunions/paper?year=2026").text
    feed = reader.get("/reunions/feed.atom")
    assert feed.mimetype == "application/atom+xml"
    assert "Le four reste ouvert" in feed.text
    assert "Bureau" not in feed.text


# -- told ------------------------------------------------------------------------------------------------------------


def test_home_page_shows_the_latest_minutes(reader: Browser, site: Station) -> None:
    write(site, "index", "---\ntitle: Accueil\n---\nBienvenue.\n")

    assert "Assemblée de mars" in reader.get("/").text


def test_weekly_mail_tells_of_minutes_and_of_what_is_due(site: Station) -> None:
    days = {name: site.today() + timedelta(days=days) for name, days in (("a", -9), ("b", -2), ("c", 3), ("d", 40))}
    todo = "".join(f"  - {{id: {name}, what: Semer {name}, who: Zoé, due: {day}}}\n" for name, day in days.items())
    path = f"reunions/{days['a'].year}/{days['a']}-semis"
    write(site, path, f"---\ntitle: Semis\nform: minutes\nday: {days['a']}\nstep: valid\n"
          f"decisions:\n  - {{id: e1, what: On sème}}\nactions:\n{todo}---\n")  # fmt: skip
    new, due = digest.sections(site, OPERATOR, 0, int(time.time()) + 60)
    language = site.settings.get().language

    assert [line.words for line in new.lines] == ["Semis · On sème"], "what was changed in old minutes is no news"
    assert [line.words for line in due.lines] == [
        f"{say_day(days[name], language)} · Zoé · Semer {name}" for name in "cab"
    ], "soon first, then late; neither what is far off nor what is late for ever"


def test_check_up_counts_what_is_late_and_to_be_reviewed(site: Station) -> None:
    assert [values["count"] for _, values in digest.checkup(site)] == ["1", "1"]
