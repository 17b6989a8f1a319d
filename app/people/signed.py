"""An account as a signed link names it: its number, with a mark of who has it and of the address.

A number alone is nobody: SQLite gives that of an account that was erased to the next one. And a link that was sent to
an address is of no use once the account has another.
"""

import hashlib

from sqlalchemy import Connection

from app.people import accounts
from app.people.accounts import Account
from app.people.addresses import email_key

Named = tuple[int, str]


def name_account(account: Account) -> Named:
    """Give what a link says of an account."""
    said = f"{account.pseudonym} {email_key(account.email or '')}"
    return account.id, hashlib.sha256(said.encode()).hexdigest()[:16]


def find_signed(connection: Connection, said: object) -> Account | None:
    """Find the account that a link names; None where it is gone, blocked, or has another address by now."""
    if not isinstance(said, list) or not said or not isinstance(said[0], int):
        return None
    account = accounts.find(connection, said[0])
    is_same = account is not None and not account.is_blocked and list(name_account(account)) == said
    return account if is_same else None
