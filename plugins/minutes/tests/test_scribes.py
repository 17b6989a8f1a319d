"""Two scribes write the same minutes at once: what both wrote is kept, or shown to who was second."""

import pytest
from flask import Flask

from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import meetings
from plugins.minutes.tests.conftest import write
from plugins.minutes.tests.test_meetings import FOUND, find
from tests.web.conftest import sign_in
from tests.web.hands import Browser, form

PATH = "reunions/2026/2026-03-20-chantier"
BODY = "## Le toit\n\nIl fuit.\n\n## La serre\n\nElle attend.\n"
ROOF, GREENHOUSE = BODY.replace("Il fuit.", "On le refait."), BODY.replace("Elle attend.", "On la monte en mars.")


@pytest.fixture
def second(app: Flask, site: Station) -> Browser:
    """Give the browser of another scribe; there are minutes that are being written."""
    write(site, PATH, f"---\ntitle: Chantier\nform: minutes\nday: 2026-03-20\nstep: running\n---\n{BODY}")
    return sign_in(app, site, "Rose", is_admin=False)


def opened(scribe: Browser) -> dict[str, str]:
    """Open the notes as a scribe does at the beginning."""
    return form(scribe.get(f"/-/record/edit/{PATH}"), "form[data-record]")


def save(scribe: Browser, typed: dict[str, str], **changed: str) -> int:
    return scribe.post(f"/-/record/edit/{PATH}", **(typed | changed), action="send").status_code


def test_two_who_write_below_two_headings_both_keep_theirs(member: Browser, second: Browser, site: Station) -> None:
    first, other = opened(member), opened(second)
    codes = save(member, first, body=ROOF), save(second, other, body=GREENHOUSE)
    text = site.door.text(OPERATOR, PATH)[1]

    assert codes == (303, 303)
    assert "On le refait." in text and "On la monte en mars." in text


def test_two_who_edit_two_sections_both_keep_theirs(member: Browser, second: Browser, site: Station) -> None:
    scribes = {f"/-/edit/{PATH}?section=1": member, f"/-/edit/{PATH}?section=2": second}
    opened = {place: form(scribe.get(place), "form[data-editor]") for place, scribe in scribes.items()}
    for place, scribe in scribes.items():
        typed = opened[place]["text"].replace("Il fuit.", "On le refait.").replace("Elle attend.", "On la monte.")
        assert scribe.post(place, **(opened[place] | {"text": typed}), action="save").status_code == 303
    text = site.door.text(OPERATOR, PATH)[1]

    assert ["Elle attend." in typed["text"] for typed in opened.values()] == [False, True]
    assert "On le refait." in text and "On la monte." in text


def test_one_writes_notes_while_the_other_says_who_is_there(member: Browser, second: Browser, site: Station) -> None:
    first, other = opened(member), opened(second)
    save(member, first, body=ROOF)
    save(second, other, **{"f.present": "Nadia, Paul"})
    meeting = find(site, "Chantier")

    assert meeting.names("present") == ["Nadia", "Paul"]
    assert "On le refait." in site.door.text(OPERATOR, PATH)[1]


def test_who_wrote_the_same_line_second_sees_both(member: Browser, second: Browser, site: Station) -> None:
    first, other = opened(member), opened(second)
    save(member, first, body=ROOF)
    sent = second.post(
        f"/-/record/edit/{PATH}", **(other | {"body": BODY.replace("Il fuit.", "On le vend.")}), action="send"
    )

    assert sent.status_code == 409
    assert "On le refait." in sent.text and "On le vend." in sent.text
    assert "On le vend." not in site.door.text(OPERATOR, PATH)[1]


def test_notes_are_kept_though_another_has_gone_to_the_next_step(
    member: Browser, second: Browser, site: Station
) -> None:
    typed = opened(member)
    second.post(f"/reunions/next/{PATH}", **{"from": "running"})
    code = save(member, typed, body=ROOF)

    assert (code, find(site, "Chantier").state) == (303, meetings.REREAD)
    assert "On le refait." in site.door.text(OPERATOR, PATH)[1]


def test_two_who_confirm_what_was_found_give_no_number_twice(member: Browser, second: Browser, site: Station) -> None:
    for one, what in ((member, "On refait le toit"), (second, "On monte la serre")):
        one.post(f"/reunions/found/{PATH}", **{**FOUND, "what": [what, f"{what} : acheter"]})
    numbers = [row["number"] for row in find(site, "Chantier").rows("decisions")]

    assert len(find(site, "Chantier").rows("actions")) == 2
    assert len(numbers) == len(set(numbers)) == 2
