"""The mails about polls: members are asked by a link of their own, reminded once, and who asked hears that it is over.

A mail goes only to who may read the page, and not to who wants none of these mails.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import Connection, insert, select

from app.answers import letters, notices, organising, recipients, votes
from app.answers.answer import STANDING, Who
from app.answers.letters import Draft, Letterhead
from app.answers.tables import answer_mails, answers
from app.catalog.record_rows import RecordRow
from app.forms import poll as polls
from app.forms.form import SHOWN
from app.forms.poll import Poll
from app.forms.types.days import say_day
from app.outbox.mails import Mail, queue
from app.people import accounts, groups, rights
from app.people.accounts import Account
from app.people.signed import find_signed, name_account
from app.people.viewer import OPERATOR
from app.people.visitors import Visitor
from app.station import Station

ASKED, REMINDED, OVER = "poll-asked", "poll-reminded", "poll-over"
BEFORE = timedelta(days=2)
MORNING = 8  # o'clock: nobody is written to at night
DAY = 86_400  # seconds
LINK_SECONDS = 120 * DAY


@dataclass(frozen=True, slots=True)
class Matter:
    """What mails are about: a record, its poll."""

    record: RecordRow
    poll: Poll


def make_link(key: str, page_id: str, account: Account) -> str:
    """Make the secret by which one member answers one poll, and nothing else."""
    return str(_serializer(key).dumps([page_id, name_account(account)]))


def read_link(connection: Connection, key: str, secret: str) -> tuple[str, Account] | None:
    """Give the identity of the page and the account; None where nobody here has made it, or long ago."""
    try:
        page_id, named = _serializer(key).loads(secret, max_age=LINK_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    account = find_signed(connection, named)
    return (str(page_id), account) if account else None


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="answer to a poll")


def ask_to_confirm(connection: Connection, station: Station, visitor: Visitor, link: str) -> None:
    """Ask a visitor to confirm the address; says nothing that was typed: whoever typed it may write to a stranger."""
    head = Letterhead.of(station)
    words = head.words
    text = "\n\n".join([
        words.gettext("Hello,"),
        words.gettext("Somebody answered a question on %(site)s with this address.") % {"site": head.site},
        words.gettext("Was it you? Open this link and press the button:"),
        link,
        words.gettext("The link works for 7 days. Keep it: you can change your answer there."),
        words.gettext("It was not you? Then do nothing."),
        head.site,
    ]) + "\n"  # fmt: skip
    title = words.gettext("Confirm your answer: %(site)s") % {"site": head.site}
    queue(connection, Mail(visitor.email, title, text, kind=letters.KIND))


def may_ask(station: Station, address: str = "") -> bool:
    """Tell whether mails go out, with links that lead back here."""
    return notices.may_mail(station, address)


def ask_members(connection: Connection, station: Station, about: Matter, address: str = "") -> int:
    """Ask every member who may read the page and has not answered; once a round. Gives how many mails were queued."""
    what = f"{ASKED}-{about.poll.round_}"
    if not notices.may_mail(station, address) or not _note(connection, about.record.id, what):
        return 0
    return sum(_write(connection, station, about, one, address) for one in _unheard(connection, about))


def was_asked(connection: Connection, about: Matter) -> bool:
    """Tell whether the members were asked in this round."""
    return _noted_at(connection, about.record.id, f"{ASKED}-{about.poll.round_}") is not None


def _unheard(connection: Connection, about: Matter) -> list[Account]:
    """List the members who may read the page, want such mails, and have not answered."""
    key, found = votes.key_of(about.poll), []
    for account in accounts.list_all(connection):
        if account.is_blocked or not account.email:
            continue
        viewer = groups.viewer_of(connection, account, may_write=False)
        if not rights.may_read(viewer, about.record.audience):
            continue
        own = votes.find_own(connection, about.record.id, key, Who(account_id=account.id))
        if own is None and not recipients.is_quiet(connection, about.record.id, account.email):
            found.append(account)
    return found


def _write(
    connection: Connection, station: Station, about: Matter, to: Account, address: str, *, is_reminder: bool = False
) -> bool:
    head = Letterhead.of(station, address)
    words, poll = head.words, about.poll
    subject = words.gettext("Still open: %(title)s") if is_reminder else words.gettext("Your answer, please: %(title)s")
    paragraphs = [letters.one_line(about.record.title)]
    if poll.until:
        day = say_day(poll.until.isoformat(), head.language, "EEEE d MMMM y")
        paragraphs.append(words.gettext("One can answer until %(day)s.") % {"day": day})
    if poll.then:
        paragraphs.append(letters.one_line(poll.then))
    secret = make_link(head.key, about.record.id, to)
    paragraphs.append(words.gettext("Answer here, without signing in:") + f"\n{head.address}/-/poll/mail/{secret}")
    draft = Draft(letters.subject(subject, about.record.title), paragraphs)
    return notices.send_to(connection, head, (to.email or "", to.name), about.record.id, draft)


def look_after(station: Station, now: float) -> int:
    """Remind who was asked and has not answered, two days before the end; tell who asks that it is over."""
    local = datetime.fromtimestamp(now, ZoneInfo(station.config.timezone))
    if local.hour < MORNING or not notices.may_mail(station):
        return 0
    done = 0
    for about in _open(station):
        until = about.poll.until
        if until and until - BEFORE <= local.date() <= until:
            done += _remind(station, about, now)
        elif until and local.date() > until:
            done += _tell_over(station, about)
    return done


def _open(station: Station) -> Iterator[Matter]:
    """List the polls that somebody was asked about, or has answered, and that are not closed."""
    asked = select(answer_mails.c.page_id).where(answer_mails.c.what.like(f"{ASKED}%"))
    said = select(answers.c.page_id).where(answers.c.key.like("vote%"), answers.c.state == STANDING)
    with station.truth.connect() as connection:
        ids = sorted(set(connection.execute(asked).scalars()) | set(connection.execute(said).scalars()))
    for record in station.door.records_by_id(OPERATOR, ids).values():
        form = station.door.find_form(OPERATOR, record.form)
        poll = polls.of_record(form, record.values) if form else None
        if poll and poll.outcome is None and poll.is_asked and record.state in SHOWN:
            yield Matter(record, poll)


def _remind(station: Station, about: Matter, now: float) -> int:
    with station.truth.begin() as connection:
        asked_at = _noted_at(connection, about.record.id, f"{ASKED}-{about.poll.round_}")
        if asked_at is None or asked_at > now - DAY:
            return 0
        if not _note(connection, about.record.id, f"{REMINDED}-{_which(about.poll)}"):
            return 0
        found = _unheard(connection, about)
        return sum(_write(connection, station, about, one, "", is_reminder=True) for one in found)


def _tell_over(station: Station, about: Matter) -> int:
    """Ask who looks after it to write what becomes of the answers."""
    with station.truth.begin() as connection:
        if not _note(connection, about.record.id, f"{OVER}-{_which(about.poll)}"):
            return 0
        head = Letterhead.of(station)
        said = head.words.gettext("The last day is over. Look at the answers, and write what becomes of them:")
        link = f"{head.address}/-/poll/close/{quote(about.record.path)}"
        subject = letters.subject(head.words.gettext("To be closed: %(title)s"), about.record.title)
        draft = Draft(subject, [letters.one_line(about.record.title), f"{said}\n{link}"])
        to = organising.list_of_record(connection, station, about.record)
        return sum(notices.send_to(connection, head, one, about.record.id, draft) for one in to)


def _which(poll: Poll) -> str:
    """Name a round and its last day: where that is put off, people are told of the new one."""
    return f"{poll.round_}-{poll.until}"


def _noted_at(connection: Connection, page_id: str, what: str) -> int | None:
    known = select(answer_mails.c.at).where(answer_mails.c.page_id == page_id, answer_mails.c.what == what)
    return connection.execute(known).scalar()


def _note(connection: Connection, page_id: str, what: str) -> bool:
    """Note that something went out; tells whether it is the first time."""
    if _noted_at(connection, page_id, what) is not None:
        return False
    connection.execute(insert(answer_mails), {"page_id": page_id, "date": "", "what": what, "at": int(time.time())})
    return True
