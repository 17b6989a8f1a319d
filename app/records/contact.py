"""Messages to who stands behind a record: to whom they go, how many may, who may not write any more.

The address of the receiver leaves this module only into the outbox.
"""

import hashlib
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from app.catalog.record_rows import RecordRow
from app.catalog.rows import moment
from app.errors import N_, Invalid, Refused
from app.forms.form import Form, Values
from app.people import accounts, throttle, visitors
from app.people.addresses import clean_email, email_key
from app.people.throttle import DAY, Rule
from app.people.visitor_tables import visitors as visitors_table
from app.records.life_tables import contact_stops, messages

UNCONFIRMED: Final = "unconfirmed"  # the sender has not opened the link in the mail
SENT: Final = "sent"
REPORTED: Final = "reported"  # by its receiver: the sender writes to nobody until a moderator has looked at it
KEPT_DAYS, REPORTED_DAYS = 30, 365  # that is known who wrote to whom; that somebody reported writes to nobody
BY_SENDER = Rule("relay-by", 5, DAY)
TO_RECORD = Rule("relay-to", 20, DAY)
OF_SITE = Rule("relay-all", 300, DAY)

_ENOUGH_BY = N_("You have written enough messages today. Try again tomorrow.")
_ENOUGH_TO = N_("Enough messages went there today. Try again tomorrow.")
_STOPPED = N_("Messages from this address are stopped. Ask those who look after the site.")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: a confirmed address, or one that is being asked to be."""

    name: str
    email: str
    pseudonym: str
    account_id: int | None = None
    visitor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is kept; `text` is empty once it is sent."""

    id: int
    page_id: str
    pseudonym: str
    visitor_id: int | None
    text: str
    state: str
    at: datetime


def find_recipient(connection: Connection, form: Form | None, row: RecordRow, private: Values) -> str:
    """Find the address that messages about a record go to; empty where there is none.

    The contact of the record, its public or private e-mail address, else whoever made it.
    """
    for address in _named(form, {**row.values, **private}):
        with suppress(Invalid):
            return clean_email(address)
    return find_maker(connection, row.creator)


def _named(form: Form | None, values: Mapping[str, Any]) -> Iterable[str]:
    fields = (*form.of_type("contact"), *form.of_type("email")) if form else ()
    return [value for field in fields if isinstance(value := values.get(field.name), str) and value]


def find_maker(connection: Connection, pseudonym: str) -> str:
    """Find the confirmed address of who made a record, with or without an account; empty where there is none."""
    account = accounts.find_by_pseudonym(connection, pseudonym)
    if account:
        return "" if account.is_blocked else account.email or ""
    known = visitors_table.c
    confirmed = (known.pseudonym == pseudonym, known.confirmed_at.is_not(None), known.email != "")
    return connection.execute(select(known.email).where(*confirmed).order_by(known.id.desc())).scalar() or ""


def sender_key(email: str) -> str:
    """Give what is kept of a sender's address."""
    return hashlib.sha256(email_key(email).encode()).hexdigest()


def check_may_send(connection: Connection, email: str) -> None:
    """Refuse senders whom a receiver has reported."""
    reported = (messages.c.sender_key == sender_key(email), messages.c.state == REPORTED)
    if connection.execute(select(messages.c.id).where(*reported)).first():
        raise Refused(_STOPPED)


def check_is_left(connection: Connection, page_id: str) -> None:
    """Refuse early what would be too much for a record today, so that nobody writes for nothing."""
    if throttle.is_spent(connection, TO_RECORD, page_id):
        raise Invalid(_ENOUGH_TO)


def spend(connection: Connection, page_id: str, email: str) -> None:
    """Count a message that goes out: by sender, record and site; raises TooMany."""
    throttle.spend(connection, BY_SENDER, email_key(email), _ENOUGH_BY)
    throttle.spend(connection, TO_RECORD, page_id, _ENOUGH_TO)
    throttle.spend(connection, OF_SITE, "", _ENOUGH_TO)


def add(connection: Connection, page_id: str, text: str, sender: Sender) -> int:
    """Keep a message, with its words only while the sender's address waits to be confirmed; gives its number."""
    is_sent = sender.visitor_id is None
    now = int(time.time())
    row = {
        "page_id": page_id,
        "pseudonym": sender.pseudonym,
        "visitor_id": sender.visitor_id,
        "account_id": sender.account_id,
        "sender_key": sender_key(sender.email),
        "text": "" if is_sent else text,
        "state": SENT if is_sent else UNCONFIRMED,
        "created_at": now,
        "ended_at": now if is_sent else None,
    }
    return int(connection.execute(insert(messages).returning(messages.c.id), row).scalar_one())


def find(connection: Connection, number: int) -> Message | None:
    """Find a message."""
    row = connection.execute(select(messages).where(messages.c.id == number)).first()
    return _message(row) if row else None


def find_of_visitor(connection: Connection, visitor_id: int) -> Message | None:
    """Find the message of somebody without an account."""
    row = connection.execute(select(messages).where(messages.c.visitor_id == visitor_id)).first()
    return _message(row) if row else None


def _message(row: Row[Any]) -> Message:
    return Message(row.id, row.page_id, row.pseudonym, row.visitor_id, row.text, row.state, moment(row.created_at))


def set_sent(connection: Connection, message: Message) -> bool:
    """Note that a message goes out, and forget its words; tells whether it had not gone out before."""
    return _change(connection, message.id, (UNCONFIRMED,), SENT, text="")


def report(connection: Connection, number: int) -> bool:
    """Keep the sender of a message from writing to anybody, until a moderator has looked at it."""
    return _change(connection, number, (SENT,), REPORTED)


def clear(connection: Connection, number: int) -> bool:
    """Let the sender of a reported message write again."""
    return _change(connection, number, (REPORTED,), SENT)


def _change(connection: Connection, number: int, before: tuple[str, ...], state: str, **more: str) -> bool:
    values = {"state": state, "ended_at": int(time.time())} | more
    known = (messages.c.id == number, messages.c.state.in_(before))
    return connection.execute(update(messages).where(*known).values(**values)).rowcount == 1


def list_reported(connection: Connection, limit: int = 200) -> list[Message]:
    """List the messages that their receivers have reported, the oldest first."""
    query = select(messages).where(messages.c.state == REPORTED).order_by(messages.c.id).limit(limit)
    return [_message(row) for row in connection.execute(query)]


def is_stopped(connection: Connection, page_id: str) -> bool:
    """Tell whether who stands behind a record wants no messages."""
    known = select(contact_stops.c.since).where(contact_stops.c.page_id == page_id)
    return connection.execute(known).first() is not None


def stop(connection: Connection, page_id: str) -> None:
    """Take no more messages for a record."""
    if not is_stopped(connection, page_id):
        connection.execute(insert(contact_stops), {"page_id": page_id, "since": int(time.time())})


def take_again(connection: Connection, page_id: str) -> None:
    """Take messages for a record again."""
    connection.execute(delete(contact_stops).where(contact_stops.c.page_id == page_id))


def erase_page(connection: Connection, page_id: str) -> None:
    """Erase what is known of the messages to a page."""
    connection.execute(delete(messages).where(messages.c.page_id == page_id))
    take_again(connection, page_id)


def forget_sent(connection: Connection) -> None:
    """Forget who wrote to whom once nobody will report it any more."""
    now = int(time.time())
    is_over = or_(
        and_(messages.c.state == SENT, messages.c.ended_at < now - KEPT_DAYS * DAY),
        and_(messages.c.state == REPORTED, messages.c.ended_at < now - REPORTED_DAYS * DAY),
    )
    gone = select(messages.c.visitor_id).where(is_over, messages.c.visitor_id.is_not(None))
    visitors.forget(connection, set(connection.execute(gone).scalars()))
    connection.execute(delete(messages).where(is_over))
