"""What people say is wrong with a record: kept until somebody who looks after it has dealt with it."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from app.catalog.rows import moment
from app.errors import N_
from app.people import visitors
from app.people.throttle import DAY
from app.people.visitors import Visitor
from app.records.life_tables import reports

UNCONFIRMED: Final = "unconfirmed"  # the link in the mail was not opened yet
OPEN: Final = "open"
DONE: Final = "done"
DONE_DAYS = 90  # that a report that was dealt with is known; then it is forgotten, with who sent it
SAME_SECONDS = 600  # the same again within this time is one report: a button was pressed twice
MAX_TEXT = 1000  # characters
REASONS = {
    "gone": N_("It does not exist any more"),
    "wrong": N_("Something about it is wrong"),
    "rules": N_("It is against the rules of the site"),
    "twice": N_("It stands there twice"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `reason` is a key of REASONS. `visitor_id` is set for who has no account."""

    id: int
    page_id: str
    reason: str
    text: str
    pseudonym: str
    visitor_id: int | None
    state: str
    at: datetime


def add(
    connection: Connection, page_id: str, reason: str, text: str, pseudonym: str, visitor: Visitor | None = None
) -> Report:
    """Keep a report; one of a visitor who is asked to confirm an address waits for that."""
    same = (reports.c.page_id == page_id, reports.c.pseudonym == pseudonym, reports.c.reason == reason)
    is_new = (reports.c.text == text, reports.c.created_at > int(time.time()) - SAME_SECONDS)
    if visitor is None and (known := connection.execute(select(reports).where(*same, *is_new)).first()):
        return _report(known)
    row = {
        "page_id": page_id,
        "reason": reason,
        "text": text,
        "pseudonym": pseudonym,
        "visitor_id": visitor.id if visitor else None,
        "state": UNCONFIRMED if visitor and visitor.is_awaited else OPEN,
        "created_at": int(time.time()),
        "ended_at": None,
        "moderator": "",
    }
    number = connection.execute(insert(reports).returning(reports.c.id), row).scalar_one()
    return _report(connection.execute(select(reports).where(reports.c.id == number)).one())


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id, row.page_id, row.reason, row.text, row.pseudonym, row.visitor_id, row.state, moment(row.created_at)
    )  # fmt: skip


def find(connection: Connection, number: int) -> Report | None:
    """Find a report."""
    row = connection.execute(select(reports).where(reports.c.id == number)).first()
    return _report(row) if row else None


def find_of_visitor(connection: Connection, visitor_id: int) -> Report | None:
    """Find the report of somebody without an account."""
    row = connection.execute(select(reports).where(reports.c.visitor_id == visitor_id)).first()
    return _report(row) if row else None


def list_open(connection: Connection, limit: int = 500) -> list[Report]:
    """List the reports that wait, the oldest first."""
    query = select(reports).where(reports.c.state == OPEN).order_by(reports.c.id).limit(limit)
    return [_report(row) for row in connection.execute(query)]


def confirm(connection: Connection, report: Report) -> bool:
    """Let those who look after the record see a report; tells whether it was new."""
    return _change(connection, report, (UNCONFIRMED,), OPEN)


def close(connection: Connection, report: Report, moderator: str) -> bool:
    """Note that a report is dealt with; tells whether it waited."""
    return _change(connection, report, (OPEN,), DONE, ended_at=int(time.time()), moderator=moderator)


def open_again(connection: Connection, report: Report) -> bool:
    """Let a report wait again."""
    return _change(connection, report, (DONE,), OPEN, ended_at=None, moderator="")


def _change(connection: Connection, report: Report, before: tuple[str, ...], state: str, **more: object) -> bool:
    known = (reports.c.id == report.id, reports.c.state.in_(before))
    return connection.execute(update(reports).where(*known).values(state=state, **more)).rowcount == 1


def erase_page(connection: Connection, page_id: str) -> None:
    """Erase what was reported of a page."""
    connection.execute(delete(reports).where(reports.c.page_id == page_id))


def forget_done(connection: Connection) -> None:
    """Forget the reports that were dealt with long ago, with who sent them; of those that wait as long, who did."""
    before = int(time.time()) - DONE_DAYS * DAY
    is_over = and_(reports.c.state == DONE, reports.c.ended_at < before)
    by_visitors = select(reports.c.visitor_id).where(is_over, reports.c.visitor_id.is_not(None))
    visitors.forget(connection, set(connection.execute(by_visitors).scalars()))
    connection.execute(delete(reports).where(is_over))
    waiting = and_(reports.c.state == OPEN, reports.c.created_at < before, reports.c.visitor_id.is_not(None))
    visitors.forget_addresses(
        connection, set(connection.execute(select(reports.c.visitor_id).where(waiting)).scalars())
    )
