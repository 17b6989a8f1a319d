"""What the search of the site knows of messages: a document each, and what is shown of those that it finds."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, select

from app.errors import N_
from app.plugin import Document, FoundThing
from plugins.archive import file_texts
from plugins.archive.door import ArchiveDoor
from plugins.archive.masking import mask
from plugins.archive.message.quotes import fresh
from plugins.archive.rows import attachments, messages, queue, texts

if TYPE_CHECKING:
    from app.plugin import Viewer
    from plugins.archive.archive import Archive

PREFIX = "mail:"
HAS_FILE = "has:file"
_MANY = 500
_LAST = 253_402_214_400  # the last second that a calendar has


def key_of(list_id: int, message_id: int) -> str:
    """Name the document of a message; ids are never given twice."""
    return f"{PREFIX}{list_id}:{message_id}"


def token_of(list_id: int) -> str:
    """Give the word that all documents of a list carry: who reads the list may change, the word stays."""
    return f"list:{list_id}"


def list_mark(list_id: int) -> str:
    """Give the mark of a list: one may search in it alone."""
    return f"list:{list_id}"


def author_mark(person_id: int) -> str:
    """Give the mark of who wrote."""
    return f"author:{person_id}"


def thread_mark(thread_id: int) -> str:
    """Give the mark of a thread."""
    return f"thread:{thread_id}"


class Mails:
    """Messages among what the search finds (`app.hooks.Findable`)."""

    kind = "mail"
    label = N_("Mails")
    prefix = PREFIX

    def __init__(self, archive: "Archive") -> None:
        self._archive = archive

    def audiences(self, viewer: "Viewer") -> frozenset[str]:
        """Give the words of the lists that somebody may read."""
        return frozenset(token_of(one.id) for one in ArchiveDoor(self._archive).lists(viewer))

    def waiting(self, limit: int) -> tuple[Sequence[Document], Sequence[str], Any]:
        """Give documents of messages that are new or changed, and the keys of those that are gone or hidden."""
        with self._archive.rows.connect() as connection:
            found = connection.execute(select(queue).order_by(queue.c.message_id).limit(limit)).all()
        ids = [row.message_id for row in found]
        documents = list(self._documents(ids))
        kept = {document.key for document in documents}
        keys = [key_of(row.list_id, row.message_id) for row in found]
        return documents, [key for key in keys if key not in kept], ids

    def done(self, mark: Any) -> None:
        """Forget what is in the index now; what has changed meanwhile was put down anew, and comes twice."""
        with self._archive.changing_quietly() as connection:
            for at in range(0, len(mark), _MANY):
                connection.execute(delete(queue).where(queue.c.message_id.in_(mark[at : at + _MANY])))

    def everything(self) -> Iterator[Document]:
        """Give the documents of all messages that are shown."""
        last = 0
        while True:
            with self._archive.rows.connect() as connection:
                own = select(messages.c.id).where(messages.c.id > last).order_by(messages.c.id).limit(_MANY)
                ids = list(connection.execute(own).scalars())
            if not ids:
                return
            yield from self._documents(ids)
            last = ids[-1]

    def _documents(self, ids: Sequence[int]) -> Iterator[Document]:
        lang = self._archive.station.settings.get().language
        for at in range(0, len(ids), _MANY):
            rows, names, inside = self._rows(ids[at : at + _MANY])
            for row in rows:
                if not row.is_hidden:
                    yield _document(row, (*names.get(row.id, ()), inside.get(row.id, "")), lang)

    def _rows(self, ids: Sequence[int]) -> tuple[Sequence[Row[Any]], Mapping[int, list[str]], Mapping[int, str]]:
        named: dict[int, list[str]] = {}
        own = select(messages, texts.c.text).join(texts, texts.c.message_id == messages.c.id, isouter=True)
        files = select(attachments.c.message_id, attachments.c.name).where(attachments.c.message_id.in_(ids))
        with self._archive.rows.connect() as connection:
            rows = connection.execute(own.where(messages.c.id.in_(ids))).all()
            for number, name in connection.execute(files):
                named.setdefault(number, []).append(name)
            return rows, named, file_texts.of_messages(connection, ids)

    def found(self, viewer: "Viewer", keys: Collection[str]) -> Mapping[str, FoundThing]:
        """Give what is shown of messages; what somebody may not read, or is hidden or gone, is left out."""
        from app.plugin import url  # the web

        known = {one.id: one for one in ArchiveDoor(self._archive).lists(viewer)}
        ids = list(_ids(keys, known))
        own = select(messages, texts.c.text).join(texts, texts.c.message_id == messages.c.id, isouter=True)
        own = own.where(messages.c.id.in_(ids), messages.c.list_id.in_(known), messages.c.is_hidden.is_(False))
        with self._archive.rows.connect() as connection:
            rows = connection.execute(own).all()
            inside = file_texts.of_messages(connection, [row.id for row in rows if row.files])

        def shown(text: str) -> str:
            return text if viewer.is_signed_in else mask(text)

        def said(row: Row[Any]) -> str:
            return shown(f"{fresh(_text(row))}\n{inside.get(row.id, '')}")

        return {
            key_of(row.list_id, row.id): FoundThing(
                shown(row.subject), url("archive_message.show", name=known[row.list_id].name, code=row.code),
                said(row), row.at, f"{known[row.list_id].title} › {shown(row.author)}",
            )
            for row in rows
        }  # fmt: skip


def _ids(keys: Iterable[str], known: Mapping[int, object]) -> Iterator[int]:
    for key in keys:
        _, list_id, number = key.split(":")
        if int(list_id) in known:
            yield int(number)


def _text(row: Row[Any]) -> str:
    return zlib.decompress(row.text).decode() if row.text else ""


def _document(row: Row[Any], files: Sequence[str], lang: str) -> Document:
    """Make what the search knows: no address of anybody, or it would guess at those that passers-by are not shown."""
    key = key_of(row.list_id, row.id)
    marks = [
        list_mark(row.list_id),
        author_mark(row.person_id),
        thread_mark(row.thread_id),
        *([HAS_FILE] if row.files else []),
    ]
    return Document(
        key=key, kind=Mails.kind, path=key, title=mask(row.subject), headings="",
        body=mask("\n".join((fresh(_text(row)), *files))),
        tags=(), space="", audience=token_of(row.list_id), lang=lang,
        at=datetime.fromtimestamp(min(max(row.at, 0), _LAST), UTC), names=(mask(row.author),), marks=tuple(marks),
    )  # fmt: skip
