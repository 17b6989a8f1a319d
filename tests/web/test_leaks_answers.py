"""Who signed up for what is told to whoever may read it, on paper, in tables and by mail; names only to members."""

from pathlib import Path

import pytest
from flask import Flask

from app.station import Station
from tests.web import leaking, leaking_answers
from tests.web.hands import soup
from tests.web.leaking import FOLDERS, MARKS, READABLE, Reader

WHO_COMES, *PAPERS = ("answers/{}", "answer/sheet/{}", "answer/quick/{}", "answer/attendance/{}", "answer/list/{}.csv")
ORGANISED = {"anonymous": set[str](), "Idris": set[str](), "Rose": {"potager"}, "Nadia": set(FOLDERS)}


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    found = leaking.readers(app, site)
    leaking_answers.sign_up(site)
    return found


def _told(reader: Reader, place: str, day: str) -> dict[str, int]:
    """Count by folder how often its word is said in what stands there itself: it is in the title, and somebody's name."""
    pages = {folder: reader.browser.get(f"/-/{place.format(f'{folder}/notice')}?day={day}") for folder in FOLDERS}
    said = {folder: soup(page).select_one("main") or page for folder, page in pages.items()}
    counts = {folder: part.text.casefold().count(MARKS[folder]) for folder, part in said.items()}
    return {folder: count for folder, count in counts.items() if count}


def test_who_comes_is_told_to_readers_of_the_page_and_papers_to_who_organises(
    people: dict[str, Reader], site: Station
) -> None:
    day = leaking_answers.date_in(site, "place")
    told = {name: [_told(people[name], place, day) for place in (WHO_COMES, *PAPERS)] for name in ORGANISED}

    assert {name: set(said[0]) for name, said in told.items()} == {name: READABLE[name] for name in ORGANISED}
    assert told["anonymous"][0]["place"] < told["Idris"][0]["place"], "names are for members"
    for name, organised in ORGANISED.items():
        assert [set(one) for one in told[name][1:]] == [organised] * len(PAPERS), name


def test_mails_tell_of_what_their_receiver_may_read(people: dict[str, Reader], site: Station) -> None:
    leaking_answers.give_addresses(site)
    leaking_answers.cause_mails(site)
    mailed = leaking_answers.mailed(site)
    mailed.pop("Zanzcontact")  # whom each record names: of who signed up without an address, that person is told

    assert mailed == {name: READABLE[name] for name in READABLE if name != "anonymous"}
