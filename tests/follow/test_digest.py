"""The mails of a day and of a week: when they are due, what they hold, that empty ones are not sent."""

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import update

from app.follow import rhythm
from app.follow.tables import rhythms
from app.follow.telling import SLACK
from app.follow.writing import MOST_LINES
from app.hooks import Line, Section
from app.people import accounts
from app.people.viewer import Viewer
from tests.follow.hands import ALL, DAY, ZONE, Town, until

Later = Callable[[float], None]


def _at(said: str) -> float:
    return datetime.fromisoformat(said).replace(tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("how_often", "now", "due"),
    [
        (rhythm.DAILY, "2026-03-12T06:59", "2026-03-12T07:00"),
        (rhythm.DAILY, "2026-03-12T07:00", "2026-03-13T07:00"),
        (rhythm.DAILY, "2026-03-28T12:00", "2026-03-29T07:00"),  # in that night the clocks change
        (rhythm.WEEKLY, "2026-03-12T12:00", "2026-03-16T07:00"),
        (rhythm.WEEKLY, "2026-03-16T06:00", "2026-03-16T07:00"),
        (rhythm.WEEKLY, "2026-03-16T07:00", "2026-03-23T07:00"),
        (rhythm.WEEKLY, "2026-10-24T07:00", "2026-10-26T07:00"),
    ],
)
def test_mails_are_due_at_seven_in_the_morning_of_the_site(how_often: str, now: str, due: str) -> None:
    assert rhythm.next_due(how_often, _at(now), ZONE) == _at(due)


def test_a_weekly_mail_comes_on_monday_and_the_next_one_a_week_later(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    early = town.tell()
    later(until(rhythm.WEEKLY))
    first = town.tell()
    town.write("compost", "Deux bacs.")
    soon = town.tell()
    later(until(rhythm.WEEKLY))

    assert [early, first, soon, town.tell()] == [None, "1 mails", None, "1 mails"]
    assert town.letters()[0].subject.startswith("Essai : nouvelles du ")
    assert "Compost · nouvelle page" in town.letters()[0].text
    assert "Compost · modifiée" in town.letters()[1].text


def test_a_mail_in_which_nothing_would_stand_is_not_sent(town: Town, later: Later) -> None:
    for name, how_often in (("Idris", rhythm.DAILY), ("Zoe", rhythm.WEEKLY)):
        town.follow(town.settle(name), ALL, how_often=how_often)
    later(until(rhythm.WEEKLY) + 8 * DAY)
    town.tell()
    later(until(rhythm.WEEKLY) + 8 * DAY)

    assert town.tell() is None


def test_a_weekly_mail_holds_new_pages_and_members_and_a_daily_one_what_is_followed(town: Town, later: Later) -> None:
    town.write("compost", "Un bac.")
    weekly, daily = town.settle("Idris"), town.settle("Zoe")
    later(60)
    town.follow(weekly, town.page("compost"), how_often=rhythm.WEEKLY)
    town.follow(daily, town.page("compost"), how_often=rhythm.DAILY)
    later(120)
    town.settle("Ana")
    town.write("compost", "Deux bacs.")
    town.write("ruches", "Une ruche.")
    later(until(rhythm.WEEKLY))
    town.tell()

    assert "— Nouvelles pages —\n\nRuches · Gare" in town.news_of(weekly)
    assert "— Nouveaux membres —\n\nAna\n" in town.news_of(weekly)
    assert "Compost · modifiée" in town.news_of(weekly) and "Compost · modifiée" in town.news_of(daily)
    assert "Ruches" not in town.news_of(daily) and "Ana" not in town.news_of(daily)


def test_a_part_that_somebody_adds_is_asked_once_for_all_who_may_read_the_same(town: Town, later: Later) -> None:
    asked: list[Viewer] = []

    def dates(viewer: Viewer, since: int, until: int) -> Section:
        asked.append(viewer)
        return Section("New pages", (Line(f"Fête {until > since}", "fete"),))

    town.station.hooks.digest.append(dates)
    people = [town.settle("Idris"), town.settle("Zoe"), town.settle("Ana", "jardin")]
    for one in people:
        town.follow(one, ALL, how_often=rhythm.WEEKLY)
    later(until(rhythm.WEEKLY))
    town.tell()

    assert [town.news_of(one).count("Fête True\nhttps://gare.example/fete") for one in people] == [1, 1, 1]
    assert {(viewer.name, viewer.pseudonym) for viewer in asked} == {("", "")}
    assert sorted(viewer.groups for viewer in asked) == [(), ("jardin",)]


def test_a_long_list_is_cut_and_says_so(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    for number in range(MOST_LINES + 2):
        town.write(f"page-{number}", "Un mot.")
    later(700)
    town.tell()

    assert town.news_of(idris).count("nouvelle page") == MOST_LINES
    assert "Et 2 de plus\xa0:\nhttps://gare.example/-/changes" in town.news_of(idris)


def test_who_heard_nothing_for_a_while_hears_of_what_happens_from_then_on(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.NEVER)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))
    silent = town.tell()
    town.follow(idris, ALL, how_often=rhythm.DAILY)
    later(until(rhythm.WEEKLY) + 2 * DAY)

    assert (silent, town.tell()) == (None, None)


def test_another_rhythm_loses_nothing(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    town.follow(idris, ALL, how_often=rhythm.NOW)
    later(700)
    town.tell()

    assert "Compost" in town.news_of(idris)


def test_changes_that_are_counted_anew_are_neither_hidden_nor_told_twice(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("compost", "Un mot.")
    later(700)
    town.tell()
    with town.station.truth.begin() as connection:  # what stands there once a page was erased from history
        connection.execute(update(rhythms).values(last_change=rhythms.c.last_change + 5))
    again = town.tell()
    town.write("ruches", "Un mot.")
    later(1400)
    town.tell()

    assert again is None
    assert [letter.subject.partition(" · ")[0] for letter in town.letters()] == ["Compost", "Ruches"]


def test_a_part_that_fails_and_an_address_that_is_none_keep_nobody_from_their_mail(town: Town, later: Later) -> None:
    def fail(_viewer: Viewer, _since: int, _until: int) -> Section:
        raise KeyError("agenda")

    town.station.hooks.digest.append(fail)
    people = [town.settle("Idris"), town.settle("Zoe", email="no address"), town.settle("Ana")]
    for one in people:
        town.follow(one, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))
    town.tell()

    assert [letter.to for letter in town.letters()] == ["idris@example.org", "ana@example.org"]


def test_a_title_stays_on_its_line(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("piege", '---\ntitle: "Compost\\nBcc: x@example.org\\0\\u2028fin"\n---\nMot.\n')
    later(700)
    town.tell()

    (letter,) = town.letters()
    assert letter.subject == "Compost Bcc: x@example.org fin · nouvelle page · Essai"
    assert "\nCompost Bcc: x@example.org fin · nouvelle page · Gare" in letter.text


def test_a_newcomer_is_told_of_once(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    later(5)
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    for days in range(3):
        later(until(rhythm.WEEKLY))
        with town.station.truth.begin() as connection:
            newest = int(time.time()) - SLACK
            account = accounts.add(connection, f"Voisin {days}", is_admin=False)
            connection.execute(
                accounts.accounts.update().where(accounts.accounts.c.id == account.id).values(created_at=newest)
            )
        town.tell()

    told = "".join(letter.text for letter in town.letters())
    assert [told.count(f"Voisin {days}") for days in range(3)] == [1, 1, 1]
