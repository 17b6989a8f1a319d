"""The working groups of the demo: in the database, beside the pages."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from app.people import groups, invitations
from app.people.groups import Group


def exchange(truth: Engine, before: Sequence[Group], after: Sequence[Group]) -> None:
    """Take out those of `before` that nobody joined or changed, and make those of `after` whose place is free."""
    with truth.begin() as connection:
        for group in before:
            if group not in after:
                _take_out(connection, group)
        for group in after:
            if not groups.faults(connection, group):
                groups.add(connection, group)


def _take_out(connection: Connection, group: Group) -> None:
    there = groups.find(connection, group.name)
    is_as_it_came = there and (there.title, there.space, there.contact) == (group.title, group.space, group.contact)
    if there and is_as_it_came and not groups.list_members(connection, there.id):
        invitations.withdraw_into(connection, there.id)
        groups.remove(connection, there.id)
