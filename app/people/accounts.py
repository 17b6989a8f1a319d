"""Accounts, and the one-time links that sign in. How one signs in by mail stands in `signin.py`."""

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.catalog.rows import moment
from app.database.settings import table as settings
from app.errors import N_, Conflict, NotFound, Refused
from app.outbox import mails
from app.people import authors
from app.people.addresses import email_key
from app.people.tables import accounts, login_links, sessions, signin_codes, tokens
from app.people.tables import authors as authors_table
from app.people.visitor_tables import visitors
from app.wiki.page import fold

LINK_SECONDS = 24 * 3600
MISSING = N_("There is no such account.")
ONLY_ADMIN = N_("This is the only administrator. Name another one first.")
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
    with _nobody_else(connection):
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
        raise NotFound(MISSING)
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
    """Give an account an address that its owner has confirmed; raises Conflict where somebody else has it.

    The one before is forgotten: erasing the account later would not know it.
    """
    before = get(connection, account_id).email
    taken = find_by_email(connection, email)
    if taken and taken.id != account_id:
        raise Conflict(TAKEN)
    values = {"email": email, "email_key": email_key(email)}
    with _nobody_else(connection):
        connection.execute(update(accounts).where(accounts.c.id == account_id).values(**values))
    if before and email_key(before) != email_key(email):
        mails.forget_address(connection, before)
        # What was sent without signing in stays theirs.
        connection.execute(update(visitors).where(visitors.c.email_key == email_key(before)).values(**values))


@contextmanager
def _nobody_else(connection: Connection) -> Iterator[None]:
    """Raise Conflict where somebody gets the address at the same moment."""
    try:
        with connection.begin_nested():
            yield
    except IntegrityError as error:
        raise Conflict(TAKEN) from error


def set_name(connection: Connection, account: Account, typed: str) -> None:
    """Give an account another name, wherever it stands; raises Invalid, Conflict where another account has it."""
    name = authors.clean_name(typed)
    others = (authors_table.c.name_key == fold(name), accounts.c.id != account.id)
    if connection.execute(_QUERY.where(*others)).first():
        raise Conflict(N_("Somebody here has this name already. Add something to it."))
    values = {"name": name, "name_key": fold(name)}
    connection.execute(update(authors_table).where(authors_table.c.pseudonym == account.pseudonym).values(**values))


def block(connection: Connection, account: Account, *, is_blocked: bool) -> None:
    """Shut somebody out, at once and everywhere, or let them in again; the last administrator stays."""
    if is_blocked:
        check_other_admin(connection, account)
    connection.execute(update(accounts).where(accounts.c.id == account.id).values(is_blocked=is_blocked))
    if is_blocked:
        shut_doors(connection, account.id, with_keys=True)


def set_admin(connection: Connection, account: Account, *, is_admin: bool) -> None:
    """Let somebody administer the site, or no more; raises Refused for the last one, and for who is shut out.

    Whoever has let them in until now would administer too: so that ends.
    """
    if is_admin and account.is_blocked:
        raise Refused(N_("This person is blocked. Let them in again first."))
    if not is_admin:
        check_other_admin(connection, account)
    connection.execute(update(accounts).where(accounts.c.id == account.id).values(is_admin=is_admin))
    if is_admin:
        end_beside(connection, account.id)


def shut_doors(connection: Connection, account_id: int, *, but: str = "", with_keys: bool = False) -> None:
    """Sign somebody out everywhere, but for the session of this digest; links and codes sent before open nothing.

    Keys of programs and feeds go `with_keys` only: another password or address is no reason to stop them.
    """
    connection.execute(delete(sessions).where(sessions.c.account_id == account_id, sessions.c.digest != but))
    for table in (login_links, signin_codes, *((tokens,) if with_keys else ())):
        connection.execute(delete(table).where(table.c.account_id == account_id))


def end_beside(connection: Connection, account_id: int) -> None:
    """Sign somebody out where somebody else has let them in: who did so was to see no more than he does himself."""
    for table in (sessions, login_links):
        connection.execute(delete(table).where(table.c.account_id == account_id, table.c.is_beside))


def check_other_admin(connection: Connection, account: Account) -> None:
    """Raise Refused where an account is the only one that administers the site: somebody must be left who does.

    The rows are locked, so that of two administrators who leave at the same moment one stays.
    """
    if not account.is_admin:
        return
    acting = select(accounts.c.id).where(accounts.c.is_admin, ~accounts.c.is_blocked).order_by(accounts.c.id)
    if not set(connection.execute(acting.with_for_update()).scalars()) - {account.id}:
        raise Refused(ONLY_ADMIN)


def digest(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_link(connection: Connection, account_id: int, seconds: int = LINK_SECONDS, *, is_beside: bool = False) -> str:
    """Make the secret part of a sign-in link; it works once, within `seconds`.

    `is_beside`: somebody else than the owner asks for it.
    """
    secret = secrets.token_urlsafe(32)
    row = {"digest": digest(secret), "account_id": account_id, "expires_at": int(time.time()) + seconds}
    connection.execute(insert(login_links), row | {"is_beside": is_beside})
    return secret


def is_beside(connection: Connection, secret: str) -> bool:
    """Tell whether somebody else than its owner has made a sign-in link."""
    return bool(connection.execute(select(login_links.c.is_beside).where(_usable(secret))).scalar())


def find_link_owner(connection: Connection, secret: str) -> Account | None:
    """Tell whom a sign-in link signs in, without using it up: mail scanners open links. None where it does nothing."""
    account_id = connection.execute(select(login_links.c.account_id).where(_usable(secret))).scalar()
    account = find(connection, account_id) if account_id is not None else None
    return account if account and not account.is_blocked else None


def _usable(secret: str) -> ColumnElement[bool]:
    return and_(login_links.c.digest == digest(secret), login_links.c.expires_at > int(time.time()))


def use_link(connection: Connection, secret: str) -> Account | None:
    """Use a sign-in link up; None when it is unknown, used or too old, or its owner was shut out."""
    account = find_link_owner(connection, secret)
    is_taken = connection.execute(delete(login_links).where(_usable(secret))).rowcount == 1
    return signed_in(connection, account) if is_taken else None


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
