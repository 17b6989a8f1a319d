"""Those present and the roles that the notes name are proposed beside the decisions, and kept by the same press."""

from app.station import Station
from plugins.minutes.tests.conftest import write
from plugins.minutes.tests.test_meetings import find
from tests.web.hands import Browser

PATH = "reunions/2026/2026-03-12-lavoir"
HEAD = "Présents : Nadia, Paul et Léa\nAnimation : Nadia\n\n## Prochaine réunion\n\nJeudi 9 avril, à la gare.\n"


def notes(site: Station, said: str = "") -> str:
    """Write minutes with these answers, whose notes name people."""
    write(site, PATH, f"---\ntitle: Lavoir\nform: minutes\nday: 2026-03-12\nstep: reread\n{said}---\n{HEAD}")
    return PATH


def test_people_and_roles_are_proposed_and_nothing_is_kept_by_looking(member: Browser, site: Station) -> None:
    page = member.get(f"/reunions/found/{notes(site)}").text

    assert 'value="Nadia, Paul, Léa"' in page
    assert 'value="Nadia"' in page
    assert 'value="Jeudi 9 avril, à la gare"' in page
    assert find(site, "Lavoir").names("present") == []


def test_what_was_corrected_is_kept(member: Browser, site: Station) -> None:
    member.post(f"/reunions/found/{notes(site)}", present="Nadia,  Paul , Nadia", facilitator="", next="En mai")
    kept = find(site, "Lavoir")

    assert kept.names("present") == ["Nadia", "Paul"]
    assert (kept.text("facilitator"), kept.text("next")) == ("", "En mai")


def test_what_somebody_filled_in_is_neither_proposed_nor_replaced(member: Browser, site: Station) -> None:
    path = notes(site, "present: [Jo]\n")
    page = member.get(f"/reunions/found/{path}").text
    member.post(f"/reunions/found/{path}", present="Nadia", scribe="Paul")

    assert 'name="present"' not in page
    assert (find(site, "Lavoir").names("present"), find(site, "Lavoir").text("scribe")) == (["Jo"], "Paul")


def test_those_present_are_known_as_people_in_the_lines_below(member: Browser, site: Station) -> None:
    write(site, PATH, "---\ntitle: Lavoir\nform: minutes\nday: 2026-03-12\nstep: reread\n---\n"
          "Présents : Rosemonde, Paul\n\nÀ faire : rosemonde prévient le maire\n")  # fmt: skip

    assert 'name="who" value="rosemonde"' in member.get(f"/reunions/found/{PATH}").text
