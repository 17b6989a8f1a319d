"""What is asked and answered is told to whoever may read it; names only to members; papers and tables to who may."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.answers import poll_mails
from app.answers.poll_mails import Matter
from app.forms import poll as polls
from app.station import Station
from tests.web import leaking, leaking_answers, leaking_polls
from tests.web.hands import soup
from tests.web.leaking import FOLDERS, MARKS, OPERATOR, READABLE, Reader
from tests.web.leaking_mails import SENT_FROM

ORGANISED = {"anonymous": set[str](), "Idris": set[str](), "Rose": {"potager"}, "Nadia": set(FOLDERS)}


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    found = leaking.readers(app, site)
    leaking_polls.answer(site)
    return found


def _told(reader: Reader, place: str) -> set[str]:
    pages = {folder: reader.browser.get(f"/-/{place.format(f'{folder}/notice')}") for folder in FOLDERS}
    said = {folder: soup(page).select_one("main") or page for folder, page in pages.items()}
    return {folder for folder, part in said.items() if MARKS[folder] in part.text.casefold()}


def test_a_poll_is_shown_to_readers_of_its_page(people: dict[str, Reader]) -> None:
    assert {name: _told(people[name], "polls/{}") for name in READABLE} == READABLE


@pytest.mark.parametrize("place", ["poll/close/{}", "poll/list/{}.csv"])
def test_outcome_and_table_are_for_who_looks_after_it(people: dict[str, Reader], place: str) -> None:
    assert {name: _told(people[name], place) for name in ORGANISED} == ORGANISED


@pytest.mark.parametrize("place", ["poll/behalf/{}", "poll/sheet/{}"])
def test_papers_are_for_members_who_read_the_page(people: dict[str, Reader], place: str) -> None:
    readable = {name: READABLE[name] if name != "anonymous" else set() for name in ORGANISED}

    assert {name: _told(people[name], place) for name in ORGANISED} == readable


def test_ones_own_list_holds_what_one_may_still_read(people: dict[str, Reader]) -> None:
    for name in ("Idris", "Rose", "Nadia"):
        text = people[name].browser.get("/-/me/answers").text.casefold()

        assert {folder for folder in FOLDERS if f"/{folder}/notice" in text} == READABLE[name], name


def test_mails_ask_whoever_may_read_the_page(people: dict[str, Reader], site: Station) -> None:
    leaking_answers.give_addresses(site)
    sending = replace(site, config=replace(site.config, **SENT_FROM))
    for folder in FOLDERS:
        record = site.door.record(OPERATOR, f"{folder}/notice")
        poll = polls.of_record(site.door.form(OPERATOR, record.form), record.values)
        assert poll
        with site.truth.begin() as connection:  # in another round, in which nobody has answered
            poll_mails.ask_members(connection, sending, Matter(record, replace(poll, round_=2)))

    assert leaking_answers.mailed(site) == {name: READABLE[name] for name in READABLE if name != "anonymous"}
