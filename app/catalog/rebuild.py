"""Build the whole catalog anew from git, beside the one in use, and put it in its place at the end.

Resumable: a rebuild that was stopped goes on with the pages that it has still to render.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DatabaseError

from app.catalog import audience, horizon, linking, queue, record_writing, tables
from app.catalog.catalog import CatalogDamaged, get_fact, set_fact
from app.catalog.indexer import forget, state_of
from app.catalog.lineage import Lineages
from app.catalog.readers import PUBLIC
from app.catalog.recorder import PageState, Recorder
from app.catalog.wiki import Wiki
from app.database.engine import make_engine, sqlite_url
from app.wiki.markup import Rendered
from app.wiki.store import Commit

log = logging.getLogger(__name__)
COMMITS = 5000  # a batch of history in one transaction
PAGES = 200
Progress = Callable[[str, int, int], None]


def rebuild(wiki: Wiki, progress: Progress = lambda _what, _done, _all: None) -> int:
    """Build the catalog anew and swap it in; gives the number of pages. `progress` hears what, done, all."""
    target = wiki.catalog.file.with_suffix(".building")
    engine = _open(target, wiki.catalog.version)
    try:
        tip = wiki.store.tip()
        recorder = _record_history(wiki, engine, tip, progress) if tip else Recorder(Lineages(1), {})
        _write_pages(wiki, engine, recorder, progress)
        _finish(wiki, engine, recorder, tip)
        _swap(wiki, engine, target)
    finally:
        engine.dispose()
    return len(recorder.pages)


def _open(target: Path, version: str) -> Engine:
    """Open the half-built catalog of an earlier try, or an empty one."""
    engine = make_engine(sqlite_url(target), durable=False)
    try:
        tables.metadata.create_all(engine)
        with engine.connect() as connection:
            schema = get_fact(connection, "schema")
    except DatabaseError:
        schema = "damaged"
    if schema not in {None, version}:
        engine.dispose()
        remove_database(target)
        return _open(target, version)
    with engine.begin() as connection:
        set_fact(connection, "schema", version)
    return engine


def remove_database(file: Path) -> None:
    """Delete a SQLite file with its companions."""
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)


def _record_history(wiki: Wiki, engine: Engine, tip: str, progress: Progress) -> Recorder:
    """Read all commits once; the rows of history are written anew, the pages' last state is kept in memory."""
    with engine.begin() as connection:
        connection.execute(tables.revisions.delete())
    sizes = _Sizes(wiki)
    recorder, done = Recorder(Lineages(1), sizes), 0
    for batch in _batches(wiki.store.log(None, tip)):
        sizes.load(batch)
        rows = [row for commit in batch for row in recorder.record(commit)]
        with engine.begin() as connection:
            if rows:
                connection.execute(insert(tables.revisions), rows)
        done += len(batch)
        progress("history", done, 0)
    return recorder


class _Sizes(dict[str, int]):
    """Sizes of texts, asked of git for a batch of commits at a time."""

    def __init__(self, wiki: Wiki) -> None:
        super().__init__()
        self._store = wiki.store

    def load(self, commits: list[Commit]) -> None:
        blobs = {change.blob for commit in commits for change in commit.files if change.blob}
        self.update(self._store.sizes(blobs - self.keys()))


def _batches(commits: Iterator[Commit]) -> Iterator[list[Commit]]:
    while batch := list(islice(commits, COMMITS)):
        yield batch


def _write_pages(wiki: Wiki, engine: Engine, recorder: Recorder, progress: Progress) -> None:
    """Render and write the pages; those that stand there already are left."""
    with engine.begin() as connection:
        has = {row.path: state_of(row) for row in connection.execute(select(tables.pages))}
        forget(connection, [path for path, state in has.items() if recorder.pages.get(path) != state])
    missing = [state for path, state in sorted(recorder.pages.items()) if has.get(path) != state]
    done = 0
    for batch in _rendered(wiki, missing):
        with engine.begin() as connection:
            for state, (text, rendered) in batch:
                wiki.indexer.write_page(connection, state, text, rendered, PUBLIC)
        done += len(batch)
        progress("pages", done, len(missing))


def _rendered(wiki: Wiki, states: Sequence[PageState]) -> Iterator[list[tuple[PageState, tuple[str, Rendered]]]]:
    """Render pages in batches, two at a time: the next batch while the caller writes the one before."""
    batches = [states[start : start + PAGES] for start in range(0, len(states), PAGES)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        ahead = [pool.map(wiki.indexer.read, batch) for batch in batches[:1]]
        for number, batch in enumerate(batches):
            read = list(ahead.pop())
            ahead = [pool.map(wiki.indexer.read, following) for following in batches[number + 1 : number + 2]]
            yield list(zip(batch, read, strict=True))


def _finish(wiki: Wiki, engine: Engine, recorder: Recorder, tip: str | None) -> None:
    """Write what needs all pages: files, deleted pages, audiences, links; and ask the search index to follow."""
    with engine.begin() as connection:
        connection.execute(tables.attachments.delete())
        connection.execute(tables.graves.delete())
        set_fact(connection, audience.SITE, wiki.reading())
        horizon.keep(connection, horizon.now(wiki.config.timezone))
        wiki.indexer.write_files(connection, recorder.files.values())
        wiki.indexer.write_graves(connection, recorder.graves.values())
        audience.refresh_all(connection)
        linking.refresh_all(connection)
        record_writing.derive_all(connection)
        queue.enqueue(connection, recorder.pages)
        # What the index knows may be older than this: nothing that was hidden or deleted since may show in it.
        queue.enqueue(connection, recorder.gone | audience.closed_pages(connection), is_narrowed=True)
        if tip:
            set_fact(connection, "tip", tip)
        set_fact(connection, "generation", f"rebuilt {time.time_ns()}")


def _swap(wiki: Wiki, engine: Engine, target: Path) -> None:
    """Put the new catalog in the place of the old one; processes notice the new file at their next reading.

    What was saved while it was built is taken in first, under the lock: nothing that was hidden meanwhile may show.
    """
    with wiki.store.writing() as writer:
        with engine.begin() as connection:
            if writer.tip and not wiki.indexer.catch_up(connection, writer.tip):
                raise CatalogDamaged  # history was rewritten meanwhile: the next try begins anew
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        engine.dispose()
        file = wiki.catalog.file
        wiki.catalog.mark_damaged()  # whoever dies between here and the end leaves a mark that asks for another try
        for suffix in ("-wal", "-shm"):
            file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
        target.replace(file)
        wiki.catalog.damage_mark.unlink(missing_ok=True)
    log.info("catalog rebuilt")
