"""Tell somebody what became of an answer: taken, waiting, moved up. Queued within the transaction that causes it.

Nothing is queued where no mail goes out, nor to who may not read the page any more. `address` is where the site was
asked, for want of a public address that mails can lead to.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.answers import letters, reading, recipients, told
from app.answers.answer import ALIVE, NO, PERHAPS, WAITING, Answer
from app.answers.letters import Draft, Letterhead
from app.answers.recipients import Recipient
from app.calendar.event import CANCELLED
from app.catalog.occurrence_rows import OccurrenceRow
from app.errors import Invalid
from app.forms import signup
from app.forms.signup import Signup
from app.outbox import smtp
from app.outbox.mails import Mail, queue
from app.people.viewer import OPERATOR
from app.people.visitors import Visitor
from app.station import Station


@dataclass(frozen=True, slots=True)
class Matter:
    """What one mail is about: an answer and its date as it stands now; `own` is where the answer is changed."""

    connection: Connection
    head: Letterhead
    answer: Answer
    row: OccurrenceRow
    signup: Signup | None
    own: str


Drafting = Callable[[Matter], Draft]


def may_mail(station: Station, address: str = "") -> bool:
    """Tell whether mails go out, and links in them lead back here."""
    return smtp.is_configured(station.mail_config) and bool(station.address or address)


def ask_to_confirm(connection: Connection, station: Station, visitor: Visitor, link: str) -> None:
    """Ask a visitor to confirm the address; says nothing that was typed: whoever typed it may write to a stranger."""
    head = Letterhead.of(station)
    words = head.words
    text = "\n\n".join([
        words.gettext("Hello,"),
        words.gettext("Somebody signed up for something on %(site)s with this address.") % {"site": head.site},
        words.gettext("Was it you? Open this link and press the button:"),
        link,
        words.gettext("The link works for 7 days. Keep it: you can change your answer there."),
        words.gettext("It was not you? Then do nothing."),
        head.site,
    ]) + "\n"  # fmt: skip
    title = words.gettext("Confirm that you come: %(site)s") % {"site": head.site}
    queue(connection, Mail(visitor.email, title, text, kind=letters.KIND))


def confirm(connection: Connection, station: Station, answer_id: int, address: str = "") -> bool:
    """Say that an answer stands, with the date for a calendar, or waits; tells whether somebody was written to."""
    answer = reading.find(connection, answer_id)
    if answer is None:
        return False
    row = occurrence(station, answer.about.page_id, answer.about.date)
    if row is not None:
        told.note(connection, row)
    if answer.state not in ALIVE or answer.wish.value == NO:
        return False
    return _tell(connection, station, answer, _waiting if answer.state == WAITING else _coming, address)


def tell_moved_up(connection: Connection, station: Station, answer_ids: Iterable[int], address: str = "") -> int:
    """Tell those who waited that they have a place now; gives how many were written to.

    Of use only as long as they can still come: who takes an answer back later frees a place for nobody.
    """
    found = [answer for one in answer_ids if (answer := reading.find(connection, one)) is not None]
    return sum(_tell(connection, station, one, _moved_up, address) for one in found if _is_to_come(station, one))


def _is_to_come(station: Station, answer: Answer) -> bool:
    row = occurrence(station, answer.about.page_id, answer.about.date)
    begins = (row.ends_at if row.is_all_day else row.starts_at) if row else 0
    return row is not None and row.status != CANCELLED and begins > time.time()


def occurrence(station: Station, page_id: str, date: str) -> OccurrenceRow | None:
    """Find a date as it stands now, whoever may read it: each mail asks whether its reader may."""
    return station.door.occurrence(OPERATOR, page_id, date)


def signup_of(station: Station, row: OccurrenceRow) -> Signup | None:
    """Read how one takes part in what a date is of."""
    form = station.door.find_form(OPERATOR, row.form)
    record = station.door.find_record(OPERATOR, row.path)
    return signup.of_record(form, record.values) if form and record else None


def _tell(connection: Connection, station: Station, answer: Answer, draft: Drafting, address: str) -> bool:
    """Queue what `draft` writes to who answered."""
    to = recipients.find(connection, answer) if may_mail(station, address) else None
    row = occurrence(station, answer.about.page_id, answer.about.date) if to else None
    if to is None or row is None or not to.may_read(row.audience):
        return False
    head = Letterhead.of(station, address)
    own = recipients.own_path(connection, to, row.path, row.original)
    about = Matter(connection, head, answer, row, signup_of(station, row), own)
    return send(connection, head, to, answer.about.page_id, draft(about))


def send(connection: Connection, head: Letterhead, to: Recipient, page_id: str, draft: Draft) -> bool:
    """Do as `send_to`."""
    return send_to(connection, head, (to.email, to.name), page_id, draft)


def send_to(connection: Connection, head: Letterhead, to: tuple[str, str], page_id: str, draft: Draft) -> bool:
    """Queue a mail to an address and a name; tells whether one can go there.

    An address that no mail can go to must not keep others from theirs, nor an answer from standing.
    """
    email, name = to
    try:
        queue(connection, letters.write(head, email, name, page_id, draft))
    except Invalid:
        return False
    return True


def _coming(about: Matter) -> Draft:
    words = about.head.words
    filed = words.gettext("Open the file of this mail to have the date in your calendar.")
    paragraphs = [said_of(about.head, about.answer), *_what(about), filed]
    subject = letters.subject(words.gettext("You are signed up: %(title)s"), about.row.title)
    return Draft(subject, paragraphs, about.own, letters.filed(about.head, [about.row]))


def said_of(head: Letterhead, answer: Answer) -> str:
    """Say what somebody answered."""
    if answer.wish.value == PERHAPS:
        return head.words.gettext("You said that you come perhaps:")
    return head.words.gettext("You said that you come:")


def _what(about: Matter) -> list[str]:
    return [letters.block(about.head, about.row), *letters.details(about.head, about.answer.wish, about.signup)]


def _waiting(about: Matter) -> Draft:
    words = about.head.words
    place = reading.position_of(about.connection, about.answer)
    said = words.gettext("All places are taken. You are number %(num)s on the waiting list.") % {"num": place}
    hope = words.gettext("If a place becomes free, we write to you at once.")
    subject = letters.subject(words.gettext("You are on the waiting list: %(title)s"), about.row.title)
    return Draft(subject, [said, *_what(about), hope], about.own)


def _moved_up(about: Matter) -> Draft:
    words = about.head.words
    said = words.gettext("A place became free. You are signed up now:")
    leave = words.gettext("You cannot come any more? Say so, then the next person moves up.")
    subject = letters.subject(words.gettext("A place is free for you: %(title)s"), about.row.title)
    return Draft(subject, [said, *_what(about), leave], about.own, letters.filed(about.head, [about.row]))
