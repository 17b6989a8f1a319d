"""Groups: of two presses at the same moment one counts, and neither breaks anything."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event, insert, select

from app.errors import Conflict
from app.people import accounts, groups
from app.people.accounts import Account
from app.people.group_tables import groups as table
from app.people.group_tables import memberships
from app.people.groups import Group

GARDEN = Group(0, "jardins", "Jardins", "jardins", is_open=True)


@pytest.fixture
def mona(truth: Connection) -> Account:
    return accounts.add(truth, "Mona", is_admin=False)


@pytest.fixture
def meanwhile(truth: Connection) -> Callable[[Callable[[], object]], None]:
    """Give a function that lets somebody else be faster: between what was looked at and what is written."""

    def happen(act: Callable[[], object]) -> None:
        event.listen(truth, "savepoint", lambda *_: act(), once=True)

    return happen


@pytest.mark.parametrize("is_open", [True, False])
def test_pressing_join_twice_at_the_same_moment_joins_once(
    truth: Connection, mona: Account, meanwhile: Callable[[Callable[[], object]], None], is_open: bool
) -> None:
    number = groups.add(truth, GARDEN)
    row = {"group_id": number, "account_id": mona.id, "state": "member" if is_open else "asked", "is_referent": False}
    meanwhile(lambda: truth.execute(insert(memberships), row | {"since": 0}))

    assert groups.join(truth, Group(number, "jardins", "", "", is_open), mona.id) is is_open
    assert len(truth.execute(select(memberships)).all()) == 1


def test_of_two_who_make_a_group_of_one_name_one_is_told_that_it_is_there(
    truth: Connection, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    row = {"name": "jardins", "title": "Autre", "space": "", "is_open": True, "created_at": 0}
    meanwhile(lambda: truth.execute(insert(table), row))

    with pytest.raises(Conflict):
        groups.add(truth, GARDEN)
    assert [one.title for one in groups.list_all(truth)] == ["Autre"]


def test_somebody_who_asks_is_taken_in_and_somebody_who_is_in_stays_as_he_is(truth: Connection, mona: Account) -> None:
    number = groups.add(truth, Group(0, "jardins", "Jardins", "jardins", is_open=False))
    groups.join(truth, Group(number, "jardins", "", "", is_open=False), mona.id)
    for _ in range(2):
        groups.enter(truth, number, mona.id)

    assert [one.is_asking for one in groups.list_members(truth, number)] == [False]


def test_a_name_that_no_group_can_bear_is_looked_for_nowhere(truth: Connection) -> None:
    assert groups.find(truth, "a\0b") is None
