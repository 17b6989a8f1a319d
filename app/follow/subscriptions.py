"""Subscriptions: what somebody wants to hear of."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import N_, Invalid
from app.follow.tables import subscriptions

ALL: Final = "all"
SPACE: Final = "space"
PAGE: Final = "page"
FORM: Final = "form"
KINDS = (ALL, SPACE, PAGE, FORM)
MOST = 500  # subscriptions of one person
MAX_NAME = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be followed; see `tables.py` for its name, which is empty for all changes."""

    what: str
    name: str = ""


def add(connection: Connection, account_id: int, subject: Subject) -> bool:
    """Follow something from now on; tells whether it is new. Raises Invalid where somebody follows too much."""
    if subject.what not in KINDS or len(subject.name) > MAX_NAME:
        raise Invalid(N_("This cannot be followed."))
    place = (subscriptions.c.account_id == account_id, subscriptions.c.what == subject.what,
             subscriptions.c.name == subject.name)  # fmt: skip
    if connection.execute(select(subscriptions.c.since).where(*place)).first():
        return False
    own = select(func.count()).select_from(subscriptions).where(subscriptions.c.account_id == account_id)
    if connection.execute(own).scalar_one() >= MOST:
        raise Invalid(N_("You follow %(cap)s things already. Stop following some of them first."), cap=MOST)
    row = {"account_id": account_id, "what": subject.what, "name": subject.name, "since": int(time.time())}
    with suppress(IntegrityError), connection.begin_nested():  # the same button pressed twice
        connection.execute(insert(subscriptions), row)
    return True


def remove(connection: Connection, account_id: int, subject: Subject) -> None:
    """Follow something no more."""
    place = (subscriptions.c.account_id == account_id, subscriptions.c.what == subject.what,
             subscriptions.c.name == subject.name)  # fmt: skip
    connection.execute(delete(subscriptions).where(*place))


def list_own(connection: Connection, account_id: int) -> dict[Subject, int]:
    """Give what somebody follows, and since when."""
    query = select(subscriptions).where(subscriptions.c.account_id == account_id)
    rows = connection.execute(query.order_by(subscriptions.c.what, subscriptions.c.name))
    return {Subject(row.what, row.name): row.since for row in rows}


def move_space(connection: Connection, old: str, new: str) -> None:
    """Let those who follow a folder follow the one that it became."""
    of_old, of_new = (_of_space(name) for name in (old, new))
    known = select(subscriptions.c.account_id).where(of_new)
    fresh = update(subscriptions).where(of_old, subscriptions.c.account_id.not_in(known.scalar_subquery()))
    connection.execute(fresh.values(name=new))
    connection.execute(delete(subscriptions).where(of_old))


def _of_space(name: str) -> ColumnElement[bool]:
    return and_(subscriptions.c.what == SPACE, subscriptions.c.name == name)
