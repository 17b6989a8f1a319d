"""The weekly mail: what takes place in two weeks, and where a hand is needed."""

import time
from typing import Any

from app.hooks import Section
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from plugins.agenda.tests.year import NEXT, save

MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)


def told(site: Station, viewer: Viewer = ANONYMOUS) -> dict[str, list[str]]:
    """Give what a mail says, by the title of its parts."""
    found: list[Any] = [part for ask in site.hooks.digest for part in ask(viewer, 0, int(time.time())) or ()]
    assert all(isinstance(section, Section) for section in found)
    return {section.title: [line.words for line in section.lines] for section in found}


def test_the_mail_says_what_takes_place_soon(site: Station) -> None:
    lines = told(site)["Next dates"]

    assert [line.split(" · ")[1:] for line in lines] == [["Chantier"], ["Fête du four", "Valcrozette"]]
    assert lines[1].replace("\xa0", " ").endswith("18 h – 23 h · Fête du four · Valcrozette")


def test_each_hears_of_what_he_may_read(site: Station) -> None:
    assert "zanzibar" not in str(told(site))
    assert "zanzibar" in str(told(site, MEMBER))


def test_the_mail_says_where_a_hand_is_needed(site: Station) -> None:
    signup = "signup: {open: yes, places: 5, roles: [{name: Cuisine, places: 2}, {name: Vaisselle}]}"
    text = f"---\nid: four2222\nform: event\ntitle: Four\nwhen: {NEXT}T14:00\n{signup}\n---\n"
    save(site, "agenda/2026/four", text)
    save(site, "agenda/2026/plein", text.replace("four2222", "plein222").replace("open: yes", "open: no"))

    assert [line.split(" · ")[1:] for line in told(site)["A hand is needed"]] == [["Four", "Cuisine (2)"]]


def test_what_lies_further_ahead_is_not_told_yet(site: Station) -> None:
    save(site, "agenda/2026/loin", f"---\nform: event\ntitle: Loin\nwhen: {NEXT.replace(year=NEXT.year + 1)}\n---\n")

    assert "Loin" not in str(told(site))
