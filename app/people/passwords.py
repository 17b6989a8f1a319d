"""Passwords, for those who want one. Long enough is all that is asked; Argon2id keeps them."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select, update

from app.errors import N_, Invalid
from app.people import accounts as people
from app.people import throttle
from app.people.accounts import Account
from app.people.addresses import clean_email, email_key
from app.people.tables import accounts
from app.people.throttle import Rule

LEAST, MOST = 10, 200  # letters
TRIES_OF = Rule("password-of", 10)
TRIES_FROM = Rule("password-from", 60)
# 19 MiB and two passes, the OWASP Password Storage Cheat Sheet's first choice: eight at once fit a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Of no password; looked at where an address is unknown, so that the answer takes as long.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$Z2FyZSBjZW50cmFsZSEhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def set_password(connection: Connection, account_id: int, typed: str) -> None:
    """Give an account a password; raises Invalid."""
    if not LEAST <= len(typed) <= MOST:
        raise Invalid(N_("Choose a password of %(least)s to %(most)s letters."), least=LEAST, most=MOST)
    _keep(connection, account_id, _HASHER.hash(typed))


def remove_password(connection: Connection, account_id: int) -> None:
    """Let an account have no password."""
    _keep(connection, account_id, "")


def _keep(connection: Connection, account_id: int, hashed: str) -> None:
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(password=hashed))


def count_try(connection: Connection, typed_email: str, client: str) -> None:
    """Count a try; raises Invalid, TooMany. To be committed before `check`."""
    throttle.spend(connection, TRIES_FROM, client)
    throttle.spend(connection, TRIES_OF, email_key(clean_email(typed_email)))


def check(connection: Connection, typed_email: str, typed: str) -> Account | None:
    """Find who has this address and this password; as much work is done where nobody has.

    It takes time, and writes nothing: not for a transaction that others wait for.
    """
    account = people.find_by_email(connection, clean_email(typed_email))
    query = select(accounts.c.password).where(accounts.c.id == (account.id if account else 0))
    is_right = _verify(connection.execute(query).scalar() or _NOBODY, typed[:MOST])
    return account if account and is_right and not account.is_blocked else None


def count_own_try(connection: Connection, account: Account) -> None:
    """Do as `count_try` for somebody who is signed in and types the password again."""
    throttle.spend(connection, TRIES_OF, account.pseudonym)


def is_own(connection: Connection, account: Account, typed: str) -> bool:
    """Tell whether this is the password of an account."""
    hashed = connection.execute(select(accounts.c.password).where(accounts.c.id == account.id)).scalar()
    return _verify(hashed or _NOBODY, typed[:MOST])


def _verify(hashed: str, typed: str) -> bool:
    try:
        return _HASHER.verify(hashed, typed)
    except (VerificationError, InvalidHashError):
        return False
