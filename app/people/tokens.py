"""Keys: bearer tokens of the API, and those of private feeds. Shown once, kept hashed, revocable, of one scope each."""

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from app.catalog.rows import moment
from app.people.accounts import Account, digest, find
from app.people.tables import tokens

API, FEED = "api", "feed"  # scopes: neither opens what the other does
USED_EVERY = 3600  # seconds: the time of last use is kept to the hour, so that a request rarely writes


@dataclass(frozen=True, slots=True)
class Token:
    """What its owner sees of a token afterwards."""

    id: int
    name: str
    may_write: bool
    created_at: datetime
    used_at: datetime | None
    scope: str = API

    @property
    def scopes(self) -> tuple[str, ...]:
        """What it opens."""
        if self.scope == FEED:
            return (FEED,)
        return ("read", "write") if self.may_write else ("read",)


def make(connection: Connection, account_id: int, name: str, *, may_write: bool, scope: str = API) -> str:
    """Make a token; gives the secret, which cannot be read again."""
    secret = f"gare_{secrets.token_urlsafe(32)}"
    shown = "".join(char for char in name if char.isprintable()).strip()  # PostgreSQL takes no NUL, and nobody reads it
    row = {"digest": digest(secret), "account_id": account_id, "name": shown[:80] or "API"}
    rights = {"may_write": may_write and scope == API, "scope": scope}
    connection.execute(insert(tokens), row | rights | {"created_at": int(time.time())})
    return secret


def find_bearer(connection: Connection, secret: str) -> tuple[Account, bool] | None:
    """Find whom a token of the API belongs to, and whether it may write."""
    return _find(connection, secret, API)


def find_feed_reader(connection: Connection, secret: str) -> Account | None:
    """Find whom the key of a private feed belongs to."""
    found = _find(connection, secret, FEED)
    return found[0] if found else None


def _find(connection: Connection, secret: str, scope: str) -> tuple[Account, bool] | None:
    query = select(tokens).where(tokens.c.digest == digest(secret), tokens.c.scope == scope)
    row = connection.execute(query).first()
    if row is None:
        return None
    account = find(connection, row.account_id)
    return (account, row.may_write) if account and not account.is_blocked else None


def note_use(truth: Engine, secret: str) -> None:
    """Note the hour of use; nothing is written, and no other writer waited for, where it is known."""
    now, is_this = int(time.time()), tokens.c.digest == digest(secret)
    with truth.connect() as connection:
        is_known = connection.execute(select(tokens.c.id).where(is_this, tokens.c.used_at >= now - USED_EVERY)).first()
    if not is_known:
        with suppress(OperationalError), truth.begin() as connection:  # the answer is given all the same
            connection.execute(update(tokens).where(is_this).values(used_at=now))


def list_tokens(connection: Connection, account_id: int) -> list[Token]:
    """List the tokens of an account."""
    query = select(tokens).where(tokens.c.account_id == account_id).order_by(tokens.c.id)
    return [_token(row) for row in connection.execute(query)]


def _token(row: Row[Any]) -> Token:
    used_at = moment(row.used_at) if row.used_at else None
    return Token(row.id, row.name, row.may_write, moment(row.created_at), used_at, row.scope)


def revoke(connection: Connection, account_id: int, token_id: int) -> None:
    """Make a token useless."""
    connection.execute(delete(tokens).where(tokens.c.id == token_id, tokens.c.account_id == account_id))
