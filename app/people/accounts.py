"""Accounts, and the one-time links that sign in. (Invitations, e-mail and passwords come with a later issue.)"""

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.database.settings import table as settings
from app.errors import N_, NotFound
from app.people import authors
from app.people.tables import accounts, login_links
from app.people.tables import authors as authors_table

LINK_SECONDS = 24 * 3600
_ADMIN_SIGNED_IN = "admin_signed_in"  # among the settings: when an administrator first did, in seconds since 1970


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in; `session_key` is in the session cookie and drawn anew to end all sessions."""

    id: int
    pseudonym: str
    name: str
    session_key: str
    is_admin: bool


def add(connection: Connection, typed_name: str, *, is_admin: bool) -> Account:
    """Make an account."""
    name = authors.clean_name(typed_name)
    pseudonym = authors.new_author(connection, name, is_typed=False)
    row = {"pseudonym": pseudonym, "session_key": secrets.token_hex(20), "is_admin": is_admin}
    made = connection.execute(insert(accounts), {**row, "created_at": int(time.time())})
    return get(connection, made.inserted_primary_key[0])


_QUERY = select(accounts, authors_table.c.name).join(authors_table, authors_table.c.pseudonym == accounts.c.pseudonym)


def find(connection: Connection, account_id: int) -> Account | None:
    """Find an account."""
    row = connection.execute(_QUERY.where(accounts.c.id == account_id)).first()
    return Account(row.id, row.pseudonym, row.name, row.session_key, row.is_admin) if row else None


def get(connection: Connection, account_id: int) -> Account:
    """Find an account that must be there."""
    account = find(connection, account_id)
    if account is None:
        raise NotFound(N_("There is no such account."))
    return account


def list_all(connection: Connection) -> list[Account]:
    """List the accounts."""
    rows = connection.execute(_QUERY.order_by(accounts.c.id))
    return [Account(row.id, row.pseudonym, row.name, row.session_key, row.is_admin) for row in rows]


def find_named(connection: Connection, name: str) -> Account | None:
    """Find an account by its exact name."""
    return next((account for account in list_all(connection) if account.name == name), None)


def end_sessions(connection: Connection, account_id: int) -> None:
    """Sign an account out everywhere."""
    key = secrets.token_hex(20)
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(session_key=key))


def digest(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_link(connection: Connection, account_id: int, seconds: int = LINK_SECONDS) -> str:
    """Make the secret part of a sign-in link; it works once, within `seconds`."""
    secret = secrets.token_urlsafe(32)
    row = {"digest": digest(secret), "account_id": account_id, "expires_at": int(time.time()) + seconds}
    connection.execute(insert(login_links), row)
    return secret


def may_use_link(connection: Connection, secret: str) -> bool:
    """Tell whether a sign-in link still works, without using it up: mail scanners open links."""
    query = select(login_links.c.expires_at).where(login_links.c.digest == digest(secret))
    expires_at = connection.execute(query).scalar()
    return expires_at is not None and expires_at > time.time()


def use_link(connection: Connection, secret: str) -> Account | None:
    """Use a sign-in link up; None when it is unknown, used or too old."""
    usable = (login_links.c.digest == digest(secret), login_links.c.expires_at > int(time.time()))
    account_id = connection.execute(select(login_links.c.account_id).where(*usable)).scalar()
    taken = connection.execute(delete(login_links).where(*usable)).rowcount
    account = find(connection, account_id) if account_id is not None and taken == 1 else None
    if account and account.is_admin and not has_admin_signed_in(connection):
        with suppress(IntegrityError), connection.begin_nested():  # another one may sign in at the same moment
            connection.execute(insert(settings), {"key": _ADMIN_SIGNED_IN, "value": str(int(time.time()))})
    return account


def has_admin_signed_in(connection: Connection) -> bool:
    """Tell whether any administrator has ever signed in, by whatever link: then the site is set up."""
    noted = select(settings.c.key).where(settings.c.key == _ADMIN_SIGNED_IN)
    return connection.execute(noted).scalar() is not None
