"""Move the horizon of the dates of series: on with the months, and wider for whoever looks further."""

import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from app.catalog import horizon, occurrence_writing
from app.catalog.catalog import set_fact
from app.catalog.horizon import Horizon
from app.catalog.wiki import Wiki

EVERY = 3600  # seconds between looks at the month


def reach(wiki: Wiki) -> Horizon:
    """Give how far dates are worked out."""
    with wiki.catalog.reading() as connection:
        return horizon.find(connection) or horizon.now(wiki.config.timezone)


def roll(wiki: Wiki, today: date) -> str | None:
    """Work out the dates of a new month; None where that is done."""
    wanted = horizon.around(today, wiki.config.timezone)
    if reach(wiki).month == wanted.month:
        return None
    done = _change(wiki, lambda now: now if now.month == wanted.month else wanted, occurrence_writing.settle)
    return None if done is None else f"{done} series"


def widen(wiki: Wiki, until: date) -> bool:
    """Work dates out as far as a day, within bounds; False where there was nothing to do."""
    return _change(wiki, lambda now: now.wider(until), occurrence_writing.widen) is not None


def _change(wiki: Wiki, choose: Callable[[Horizon], Horizon], work: Callable[[Connection, Horizon], int]) -> int | None:
    """Let another horizon hold, under the lock of writers: nobody does it twice. Gives the number of series."""
    with wiki.store.writing():
        now = reach(wiki)
        wanted = choose(now)
        if wanted == now:
            return None
        with wiki.catalog.changing() as connection:
            done = work(connection, wanted)
            set_fact(connection, "generation", str(time.time_ns()))
    return done
