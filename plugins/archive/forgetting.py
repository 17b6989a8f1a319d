"""Hide, redact, erase: what is left of a message is said in decision 0044."""

import time
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select

from app.errors import N_, Invalid
from app.plugin import OPERATOR, forget_in_search, list_holding, remove_files
from plugins.archive import altering, earlier, file_texts, files_out, hidden, incoming, runs, spool
from plugins.archive.altering import mark
from plugins.archive.hidden import HIDDEN, SHOWN
from plugins.archive.lists import content_mark, hash_of
from plugins.archive.phrases import Address, Copies, Names, Phrases, Subjects, Words
from plugins.archive.removing import remove_rows
from plugins.archive.rows import attachments, messages, people, texts
from plugins.archive.tables import deeds, marks, moves, requests

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

ERASED = "erased"
FEWEST_LETTERS = 3  # of words that are taken out everywhere
_MANY = 500
_TOO_SHORT = N_("Type at least three letters: these words go from every message of the list.")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: messages, quotes in others' messages, files; what still holds some of it, and who must act."""

    messages: int = 0
    quotes: int = 0
    files: int = 0
    pages: tuple[str, ...] = ()  # paths of pages that cite a message: `gare page purge` is their cure
    backups: tuple[str, ...] = ()
    waiting: int = 0  # mails that could not be taken in, and were not looked into
    documents: tuple[str, ...] = ()  # codes of messages that bring documents with these words
    left: tuple[str, ...] = ()  # codes of messages that are damaged: out of them nothing can be taken
    along: tuple[str, ...] = ()  # names of files that went because another one stood inside them, or beside it there


# -- hidden ----------------------------------------------------------------------------------------------------------


def hide(archive: "Archive", list_: "MailList", ids: Collection[int], by: str, *, is_hidden: bool = True) -> int:
    """Hide messages from all but who looks after the list, or show them again; gives how many."""
    with archive.writing(list_):
        found = _rows(archive, list_, ids)
        now = int(time.time())
        with archive.truth.begin() as connection:
            for row in found:
                of_words = content_mark(row.content_hash)
                if is_hidden:
                    mark(connection, list_, row.key, HIDDEN, now)
                    _unmark(connection, list_, of_words, SHOWN)
                    continue
                _unmark(connection, list_, row.key, HIDDEN)
                if row.version and row.id in ids:
                    mark(connection, list_, of_words, SHOWN, now)
            note(connection, list_, by, N_("Hidden") if is_hidden else N_("Shown again"), len(found))
        hidden.put_right(archive, list_, {row.key for row in found})
    return len(found)


# -- redacted --------------------------------------------------------------------------------------------------------


def redact(archive: "Archive", list_: "MailList", named: Sequence[str], by: str) -> Forgotten:
    """Take words out of every message of a list, subjects and quotes too. Raises Invalid where they are too short."""
    if not named or any(len("".join(one.split())) < FEWEST_LETTERS for one in named):
        raise Invalid(_TOO_SHORT)
    spool.take_waiting(archive, list_, 0)  # what waits holds the words, too
    phrases = [Words.of(named)]
    done = altering.alter(archive, list_, altering.find(archive, list_, phrases), phrases)
    left = _codes(archive, altering.find(archive, list_, phrases))
    documents = file_texts.holding(archive, list_, phrases)
    told = Forgotten(messages=done, documents=documents, left=left)
    return _finished(archive, list_, told, by, N_("Words taken out"), ())


def _codes(archive: "Archive", ids: Sequence[int]) -> tuple[str, ...]:
    with archive.rows.connect() as connection:
        own = select(messages.c.code).where(messages.c.id.in_(ids[:_MANY]))
        return tuple(connection.execute(own).scalars())


def remove_attachment(archive: "Archive", list_: "MailList", oid: str, by: str) -> Forgotten:
    """Take a file out of every message of a list that has it."""
    found = files_out.take_out(archive, list_, oid)
    told = Forgotten(messages=found.messages, files=int(found.messages > 0), along=found.along, left=found.left)
    return _finished(archive, list_, told, by, N_("A file taken out"), ())


# -- erased ----------------------------------------------------------------------------------------------------------


def erase(
    archive: "Archive", list_: "MailList", ids: Collection[int], by: str, also: Sequence[Phrases] = ()
) -> Forgotten:
    """Erase messages, what others quote of them, and whatever of `also` stands in others; nothing brings them back."""
    spool.take_waiting(archive, list_, 0)  # what waits may quote them
    found = _rows(archive, list_, ids)
    own = earlier.own_subjects(archive, list_, found)
    said = [*_texts(archive, [row.id for row in found]), *own]
    copies: list[Phrases] = [earlier.without_others(archive, list_, found, Copies.of(said)), Subjects(own), *also]
    answers = _answers(archive, found, own)
    quoting = {*altering.find(archive, list_, copies), *answers} - {row.id for row in found}
    quotes = altering.alter(archive, list_, quoting, copies)
    files = _erase_rows(archive, list_, found)  # last: who was interrupted erases again, and finds all of it
    remove_files(archive.station, files)
    done = Forgotten(len(found), quotes, len(files))
    return _finished(archive, list_, done, by, N_("Erased"), [row.key for row in found])


def erase_person(archive: "Archive", list_: "MailList", person_id: int, by: str) -> Forgotten:
    """Erase all that somebody wrote to a list, his address everywhere, his name where others announce his words."""
    with archive.rows.connect() as connection:
        who = connection.execute(select(people).where(people.c.id == person_id, people.c.list_id == list_.id)).one()
        own = select(messages.c.id, messages.c.author).where(messages.c.person_id == person_id)
        wrote = connection.execute(own).all()
    named = [Names.of(name) for name in {who.name, *(row.author for row in wrote)}]
    with archive.truth.begin() as connection:
        own_requests = requests.c.list_id == list_.id, requests.c.address == who.address, requests.c.code == ""
        connection.execute(delete(requests).where(*own_requests))
    also = [one for one in (Address.of(who.address), *named) if one is not None]
    return erase(archive, list_, [row.id for row in wrote], by, also)


def erase_old(archive: "Archive", list_: "MailList", before: int) -> int:
    """Erase what is older than the list keeps; what others quote of it goes when they are old enough themselves."""
    own = select(messages.c.id).where(messages.c.list_id == list_.id, messages.c.at < before).limit(_MANY)
    done = 0
    while True:
        with archive.rows.connect() as connection:
            ids = list(connection.execute(own).scalars())
        if not ids:
            break
        remove_files(archive.station, _erase_rows(archive, list_, _rows(archive, list_, ids)))
        done += len(ids)
    if done:
        _finished(archive, list_, Forgotten(done), "", N_("Erased because of their age"), ())
    return done


def _erase_rows(archive: "Archive", list_: "MailList", found: Sequence[Row[Any]]) -> set[str]:
    """Erase messages, marks first, so that nothing brings them back meanwhile; gives the files that they named."""
    ids = [row.id for row in found]
    with archive.writing(list_):
        _mark_erased(archive, list_, found)
        for year in {row.year for row in found}:
            archive.packs(list_).erase(year, [row.raw for row in found if row.year == year])
        files: set[str] = set()
        with archive.changing() as connection:
            for at in range(0, len(ids), _MANY):
                of_them = attachments.c.message_id.in_(ids[at : at + _MANY])
                files |= set(connection.execute(select(attachments.c.oid).where(of_them)).scalars())
                remove_rows(connection, list_, found[at : at + _MANY])
    return files


def _mark_erased(archive: "Archive", list_: "MailList", found: Sequence[Row[Any]]) -> None:
    now = int(time.time())
    with archive.truth.begin() as connection:
        for row in found:
            named = hash_of(list_, row.key)
            own = marks.c.list_id == list_.id, marks.c.hash == named
            connection.execute(delete(marks).where(*own))
            mark(connection, list_, row.key, ERASED, now)
            mark(connection, list_, content_mark(row.content_hash), ERASED, now)
            of_list = moves.c.list_id == list_.id
            connection.execute(delete(moves).where(of_list, (moves.c.hash == named) | (moves.c.under == named)))
            asked = requests.c.list_id == list_.id, requests.c.code == row.code
            connection.execute(delete(requests).where(*asked))


# -- afterwards ------------------------------------------------------------------------------------------------------


def now() -> int:
    """Give this second."""
    return int(time.time())


def note(connection: Connection, list_: "MailList", by: str, what: str, count: int) -> None:
    """Write into the log who did what to how many messages; never what they said."""
    values = {"list_id": list_.id, "at": int(time.time()), "by": by, "what": what, "messages": count}
    connection.execute(insert(deeds).values(values))


def _finished(
    archive: "Archive", list_: "MailList", done: Forgotten, by: str, what: str, keys: Iterable[str]
) -> Forgotten:
    station = archive.station
    with archive.truth.begin() as connection:
        note(connection, list_, by, what, done.messages)
    for run in runs.with_file(archive.truth):  # an export that was looked at holds them, too
        if run.list_id == list_.id and not run.is_open:
            runs.store(archive.truth, run.id, file="")
            incoming.remove(archive, run.file)
    altering.wipe(archive)
    forget_in_search(station)
    door: Any = station.door
    citing = {page.path for key in keys for page in door.citing(OPERATOR, f"mail:{key}")}
    kept = len(spool.waiting(archive, list_)) + len(spool.aside(archive, list_))
    return replace(done, waiting=kept, pages=tuple(sorted(citing)), backups=tuple(list_holding(station.config)))


def _rows(archive: "Archive", list_: "MailList", ids: Collection[int]) -> Sequence[Row[Any]]:
    """Give messages, with all other versions that came under their names."""
    found: list[Row[Any]] = []
    wanted = list(ids)
    with archive.rows.connect() as connection:
        for at in range(0, len(wanted), _MANY):
            keys = select(messages.c.key).where(messages.c.id.in_(wanted[at : at + _MANY]))
            own = select(messages).where(messages.c.list_id == list_.id, messages.c.key.in_(keys))
            found += connection.execute(own).all()
    return found


def _answers(archive: "Archive", found: Sequence[Row[Any]], subjects: Collection[str]) -> set[int]:
    """Find the answers that repeat a subject in the threads of messages."""
    c, gone = messages.c, {row.id for row in found}
    answers: set[int] = set()
    with archive.rows.connect() as connection:
        for thread in {row.thread_id for row in found} if subjects else ():
            rows = connection.execute(select(c.id, c.base_subject).where(c.thread_id == thread, c.is_reply))
            answers.update(row.id for row in rows if row.base_subject in subjects)
    return answers - gone


def _texts(archive: "Archive", ids: Sequence[int]) -> Iterable[str]:
    with archive.rows.connect() as connection:
        for at in range(0, len(ids), _MANY):
            own = select(texts.c.text).where(texts.c.message_id.in_(ids[at : at + _MANY]))
            for packed in connection.execute(own).scalars():
                yield zlib.decompress(packed).decode()


def _unmark(connection: Connection, list_: "MailList", key: str, what: str) -> None:
    own = marks.c.list_id == list_.id, marks.c.hash == hash_of(list_, key), marks.c.what == what
    connection.execute(delete(marks).where(*own))
