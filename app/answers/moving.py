"""Answers go with what they are about: dates that move to other days or another page, two pages that become one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from app.answers import reading, votes
from app.answers.answer import ALIVE, COMING, About, Who
from app.answers.recipients import QUIET
from app.answers.tables import answer_mails, answer_objects, answers


def move(connection: Connection, old_id: str, new_id: str, from_day: str) -> int:
    """Let answers about the dates of a series from a day on be those of another page; gives their number.

    What somebody was told goes with them, so that nobody is told again what has not changed.
    """
    moved = connection.execute(
        update(answers).where(answers.c.page_id == old_id, _later(answers.c.date, from_day)).values(page_id=new_id)
    ).rowcount
    for table in (answer_objects, answer_mails):
        known = set(connection.execute(select(table.c.date).where(table.c.page_id == new_id)).scalars())
        which = (table.c.page_id == old_id, _later(table.c.date, from_day), table.c.date.not_in(known))
        connection.execute(update(table).where(*which).values(page_id=new_id))
    _keep_quiet(connection, old_id, new_id)
    return moved


def redate(connection: Connection, page_id: str, days: Mapping[str, str]) -> int:
    """Let answers about dates of a page be about the days on which these are now; gives the number of dates moved.

    What people were told goes with them, so that they are told of the change. Where others have answered about the new
    day already, those two are not joined: the old ones stay.
    """
    known = known_days(connection, page_id)
    moved = {old: new for old, new in days.items() if old in known and new not in known}
    for old, new in moved.items():
        for table in (answers, answer_objects):
            mine = (table.c.page_id == page_id, table.c.date == old)
            connection.execute(update(table).where(*mine).values(date=new))
        sent = (answer_mails.c.page_id == page_id, ~answer_mails.c.what.like(f"{QUIET}%"))
        connection.execute(delete(answer_mails).where(*sent, answer_mails.c.date == new))  # of no answer any more
        connection.execute(update(answer_mails).where(*sent, answer_mails.c.date == old).values(date=new))
    return len(moved)


def known_days(connection: Connection, page_id: str) -> set[str]:
    """Give the dates of a page about which anything is kept."""
    asked = (select(table.c.date).where(table.c.page_id == page_id) for table in (answers, answer_objects))
    return {day for query in asked for day in connection.execute(query).scalars()}


def _later(column: ColumnElement[str], from_day: str) -> ColumnElement[bool]:
    return column >= from_day  # days as they are written sort as they follow each other; "" comes before all


def _keep_quiet(connection: Connection, old_id: str, new_id: str) -> None:
    """Let those who want no mails about a page get none about the other either."""
    quiet = select(answer_mails).where(answer_mails.c.what.like(f"{QUIET}%"))
    known = {row.what for row in connection.execute(quiet.where(answer_mails.c.page_id == new_id))}
    for row in connection.execute(quiet.where(answer_mails.c.page_id == old_id)).all():
        if row.what not in known:
            new = {"page_id": new_id, "date": row.date, "what": row.what, "at": row.at}
            connection.execute(insert(answer_mails), new)


def join(connection: Connection, kept_id: str, other_id: str) -> None:
    """Let answers about a page that became part of another be about that one; of two by one person its own counts."""
    said = select(answers).where(answers.c.page_id == other_id)
    for row in connection.execute(said.order_by(answers.c.id)).all():
        if not _same_person(connection, row, kept_id):
            connection.execute(update(answers).where(answers.c.id == row.id).values(page_id=kept_id))
    _keep_quiet(connection, other_id, kept_id)
    for table in (answers, answer_objects, answer_mails):
        connection.execute(delete(table).where(table.c.page_id == other_id))


def _same_person(connection: Connection, row: Row[Any], page_id: str) -> bool:
    """Tell whether whoever gave an answer has said something about the same day of another page."""
    who = Who(row.account_id, row.visitor_id, row.name, row.channel, row.entered_by)
    if row.key != COMING:
        return votes.find_own(connection, page_id, row.key, who) is not None
    own = reading.find_own(connection, About(page_id, row.date), who)
    return own is not None and own.state in ALIVE
