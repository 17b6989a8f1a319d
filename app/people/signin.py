"""Signing in by mail: a link and a code in one message. The link works anywhere, the code in the browser that asked.

Everything is done for an address that nobody here has as for one that somebody has: who asks learns nothing.
"""

import hmac
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from app.errors import N_
from app.people import accounts, throttle
from app.people.accounts import Account, digest
from app.people.addresses import clean_email, email_key
from app.people.tables import signin_codes
from app.people.throttle import DAY, Rule

SECONDS = 30 * 60
TRIES = 5
MAILS_TO = Rule("mail-to", 5)
MAILS_FROM = Rule("mail-from", 60)  # of one address of the network: a whole village hall may share it
# Fifteen of a million codes a day: somebody who tries all year finds one in two hundred.
WRONG_CODES_OF = Rule("code-of", 15, DAY)
WRONG_CODES_FROM = Rule("code-from", 30)
_ENOUGH_MAILS = N_("Enough mails went to this address. Use the last one, or wait an hour.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was made for somebody who asks to sign in; `account` is None where nobody here has this address.

    `ask` goes to the browser, `code` and `link` into the mail and nowhere else.
    """

    email: str
    account: Account | None
    ask: str
    code: str
    link: str


def ask(connection: Connection, typed: str, client: str) -> Asked:
    """Make link and code for an address; raises Invalid, TooMany. `client` is the network address of who asks."""
    email = clean_email(typed)
    key = email_key(email)
    throttle.spend(connection, MAILS_FROM, client)
    throttle.spend(connection, MAILS_TO, key, _ENOUGH_MAILS)
    found = accounts.find_by_email(connection, email)
    account = found if found and not found.is_blocked else None
    asked = Asked(
        (account and account.email) or email, account,
        secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06d}", secrets.token_urlsafe(32),
    )  # fmt: skip
    row = {"account_id": account and account.id, "address": digest(key), "link": digest(asked.link), "tries": 0}
    kept = {"ask": digest(asked.ask), "code": _code(asked.ask, asked.code), "expires_at": int(time.time()) + SECONDS}
    connection.execute(insert(signin_codes), row | kept)
    return asked


def _code(ask: str, code: str) -> str:
    """Give what is kept of a code: without what the browser holds, a million tries find nothing."""
    return digest(f"{ask} {code}")


def _living() -> ColumnElement[bool]:
    return signin_codes.c.expires_at > int(time.time())


def is_waiting(connection: Connection, ask: str) -> bool:
    """Tell whether a code may be typed in this browser."""
    query = select(signin_codes.c.id).where(signin_codes.c.ask == digest(ask), _living(), signin_codes.c.tries < TRIES)
    return connection.execute(query).first() is not None


def use_code(connection: Connection, ask: str, typed: str, client: str) -> Account | None:
    """Use a code up; None when it is wrong, used, too old, or was guessed at too often.

    To be committed also when it gives None: the try counts.
    """
    of_browser = signin_codes.c.ask == digest(ask)
    counted = update(signin_codes).where(of_browser, _living(), signin_codes.c.tries < TRIES)
    if connection.execute(counted.values(tries=signin_codes.c.tries + 1)).rowcount != 1:
        return None
    row = connection.execute(select(signin_codes).where(of_browser)).one()
    rules = ((WRONG_CODES_OF, row.address), (WRONG_CODES_FROM, client))
    if any(throttle.is_spent(connection, rule, who) for rule, who in rules):
        return None
    code = "".join(char for char in typed if char.isdecimal())
    if not hmac.compare_digest(row.code, _code(ask, code)):
        for rule, who in rules:
            throttle.note(connection, rule, who)
        return None
    return _use_up(connection, signin_codes.c.id == row.id)


def find_link_owner(connection: Connection, secret: str) -> Account | None:
    """Tell whom a link signs in, one of a mail or one that was printed, without using it up."""
    mailed = connection.execute(select(signin_codes.c.account_id).where(_opened_by(secret))).scalar()
    return accounts.find(connection, mailed) if mailed else accounts.find_link_owner(connection, secret)


def use_link(connection: Connection, secret: str) -> Account | None:
    """Use a link up; None when it is unknown, used or too old."""
    return _use_up(connection, _opened_by(secret)) or accounts.use_link(connection, secret)


def _opened_by(secret: str) -> ColumnElement[bool]:
    return (signin_codes.c.link == digest(secret)) & _living()


def _use_up(connection: Connection, which: ColumnElement[bool]) -> Account | None:
    """Take link and code away; of two who press at the same moment one comes in."""
    row = connection.execute(select(signin_codes.c.id, signin_codes.c.account_id).where(which)).first()
    if row is None or row.account_id is None:
        return None
    taken = connection.execute(delete(signin_codes).where(signin_codes.c.id == row.id)).rowcount
    return accounts.signed_in(connection, accounts.find(connection, row.account_id)) if taken == 1 else None
