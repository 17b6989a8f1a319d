"""Sessions: a browser in which somebody is signed in. The browser holds a secret, the database its digest."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.catalog.rows import moment
from app.errors import N_, Refused
from app.people.accounts import Account, account_of, digest
from app.people.tables import accounts, authors, sessions

OWN_SECONDS = 180 * 86_400
SHARED_SECONDS = 2 * 3600
FRESH_SECONDS = 15 * 60
SEEN_EVERY = 3600  # seconds: the time of last use is kept to the hour, so that a page view rarely writes
MAX_DEVICE = 80
LET_IN = N_("Somebody else let you in here. First sign in by e-mail or password.")


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of somebody; `digest` names it, and opens nothing."""

    digest: str
    account: Account
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_shared: bool
    device: str
    is_beside: bool = False  # somebody else has let them in: it stays short, and changes nothing about how one gets in

    @property
    def is_fresh(self) -> bool:
        """Tell whether its owner has just signed in, and so has just shown who he is."""
        return time.time() - self.created_at.timestamp() < FRESH_SECONDS

    @property
    def is_stale(self) -> bool:
        """Tell whether the time of last use should be written again."""
        return time.time() - self.seen_at.timestamp() > SEEN_EVERY


def start(connection: Connection, account_id: int, *, is_shared: bool, device: str, is_beside: bool = False) -> str:
    """Begin a session; gives the secret that the browser holds."""
    secret, now = secrets.token_urlsafe(32), int(time.time())
    row = {"digest": digest(secret), "account_id": account_id, "created_at": now, "seen_at": now}
    more = {"expires_at": now + _seconds(is_shared), "is_shared": is_shared, "device": device[:MAX_DEVICE]}
    connection.execute(insert(sessions), row | more | {"is_beside": is_beside})
    return secret


def _seconds(is_shared: bool) -> int:
    return SHARED_SECONDS if is_shared else OWN_SECONDS


_QUERY = (
    select(
        sessions.c.digest, sessions.c.created_at.label("began_at"), sessions.c.seen_at.label("used_at"),
        sessions.c.expires_at, sessions.c.is_shared, sessions.c.device, sessions.c.is_beside, accounts, authors.c.name,
    )
    .join(accounts, accounts.c.id == sessions.c.account_id)
    .join(authors, authors.c.pseudonym == accounts.c.pseudonym)
)  # fmt: skip


def find(connection: Connection, secret: str) -> Session | None:
    """Find the session of a browser; None when it has ended, or its owner was shut out."""
    living = (sessions.c.digest == digest(secret), sessions.c.expires_at > int(time.time()), ~accounts.c.is_blocked)
    row = connection.execute(_QUERY.where(*living)).first()
    return _session(row) if row else None


def _session(row) -> Session:  # type: ignore[no-untyped-def]
    times = (moment(row.began_at), moment(row.used_at), moment(row.expires_at))
    return Session(row.digest, account_of(row), *times, row.is_shared, row.device, row.is_beside)


def list_sessions(connection: Connection, account_id: int) -> list[Session]:
    """List where somebody is signed in, the last used first."""
    living = (sessions.c.account_id == account_id, sessions.c.expires_at > int(time.time()))
    query = _QUERY.where(*living).order_by(sessions.c.seen_at.desc(), sessions.c.created_at.desc())
    return [_session(row) for row in connection.execute(query)]


def see(connection: Connection, session: Session) -> None:
    """Note that a session is in use, and its owner here."""
    now = int(time.time())
    connection.execute(update(sessions).where(sessions.c.digest == session.digest).values(seen_at=now))
    connection.execute(update(accounts).where(accounts.c.id == session.account.id).values(seen_at=now))


def set_device(connection: Connection, session: Session, *, is_shared: bool) -> None:
    """Say whether the browser is its owner's alone; the time that the session lasts counts from its beginning.

    Raises Refused for one that somebody else has begun.
    """
    if session.is_beside and not is_shared:
        raise Refused(LET_IN)
    expires_at = int(session.created_at.timestamp()) + _seconds(is_shared)
    chosen = {"is_shared": is_shared, "expires_at": expires_at}
    connection.execute(update(sessions).where(sessions.c.digest == session.digest).values(**chosen))


def keep_newest(connection: Connection, session: Session, count: int) -> None:
    """End the short sessions of somebody in browsers of the same name, but for this one and the newest."""
    of_browser = (sessions.c.account_id == session.account.id, sessions.c.device == session.device)
    others = (*of_browser, sessions.c.is_shared, sessions.c.digest != session.digest)
    newest = select(sessions.c.digest).where(*others).order_by(sessions.c.created_at.desc()).limit(count)
    kept = connection.execute(newest).scalars().all()
    connection.execute(delete(sessions).where(*others, sessions.c.digest.not_in(kept)))


def end(connection: Connection, account_id: int, session_digest: str) -> None:
    """Sign out one browser of somebody."""
    own = (sessions.c.account_id == account_id, sessions.c.digest == session_digest)
    connection.execute(delete(sessions).where(*own))
