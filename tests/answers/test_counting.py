"""Counts of answers, and what is still needed."""

from dataclasses import replace

from sqlalchemy import Connection

from app.answers.answer import About
from app.answers.counting import Counts, counts, open_places
from app.answers.moving import join, move
from app.forms.signup import Role, Signup
from tests.answers.hands import ABOUT, THREE, WITH_ROLES, coming, say, visit

OTHER = About("b3c4d5e6")


def test_people_are_counted_and_those_who_say_no_as_answers(truth: Connection) -> None:
    say(truth, "Ana", 2, role="cuisine", settings=WITH_ROLES)
    say(truth, "Bo", 3, settings=WITH_ROLES)
    say(truth, "Cleo", 2, settings=WITH_ROLES)
    say(truth, "Dan", 4, value="perhaps", settings=WITH_ROLES)
    say(truth, "Eve", value="no", settings=WITH_ROLES)

    assert counts(truth, [ABOUT]) == {ABOUT: Counts(5, 4, 1, 2, {"cuisine": 2})}


def test_what_is_not_confirmed_is_not_counted(truth: Connection) -> None:
    visit(truth, "Zoé", "zoe@example.org")

    assert counts(truth, [ABOUT]) == {}


def test_only_the_dates_that_are_asked_for_are_counted(truth: Connection) -> None:
    first, second = (About(ABOUT.page_id, f"2026-04-{day}") for day in ("01", "08"))
    say(truth, "Ana", about=first)
    say(truth, "Ana", about=second)

    assert list(counts(truth, [second, OTHER])) == [second]


def test_hands_are_needed_where_a_task_or_the_places_are_not_full(truth: Connection) -> None:
    say(truth, "Ana", role="cuisine", settings=WITH_ROLES)
    found = open_places(truth, {ABOUT: WITH_ROLES, OTHER: Signup()})

    assert list(found) == [ABOUT]
    assert (found[ABOUT].places, found[ABOUT].roles) == (4, ((Role("cuisine", "Cuisine", 2), 1),))


def test_no_hands_are_needed_where_all_places_are_taken(truth: Connection) -> None:
    say(truth, "Ana", people=3)

    assert open_places(truth, {ABOUT: THREE}) == {}


def test_no_place_is_free_while_somebody_waits(truth: Connection) -> None:
    say(truth, "Ana", people=2)
    say(truth, "Bo", people=2)
    known = counts(truth, [ABOUT])[ABOUT]

    assert (known.yes, known.waiting, known.free(THREE)) == (2, 2, 0)
    assert open_places(truth, {ABOUT: THREE}) == {}


def test_hands_are_needed_for_one_task_while_somebody_waits_for_another(truth: Connection) -> None:
    tasks = replace(WITH_ROLES, roles=(Role("cuisine", "Cuisine", 1), Role("montage", "Montage", 2)))
    say(truth, "Ana", role="cuisine", settings=tasks)
    say(truth, "Bo", role="cuisine", settings=tasks)

    assert open_places(truth, {ABOUT: tasks})[ABOUT].roles == ((Role("montage", "Montage", 2), 2),)


def test_answers_go_with_the_dates_that_become_another_page(truth: Connection) -> None:
    for day in ("01", "08", "15"):
        say(truth, "Ana", about=About(ABOUT.page_id, f"2026-04-{day}"))

    assert move(truth, ABOUT.page_id, OTHER.page_id, "2026-04-08") == 2
    assert [coming(truth, About(OTHER.page_id, f"2026-04-{day}")) for day in ("01", "08", "15")] == [
        [], ["Ana"], ["Ana"]
    ]  # fmt: skip


def test_answers_about_a_page_that_became_part_of_another_are_about_that_one(truth: Connection) -> None:
    say(truth, "Ana", 2, settings=WITH_ROLES)
    say(truth, "Ana", about=OTHER)
    say(truth, "Bo", about=OTHER)
    join(truth, ABOUT.page_id, OTHER.page_id)

    assert (coming(truth), coming(truth, OTHER)) == (["Ana", "Bo"], [])
    assert counts(truth, [ABOUT])[ABOUT].yes == 3
