"""The lists that are kept here, and what their owners decided of them."""

import hmac
import re
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from app.errors import N_, Invalid, NotFound
from plugins.archive.tables import lists

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
# Words of the archive's own addresses, and of its own files beside the packs of lists.
_TAKEN = frozenset({"forget", "m", "manage", "new", "t", "demo", "passwords", "rebuild", "requests", "rows", "spool"})


@dataclass(frozen=True, slots=True)
class MailList:
    """A list; the words are those of `tables.lists`."""

    id: int
    name: str
    title: str
    address: str
    words: str
    rules: str
    joining: str
    space: str
    audience: str
    is_shown: bool
    obeys_no_archive: bool
    keep_months: int
    secret: bytes
    made_at: int


def load(truth: Engine) -> list[MailList]:
    """Give all lists, by name."""
    with truth.connect() as connection:
        return [MailList(**row._mapping) for row in connection.execute(select(lists).order_by(lists.c.name))]


def find(truth: Engine, name: str) -> MailList | None:
    """Find a list by its name."""
    with truth.connect() as connection:
        return _found(connection, name)


def _found(connection: Connection, name: str) -> MailList | None:
    row = connection.execute(select(lists).where(lists.c.name == name)).first()
    return None if row is None else MailList(**row._mapping)


def make(truth: Engine, name: str, title: str, *, now: int, **more: Any) -> MailList:
    """Make a list, closed to all but who looks after it; raises Invalid. `more` are other fields."""
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise Invalid(N_("The name of a list has small letters, digits and hyphens only."))
    first = {"audience": "members", "is_shown": False, "obeys_no_archive": True, "keep_months": 0}
    values = {**first, **more, "name": name, "title": title, "secret": secrets.token_bytes(32), "made_at": now}
    with truth.begin() as connection:
        if _found(connection, name) is not None:
            raise Invalid(N_("There is a list of this name already. Choose another one."))
        connection.execute(insert(lists).values(values))
        found = _found(connection, name)
        assert found is not None
        return found


def change(truth: Engine, list_: MailList, **values: Any) -> MailList:
    """Change fields of a list; its name, its key and its number stay."""
    if unknown := values.keys() & {"id", "name", "secret", "made_at"} or values.keys() - asdict(list_).keys():
        raise ValueError(f"cannot be changed: {sorted(unknown)}")
    with truth.begin() as connection:
        if values:
            connection.execute(update(lists).where(lists.c.id == list_.id).values(values))
        found = _found(connection, list_.name)
        if found is None:
            raise NotFound(N_("There is no such list here, or it is not open to you."))
        return found


def remove(truth: Engine, list_: MailList) -> None:
    """Forget a list and what was decided of its messages; `Archive.forget` takes the messages away."""
    with truth.begin() as connection:
        connection.execute(delete(lists).where(lists.c.id == list_.id))


def content_mark(content_hash: str) -> str:
    """Name a message by what it says: one without Message-ID has another name in each export."""
    return f"content:{content_hash}"


def hash_of(list_: MailList, key: str) -> str:
    """Name a message so that nobody reads its Message-ID of it: HMAC-SHA256, in hex."""
    return hmac.digest(list_.secret, key.encode("utf-8", "replace"), "sha256").hex()
