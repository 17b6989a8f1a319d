"""E-mail addresses of people: one spelling for each, and the proof that one belongs to somebody."""

import unicodedata

from itsdangerous import BadData, URLSafeTimedSerializer

from app.outbox.mails import clean_address

PROOF_SECONDS = 24 * 3600


def clean_email(typed: str) -> str:
    """Bring a typed address into one form; raises Invalid."""
    return clean_address(unicodedata.normalize("NFKC", typed))


def email_key(email: str) -> str:
    """Give what two spellings of one address have in common."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def prove(key: str, account_id: int, known: str | None, email: str) -> str:
    """Make the secret of a link by which an address is confirmed. It is of no use once `known` has changed."""
    return _serializer(key).dumps([account_id, known or "", email])


def read_proof(key: str, secret: str, account_id: int, known: str | None) -> str | None:
    """Give the address that a link confirms for this account; None where it is another's, invented or too old."""
    try:
        owner, before, email = _serializer(key).loads(secret, max_age=PROOF_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return str(email) if (owner, before) == (account_id, known or "") else None


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="address of an account")
