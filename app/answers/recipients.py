"""Who is written to about an answer: an account, or a visitor whose address is confirmed; and who wants no such mails.

Names that somebody wrote down for others have no address: nobody is written to.
"""

import hashlib
import time
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection, delete, insert, select

from app.answers.answer import Answer
from app.answers.tables import answer_mails
from app.people import accounts, groups, rights, visitors
from app.people.addresses import email_key
from app.people.viewer import READER, Viewer
from app.wiki.page import address_of

QUIET = "quiet-"
EVERYTHING = ""  # in place of a page: no mails about any


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with an address. `viewer` says what he may read; `visitor_id` is set where he has no account."""

    email: str
    name: str
    viewer: Viewer
    visitor_id: int | None = None

    def may_read(self, audience: str) -> bool:
        """Tell whether he may be told what stands on a page of this audience."""
        return rights.may_read(self.viewer, audience)


def find(connection: Connection, answer: Answer) -> Recipient | None:
    """Find to whom a mail about an answer goes; None where nobody can be written to."""
    who = answer.who
    if who.account_id is not None:
        account = accounts.find(connection, who.account_id)
        if account is None or account.is_blocked or not account.email:
            return None
        return Recipient(account.email, account.name, groups.viewer_of(connection, account, may_write=False))
    visitor = visitors.find_by_id(connection, who.visitor_id) if who.visitor_id is not None else None
    if visitor is None or not visitor.is_confirmed or not visitor.email:
        return None
    return Recipient(visitor.email, visitor.name, READER, visitor.id)


def own_path(connection: Connection, recipient: Recipient, path: str, date: str) -> str:
    """Give the path of the page where somebody changes an answer: by a new private link, or signed in."""
    if recipient.visitor_id is not None:
        return f"/-/answer/mine/{visitors.make_link(connection, recipient.visitor_id)}"
    return f"/-/answers{quote(address_of(path))}" + (f"?{urlencode({'day': date})}" if date else "")


# -- who wants no such mails -----------------------------------------------------------------------------------------


def digest(email: str) -> str:
    """Give what stands for an address in links, and where it is kept that no mails are wanted."""
    return hashlib.sha256(email_key(email).encode()).hexdigest()[:24]


def make_stop(key: str, page_id: str, email: str) -> str:
    """Make the secret of the link by which somebody wants no more mails about an event."""
    return str(_serializer(key).dumps([page_id, digest(email)]))


def read_stop(key: str, secret: str) -> tuple[str, str] | None:
    """Give the page and the digest of the address that a link is about; None where nobody here has made it."""
    try:
        page_id, who = _serializer(key).loads(secret)
    except (BadData, ValueError, TypeError):
        return None
    return str(page_id), str(who)


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="mails about an event")


def stop(connection: Connection, page_id: str, who: str) -> None:
    """Send no more mails about an event, or with `EVERYTHING` about any; `who` is the digest of an address."""
    if who not in _quiet(connection, page_id):
        row = {"page_id": page_id, "date": "", "what": f"{QUIET}{who}", "at": int(time.time())}
        connection.execute(insert(answer_mails), row)


def resume(connection: Connection, page_id: str, who: str) -> None:
    """Send them again."""
    connection.execute(delete(answer_mails).where(*_of(page_id), answer_mails.c.what == f"{QUIET}{who}"))


def is_quiet(connection: Connection, page_id: str, email: str) -> bool:
    """Tell whether somebody wants no mails about an event, or about any."""
    who = digest(email)
    return who in _quiet(connection, page_id) or who in _quiet(connection, EVERYTHING)


def is_stopped(connection: Connection, page_id: str, who: str) -> bool:
    """Tell whether mails about just this are stopped."""
    return who in _quiet(connection, page_id)


def forget_address(connection: Connection, email: str) -> None:
    """Forget what an address wanted: somebody is being erased."""
    connection.execute(delete(answer_mails).where(answer_mails.c.what == f"{QUIET}{digest(email)}"))


def _quiet(connection: Connection, page_id: str) -> set[str]:
    found = connection.execute(select(answer_mails.c.what).where(*_of(page_id), answer_mails.c.what.like(f"{QUIET}%")))
    return {what.removeprefix(QUIET) for what in found.scalars()}


def _of(page_id: str):  # type: ignore[no-untyped-def]
    return answer_mails.c.page_id == page_id, answer_mails.c.date == ""
