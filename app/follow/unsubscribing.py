"""The secret of a link by which a mail lets its reader choose another rhythm without signing in (RFC 8058).

It holds no address. It is of no use once the account is gone or has another address.
"""

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection

from app.people.accounts import Account
from app.people.signed import find_signed, name_account


def make(key: str, account: Account) -> str:
    """Make the secret."""
    return str(_serializer(key).dumps(name_account(account)))


def read(connection: Connection, key: str, secret: str) -> Account | None:
    """Find whose mails a secret is about."""
    try:
        return find_signed(connection, _serializer(key).loads(secret))
    except BadData:
        return None


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="rhythm of mails")
