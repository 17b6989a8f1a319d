"""The secret of a link by which a mail lets its reader choose another rhythm without signing in (RFC 8058).

It holds no address. It is of no use once the account is gone or has another address.
"""

import hashlib

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection

from app.people import accounts
from app.people.accounts import Account
from app.people.addresses import email_key


def make(key: str, account: Account) -> str:
    """Make the secret."""
    return str(_serializer(key).dumps([account.id, _mark(account)]))


def read(connection: Connection, key: str, secret: str) -> Account | None:
    """Find whose mails a secret is about."""
    try:
        number, mark = _serializer(key).loads(secret)
    except (BadData, ValueError, TypeError):
        return None
    account = accounts.find(connection, number)
    return account if account and _mark(account) == mark else None


def _mark(account: Account) -> str:
    return hashlib.sha256(f"{account.pseudonym} {email_key(account.email or '')}".encode()).hexdigest()[:16]


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="rhythm of mails")
