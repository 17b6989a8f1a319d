"""Who does something is reminded: three days before it is to be done, and the day after; each once."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from app.errors import N_
from app.plugin import OPERATOR, find_people, say_day, tell, viewer_of
from plugins.minutes import links, meetings
from plugins.minutes.meetings import Action
from plugins.minutes.tables import told

if TYPE_CHECKING:
    from app.plugin import Account, Station, say_day

BEFORE, AFTER, AT_MOST = 3, 1, 14  # days
MORNING = 8  # o'clock: nobody is written to at night
KIND = "minutes-action"
_SUBJECT = N_("%(what)s: by %(day)s")
_SOON = N_("You said that you would do this by %(day)s: %(what)s")
_LATE = N_("This was to be done by %(day)s: %(what)s")
_ASKED = N_("Is it done, later, or can you not? One press is enough: %(link)s")
WHERE = N_("It stands in the minutes “%(title)s”.")


def run(station: "Station") -> str | None:
    """Remind those who are due; gives a sentence for the log."""
    local = datetime.fromtimestamp(time.time(), ZoneInfo(station.config.timezone))
    if local.hour < MORNING:
        return None
    done = sum(_remind(station, one, what) for one, what in _due(station, local.date()))
    return f"{done} reminders of actions" if done else None


def _due(station: "Station", today: date) -> Iterator[tuple[Action, str]]:
    for one in meetings.actions(meetings.load(station.door, OPERATOR)):
        if one.done or one.due is None or not one.who or not one.id:
            continue
        if one.due - timedelta(days=BEFORE) <= today <= one.due:
            yield one, f"before {one.due.isoformat()}"
        elif timedelta(days=AFTER) <= today - one.due <= timedelta(days=AT_MOST):
            yield one, f"after {one.due.isoformat()}"


def _remind(station: "Station", one: Action, what: str) -> bool:
    named = {"page_id": one.meeting.row.id, "action": one.id}
    with station.truth.begin() as connection:
        query = select(told.c.what).where(*(told.c[name] == value for name, value in named.items()))
        known = set(connection.execute(query).scalars())
        people = (
            []
            if what in known
            else [  # as it was noted before: without a person
                account
                for account in find_people(connection, one.who)
                if account.email
                and f"{what} {account.id}" not in known
                and station.door.records_by_id(viewer_of(connection, account), [one.meeting.row.id])
            ]
        )
        for account in people:
            connection.execute(insert(told).values(**named, what=f"{what} {account.id}", at=int(time.time())))
            _write(station, connection, one, account, is_late=what.startswith("after"))
        return bool(people)


def _write(station: "Station", connection: Connection, one: Action, account: "Account", *, is_late: bool) -> None:
    language = station.settings.get().language
    said = {"what": " ".join(one.what.split()), "day": say_day(one.due, language) if one.due else ""}
    lines = [(_LATE if is_late else _SOON, said), (WHERE, {"title": one.meeting.row.title})]
    if station.address:
        lines.append((_ASKED, {"link": links.make(station, one, account)}))
    tell(connection, account, language, KIND, (_SUBJECT, said), lines)
