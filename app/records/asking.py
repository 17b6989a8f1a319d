"""Ask those who made a record whether it is right still: before it expires, when it does, and once a year.

Run by a job. A mail about a day is sent once; who does not answer finds the record archived, or to be verified.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, select

from app.catalog.catalog import CatalogDamaged
from app.catalog.record_rows import RecordRow
from app.errors import GareError, Invalid
from app.forms.form import ARCHIVED, TO_VERIFY, Form
from app.outbox import smtp
from app.outbox.mails import queue
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.records import contact, private, twins
from app.records.ask_mails import OVER, SOON, TODAY, YEARLY, Letterhead, write
from app.records.life import make_ask
from app.records.life_tables import life_mails
from app.station import Station

log = logging.getLogger(__name__)

EVERY = 6 * 3600  # seconds between two looks: each mail goes out once all the same
SOON_DAYS = 7  # before a record expires
ARCHIVED_DAYS = 30  # after it has expired
YEAR_DAYS = 365
ANSWER_DAYS = 60  # after which who did not answer the yearly mail has the record verified by somebody else
MOST_MAILS = 200  # in one look
MOST_CHANGES = 200
KEPT_DAYS = 800  # that is known which mail has asked


@dataclass(frozen=True, slots=True)
class Due:
    """A record about which something is due: a mail of kind `what` about `day`, or with `state` a change."""

    form: Form
    row: RecordRow
    what: str = ""
    day: str = ""
    state: str = ""
    is_over: bool = False


def look_after(station: Station) -> str | None:
    """Do all that is due, and look for records that may be one twice; says what was done, None where nothing was."""
    try:
        today = station.today()
        due = list(_all_due(station, today))
        done = {"mails": _ask_all(station, due), "changed": _change_all(station, due)}
        found = twins.find_all(station.door, OPERATOR)
    except CatalogDamaged:
        return None  # it is looked at once the catalog is back
    with station.truth.begin() as connection:
        twins.keep(connection, found)
    said = ", ".join(f"{count} {what}" for what, count in done.items() if count)
    return said or None


def _all_due(station: Station, today: date) -> Iterator[Due]:
    for form in station.door.all_forms(OPERATOR):  # also those that name no days any more: their records still end
        for row in twins.rows_of(station.door, OPERATOR, form.name):
            yield from due_of(form, row, today)


def due_of(form: Form, row: RecordRow, today: date) -> Iterator[Due]:
    """Say what is due for a record on a day."""
    expires = _day(row.expires)
    if expires:
        left = (expires - today).days
        if left <= -ARCHIVED_DAYS:
            yield Due(form, row, state=ARCHIVED)
        elif left <= SOON_DAYS:
            yield Due(form, row, TODAY if left <= 0 else SOON, row.expires, is_over=left < 0)
    elif form.is_asked_yearly:
        known = _day(row.verified) or row.created_at.date()
        age = (today - known).days
        if age >= YEAR_DAYS + ANSWER_DAYS and row.state != TO_VERIFY:
            yield Due(form, row, day=known.isoformat(), state=TO_VERIFY)
        elif YEAR_DAYS <= age < YEAR_DAYS + ANSWER_DAYS:
            yield Due(form, row, YEARLY, known.isoformat())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _ask_all(station: Station, due: list[Due]) -> int:
    """Queue the mails that were not sent yet, each with the note that it was, at most so many at a time."""
    if not smtp.is_configured(station.mail_config) or not station.address:
        return 0
    head = Letterhead.of(station)
    count = 0
    for one in due:
        if not one.what or count >= MOST_MAILS:
            continue
        with station.truth.begin() as connection:
            if _note(connection, one):
                count += _ask(connection, station, head, one)
    return count


def _note(connection: Connection, due: Due) -> bool:
    """Note that a mail has asked; tells whether none had before."""
    key = {"page_id": due.row.id, "what": due.what, "day": due.day}
    known = (life_mails.c.page_id == due.row.id, life_mails.c.what == due.what, life_mails.c.day == due.day)
    if connection.execute(select(life_mails.c.sent_at).where(*known)).first():
        return False
    connection.execute(insert(life_mails), key | {"sent_at": int(time.time())})
    return True


def _ask(connection: Connection, station: Station, head: Letterhead, due: Due) -> bool:
    to = contact.find_maker(connection, due.row.creator) or contact.find_recipient(
        connection, due.form, due.row, private.load(connection, [due.row.id]).get(due.row.id, {})
    )
    if not to:
        return False
    secret, what = make_ask(station.config.secret_key, due.row.id), OVER if due.is_over else due.what
    try:
        queue(connection, write(head, to, what, due.form, due.row, secret))
    except Invalid as error:  # an address that no mail can go to must not keep the others from theirs
        log.warning("nobody is asked about record %s: %s", due.row.id, error)
        return False
    return True


def _change_all(station: Station, due: list[Due]) -> int:
    count = 0
    for one in [one for one in due if one.state][:MOST_CHANGES]:
        try:
            station.door.keep_life(one.row.id, {"state": one.state}, SYSTEM)
            count += 1
        except GareError as error:  # a page whose head cannot be read any more
            log.warning("record %s stays as it is: %s", one.row.id, error)
    return count


def erase_page(connection: Connection, page_id: str) -> None:
    """Forget that anybody was asked about a page."""
    connection.execute(delete(life_mails).where(life_mails.c.page_id == page_id))


def forget_asked(connection: Connection) -> None:
    """Forget mails that asked so long ago that they are asked anew."""
    long_ago = int(time.time()) - timedelta(days=KEPT_DAYS).total_seconds()
    connection.execute(delete(life_mails).where(life_mails.c.sent_at < long_ago))
