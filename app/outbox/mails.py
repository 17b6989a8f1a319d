"""Mails as they are queued: checked, kept until they are sent, listed for those who look after the site."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, not_, or_, select, true, update

from app.errors import N_, Invalid
from app.outbox.tables import mails

HOUR, DAY = 3600, 86_400  # seconds
MAX_SUBJECT, MAX_KIND = 200, 40  # characters
MAX_ADDRESS = 320  # characters typed: 64 before the @, 255 behind it (RFC 5321, 4.5.3.1)
URGENT = ("signin",)  # kinds that somebody waits for at this moment
URGENT_SECONDS = HOUR // 2  # after which what stands in them opens nothing any more
# Of a mail whose words nobody needs any more.
WORDLESS = {"subject": "", "text": "", "html": "", "headers": "{}", "calendar": ""}
BROUGHT_BACK = N_("It came back with a backup; it may have gone out before.")
NO_ADDRESS = N_("This is not an e-mail address. One looks like: nadia@example.org")
TOO_LATE = N_("It could not go out in time, and opens nothing any more.")

UNSENT = mails.c.sent_at.is_(None)
WAITING = and_(UNSENT, mails.c.failed_at.is_(None))
IS_URGENT = mails.c.kind.in_(URGENT)
# A mail for later waits from then on. Who puts it off for the first time keeps that moment as `created_at`: `due_at`
# says from then on when it is tried again.
WAITS_SINCE = case(
    (and_(mails.c.tries == 0, mails.c.error == "", mails.c.due_at > mails.c.created_at), mails.c.due_at),
    else_=mails.c.created_at,
)

_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)  # RFC 5322, dot-atom
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_BREAKS = re.compile("[\0\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # what `str.splitlines` takes for the end of a line
_UNFIT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}", re.ASCII)
_ADDRESS = re.compile(r"https?://[!-;=?-~]+", re.ASCII)
_OURS = re.compile(
    "from|sender|to|cc|bcc|subject|date|message-id|return-path|mime-version|auto-submitted|received|resent-.*"
    "|dkim-.*|content-(?!language$).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """An address and words. `html` empty: made from the text; `unsubscribe`: an address that ends it by one press.

    `kind` says what it is for (`signin`, `digest` …); mails of a kind in `URGENT` go before all others. `calendar` is
    the text of a calendar (RFC 5545, METHOD:PUBLISH) that the mail carries as a file.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    kind: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    unsubscribe: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A mail that is not sent yet, without its words; times are seconds since 1970.

    `subject` is empty where it may hold a code that somebody signs in with. `failed_at` is set when it will not be
    tried again by itself; `error` is what went wrong at the last try, or one of our own sentences, in English, when
    it was put aside without one. `created_at` is when it was made or, of one that was for later and is put off, due.
    """

    id: int
    to: str
    subject: str
    kind: str
    created_at: int
    due_at: int
    tries: int
    failed_at: int | None
    error: str


def clean_address(typed: str) -> str:
    """Give an e-mail address as it is sent to: the domain in small letters and ASCII; raises Invalid."""
    if len(typed) > MAX_ADDRESS:  # the codec takes the square of it
        raise Invalid(NO_ADDRESS)
    local, _, domain = typed.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        domain = ""
    address = f"{local}@{domain}"
    if not _LOCAL.fullmatch(local) or len(local) > 64 or not _DOMAIN.fullmatch(domain) or len(address) > 254:
        raise Invalid(NO_ADDRESS)
    return address


def queue(connection: Connection, mail: Mail, *, due_at: float | None = None) -> int:
    """Queue a mail within the transaction of what causes it: both are kept, or neither.

    Raises Invalid where the address is none, or a header would hold a line break.
    """
    now = int(time.time())
    fit = checked(mail)
    row = {
        "to_address": fit.to,
        "subject": fit.subject,
        "text": fit.text,
        "html": fit.html,
        "headers": json.dumps(dict(fit.headers)),
        "calendar": fit.calendar,
        "kind": fit.kind,
        "created_at": now,
        "due_at": now if due_at is None else int(due_at),
        "tries": 0,
        "error": "",
    }
    made = connection.execute(insert(mails), row)
    return int(made.inserted_primary_key[0])


def checked(mail: Mail) -> Mail:
    """Give a mail as it can be sent and kept, with `unsubscribe` among its headers; raises Invalid as `queue` does."""
    return Mail(
        clean_address(mail.to),
        _clean_subject(mail.subject),
        _clean_text(mail.text),
        _clean_text(mail.html),
        mail.kind[:MAX_KIND],
        _clean_headers(mail),
        calendar=_clean_text(mail.calendar.replace("\r\n", "\n").replace("\r", " ")),  # no line but its writer's
    )


def _refuse_breaks(value: str) -> None:
    if _BREAKS.search(value):
        raise Invalid(N_("A line break cannot stand here. Write it on one line."))


def _clean_subject(subject: str) -> str:
    _refuse_breaks(subject)
    return " ".join(_plain(subject).split())[:MAX_SUBJECT]


def _plain(value: str) -> str:
    """Let what was typed be shown as it is: an encoded word (RFC 2047) could hold a line break, and so a header."""
    return _UNFIT.sub(" ", value).replace("=?", "= ?")


def _clean_text(text: str) -> str:
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _clean_headers(mail: Mail) -> dict[str, str]:
    headers = dict(mail.headers)
    if mail.unsubscribe:
        headers |= _unsubscribe_headers(mail.unsubscribe)
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or _OURS.fullmatch(name):
            raise ValueError(f"a mail cannot bring its own header {name!r}")
        _refuse_breaks(value)
    return {name: _plain(value) for name, value in headers.items()}


def _unsubscribe_headers(address: str) -> dict[str, str]:
    """Offer to unsubscribe (RFC 2369), by one press where the site speaks HTTPS, as RFC 8058 asks."""
    _refuse_breaks(address)
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"nobody can unsubscribe at {address!r}")
    one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if address.startswith("https:") else {}
    return {"List-Unsubscribe": f"<{address}>"} | one_click


_LISTED = (
    mails.c.id,
    mails.c.to_address.label("to"),
    case((IS_URGENT, ""), else_=mails.c.subject).label("subject"),
    *(mails.c[name] for name in ("kind", "created_at", "due_at", "tries", "failed_at", "error")),
)


def list_unsent(connection: Connection, limit: int) -> list[Queued]:
    """List the mails that are not sent, those that failed first, then the newest."""
    has_failed = case((mails.c.failed_at.is_not(None), 0), else_=1)
    query = select(*_LISTED).where(UNSENT).order_by(has_failed, mails.c.id.desc()).limit(limit)
    return [Queued(**row._mapping) for row in connection.execute(query)]


def count_unsent(connection: Connection) -> int:
    """Count the mails that are not sent, those that failed among them."""
    return connection.execute(select(func.count()).select_from(mails).where(UNSENT)).scalar_one()


def waits_for(connection: Connection, to: str, kind: str) -> bool:
    """Tell whether a mail of a kind to an address is still to be sent."""
    same = (mails.c.to_address == clean_address(to), mails.c.kind == kind, WAITING)
    return connection.execute(select(mails.c.id).where(*same)).first() is not None


def drop(connection: Connection, mail_id: int) -> bool:
    """Throw a mail away that is not sent; tells whether there was one."""
    return connection.execute(delete(mails).where(mails.c.id == mail_id, UNSENT)).rowcount == 1


def drop_kind(connection: Connection, to: str, kind: str) -> None:
    """Throw the mails of a kind to an address away that are not sent."""
    same = (mails.c.to_address == clean_address(to), mails.c.kind == kind, UNSENT)
    connection.execute(delete(mails).where(*same))


def try_again(connection: Connection, mail_id: int) -> bool:
    """Let a mail that could not be sent be tried at once, and as often as a new one; tells whether there was one.

    One that is being sent at this moment is left alone: it would be sent twice. So is an urgent one that failed: it
    has no words any more.
    """
    went_wrong = or_(and_(mails.c.failed_at.is_not(None), not_(IS_URGENT)), and_(WAITING, mails.c.error != ""))
    values = {"due_at": int(time.time()), "tries": 0, "failed_at": None}
    changed = update(mails).where(mails.c.id == mail_id, UNSENT, went_wrong).values(values)
    return connection.execute(changed).rowcount == 1


def put_aside(connection: Connection) -> int:
    """Let no waiting mail go out by itself: they came back with a backup; gives their number."""
    return give_up(connection, true(), BROUGHT_BACK)


def give_up(connection: Connection, which: ColumnElement[bool], words: str) -> int:
    """Let some of the waiting mails fail, though no server refused them: as never tried; gives their number."""
    kept = {name: case((IS_URGENT, none), else_=mails.c[name]) for name, none in WORDLESS.items()}
    values = {"failed_at": int(time.time()), "tries": 0, "error": words}
    return connection.execute(update(mails).where(WAITING, which).values(kept | values)).rowcount


def forget_address(connection: Connection, address: str) -> None:
    """Delete all mails to an address, sent or not: somebody is being erased."""
    connection.execute(delete(mails).where(func.lower(mails.c.to_address) == address.strip().lower()))
