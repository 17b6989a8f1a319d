"""An archive without a site around it, and messages for it."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from app.plugin import make_engine, sqlite_url
from app.wiki.files import FileStore
from plugins.archive import lists, rows, tables
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList
from plugins.archive.sources.raw import Raw

NOW = 1_800_000_000
BEGUN = 1_600_000_000  # long ago: what is dated later than today is thought to be wrong
DAY = 86_400


def open_archive(folder: Path) -> Archive:
    """Open the archive in a folder; whoever opens it closes it, and its truth."""
    truth = make_engine(sqlite_url(folder / "gare.db"))
    tables.metadata.create_all(truth)
    files = FileStore(folder / "files", cache=folder / "cache")
    stamp = SimpleNamespace(touch=lambda: None)  # kept pages are no part of these tests
    config = SimpleNamespace(instance=folder, timezone="Europe/Paris")
    return Archive(SimpleNamespace(truth=truth, wiki=SimpleNamespace(files=files), config=config, stamp=stamp))  # type: ignore[arg-type]


def make_list(archive: Archive, name: str = "gens") -> MailList:
    """Make a list."""
    return lists.make(archive.truth, name, name.title(), now=NOW)


def mail(
    number: int,
    references: Sequence[int] = (),
    *,
    subject: str = "",
    day: float | None = None,
    who: str = "nadia",
    text: str = "",
    files: Sequence[bytes] = (),
) -> Raw:
    """Write a message, in answer to others; a day after the one before, unless told."""
    at = int(BEGUN + (number if day is None else day) * DAY)
    message = EmailMessage()
    message["Message-ID"] = f"<m{number}@vallee.example>"
    message["From"], message["Subject"] = f"{who.title()} <{who}@vallee.example>", subject or f"Sujet {number}"
    message["Date"] = format_datetime(datetime.fromtimestamp(at, UTC))
    if references:
        message["References"] = " ".join(f"<m{one}@vallee.example>" for one in references)
    message.set_content(text or f"Le message {number}.\n")
    for content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename="plan.bin")
    return Raw(bytes(message), str(number), at)


def threads_of(archive: Archive) -> set[frozenset[str]]:
    """Give the threads as sets of keys, without what stands behind the at."""
    found: dict[int, set[str]] = {}
    with archive.rows.connect() as connection:
        for row in connection.execute(select(rows.messages.c.thread_id, rows.messages.c.key)):
            found.setdefault(row.thread_id, set()).add(row.key.partition("@")[0])
    return {frozenset(keys) for keys in found.values()}


def together(*threads: str) -> set[frozenset[str]]:
    """Write threads down: words in one text are one thread."""
    return {frozenset(one.split()) for one in threads}


def state(archive: Archive) -> dict[str, Any]:
    """Give all that is derived and shown, without the numbers of rows."""
    m, t, p, o = rows.messages.c, rows.threads.c, rows.people.c, rows.old_threads.c
    above = rows.messages.alias()
    asked = {
        "messages": select(m.list_id, m.code, m.version, m.subject, m.at, m.month, m.is_hidden, m.raw, m.wants, t.code)
        .add_columns(above.c.code, p.address)
        .join(rows.threads, t.id == m.thread_id)
        .join(rows.people, p.id == m.person_id)
        .join(above, above.c.id == m.parent_id, isouter=True),
        "threads": select(t.list_id, t.code, t.subject, t.begun_at, t.last_at, t.messages, t.people, t.files),
        "old": select(o.list_id, o.code, t.code).join(rows.threads, t.id == o.thread_id),
        "months": select(rows.months),
        "people": select(p.list_id, p.code, p.address),
        "files": select(m.code, rows.attachments.c.oid, rows.attachments.c.number).join(
            rows.attachments, rows.attachments.c.message_id == m.id
        ),
    }
    with archive.rows.connect() as connection:
        return {name: sorted(map(repr, map(tuple, connection.execute(own)))) for name, own in asked.items()}


def shuffled(some: Sequence[Raw], seed: int) -> list[Raw]:
    """Give messages in another order."""
    return random.Random(seed).sample(some, len(some))


def closing_archive(folder: Path) -> Iterator[Archive]:
    """Give an archive to a fixture."""
    made = open_archive(folder)
    yield made
    made.close()
    made.truth.dispose()
