"""Mails that go out by themselves before a date, once, and once more when it moves to another day.

The day before, who comes is reminded; two days before, who organises hears that nobody has signed up.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from app.answers import letters, notices, organising, reading, recipients
from app.answers.answer import NO, STANDING, About, Answer
from app.answers.letters import Draft, Letterhead
from app.answers.tables import answer_mails, answers
from app.catalog.occurrence_rows import OccurrenceQuery, OccurrenceRow
from app.forms.signup import Signup, field_of
from app.people.viewer import OPERATOR
from app.station import Station

HOUR = 17  # of the site's day: late enough that most have looked, early enough to ask somebody
AT_LEAST = 3600  # seconds before it begins: who is reminded later is on the way
REMINDER, NOBODY = "reminder", "nobody"
MOST_IDS = 500  # records that are asked for at once


@dataclass(frozen=True, slots=True)
class Evening:
    """The moment of a look: from 17:00 on what begins `days` later is due, the night that follows and the day too."""

    now: float
    timezone: str

    def days_ahead(self, days: int) -> datetime:
        """Give the day that is due by now, as its midnight; before 17:00 it is the one that was due yesterday."""
        local = datetime.fromtimestamp(self.now, ZoneInfo(self.timezone))
        late = days if local.hour >= HOUR else days - 1
        return datetime.combine(local.date() + timedelta(days=late), datetime.min.time())

    def sent_from(self, row: OccurrenceRow, days: int) -> float:
        """Give from which moment on (seconds since 1970) a mail about a date is due."""
        day = datetime.combine(row.start.date() - timedelta(days=days), datetime.min.time()).replace(hour=HOUR)
        return day.replace(tzinfo=ZoneInfo(self.timezone)).timestamp()


def remind(station: Station, now: float) -> int:
    """Remind those who come, the day before; gives how many mails were queued."""
    evening = Evening(now, station.config.timezone)
    due = evening.days_ahead(1)
    done = _noted(station, REMINDER, due)
    return sum(
        _remind(station, row, evening)
        for row in _dates(station, due, _answered(station))
        if (row.id, row.original) not in done and evening.sent_from(row, 1) <= now < row.starts_at - AT_LEAST
    )


def _answered(station: Station) -> list[str]:
    """List the records about which people say that they come."""
    query = select(answers.c.page_id).where(answers.c.state == STANDING, answers.c.value != NO).distinct()
    with station.truth.connect() as connection:
        return list(connection.execute(query).scalars())


def _dates(station: Station, day: datetime, ids: list[str]) -> Iterator[OccurrenceRow]:
    """List the dates of these records that begin on a day and take place."""
    for start in range(0, len(ids), MOST_IDS):
        batch = tuple(ids[start : start + MOST_IDS])
        query = OccurrenceQuery(day.date(), day.date(), ids=batch, has_cancelled=False)
        found, _ = station.door.occurrences(OPERATOR, query)
        yield from (row for row in found if row.start.date() == day.date())


def _remind(station: Station, row: OccurrenceRow, evening: Evening) -> int:
    """Queue the mails of one date, and that they went: both, or neither."""
    head, signup = Letterhead.of(station), notices.signup_of(station, row)
    with station.truth.begin() as connection:
        if not notices.may_mail(station) or not _note(connection, row, REMINDER):
            return 0
        # Who answered after the others were reminded has just got a mail about it.
        early = [one for one in _who_come(connection, row) if one.asked_at < evening.sent_from(row, 1)]
        return sum(_remind_one(connection, head, row, signup, answer) for answer in early)


def _who_come(connection: Connection, row: OccurrenceRow) -> list[Answer]:
    """List who comes to a date, surely or perhaps."""
    said = reading.list_at(connection, About(row.id, row.original))
    return [one for one in said if one.state == STANDING and one.wish.value != NO]


def _noted(station: Station, what: str, day: datetime) -> set[tuple[str, str]]:
    """Give the page and the date of all mails of a kind that went out about what begins on a day."""
    sent = select(answer_mails.c.page_id, answer_mails.c.date).where(answer_mails.c.what == _mark(what, day))
    with station.truth.connect() as connection:
        return {(row.page_id, row.date) for row in connection.execute(sent)}


def _mark(what: str, day: datetime) -> str:
    return f"{what} {day.date().isoformat()}"


def _note(connection: Connection, row: OccurrenceRow, what: str) -> bool:
    """Note that a mail about a date goes out now; tells whether none had before."""
    place = {"page_id": row.id, "date": row.original, "what": _mark(what, row.start)}
    known = (answer_mails.c[name] == value for name, value in place.items())
    if connection.execute(select(answer_mails.c.id).where(*known)).first():
        return False
    connection.execute(insert(answer_mails), place | {"at": int(time.time())})
    return True


def _remind_one(
    connection: Connection, head: Letterhead, row: OccurrenceRow, signup: Signup | None, answer: Answer
) -> bool:
    to = recipients.find(connection, answer)
    if to is None or not to.may_read(row.audience) or recipients.is_quiet(connection, row.id, to.email):
        return False
    words = head.words
    leave = words.gettext("You cannot come any more? Say so, then others know.")
    paragraphs = [
        notices.said_of(head, answer),
        letters.block(head, row),
        *letters.details(head, answer.wish, signup),
        leave,
    ]
    own = recipients.own_path(connection, to, row.path, row.original)
    subject = letters.subject(words.gettext("Reminder: %(title)s"), row.title)
    return notices.send(connection, head, to, row.id, Draft(subject, paragraphs, own))


# -- nobody comes ----------------------------------------------------------------------------------------------------


def tell_organisers(station: Station, now: float) -> int:
    """Tell those who organise what begins in two days that nobody has signed up; gives how many mails were queued."""
    evening = Evening(now, station.config.timezone)
    due = evening.days_ahead(2)
    forms = tuple(form.name for form in station.door.all_forms(OPERATOR) if field_of(form))
    if not forms:
        return 0
    query = OccurrenceQuery(due.date(), due.date(), forms=forms, has_cancelled=False)
    found, _ = station.door.occurrences(OPERATOR, query)
    done = _noted(station, NOBODY, due)
    new = [row for row in found if row.start.date() == due.date() and (row.id, row.original) not in done]
    begin = [row for row in new if evening.sent_from(row, 2) <= now < row.starts_at]
    return sum(_tell_organisers(station, row) for row in _without_people(station, begin))


def _without_people(station: Station, rows: Iterable[OccurrenceRow]) -> Iterator[OccurrenceRow]:
    for row in rows:
        signup = notices.signup_of(station, row)
        with station.truth.connect() as connection:
            is_empty = not _who_come(connection, row)
        if signup and signup.is_open and is_empty:
            yield row


def _tell_organisers(station: Station, row: OccurrenceRow) -> int:
    head = Letterhead.of(station)
    with station.truth.begin() as connection:
        if not notices.may_mail(station) or not _note(connection, row, NOBODY):
            return 0
        return sum(_tell_one(connection, head, row, to) for to in organising.list_addresses(connection, station, row))


def _tell_one(connection: Connection, head: Letterhead, row: OccurrenceRow, to: tuple[str, str]) -> bool:
    if recipients.is_quiet(connection, row.id, to[0]):
        return False
    words = head.words
    paragraphs = [
        words.gettext("Nobody has said yet that they come:"),
        letters.block(head, row),
        words.gettext("Tell people around you, or choose another date."),
        words.gettext("You get this mail because you look after it."),
    ]
    subject = letters.subject(words.gettext("Nobody has signed up yet: %(title)s"), row.title)
    return notices.send_to(connection, head, to, row.id, Draft(subject, paragraphs))
