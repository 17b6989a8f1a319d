"""Keep the catalog in step with git: take in commits, one after a save or many after a push."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, func, insert, select, update

from app.catalog import audience, horizon, linking, occurrence_writing, record_writing
from app.catalog.catalog import get_fact, set_fact, set_facts
from app.catalog.describe import describe
from app.catalog.lineage import Lineages
from app.catalog.queue import enqueue
from app.catalog.readers import CLOSED, PUBLIC
from app.catalog.recorder import FileState, GraveState, PageState, Recorder, attachment_of
from app.catalog.tables import attachments, bodies, graves, links, pages, revisions, tags
from app.wiki.files import Pointer
from app.wiki.markup import Rendered
from app.wiki.page import path_of
from app.wiki.store import Commit, Store

BATCH = 500
FEW = 10
Render = Callable[[str, str], Rendered]
_REWRITE_PAGE = update(pages).where(pages.c.path == bindparam("at"))
_REWRITE_BODY = update(bodies).where(bodies.c.path == bindparam("at"))


class Indexer:
    """Writes the derived rows of commits. `language` is the site's, for pages that do not say theirs."""

    def __init__(self, store: Store, render: Render, language: Callable[[], str]) -> None:
        self._store, self._render, self._language = store, render, language

    def catch_up(self, connection: Connection, tip: str) -> bool:
        """Take in what git has and the catalog has not; False when it must be rebuilt (history was rewritten)."""
        known = get_fact(connection, "tip")
        if known == tip:
            return True
        if known is not None and not self._store.is_ancestor(known, tip):
            return False
        commits = iter(self._store.log(known, tip))
        while batch := list(islice(commits, BATCH)):
            self.take_in(connection, batch)
        set_fact(connection, "tip", tip)
        return True

    def follow_site(self, connection: Connection, word: str, zone: str) -> None:
        """Let the site's own word for who reads, and its time zone, hold from now on."""
        if horizon.zone_of(connection) != zone:
            occurrence_writing.settle(connection, horizon.now(zone))
        moved, narrowed = audience.change_site(connection, word)
        record_writing.stamp(connection, record_writing.forms_of(connection, moved))
        enqueue(connection, moved)
        enqueue(connection, narrowed, is_narrowed=True)
        set_fact(connection, "generation", str(time.time_ns()))

    def take_in(
        self, connection: Connection, commits: Sequence[Commit], ready: Mapping[str, tuple[str, Rendered]] | None = None
    ) -> None:
        """Write the rows of commits that follow the catalog's tip.

        `ready` holds, by page path, the text and rendering that the caller already has.
        """
        paths = {path for commit in commits for path in _paths(commit)}
        living, dead = _rows(connection, pages, paths), _rows(connection, graves, paths)
        recorder = self._prepare(connection, commits, living, dead)
        rows = [row for commit in commits for row in recorder.record(commit)]
        if rows:
            connection.execute(insert(revisions), rows)
        self._write(connection, recorder, _by_path(living), _by_path(dead), ready or {})
        set_facts(connection, tip=commits[-1].revision, generation=str(time.time_ns()))

    def _prepare(
        self, connection: Connection, commits: Sequence[Commit], living: Sequence[Row[Any]], dead: Sequence[Row[Any]]
    ) -> Recorder:
        """Load what is known of the pages that the commits touch."""
        highest = connection.execute(select(func.max(revisions.c.lineage))).scalar() or 0
        lineages = Lineages(
            highest + 1,
            {row.path: row.lineage for row in living},
            {row.path: (row.lineage, row.blob) for row in dead},
        )
        known = {row.path: state_of(row) for row in living}
        new = [change.blob for commit in commits for change in commit.files if change.blob and path_of(change.file)]
        sizes = {row.blob: row.size for row in living} | self._store.sizes(new)
        return Recorder(lineages, sizes, known)

    def _write(
        self,
        connection: Connection,
        recorder: Recorder,
        living: Mapping[str, Row[Any]],
        dead: Mapping[str, Row[Any]],
        ready: Mapping[str, tuple[str, Rendered]],
    ) -> None:
        """Write the pages, graves and attachments that the recorder ended with, over their old rows."""
        before = {**dead, **living}
        touched, gone = set(recorder.changed), recorder.gone - set(recorder.pages)
        followed = record_writing.forms_of(connection, touched | gone)
        forms = record_writing.read_forms(connection, touched | gone)
        changed = {
            path for path in touched
            if not self._reword(connection, recorder.pages[path], living.get(path), ready.get(path))
        }  # fmt: skip
        named, targeted = self._keys(connection, changed | gone)
        forget(connection, changed | gone)
        self.write_graves(connection, recorder.graves.values())
        for state, (text, rendered) in self._texts([recorder.pages[path] for path in sorted(changed)], ready):
            audience_before = before[state.path].audience if state.path in before else PUBLIC
            self.write_page(connection, state, text, rendered, audience_before)
        self.write_files(connection, recorder.files.values())
        now_named, now_targeted = self._keys(connection, changed)
        linking.refresh(connection, changed, named ^ now_named, targeted ^ now_targeted)
        said = {path: (_own_word(living, path), _own_word(before, path)) for path in changed | gone}
        moved, narrowed = audience.refresh(connection, said)
        changed_forms = record_writing.asking_otherwise(connection, forms)
        record_writing.derive(connection, touched, changed_forms)
        followed |= record_writing.forms_of(connection, touched | moved) | changed_forms.keys()
        record_writing.stamp(connection, followed)
        enqueue(connection, touched | moved | {state.page for state in recorder.files.values()})
        enqueue(connection, gone | narrowed, is_narrowed=True)

    def _reword(
        self,
        connection: Connection,
        state: PageState,
        row: Row[Any] | None,
        ready: tuple[str, Rendered] | None,
    ) -> bool:
        """Rewrite the row of a page of which only words have changed: the usual save, in a third of the statements.

        False where its names, links, keywords, readers or place have changed too, or the caller has no text of it.
        """
        if row is None or ready is None or row.lineage != state.lineage:
            return False
        described = describe(state.path, *ready, self._language())
        if (row.own_audience, row.tags) != (described.page["own_audience"], described.page["tags"]):
            return False
        if not linking.has_same(connection, state.path, described.names, described.links):
            return False
        history = {"blob": state.blob, "revision": state.revision, "author": state.author, "edited_at": state.edited_at}
        connection.execute(_REWRITE_PAGE, {"at": state.path, **described.page, **history})
        connection.execute(_REWRITE_BODY, {"at": state.path, **described.body})
        if row.form or described.page["form"]:
            record_writing.forget(connection, [state.lineage])
            record_writing.write(connection, state.lineage, described)
        return True

    @staticmethod
    def _keys(connection: Connection, paths: Iterable[str]) -> tuple[set[str], set[str]]:
        return linking.names_of(connection, paths), linking.targets_of(connection, paths)

    def _texts(
        self, states: Sequence[PageState], ready: Mapping[str, tuple[str, Rendered]]
    ) -> Iterator[tuple[PageState, tuple[str, Rendered]]]:
        """Give pages with text and rendering; of many, two are rendered at a time, and not all are kept in memory."""
        if len(states) <= FEW:
            yield from ((state, ready.get(state.path) or self.read(state)) for state in states)
            return
        with ThreadPoolExecutor(max_workers=2) as pool:
            for start in range(0, len(states), BATCH):
                batch = states[start : start + BATCH]
                read = pool.map(lambda state: ready.get(state.path) or self.read(state), batch)
                yield from zip(batch, read, strict=True)

    def read(self, state: PageState) -> tuple[str, Rendered]:
        """Read and render a page that is known by its blob only."""
        text = self._store.read_blob(state.blob).decode("utf-8", "replace")
        return text, self._render(state.path, text)

    def write_page(
        self, connection: Connection, state: PageState, text: str, rendered: Rendered, audience_before: str
    ) -> None:
        """Write the rows of one page whose old rows are gone."""
        described = describe(state.path, text, rendered, self._language())
        born = select(func.min(revisions.c.at)).where(revisions.c.lineage == state.lineage)
        history = {
            "lineage": state.lineage,
            "blob": state.blob,
            "revision": state.revision,
            "author": state.author,
            "edited_at": state.edited_at,
            "created_at": connection.execute(born).scalar() or state.edited_at,
            "audience": audience_before,  # audience.refresh puts it right and sees by this whether it was narrowed
            "is_linked": 0,
        }
        connection.execute(insert(pages), {**described.page, **history})
        connection.execute(insert(bodies), described.body)
        linking.write_names(connection, state.path, described.names)
        if described.links:
            connection.execute(insert(links), [{**link, "is_wanted": 0} for link in described.links])
        record_writing.write(connection, state.lineage, described)
        if described.tags:
            connection.execute(insert(tags), [{"path": state.path, "tag": tag} for tag in described.tags])

    def write_graves(self, connection: Connection, states: Iterable[GraveState]) -> None:
        """Write the rows of deleted pages: who could read them may know of them and bring them back."""
        for state in states:
            text = self._store.read_blob(state.blob).decode("utf-8", "replace")
            page = describe(state.path, text, self._render(state.path, text), self._language()).page
            known = {"title": page["title"], "own_audience": page["own_audience"]}
            before = self._store.parent(state.deleted_in)
            known["audience_then"] = audience.in_commit(self._store, before, state.path) if before else CLOSED
            connection.execute(insert(graves), asdict(state) | known | {"audience": CLOSED})  # until it is refreshed

    def write_files(self, connection: Connection, files: Iterable[FileState]) -> None:
        """Write the rows of attachments; one whose pointer cannot be read is left out."""
        for state in files:
            place = (attachments.c.page == state.page, attachments.c.name == state.name)
            connection.execute(delete(attachments).where(*place))
            pointer = Pointer.parse(self._store.read_blob(state.blob)) if state.blob else None
            if pointer is None:
                continue
            row = {"page": state.page, "name": state.name, "oid": pointer.oid, "size": pointer.size}
            connection.execute(insert(attachments), {**row, "author": state.author, "at": state.at})


def forget(connection: Connection, paths: Iterable[str]) -> None:
    """Remove everything that is derived from the text of these pages."""
    linking.forget(connection, paths)
    record_writing.forget_paths(connection, paths)
    for chunk in linking.chunks(paths):
        for table in (pages, bodies, tags, graves):
            connection.execute(delete(table).where(table.c.path.in_(chunk)))


def _paths(commit: Commit) -> Iterable[str]:
    """Name the pages that a commit touches, also through their attachments."""
    for change in commit.files:
        for file in (change.file, change.old_file):
            if file is None:
                continue
            path, place = path_of(file), attachment_of(file)
            if path is not None:
                yield path
            elif place is not None:
                yield place[0]


def _rows(connection: Connection, table: Table, paths: Iterable[str]) -> list[Row[Any]]:
    return [
        row
        for chunk in linking.chunks(paths)
        for row in connection.execute(select(table).where(table.c.path.in_(chunk)))
    ]


def _by_path(rows: Iterable[Row[Any]]) -> dict[str, Row[Any]]:
    return {row.path: row for row in rows}


def state_of(row: Row[Any]) -> PageState:
    """Give what the recorder knows of a page from its row of `pages`."""
    return PageState(row.path, row.lineage, row.blob, row.revision, row.author, row.edited_at)


def _own_word(rows: Mapping[str, Row[Any]], path: str) -> str | None:
    return rows[path].own_audience if path in rows else None
