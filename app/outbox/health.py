"""How the mail is doing: what waits and for how long, what was refused, in numbers for those who look after it."""

import time
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.outbox.mails import DAY, WAITING, WAITS_SINCE
from app.outbox.tables import mails


@dataclass(frozen=True, slots=True)
class Health:
    """What waits, since how many seconds the oldest of it is due, what was said of it; what the last day brought."""

    waiting: int
    overdue: int
    waiting_error: str
    sent: int
    failed: int
    failed_error: str


def examine(connection: Connection) -> Health:
    """Count."""
    now = int(time.time())
    has_failed = and_(mails.c.failed_at > now - DAY, mails.c.tries > 0)  # those never tried were put aside
    is_late = and_(WAITING, now >= WAITS_SINCE)
    oldest = connection.execute(select(func.min(WAITS_SINCE)).where(is_late)).scalar()
    return Health(
        waiting=_count(connection, WAITING),
        overdue=now - oldest if oldest is not None else 0,
        waiting_error=_last_error(connection, WAITING),
        sent=_count(connection, mails.c.sent_at > now - DAY),
        failed=_count(connection, has_failed),
        failed_error=_last_error(connection, has_failed),
    )


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(mails).where(condition)).scalar_one()


def _last_error(connection: Connection, condition: ColumnElement[bool]) -> str:
    query = select(mails.c.error).where(condition, mails.c.error != "").order_by(mails.c.id.desc()).limit(1)
    return connection.execute(query).scalar() or ""
