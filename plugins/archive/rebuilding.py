"""archive.db made anew from the packs, beside the old one, which is read until the new one is written over it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from app.plugin import forget_traces, only_one
from plugins.archive import lists
from plugins.archive.archive import Archive, remove_database
from plugins.archive.healing import heal, heal_rest, mark_healed
from plugins.archive.rows import old_threads, threads

if TYPE_CHECKING:
    from plugins.archive.lists import MailList

_BUSY_SECONDS = 60


def rebuild(archive: Archive, progress: Callable[[str, int, int], None] = lambda *_: None) -> None:
    """Make archive.db anew; one that was begun and stopped goes on where it was. Others read and write meanwhile."""
    archive.folder.mkdir(parents=True, exist_ok=True)
    with only_one(archive.folder / "rebuild.lock", is_patient=True):
        new = Archive(archive.station, archive.file.with_name("archive-new.db"))
        all_ = lists.load(archive.truth)
        for done, one in enumerate(all_):
            progress(one.title, done, len(all_))
            heal(new, one, now=int(time.time()))
        with _only_writer(archive) as held:
            for one in held:
                heal_rest(new, one, now=int(time.time()))
            _keep_addresses(archive, new)
            mark_healed(new)  # marks it as changed, too
            new.close()
            _write_over(archive, new)
        remove_database(new.file)


@contextmanager
def _only_writer(archive: Archive) -> Iterator[list["MailList"]]:
    """Be the one writer of all lists, those too that are made while one waits."""
    held: dict[str, MailList] = {}
    with ExitStack() as stack:
        while absent := [one for one in lists.load(archive.truth) if one.name not in held]:
            for one in absent:
                stack.enter_context(archive.writing(one))
                held[one.name] = one
        yield list(held.values())


def _keep_addresses(archive: Archive, new: Archive) -> None:
    """Let addresses that threads once had lead to where their threads are now."""
    own = select(old_threads.c.list_id, old_threads.c.code, threads.c.code.label("now"))
    own = own.join(threads, threads.c.id == old_threads.c.thread_id)
    with archive.rows.connect() as connection:
        before = connection.execute(own).all()
    with new.changing() as connection:
        found = select(threads.c.list_id, threads.c.code, threads.c.id)
        there = {(row.list_id, row.code): row.id for row in connection.execute(found)}
        kept = [
            {"list_id": row.list_id, "code": row.code, "thread_id": there[row.list_id, row.now]}
            for row in before
            if (row.list_id, row.now) in there
        ]
        if kept:
            connection.execute(insert(old_threads).prefix_with("OR IGNORE"), kept)


def _write_over(archive: Archive, new: Archive) -> None:
    """Write the new database over the old one, in one transaction of SQLite.

    A file that took its place would leave others writing into the old one, or pair it with the log of the old one.
    """
    with (
        closing(sqlite3.connect(new.file)) as source,
        closing(sqlite3.connect(archive.file, timeout=_BUSY_SECONDS)) as target,
    ):
        source.backup(target)
    forget_traces(archive.rows)
