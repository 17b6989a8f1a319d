"""What people who are not signed in may still upload today, all of them together: nobody shall fill the disk unseen."""

from contextlib import suppress

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.database.settings import table as settings
from app.errors import N_, Refused

KEY = "anonymous_uploads"  # among the settings: the day, and the bytes of that day
_ENOUGH = N_("Too many files were sent today without signing in. Sign in, or come back tomorrow.")


def spend(truth: Engine, size: int, *, cap: int, day: str) -> None:
    """Count bytes before they are stored; raises Refused, and counts nothing, where the day's sum would be over `cap`.

    Where somebody else counts in between it counts again, so that no byte of any process is missed.
    """
    while not _is_counted(truth, size, cap, day):
        pass


def _is_counted(truth: Engine, size: int, cap: int, day: str) -> bool:
    with suppress(IntegrityError), truth.begin() as connection:  # two may be the first ever
        known = connection.execute(select(settings.c.value).where(settings.c.key == KEY)).scalar()
        last, _, spent = (known or "").partition(" ")
        total = size + (int(spent) if last == day else 0)
        if total > cap:
            raise Refused(_ENOUGH)
        return _replace(connection, known, f"{day} {total}")
    return False


def _replace(connection: Connection, known: str | None, value: str) -> bool:
    if known is None:
        connection.execute(insert(settings), {"key": KEY, "value": value})
        return True
    unchanged = (settings.c.key == KEY) & (settings.c.value == known)
    return connection.execute(update(settings).where(unchanged).values(value=value)).rowcount == 1
