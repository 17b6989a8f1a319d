"""Thirty people press at once for the last place: one gets it, the others wait in order; nobody is lost or double."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, select

from app.answers import writing
from app.answers.answer import Who, Wish
from app.answers.reading import list_at, position_of
from app.answers.tables import answer_objects
from app.answers.writing import Given
from app.database import truth
from app.database.engine import make_engine
from app.forms.signup import Signup
from app.people import accounts
from tests.answers.hands import ABOUT
from tests.database.test_truth import postgresql, server  # noqa: F401 - fixtures

LAST = Signup(places=1)
PEOPLE = 30


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give a new truth database."""
    is_file = request.param == "sqlite"
    made = make_engine(f"sqlite:///{tmp_path}/gare.db" if is_file else request.getfixturevalue("postgresql"))
    truth.migrate(made)
    yield made
    made.dispose()


def _account(connection: Connection, name: str) -> Who:
    return Who(account_id=accounts.add(connection, name, is_admin=False).id)


def _press(engine: Engine, people: list[Who]) -> list[Given]:
    """Let all press at the same moment, each through a connection of his own."""
    together = Barrier(len(people))

    def one(who: Who) -> Given:
        together.wait()
        with engine.begin() as connection:
            return writing.take(connection, ABOUT, LAST, who, Wish("yes"))

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(one, people))


def test_of_thirty_people_one_gets_the_last_place_and_the_others_wait_in_order(engine: Engine) -> None:
    with engine.begin() as connection:
        people = [_account(connection, f"Ana {number}") for number in range(PEOPLE)]
    given = _press(engine, people)
    with engine.connect() as connection:
        kept = list_at(connection, ABOUT)
        places = {one.id: position_of(connection, one) for one in kept}

    assert sorted(one.position for one in given) == list(range(PEOPLE))
    assert [one.state for one in kept] == ["standing"] + ["waiting"] * (PEOPLE - 1)
    assert {one.id: one.position for one in given} == places
    assert {one.who.account_id for one in kept} == {who.account_id for who in people}


def test_somebody_who_presses_ten_times_at_once_has_one_answer(engine: Engine) -> None:
    with engine.begin() as connection:
        who = _account(connection, "Ana")
    given = _press(engine, [who] * 10)

    assert len({one.id for one in given}) == 1
    with engine.connect() as connection:
        assert len(list_at(connection, ABOUT)) == 1
        assert len(connection.execute(select(answer_objects)).all()) == 1
