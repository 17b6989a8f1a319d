"""The mailboxes that are subscribed to lists: what was chosen, what was read last; passwords in files of their own."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from app.errors import N_, GareError, Invalid
from plugins.archive.tables import mailboxes

if TYPE_CHECKING:
    from plugins.archive.archive import Archive

PORTS = {"tls": 993, "starttls": 143, "none": 143}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
MOST_PASSWORD = 500
GOOD: Mapping[str, Any] = {"failures": 0, "failing_since": None, "error": "", "error_values": "{}"}  # it was read


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox; the words are those of `tables.mailboxes`."""

    list_id: int
    host: str
    port: int
    security: str
    username: str
    folder: str = "INBOX"
    uid_validity: int = 0
    uid_next: int = 0
    asked_at: int | None = None
    next_at: int = 0
    failures: int = 0
    failing_since: int | None = None
    error: str = ""
    error_values: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, int, str, str, str]:
        """Say which mailbox it is: another one is read from its first message."""
        return (self.host, self.port, self.security, self.username, self.folder)


def load(archive: "Archive") -> list[Mailbox]:
    """List all."""
    with archive.truth.connect() as connection:
        return [_read(row) for row in connection.execute(select(mailboxes).order_by(mailboxes.c.list_id))]


def find(archive: "Archive", list_id: int) -> Mailbox | None:
    """Find the one of a list."""
    with archive.truth.connect() as connection:
        row = connection.execute(select(mailboxes).where(mailboxes.c.list_id == list_id)).first()
        return None if row is None else _read(row)


def _read(row: Any) -> Mailbox:
    values = dict(row._mapping)
    return Mailbox(**values | {"error_values": json.loads(values["error_values"])})


def keep(archive: "Archive", wish: Mailbox, password: str) -> None:
    """Keep what was chosen, to be asked at once; an empty password leaves the one that is kept."""
    before = find(archive, wish.list_id)
    first = {"host": wish.host, "port": wish.port, "security": wish.security, "username": wish.username}
    values: dict[str, Any] = {**first, "folder": wish.folder, "next_at": 0, **GOOD}
    if before is None or before.place != wish.place:
        values |= {"uid_validity": 0, "uid_next": 0}
    if password:
        _write_password(archive, wish.list_id, password)
    with archive.truth.begin() as connection:
        if before is None:
            connection.execute(insert(mailboxes).values(list_id=wish.list_id, **values))
        else:
            connection.execute(update(mailboxes).where(mailboxes.c.list_id == wish.list_id).values(values))


def note(archive: "Archive", box: Mailbox, **values: Any) -> None:
    """Write down how it went; nothing where somebody chose another mailbox meanwhile."""
    same = (mailboxes.c.list_id == box.list_id, mailboxes.c.host == box.host, mailboxes.c.username == box.username,
            mailboxes.c.folder == box.folder)  # fmt: skip
    with archive.truth.begin() as connection:
        connection.execute(update(mailboxes).where(*same).values(values))


def note_error(archive: "Archive", box: Mailbox, error: GareError, now: int) -> None:
    """Write down what went wrong, and wait the longer the more often it does."""
    said = {"error": error.msgid, "error_values": json.dumps({key: str(one) for key, one in error.values.items()})}
    known = find(archive, box.list_id) or box  # it may have been read well since `box` was
    wait = min(60 * 2 ** min(known.failures, 6), 3600)
    since = now if known.failing_since is None else known.failing_since
    note(archive, box, asked_at=now, next_at=now + wait, failures=known.failures + 1, failing_since=since, **said)


def remove(archive: "Archive", list_id: int) -> None:
    """Ask this mailbox no more, and forget its password; what was read of it stays."""
    with archive.truth.begin() as connection:
        connection.execute(delete(mailboxes).where(mailboxes.c.list_id == list_id))
    _password_file(archive, list_id).unlink(missing_ok=True)


def password_of(archive: "Archive", list_id: int) -> str:
    """Give the password that is kept; empty where there is none."""
    try:
        return _password_file(archive, list_id).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def checked(typed: Mailbox, password: str, before: Mailbox | None) -> dict[str, GareError]:
    """Say by field what cannot be taken. The password that is kept is told to no mailbox but its own."""
    faults: dict[str, GareError] = {}
    if not typed.host or not typed.host.isascii() or not all(one.isalnum() or one in ".-:" for one in typed.host):
        faults["host"] = Invalid(N_("Type the name of the mail server, such as imap.example.org."))
    if typed.security not in PORTS:
        faults["security"] = Invalid(N_("Choose how the mail server is spoken to."))
    elif typed.security == "none" and typed.host not in THIS_MACHINE:
        faults["security"] = Invalid(N_("Without protection, only a mail server on this machine can be used."))
    if typed.port not in PORTS.values() and (before is None or typed.port != before.port):
        faults["port"] = Invalid(N_("Type 143 or 993, or leave this empty."))
    for name, value in (("username", typed.username), ("password", password), ("folder", typed.folder)):
        if not value.isascii() or not value.isprintable() or len(value) > MOST_PASSWORD:
            faults[name] = Invalid(N_("Use letters without accents here."))
    if not typed.username:
        faults["username"] = Invalid(N_("Type the name by which one signs in to the mailbox."))
    if not password and (before is None or before.place[:4] != typed.place[:4]):
        faults["password"] = Invalid(N_("Type the password that belongs to this name."))
    return faults


def _password_file(archive: "Archive", list_id: int) -> Path:
    return archive.folder / "passwords" / str(list_id)


def _write_password(archive: "Archive", list_id: int, password: str) -> None:
    file = _password_file(archive, list_id)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(password)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
