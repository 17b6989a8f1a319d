"""Accounts, and the one-time links that sign in. How one signs in by mail stands in `signin.py`."""

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.catalog.rows import moment
from app.database.settings import table as settings
from app.errors import N_, Conflict, NotFound, Refused
from app.people import authors
from app.people.addresses import email_key
from app.people.tables import accounts, login_links, sessions, signin_codes
from app.people.tables import authors as authors_table
from app.wiki.page import fold

LINK_SECONDS = 24 * 3600
TAKEN = N_("Somebody here has this e-mail address already.")
_ADMIN_SIGNED_IN = "admin_signed_in"  # among the settings: when an administrator first did, in seconds since 1970


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in, unless `is_blocked`. `email` is confirmed, or None."""

    id: int
    pseudonym: str
    name: str
    is_admin: bool
    email: str | None = None
    is_blocked: bool = False
    has_password: bool = False
    seen_at: datetime | None = field(default=None, compare=False)


def add(connection: Connection, typed_name: str, *, is_admin: bool, email: str | None = None) -> Account:
    """Make an account; `email` is one that belongs to its owner for sure. Raises Conflict where it is taken."""
    name = authors.clean_name(typed_name)
    if email and find_by_email(connection, email):
        raise Conflict(TAKEN)
    pseudonym = authors.new_author(connection, name, is_typed=False)
    row = {"pseudonym": pseudonym, "is_admin": is_admin, "created_at": int(time.time())}
    address = {"email": email, "email_key": email_key(email) if email else None}
    made = connection.execute(insert(accounts), row | address)
    return get(connection, made.inserted_primary_key[0])


_QUERY = select(accounts, authors_table.c.name).join(authors_table, authors_table.c.pseudonym == accounts.c.pseudonym)


def account_of(row: Row[Any]) -> Account:
    """Make an account of a row that holds its columns and the name."""
    seen_at = moment(row.seen_at) if row.seen_at else None
    return Account(
        row.id, row.pseudonym, row.name, row.is_admin, row.email, row.is_blocked, bool(row.password), seen_at
    )  # fmt: skip


def find(connection: Connection, account_id: int) -> Account | None:
    """Find an account."""
    row = connection.execute(_QUERY.where(accounts.c.id == account_id)).first()
    return account_of(row) if row else None


def find_by_email(connection: Connection, email: str) -> Account | None:
    """Find an account by its address, however it is written."""
    row = connection.execute(_QUERY.where(accounts.c.email_key == email_key(email))).first()
    return account_of(row) if row else None


def find_by_pseudonym(connection: Connection, pseudonym: str) -> Account | None:
    """Find an account by its pseudonym."""
    known = pseudonym if pseudonym.isprintable() else ""  # PostgreSQL takes no NUL
    row = connection.execute(_QUERY.where(accounts.c.pseudonym == known)).first()
    return account_of(row) if row else None


def get(connection: Connection, account_id: int) -> Account:
    """Find an account that must be there."""
    account = find(connection, account_id)
    if account is None:
        raise NotFound(N_("There is no such account."))
    return account


def list_all(connection: Connection) -> list[Account]:
    """List the accounts."""
    return [account_of(row) for row in connection.execute(_QUERY.order_by(accounts.c.id))]


def find_named(connection: Connection, name: str) -> Account | None:
    """Find an account by its exact name."""
    row = connection.execute(_QUERY.where(authors_table.c.name == name).order_by(accounts.c.id)).first()
    return account_of(row) if row else None


def is_named(connection: Connection, name: str) -> bool:
    """Tell whether an account has this name, in whatever spelling."""
    return connection.execute(_QUERY.where(authors_table.c.name_key == fold(name))).first() is not None


def set_email(connection: Connection, account_id: int, email: str) -> None:
    """Give an account an address that its owner has confirmed; raises Conflict where somebody else has it."""
    taken = find_by_email(connection, email)
    if taken and taken.id != account_id:
        raise Conflict(TAKEN)
    values = {"email": email, "email_key": email_key(email)}
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(**values))


def block(connection: Connection, account: Account, *, is_blocked: bool) -> None:
    """Shut somebody out, at once and everywhere, or let them in again; the last administrator stays."""
    if is_blocked and account.is_admin and not _is_other_admin(connection, account):
        raise Refused(N_("This is the only administrator. Name another one first."))
    connection.execute(update(accounts).where(accounts.c.id == account.id).values(is_blocked=is_blocked))
    if is_blocked:
        for table in (sessions, login_links, signin_codes):
            connection.execute(delete(table).where(table.c.account_id == account.id))


def _is_other_admin(connection: Connection, account: Account) -> bool:
    others = (accounts.c.is_admin, ~accounts.c.is_blocked, accounts.c.id != account.id)
    return connection.execute(select(accounts.c.id).where(*others)).first() is not None


def digest(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_link(connection: Connection, account_id: int, seconds: int = LINK_SECONDS) -> str:
    """Make the secret part of a sign-in link; it works once, within `seconds`."""
    secret = secrets.token_urlsafe(32)
    row = {"digest": digest(secret), "account_id": account_id, "expires_at": int(time.time()) + seconds}
    connection.execute(insert(login_links), row)
    return secret


def find_link_owner(connection: Connection, secret: str) -> Account | None:
    """Tell whom a sign-in link signs in, without using it up: mail scanners open links. None where it does nothing."""
    usable = (login_links.c.digest == digest(secret), login_links.c.expires_at > int(time.time()))
    account_id = connection.execute(select(login_links.c.account_id).where(*usable)).scalar()
    account = find(connection, account_id) if account_id is not None else None
    return account if account and not account.is_blocked else None


def use_link(connection: Connection, secret: str) -> Account | None:
    """Use a sign-in link up; None when it is unknown, used or too old, or its owner was shut out."""
    usable = (login_links.c.digest == digest(secret), login_links.c.expires_at > int(time.time()))
    account_id = connection.execute(select(login_links.c.account_id).where(*usable)).scalar()
    taken = connection.execute(delete(login_links).where(*usable)).rowcount
    account = find(connection, account_id) if account_id is not None and taken == 1 else None
    return signed_in(connection, account)


def signed_in(connection: Connection, account: Account | None) -> Account | None:
    """Note that somebody signs in; None where they were shut out."""
    if account is None or account.is_blocked:
        return None
    connection.execute(update(accounts).where(accounts.c.id == account.id).values(seen_at=int(time.time())))
    if account.is_admin and not has_admin_signed_in(connection):
        with suppress(IntegrityError), connection.begin_nested():  # another one may sign in at the same moment
            connection.execute(insert(settings), {"key": _ADMIN_SIGNED_IN, "value": str(int(time.time()))})
    return account


def has_admin_signed_in(connection: Connection) -> bool:
    """Tell whether any administrator has ever signed in, by whatever link: then the site is set up."""
    noted = select(settings.c.key).where(settings.c.key == _ADMIN_SIGNED_IN)
    return connection.execute(noted).scalar() is not None
