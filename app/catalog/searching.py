"""Feed the search index from the catalog: drain the queue in batches, rebuild when the index is damaged."""

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from app.catalog import audience, findables, finding, queue
from app.catalog.catalog import CatalogDamaged
from app.catalog.readers import EVERYTHING
from app.catalog.rows import Attachment, PageRow
from app.catalog.tables import bodies, file_texts, names, pages, record_words
from app.catalog.wiki import Wiki
from app.convert.text import text_of
from app.errors import GareError
from app.forms.record import fold_words
from app.wiki.page import space_of
from app.wiki.search import Document

log = logging.getLogger(__name__)
BATCH = 50
_POLL = 0.2  # seconds
FILE = "file:"  # begins the keys of files; no page path holds a colon


def follow(wiki: Wiki) -> int:
    """Bring the index up to the catalog; gives how many pages were read. Does nothing where another process does."""
    with single_writer(wiki) as is_mine:
        if not is_mine:
            return 0
        if not wiki.search.is_sound():
            return rebuild(wiki)
        return _follow_pages(wiki) + findables.follow(wiki)


def forget(wiki: Wiki) -> None:
    """Leave no trace in the index of what is no more; waits until no other process writes it."""
    with patient_writer(wiki):
        if not wiki.search.is_sound():
            wiki.search.clear()  # the next `follow` builds it anew
            return
        while findables.follow(wiki):
            pass
        with suppress(CatalogDamaged):  # what was removed from pages is forgotten once it is back
            _follow_pages(wiki)
        wiki.search.optimize()


def _follow_pages(wiki: Wiki) -> int:
    done = 0
    while batch := _next_batch(wiki):
        documents, removed = _documents(wiki, [path for path, _ in batch], wiki.search.keys(FILE))
        wiki.search.update(documents, removed)
        with wiki.catalog.changing() as connection:
            queue.remove(connection, batch)
        done += len(batch)
    return done


@contextmanager
def single_writer(wiki: Wiki) -> Iterator[bool]:
    """Hold the index's lock, if nobody else does; the kernel frees it when the holder dies."""
    descriptor = os.open(wiki.instance / "search-writer", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)


@contextmanager
def patient_writer(wiki: Wiki) -> Iterator[None]:
    """Wait until no other process writes the index, and keep it so."""
    while True:
        with single_writer(wiki) as is_mine:
            if is_mine:
                yield
                return
        time.sleep(_POLL)


def rebuild(wiki: Wiki) -> int:
    """Build the index anew beside the old one; what changes meanwhile is in the queue and follows after."""
    with wiki.catalog.changing() as connection:
        entries = queue.waiting(connection, 1_000_000)
    count = 0

    def documents() -> Iterator[Document]:
        nonlocal count
        with wiki.catalog.reading() as connection:
            everything = list(connection.execute(select(pages.c.path).order_by(pages.c.path)).scalars())
        for start in range(0, len(everything), BATCH):
            found, _ = _documents(wiki, everything[start : start + BATCH], ())
            count += len(found)
            yield from found

    things = findables.Everything(wiki)
    wiki.search.rebuild(chain(documents(), things))
    things.note()
    count += things.count
    with wiki.catalog.changing() as connection:
        queue.remove(connection, entries)
    log.info("search index rebuilt: %s documents", count)
    return count


def _next_batch(wiki: Wiki) -> list[tuple[str, int]]:
    with wiki.catalog.reading() as connection:
        return queue.waiting(connection, BATCH)


def _documents(wiki: Wiki, paths: Iterable[str], indexed: Iterable[str]) -> tuple[list[Document], list[str]]:
    """Make the documents of pages and their files, and name those of the `indexed` keys that they have no more."""
    found: list[Document] = []
    removed: list[str] = []
    of_files = list(indexed)
    for path in paths:
        with wiki.catalog.reading() as connection:
            row = finding.find_page(connection, path, EVERYTHING)
            files = finding.list_attachments(connection, path)
            readers = row.audience if row else audience.of_files_left(connection, path)
            if row and not row.redirect and not path.startswith("_"):  # `_templates/…` are forms, not knowledge
                found.append(_page_document(connection, row))
            else:
                removed.append(path)
        found += [_file_document(row, file, read_file(wiki, file), readers) for file in files]
        kept = {file_key(file.page, file.name) for file in files}
        removed += [key for key in of_files if key.startswith(file_key(path, "")) and key not in kept]
    return found, removed


def _page_document(connection: Connection, row: PageRow) -> Document:
    body = connection.execute(select(bodies.c.text, bodies.c.details).where(bodies.c.path == row.path)).one()
    keys = connection.execute(select(names.c.key).where(names.c.path == row.path, names.c.kind != 1)).scalars()
    headings = " \n".join(heading["text"] for heading in json.loads(body.details)["headings"])
    return Document(
        key=row.path, kind=row.form if row.form not in {"", "file"} else "page", path=row.path, title=row.title,
        headings=headings, body=" \n".join(filter(None, [body.text, _answers(connection, row, body.text)])),
        tags=row.tags, names=tuple(keys),
        space=row.space, audience=row.audience, lang=row.lang, at=row.edited_at,
    )  # fmt: skip


def _answers(connection: Connection, row: PageRow, text: str) -> str:
    """Give the words of a record that everybody who reads it reads in its answers, but for those of its text."""
    words = connection.execute(select(record_words.c.words).where(record_words.c.lineage == row.lineage)).scalar() or ""
    known = set(fold_words(text))
    return " ".join(word for word in words.split() if word not in known)


def file_key(page: str, name: str) -> str:
    """Give the key under which a file stands in the index; no page path holds a colon."""
    return f"file:{page}:{name}"


def _file_document(row: PageRow | None, file: Attachment, text: str, readers: str) -> Document:
    return Document(
        key=file_key(file.page, file.name), kind="file", path=file.page, title=file.name, headings="", body=text,
        tags=(), names=(row.title,) if row else (), space=space_of(file.page), audience=readers,
        lang=row.lang if row else "fr", at=file.at,
    )  # fmt: skip


def read_file(wiki: Wiki, file: Attachment) -> str:
    """Give the text inside an attached document; read once and kept. Empty where there is none or it is damaged."""
    with wiki.catalog.reading() as connection:
        known = connection.execute(select(file_texts.c.text).where(file_texts.c.oid == file.oid)).scalar()
    if known is not None:
        return known
    try:
        text = text_of(wiki.files.path(file.oid), file.name)
    except (GareError, OSError) as error:
        log.warning("no text from %s of %s: %s", file.name, file.page, error)
        text = ""
    with wiki.catalog.changing() as connection:
        statement = insert(file_texts).values(oid=file.oid, text=text)
        connection.execute(statement.on_conflict_do_nothing())
    return text
