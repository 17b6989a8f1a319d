"""Erase a member: what the site knows of a person goes; what they wrote stays, signed by a former member."""

from sqlalchemy import Connection, delete, func

from app.outbox import mails
from app.people import accounts, authors, invitations, visitors
from app.people.accounts import Account, digest
from app.people.addresses import email_key
from app.people.tables import accounts as accounts_table
from app.people.tables import invitations as invitations_table
from app.people.tables import signin_codes


def erase(connection: Connection, account: Account) -> None:
    """Delete an account and all that names its owner; raises Refused for the only administrator.

    What other parts know of an account refers to it with ON DELETE CASCADE, or knows the pseudonym alone, which
    names nobody from now on. The station's stamp is to be touched once this is committed: names are kept in memory.
    """
    accounts.check_other_admin(connection, account)
    invitations.withdraw_all(connection, account.id)
    if account.email:
        erase_address(connection, account.email)
    connection.execute(delete(accounts_table).where(accounts_table.c.id == account.id))
    authors.forget_name(connection, account.pseudonym, keeps_age=not account.is_admin)


def erase_address(connection: Connection, email: str) -> bool:
    """Forget an address: its mails, what was contributed with it without an account, who invited it.

    Tells whether somebody was known by it: who contributed something, or was invited.
    """
    key = email_key(email)
    mails.forget_address(connection, email)
    is_known = visitors.forget_address(connection, email)
    invited = connection.execute(delete(invitations_table).where(func.lower(invitations_table.c.email) == key))
    connection.execute(delete(signin_codes).where(signin_codes.c.address == digest(key)))
    return is_known or invited.rowcount > 0
