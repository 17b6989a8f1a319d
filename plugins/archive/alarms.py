"""The alarm of a list of which nothing comes any more: an archive that has fallen silent loses mail for good.

Lists are looked at that receive mail by themselves. One is silent after the longest of three days, five times its
usual pause, and its longest pause of a year. It has a hole where replies answer messages that never came.
"""

import json
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from app.errors import N_
from app.plugin import tell_caring
from plugins.archive import lists
from plugins.archive.rows import messages
from plugins.archive.tables import alarms

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

DAY, YEAR = 86_400, 365 * 86_400  # seconds
SHORTEST, USUAL_TIMES = 3 * DAY, 5
LATEST, BEFORE = 20, 100  # messages that are compared
HOLE = 0.5  # share of the latest that answer what never came, and twice what it was before
FEWEST = 5  # messages by which a usual pause is known
SILENT = N_("No mail has come for %(days)s days. Is the list still sent to this site?")
HOLES = N_("Many mails answer messages that never came. Is the list still sent to this site as a whole?")
SUBJECT = N_("The archive of %(list)s needs care")
FOR_LIST = N_("The list %(list)s:")
Said = tuple[str, Mapping[str, str]]


def run(archive: "Archive", now: int | None = None) -> str | None:
    """Look at every list that receives mail; tell of an alarm once, end it by itself; `now` in seconds."""
    at = int(time.time()) if now is None else now
    begun = 0
    for list_ in lists.load(archive.truth):
        why = _why(archive, list_, at)
        known = of_list(archive, list_)
        if why is None:
            _end(archive, list_)
        elif known is None or known.why != why[0]:
            _begin(archive, list_, why, at)
            begun += 1
        elif json.loads(known.reason_values) != why[1]:
            _store(archive, list_, reason_values=json.dumps(why[1]))
    return f"{begun} alarms" if begun else None


def of_list(archive: "Archive", list_: "MailList") -> Any | None:
    """Give the alarm of a list, a row of `tables.alarms`."""
    with archive.truth.connect() as connection:
        return connection.execute(select(alarms).where(alarms.c.list_id == list_.id)).first()


def said_of(archive: "Archive", list_: "MailList") -> Said | None:
    """Give the sentence of an alarm that nobody has silenced."""
    row = of_list(archive, list_)
    return None if row is None or row.is_silenced else (row.why, json.loads(row.reason_values))


def silence(archive: "Archive", list_: "MailList") -> None:
    """Let an alarm be: it is told no more until it has ended and begins anew."""
    _store(archive, list_, is_silenced=True)


def checkup(archive: "Archive") -> Sequence[Said]:
    """Give what administrators read on the page of the site's health."""
    found = []
    for list_ in lists.load(archive.truth):
        if said := said_of(archive, list_):
            sentence = N_("%(list)s: look at its settings; mail of it may be missing.")
            found.append((sentence, {"list": list_.title, **said[1]}))
    return found


# -- looking ---------------------------------------------------------------------------------------------------------


def _why(archive: "Archive", list_: "MailList", now: int) -> Said | None:
    c = messages.c
    own = select(c.at, c.wants, c.run_id).where(c.list_id == list_.id, c.at > now - YEAR, c.at <= now)
    with archive.rows.connect() as connection:
        rows = connection.execute(own.order_by(c.at.desc()).limit(5000)).all()
    if not any(row.run_id == 0 for row in rows) or len(rows) < FEWEST:
        return None  # nothing comes by itself, or too little to know what is usual
    pause = now - rows[0].at
    if pause > _longest_usual([row.at for row in rows]):
        return SILENT, {"days": str(pause // DAY)}
    latest, before = rows[:LATEST], rows[LATEST : LATEST + BEFORE]
    is_hole = len(latest) == LATEST and _share(latest) >= max(HOLE, 2 * _share(before))
    return (HOLES, {}) if is_hole else None


def _longest_usual(times: Sequence[int]) -> float:
    pauses = [later - earlier for later, earlier in pairwise(times)]
    return max(SHORTEST, USUAL_TIMES * sum(pauses) / len(pauses), max(pauses))


def _share(rows: Sequence[Any]) -> float:
    return sum(bool(row.wants) for row in rows) / len(rows) if rows else 0.0


def _begin(archive: "Archive", list_: "MailList", why: Said, now: int) -> None:
    station = archive.station
    path = f"{list_.space}/index" if list_.space else "index"
    said = [(FOR_LIST, {"list": list_.title}), why]
    with archive.truth.begin() as connection:
        connection.execute(delete(alarms).where(alarms.c.list_id == list_.id))
        values = {"list_id": list_.id, "why": why[0], "reason_values": json.dumps(why[1]), "since": now}
        connection.execute(insert(alarms).values(**values, told_at=now, is_silenced=False))
        language = station.settings.get().language
        tell_caring(connection, path, language, "archive-alarm", (SUBJECT, {"list": list_.title}), said)
    station.stamp.touch()


def _end(archive: "Archive", list_: "MailList") -> None:
    with archive.truth.begin() as connection:
        connection.execute(delete(alarms).where(alarms.c.list_id == list_.id))


def _store(archive: "Archive", list_: "MailList", **values: Any) -> None:
    with archive.truth.begin() as connection:
        connection.execute(update(alarms).where(alarms.c.list_id == list_.id).values(values))
    archive.station.stamp.touch()
