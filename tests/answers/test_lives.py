"""Places through random lives: never more people than places, and never an empty place that the first could take."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from app.answers import writing
from app.answers.answer import Who, Wish
from app.answers.reading import find_own, list_at
from app.answers.tables import answers
from app.errors import Invalid
from app.forms.signup import Role, Signup
from app.station import Station
from tests.answers.hands import ABOUT, member

NAMES = ("Ana", "Bo", "Cleo", "Dan", "Eve")
RULES = Signup(places=4, roles=(Role("cuisine", "Cuisine", 2),))
STEPS = st.lists(
    st.tuples(st.sampled_from(range(len(NAMES))), st.sampled_from(("yes", "no", "perhaps", "back")),
              st.integers(1, 4), st.sampled_from(("", "cuisine"))),
    max_size=14,
)  # fmt: skip


@pytest.fixture
def people(station: Station) -> Iterator[tuple[Connection, list[Who]]]:
    with station.truth.begin() as connection:
        yield connection, [member(connection, name) for name in NAMES]


def _step(connection: Connection, who: Who, value: str, people: int, role: str) -> None:
    if value == "back":
        if own := find_own(connection, ABOUT, who):
            writing.withdraw(connection, own, RULES)
        return
    try:
        with connection.begin_nested():
            writing.take(connection, ABOUT, RULES, who, Wish(value, people, role))
    except Invalid:
        pass


def _check(connection: Connection) -> None:
    kept = list_at(connection, ABOUT)
    having = [one for one in kept if one.takes_place]
    everybody = sum(one.wish.people for one in having)
    cooks = sum(one.wish.people for one in having if one.wish.role)
    waiting = [one.wish for one in kept if one.state == "waiting"]
    first_fits = bool(waiting) and everybody + waiting[0].people <= 4 and not waiting[0].role

    assert everybody <= 4 and cooks <= 2
    assert not first_fits
    assert not (waiting and waiting[0].role and everybody + waiting[0].people <= 4 and cooks + waiting[0].people <= 2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_places_are_never_too_many_and_none_stays_empty(
    people: tuple[Connection, list[Who]], steps: list[tuple[int, str, int, str]]
) -> None:
    connection, known = people
    connection.execute(delete(answers))
    for number, value, size, role in steps:
        _step(connection, known[number], value, size, role)
        _check(connection)
