"""Authors: git knows pseudonyms, this table knows names; erasing a name here erases it everywhere."""

import secrets
import time
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from app.errors import N_, Invalid
from app.people.tables import accounts, authors
from app.wiki import nfc
from app.wiki.page import fold

PSEUDONYM_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # base32, RFC 4648
MAX_NAME, MAX_TYPED = 60, 200  # letters of a name; of what is looked at to find one
SYSTEM = "m-aaaaaaaa"  # the program itself: starter pages, imports
_TOO_LONG = N_("This name is too long. Type at most %(cap)s letters.")


def clean_name(typed: str) -> str:
    """Bring a typed name into one line without marks that change how it looks; raises Invalid."""
    if len(typed) > MAX_TYPED:
        raise Invalid(_TOO_LONG, cap=MAX_NAME)
    nfc.check_marks(typed)
    visible = "".join(char for char in nfc.normalize(typed) if unicodedata.category(char)[0] not in "C")
    name = " ".join(visible.split())
    if len(name) > MAX_NAME:
        raise Invalid(_TOO_LONG, cap=MAX_NAME)
    if not name or not fold(name):
        raise Invalid(N_("Type your name, so that others know who wrote."))
    return name


def author_for_name(connection: Connection, typed: str) -> str:
    """Give the pseudonym of a typed name; the same one each time it is typed. An account's name is refused."""
    name = clean_name(typed)
    of_account = select(accounts.c.id).join(authors, authors.c.pseudonym == accounts.c.pseudonym)
    if connection.execute(of_account.where(authors.c.name_key == fold(name))).first():
        raise Invalid(N_("Somebody signs in with this name. Add something to it, or sign in."))
    query = select(authors.c.pseudonym).where(authors.c.name == name, authors.c.is_typed)
    found = connection.execute(query.order_by(authors.c.created_at)).scalar()
    return found or new_author(connection, name, is_typed=True)


def new_author(connection: Connection, name: str, *, is_typed: bool) -> str:
    """Make an author; gives the pseudonym."""
    pseudonym = "m-" + "".join(secrets.choice(PSEUDONYM_ALPHABET) for _ in range(8))
    row = {"pseudonym": pseudonym, "name": name, "name_key": fold(name), "is_typed": is_typed}
    connection.execute(insert(authors), {**row, "created_at": int(time.time())})
    return pseudonym


def names_of(connection: Connection, pseudonyms: Iterable[str]) -> dict[str, str]:
    """Look up names; a pseudonym that is not in the answer has none (any more)."""
    query = select(authors.c.pseudonym, authors.c.name).where(authors.c.pseudonym.in_(set(pseudonyms)))
    return {row.pseudonym: row.name for row in connection.execute(query) if row.name}


def forget_name(connection: Connection, pseudonym: str, *, keeps_age: bool = False) -> None:
    """Erase the name of a pseudonym. The row stays: what somebody wrote may refer to it.

    With its age stays whether it was a newcomer's, whose changes still wait to be read again.
    """
    nameless = {"name": "", "name_key": ""} | ({} if keeps_age else {"created_at": 0})
    connection.execute(update(authors).where(authors.c.pseudonym == pseudonym).values(**nameless))


def find_by_name(connection: Connection, typed: str) -> tuple[str, ...]:
    """Find the pseudonyms of a name, without regard to case and accents."""
    known = (authors.c.name_key == fold(typed), authors.c.name_key != "")
    return tuple(connection.execute(select(authors.c.pseudonym).where(*known)).scalars())
