"""Who another service says that somebody is: the account of a person that it vouches for."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app.catalog.rows import moment
from app.errors import N_, Invalid, Refused
from app.people import accounts, authors
from app.people.accounts import Account
from app.people.addresses import clean_email
from app.people.tables import identities

MAX_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a service says: `issuer` and `subject` name somebody for ever, `email` only where it is proved theirs."""

    issuer: str
    subject: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One service that signs somebody in, and since when."""

    id: int
    issuer: str
    since: datetime


def list_identities(connection: Connection, account_id: int) -> list[Identity]:
    """List the services that sign somebody in, the oldest first."""
    query = select(identities).where(identities.c.account_id == account_id).order_by(identities.c.id)
    return [Identity(row.id, row.issuer, moment(row.created_at)) for row in connection.execute(query)]


def remove(connection: Connection, account: Account, identity_id: int) -> bool:
    """Let a service sign somebody in no more; tells whether it did. Raises Refused for the only way in."""
    others = [one for one in list_identities(connection, account.id) if one.id != identity_id]
    if not (others or account.email or account.has_password):
        raise Refused(N_("First choose a password or an e-mail address, to come in again."))
    own = (identities.c.account_id == account.id, identities.c.id == identity_id)
    return connection.execute(delete(identities).where(*own)).rowcount == 1


def recognise(connection: Connection, vouched: Vouched, *, may_make: bool) -> Account | None:
    """Sign in whom a service vouches for: who came before, else who has this address, else somebody new.

    None where there is no account and none may be made, or it was shut out. An address that the service gives to
    another person one day does not open the account of the one before.
    """
    account = _find(connection, vouched)
    if account is None:
        with suppress(IntegrityError), connection.begin_nested():  # the same person may come twice at one moment
            account = _bind(connection, vouched, may_make=may_make)
        account = account or _find(connection, vouched)
    return accounts.signed_in(connection, account)


def _find(connection: Connection, vouched: Vouched) -> Account | None:
    known = (identities.c.issuer == vouched.issuer, identities.c.subject == vouched.subject)
    account_id = connection.execute(select(identities.c.account_id).where(*known)).scalar()
    return accounts.find(connection, account_id) if account_id is not None else None


def _bind(connection: Connection, vouched: Vouched, *, may_make: bool) -> Account | None:
    email = _clean(vouched.email)
    account = accounts.find_by_email(connection, email) if email else None
    if account and _is_bound(connection, account, vouched.issuer):
        return None
    if account is None and may_make:
        account = accounts.add(connection, _free_name(connection, vouched), is_admin=False, email=email or None)
    if account:
        row = {"account_id": account.id, "issuer": vouched.issuer, "subject": vouched.subject}
        connection.execute(insert(identities), row | {"created_at": int(time.time())})
    return account


def _is_bound(connection: Connection, account: Account, issuer: str) -> bool:
    bound = (identities.c.account_id == account.id, identities.c.issuer == issuer)
    return connection.execute(select(identities.c.id).where(*bound)).first() is not None


def _clean(email: str) -> str:
    with suppress(Invalid):
        return clean_email(email)
    return ""


def _free_name(connection: Connection, vouched: Vouched) -> str:
    """Choose a name that nobody here has: two people must never look the same."""
    wanted = vouched.name.strip() or vouched.subject
    for name in chain([wanted], (f"{wanted[:50]} {number}" for number in count(2))):
        with suppress(Invalid):
            if not accounts.is_named(connection, authors.clean_name(name)):
                return name
    raise AssertionError("numbers do not end")
