"""What is not kept longer than it should be, erased every day: old messages, requests that nobody confirmed."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from plugins.archive import asking, forgetting, lists, spool

if TYPE_CHECKING:
    from plugins.archive.archive import Archive


def run_due(archive: "Archive") -> str | None:
    """Erase what is too old, list by list, and what waits for lists that are gone."""
    asking.forget_unproven(archive)
    spool.tidy(archive)
    now = datetime.fromtimestamp(time.time(), UTC)
    kept = [one for one in lists.load(archive.truth) if one.keep_months]
    done = sum(forgetting.erase_old(archive, one, before(now, one.keep_months)) for one in kept)
    return f"{done} messages erased because of their age" if done else None


def before(now: datetime, months: int) -> int:
    """Give the moment so many months ago; on the 28th of a month at the latest, so that each month has the day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return int(now.replace(year=max(year, 1970), month=month + 1, day=min(now.day, 28)).timestamp())
