"""Bearer tokens of the API: shown once, kept hashed, revocable."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.catalog.rows import moment
from app.people.accounts import Account, digest, find
from app.people.tables import tokens

USED_EVERY = 3600  # seconds: the time of last use is kept to the hour, so that a request rarely writes


@dataclass(frozen=True, slots=True)
class Token:
    """What its owner sees of a token afterwards."""

    id: int
    name: str
    may_write: bool
    created_at: datetime
    used_at: datetime | None

    @property
    def scopes(self) -> tuple[str, ...]:
        """What it opens."""
        return ("read", "write") if self.may_write else ("read",)


def make(connection: Connection, account_id: int, name: str, *, may_write: bool) -> str:
    """Make a token; gives the secret, which cannot be read again."""
    secret = f"gare_{secrets.token_urlsafe(32)}"
    shown = "".join(char for char in name if char.isprintable()).strip()  # PostgreSQL takes no NUL, and nobody reads it
    row = {"digest": digest(secret), "account_id": account_id, "name": shown[:80] or "API"}
    connection.execute(insert(tokens), {**row, "may_write": may_write, "created_at": int(time.time())})
    return secret


def find_bearer(connection: Connection, secret: str) -> tuple[Account, bool] | None:
    """Find whom a token belongs to, and whether it may write; notes the hour of use."""
    row = connection.execute(select(tokens).where(tokens.c.digest == digest(secret))).first()
    if row is None:
        return None
    now = int(time.time())
    if row.used_at is None or now - row.used_at > USED_EVERY:
        connection.execute(update(tokens).where(tokens.c.id == row.id).values(used_at=now))
    account = find(connection, row.account_id)
    return (account, row.may_write) if account and not account.is_blocked else None


def list_tokens(connection: Connection, account_id: int) -> list[Token]:
    """List the tokens of an account."""
    query = select(tokens).where(tokens.c.account_id == account_id).order_by(tokens.c.id)
    return [
        Token(row.id, row.name, row.may_write, moment(row.created_at), moment(row.used_at) if row.used_at else None)
        for row in connection.execute(query)
    ]


def revoke(connection: Connection, account_id: int, token_id: int) -> None:
    """Make a token useless."""
    connection.execute(delete(tokens).where(tokens.c.id == token_id, tokens.c.account_id == account_id))
