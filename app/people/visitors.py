"""Visitors: people without an account who contribute with a name and an e-mail address that a link confirms.

A visitor stands for one contribution. What it is stands in tables of other parts, which refer to it with
ON DELETE CASCADE: whoever never confirms is forgotten, and the contribution too.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from app.errors import N_, Invalid
from app.people import accounts, authors
from app.people.accounts import digest
from app.people.addresses import clean_email, email_key
from app.people.tables import accounts as accounts_table
from app.people.tables import authors as authors_table
from app.people.visitor_tables import visitor_links, visitors

CONFIRM_SECONDS = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who contributed something; `is_awaited` while a mail asks to confirm the address.

    `email` is empty once it is forgotten: the contribution stays.
    """

    id: int
    pseudonym: str
    name: str
    email: str
    is_confirmed: bool
    is_awaited: bool


def add(connection: Connection, name: str, email: str, *, can_confirm: bool = True) -> tuple[Visitor, str]:
    """Keep who contributes; gives the secret of the private link. Raises Invalid where name or address cannot be taken.

    Where no mail can be sent (`can_confirm` False) nobody is asked to confirm, and nothing is forgotten.
    """
    shown, address = authors.clean_name(name), clean_email(email)
    if accounts.is_named(connection, shown):
        raise Invalid(N_("Somebody signs in with this name. Add something to it, or sign in."))
    known = _known_pseudonym(connection, shown, address) if can_confirm else None
    pseudonym = known or authors.new_author(connection, shown, is_typed=False)
    now = int(time.time())
    row: dict[str, object] = {"pseudonym": pseudonym, "email": address, "email_key": email_key(address)}
    row |= {"created_at": now, "expires_at": now + CONFIRM_SECONDS if can_confirm else None}
    number = connection.execute(insert(visitors).returning(visitors.c.id), row).scalar_one()
    visitor = Visitor(number, pseudonym, shown, address, is_confirmed=False, is_awaited=can_confirm)
    return visitor, make_link(connection, visitor.id)


def _known_pseudonym(connection: Connection, name: str, email: str) -> str | None:
    """Find the pseudonym of somebody of this name who has confirmed this address before."""
    confirmed = (visitors.c.email_key == email_key(email), visitors.c.confirmed_at.is_not(None))
    query = _QUERY.where(*confirmed, authors_table.c.name == name).order_by(visitors.c.id)
    row = connection.execute(query).first()
    return row.pseudonym if row else None


_QUERY = select(visitors, authors_table.c.name).join(authors_table, authors_table.c.pseudonym == visitors.c.pseudonym)


def _find(connection: Connection, which: ColumnElement[bool]) -> Visitor | None:
    row = connection.execute(_QUERY.where(which)).first()
    if row is None:
        return None
    is_confirmed, is_awaited = row.confirmed_at is not None, row.expires_at is not None
    return Visitor(row.id, row.pseudonym, row.name, row.email, is_confirmed, is_awaited)


def find(connection: Connection, secret: str) -> Visitor | None:
    """Find who has a private link."""
    owner = select(visitor_links.c.visitor_id).where(visitor_links.c.digest == digest(secret)).scalar_subquery()
    return _find(connection, visitors.c.id == owner)


def find_by_id(connection: Connection, visitor_id: int) -> Visitor | None:
    """Find a visitor by number."""
    return _find(connection, visitors.c.id == visitor_id)


def make_link(connection: Connection, visitor_id: int) -> str:
    """Make another secret for the private link of a contribution; those before it stay good."""
    secret = secrets.token_urlsafe(32)
    connection.execute(insert(visitor_links), {"digest": digest(secret), "visitor_id": visitor_id})
    return secret


def confirm(connection: Connection, visitor: Visitor) -> Visitor:
    """Note that the address is theirs; nothing where nobody was asked to confirm it."""
    if not visitor.is_awaited:
        return visitor
    values = {"confirmed_at": int(time.time()), "expires_at": None}
    connection.execute(update(visitors).where(visitors.c.id == visitor.id).values(**values))
    return replace(visitor, is_confirmed=True, is_awaited=False)


def has_confirmed(connection: Connection, email: str) -> bool:
    """Tell whether somebody has confirmed this address before."""
    confirmed = (visitors.c.email_key == email_key(email), visitors.c.confirmed_at.is_not(None))
    return connection.execute(select(visitors.c.id).where(*confirmed)).first() is not None


def list_confirmed(connection: Connection, visitor_ids: Iterable[int]) -> set[int]:
    """Find those of these visitors who have confirmed their address."""
    confirmed = (visitors.c.id.in_(set(visitor_ids)), visitors.c.confirmed_at.is_not(None))
    return set(connection.execute(select(visitors.c.id).where(*confirmed)).scalars())


def forget_address(connection: Connection, email: str) -> bool:
    """Delete everything of an address, with what hangs on it: somebody is being erased. Their changes lose the name.

    Tells whether there was anything.
    """
    return _forget(connection, visitors.c.email_key == email_key(email))


def forget(connection: Connection, visitor_ids: Iterable[int]) -> None:
    """Delete these visitors, with what hangs on them."""
    _forget(connection, visitors.c.id.in_(set(visitor_ids)))


def forget_addresses(connection: Connection, visitor_ids: Iterable[int]) -> None:
    """Delete the addresses of these visitors; what they did keeps their names."""
    known = (visitors.c.id.in_(set(visitor_ids)), visitors.c.email != "")
    connection.execute(update(visitors).where(*known).values(email="", email_key=""))


def forget_expired(connection: Connection) -> None:
    """Delete the contributions whose addresses nobody has confirmed in time."""
    _forget(connection, visitors.c.expires_at <= int(time.time()))


def _forget(connection: Connection, which: ColumnElement[bool]) -> bool:
    pseudonyms = set(connection.execute(select(visitors.c.pseudonym).where(which)).scalars())
    connection.execute(delete(visitors).where(which))
    _forget_names(connection, pseudonyms)
    return bool(pseudonyms)


def _forget_names(connection: Connection, pseudonyms: Iterable[str]) -> None:
    """Delete names that nobody bears any more: nothing of them stands anywhere, or the history forgets them too."""
    borne = (
        select(visitors.c.id).where(visitors.c.pseudonym == authors_table.c.pseudonym).exists(),
        select(accounts_table.c.id).where(accounts_table.c.pseudonym == authors_table.c.pseudonym).exists(),
    )
    ours = authors_table.c.pseudonym.in_(set(pseudonyms))
    connection.execute(delete(authors_table).where(ours, ~borne[0], ~borne[1]))
