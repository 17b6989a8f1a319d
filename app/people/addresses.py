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


def prove(key: str, named: tuple[int, str], email: str) -> str:
    """Make the secret of a link by which an address is confirmed; `named` is whose, as of `app.people.signed`."""
    return _serializer(key).dumps([named, email])


def read_proof(key: str, secret: str) -> tuple[object, str] | None:
    """Give whose address a link confirms, as `signed` names it, and which; None where it is too old."""
    try:
        named, email = _serializer(key).loads(secret, max_age=PROOF_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return named, str(email)


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="address of an account")
