"""E-mail addresses of people: one spelling for each, and the proof that one belongs to somebody."""

from itsdangerous import BadData, URLSafeTimedSerializer

from app.errors import Invalid
from app.outbox.mails import MAX_ADDRESS, NO_ADDRESS, clean_address
from app.wiki import nfc

PROOF_SECONDS = 24 * 3600


def clean_email(typed: str) -> str:
    """Bring a typed address into one form; raises Invalid."""
    if len(typed) > MAX_ADDRESS:  # before work is done on it
        raise Invalid(NO_ADDRESS)
    nfc.check_marks(typed)
    return clean_address(nfc.normalize(typed, "NFKC"))


def email_key(email: str) -> str:
    """Give what two spellings of one address have in common."""
    return nfc.normalize(email[:MAX_ADDRESS], "NFKC").strip().lower()


def prove(key: str, account_id: int, known: str | None, email: str) -> str:
    """Make the secret of a link by which an address is confirmed. It is of no use once `known` has changed."""
    return _serializer(key).dumps([account_id, known or "", email])


def read_proof(key: str, secret: str) -> tuple[int, str | None, str] | None:
    """Give the number of the account, its address until now and the one that a link confirms; None where too old."""
    try:
        owner, before, email = _serializer(key).loads(secret, max_age=PROOF_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return int(owner), before or None, str(email)


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="address of an account")
