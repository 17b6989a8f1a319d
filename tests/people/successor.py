"""Somebody who gets the number of an account that was erased, as a database without AUTOINCREMENT gives it."""

from sqlalchemy import Connection, update

from app.people import accounts, tables
from app.people.accounts import Account
from app.people.erasing import erase


def replace(connection: Connection, name: str, by: str, *, is_admin: bool = False, email: str | None = None) -> Account:
    """Erase an account; another one gets its number."""
    gone = accounts.find_named(connection, name)
    assert gone
    erase(connection, gone)
    made = accounts.add(connection, by, is_admin=is_admin, email=email)
    connection.execute(update(tables.accounts).where(tables.accounts.c.id == made.id).values(id=gone.id))
    return accounts.get(connection, gone.id)
