"""How often somebody hears of what they follow, and up to where they have heard of it."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import N_, Invalid
from app.follow.tables import rhythms

NOW: Final = "now"
DAILY: Final = "daily"
WEEKLY: Final = "weekly"
NEVER: Final = "never"
WORDS = {
    NOW: N_("At once, a few minutes after a change"),
    DAILY: N_("Once a day, in the morning"),
    WEEKLY: N_("Once a week, on Monday morning"),
    NEVER: N_("Never"),
}
UNKNOWN: Final = -1  # in place of the number of a change
HOUR = clock(7)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Up to where somebody has heard: a moment (seconds since 1970), and the number of a change."""

    until: int
    change: int


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is to hear of what happened after `told`; `kept` is what the database says of it."""

    account_id: int
    rhythm: str
    kept: Told
    told: Told


def next_due(rhythm: str, now: float, zone: ZoneInfo) -> int:
    """Give the moment of the next mail, at 7 in the morning of the site; 0 where no hour counts."""
    if rhythm not in {DAILY, WEEKLY}:
        return 0
    here = datetime.fromtimestamp(now, zone)
    day = here.date() if here.time() < HOUR else here.date() + timedelta(days=1)
    if rhythm == WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return int(datetime.combine(day, HOUR, zone).timestamp())


def find(connection: Connection, account_id: int) -> str:
    """Give the rhythm of somebody; once a week, where nothing was said."""
    found = connection.execute(select(rhythms.c.rhythm).where(rhythms.c.account_id == account_id)).scalar()
    return found or WEEKLY


def begin(connection: Connection, account_id: int, newest: int, zone: ZoneInfo) -> None:
    """Let somebody hear once a week from now on, unless they have a rhythm already."""
    if connection.execute(select(rhythms.c.rhythm).where(rhythms.c.account_id == account_id)).first() is None:
        with suppress(IntegrityError), connection.begin_nested():  # two buttons pressed at the same moment
            row = {"account_id": account_id, "rhythm": WEEKLY, "next_due": next_due(WEEKLY, time.time(), zone)}
            connection.execute(insert(rhythms), row | _values(_from_now(newest)))


def choose(connection: Connection, account_id: int, rhythm: str, newest: int, zone: ZoneInfo) -> None:
    """Keep another rhythm; whoever heard nothing for a while hears of what happens from now on. Raises Invalid."""
    if rhythm not in WORDS:
        raise Invalid(N_("Choose one of the answers."))
    begin(connection, account_id, newest, zone)
    values: dict[str, object] = {"rhythm": rhythm, "next_due": next_due(rhythm, time.time(), zone)}
    if find(connection, account_id) == NEVER:
        values |= _values(_from_now(newest))
    connection.execute(update(rhythms).where(rhythms.c.account_id == account_id).values(values))


def _from_now(newest: int) -> Told:
    return Told(int(time.time()) - 1, newest)  # what happens within this very second is not told yet


def _values(told: Told) -> dict[str, int]:
    return {"last_sent": told.until, "last_change": told.change}


def list_due(connection: Connection, now: int, newest: Told) -> list[Due]:
    """List who is to hear of something now; at once only where something happened since."""
    is_later = or_(rhythms.c.last_change != newest.change, rhythms.c.last_sent < newest.until)
    wanted = or_(rhythms.c.rhythm.in_((DAILY, WEEKLY)), and_(rhythms.c.rhythm == NOW, is_later))
    query = select(rhythms).where(wanted, rhythms.c.next_due <= now).order_by(rhythms.c.account_id)
    found = [(row.account_id, row.rhythm, Told(row.last_sent, row.last_change)) for row in connection.execute(query)]
    return [Due(account_id, rhythm, told, told) for account_id, rhythm, told in found]


def first_told(connection: Connection) -> int | None:
    """Give the moment up to which all have heard who hear at once; None where nobody does."""
    query = select(rhythms.c.last_sent).where(rhythms.c.rhythm == NOW).order_by(rhythms.c.last_sent).limit(1)
    return connection.execute(query).scalar()


def claim(connection: Connection, due: Due, told: Told, next_at: int) -> bool:
    """Take it on to tell somebody; False where another process has, or they chose another rhythm meanwhile."""
    same = and_(
        rhythms.c.account_id == due.account_id, rhythms.c.rhythm == due.rhythm,
        rhythms.c.last_sent == due.kept.until, rhythms.c.last_change == due.kept.change,
    )  # fmt: skip
    values = _values(told) | {"next_due": next_at}
    return connection.execute(update(rhythms).where(same).values(values)).rowcount == 1


def put_off(connection: Connection, due: Due, until: int) -> None:
    """Give back what was taken on, to be looked at again later."""
    values = _values(due.kept) | {"next_due": until}
    connection.execute(update(rhythms).where(rhythms.c.account_id == due.account_id).values(values))


def forget_numbers(connection: Connection) -> None:
    """Let the numbers of changes count no more, because others have them now: the moment says what somebody heard."""
    connection.execute(update(rhythms).values(last_change=UNKNOWN))
