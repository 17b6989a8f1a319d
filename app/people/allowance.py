"""What people who are not signed in may still send today, all of them together: nobody shall fill the disk unseen."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.database.settings import table as settings
from app.errors import N_, Refused

UPLOADS, PROPOSALS = "anonymous_uploads", "anonymous_proposals"  # among the settings: the day, and its bytes
_ENOUGH = {
    UPLOADS: N_("Too many files were sent today without signing in. Sign in, or come back tomorrow."),
    PROPOSALS: N_("Too much was sent today without signing in. Sign in, or come back tomorrow."),
}


def today(timezone: str) -> str:
    """Name the day that is counted, in the zone of the site."""
    return datetime.now(ZoneInfo(timezone)).date().isoformat()


def spend(truth: Engine, size: int, *, cap: int, day: str, what: str = UPLOADS) -> None:
    """Count bytes before they are stored; raises Refused, and counts nothing, where the day's sum would be over `cap`.

    Where somebody else counts in between it counts again, so that no byte of any process is missed.
    """
    while not _is_counted(truth, what, size, cap, day):
        pass


def _is_counted(truth: Engine, what: str, size: int, cap: int, day: str) -> bool:
    with suppress(IntegrityError), truth.begin() as connection:  # two may be the first ever
        known = connection.execute(select(settings.c.value).where(settings.c.key == what)).scalar()
        last, _, spent = (known or "").partition(" ")
        total = size + (int(spent) if last == day else 0)
        if total > cap:
            raise Refused(_ENOUGH[what])
        return _replace(connection, what, known, f"{day} {total}")
    return False


def _replace(connection: Connection, what: str, known: str | None, value: str) -> bool:
    if known is None:
        connection.execute(insert(settings), {"key": what, "value": value})
        return True
    unchanged = (settings.c.key == what) & (settings.c.value == known)
    return connection.execute(update(settings).where(unchanged).values(value=value)).rowcount == 1
