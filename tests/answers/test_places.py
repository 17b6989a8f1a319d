"""Places: as many as there are, to those who asked first; who waits moves up by himself, in order."""

import pytest
from sqlalchemy import Connection

from app.answers import waiting as places
from app.answers import writing
from app.answers.answer import About, Who, Wish
from app.answers.reading import find_own, get, list_at
from app.errors import Conflict, Invalid
from app.forms.signup import Signup
from tests.answers.hands import ABOUT, THREE, WITH_ROLES, coming, say, waiting


def test_who_comes_after_the_last_place_waits_and_hears_as_which_one(truth: Connection) -> None:
    given = [say(truth, name) for name in ("Ana", "Bo", "Cleo", "Dan", "Eve")]

    assert [(one.state, one.position) for one in given] == [("standing", 0)] * 3 + [("waiting", 1), ("waiting", 2)]


def test_places_are_counted_in_people(truth: Connection) -> None:
    say(truth, "Ana", people=2)
    say(truth, "Bo", people=2)
    say(truth, "Cleo")

    assert (coming(truth), waiting(truth)) == (["Ana"], ["Bo", "Cleo"])


def test_without_a_limit_everybody_has_a_place(truth: Connection) -> None:
    for number in range(30):
        say(truth, f"Ana {number}", people=20, settings=Signup())

    assert (len(coming(truth)), waiting(truth)) == (30, [])


def test_who_waits_moves_up_when_somebody_says_no(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dan", "Eve"):
        say(truth, name)
    given = say(truth, "Bo", value="no")

    assert (coming(truth), waiting(truth)) == (["Ana", "Cleo", "Dan"], ["Eve"])
    assert [get(truth, number).name for number in given.moved_up] == ["Dan"]


def test_who_waits_moves_up_when_an_answer_is_taken_back(truth: Connection) -> None:
    first = say(truth, "Ana", people=3)
    for name in ("Bo", "Cleo"):
        say(truth, name)
    moved = writing.withdraw(truth, get(truth, first.id), THREE)

    assert [get(truth, number).name for number in moved] == ["Bo", "Cleo"]


def test_a_group_that_does_not_fit_waits_and_nobody_overtakes_it(truth: Connection) -> None:
    say(truth, "Ana", people=3)
    say(truth, "Bo", people=2)
    say(truth, "Cleo")
    say(truth, "Ana", people=2)

    assert (coming(truth), waiting(truth)) == (["Ana"], ["Bo", "Cleo"])


def test_a_full_task_holds_up_only_those_who_wait_for_it(truth: Connection) -> None:
    say(truth, "Ana", 2, role="cuisine", settings=WITH_ROLES)
    say(truth, "Bo", role="cuisine", settings=WITH_ROLES)
    say(truth, "Cleo", role="montage", settings=WITH_ROLES)
    say(truth, "Dan", role="cuisine", settings=WITH_ROLES)

    assert (coming(truth), waiting(truth)) == (["Ana", "Cleo"], ["Bo", "Dan"])


def test_who_waits_for_a_task_moves_up_when_it_has_room(truth: Connection) -> None:
    say(truth, "Ana", 2, role="cuisine", settings=WITH_ROLES)
    say(truth, "Bo", role="cuisine", settings=WITH_ROLES)
    say(truth, "Ana", 2, role="montage", settings=WITH_ROLES)

    assert coming(truth) == ["Bo", "Ana"]


def test_changing_an_answer_keeps_its_place(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dan", "Eve"):
        say(truth, name)
    say(truth, "Ana")
    say(truth, "Dan")

    assert (coming(truth), waiting(truth)) == (["Ana", "Bo", "Cleo"], ["Dan", "Eve"])


def test_who_waits_and_asks_for_more_waits_behind_the_others(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dan", "Eve"):
        say(truth, name)
    say(truth, "Dan", people=2)

    assert waiting(truth) == ["Eve", "Dan"]


def test_who_asks_for_more_than_there_is_keeps_what_he_has(truth: Connection) -> None:
    say(truth, "Ana", people=2)
    say(truth, "Bo")
    with pytest.raises(Invalid, match="not enough room"), truth.begin_nested():
        say(truth, "Ana", people=3)

    assert [(one.name, one.wish.people, one.state) for one in list_at(truth, ABOUT)] == [
        ("Ana", 2, "standing"), ("Bo", 1, "standing")
    ]  # fmt: skip


def test_who_comes_back_after_a_no_waits_behind_the_others(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dan"):
        say(truth, name)
    say(truth, "Ana", value="no")
    say(truth, "Ana")

    assert (coming(truth), waiting(truth)) == (["Bo", "Cleo", "Dan"], ["Ana"])


def test_perhaps_takes_no_place(truth: Connection) -> None:
    say(truth, "Ana", people=3, value="perhaps")

    assert say(truth, "Bo", people=3).state == "standing"


def test_more_places_are_given_to_those_who_wait(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo", "Dan", "Eve"):
        say(truth, name)
    moved = places.move_up(truth, ABOUT.page_id, ABOUT.date, Signup(places=4))

    assert ([get(truth, one).name for one in moved], waiting(truth)) == (["Dan"], ["Eve"])


def test_fewer_places_send_nobody_away(truth: Connection) -> None:
    for name in ("Ana", "Bo", "Cleo"):
        say(truth, name)
    say(truth, "Dan", settings=Signup(places=1))

    assert (coming(truth), waiting(truth)) == (["Ana", "Bo", "Cleo"], ["Dan"])


def test_a_person_has_one_answer_a_date_and_one_for_each_date(truth: Connection) -> None:
    for date in ("2026-04-01", "2026-04-08", "2026-04-08"):
        say(truth, "Ana", about=About(ABOUT.page_id, date))

    assert [len(list_at(truth, About(ABOUT.page_id, f"2026-04-{day}"))) for day in ("01", "08")] == [1, 1]


def test_a_name_that_is_written_down_twice_by_one_press_is_one_answer(truth: Connection) -> None:
    who = Who(name="Marie", channel="phone", entered_by="m-abcdefgh")
    first = writing.take(truth, ABOUT, THREE, who, Wish("yes"))
    second = writing.take(truth, ABOUT, THREE, who, Wish("yes"))

    assert first.id == second.id


def test_another_person_of_the_same_name_overwrites_nobody(truth: Connection) -> None:
    writing.take(truth, ABOUT, THREE, Who(name="Marie", channel="phone", entered_by="m-abcdefgh"), Wish("yes"))
    with pytest.raises(Conflict, match="of this name"):
        writing.take(truth, ABOUT, THREE, Who(name="MARIE", channel="phone", entered_by="m-bcdefghi"), Wish("no"))

    assert coming(truth) == ["Marie"]


def test_an_answer_that_was_taken_back_can_be_given_again(truth: Connection) -> None:
    given = say(truth, "Ana")
    writing.withdraw(truth, get(truth, given.id), THREE)

    assert say(truth, "Ana").id == given.id
    assert coming(truth) == ["Ana"]
    assert find_own(truth, ABOUT, Who(account_id=get(truth, given.id).who.account_id)) is not None
