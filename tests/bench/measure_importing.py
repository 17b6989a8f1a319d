"""Records in and out: a table of 10,000 rows as one commit, the same again, and every kind of file they go out as."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordQuery
from app.cli.init import create
from app.database.settings import Settings
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS, signed_in
from app.records.exchange import taking_in
from app.records.exchange.csv_in import read_csv
from app.records.exchange.export import KINDS, export
from app.shipped.content import Content
from app.station import Station
from app.wiki.page import path_of_form
from app.wiki.store import Change
from tests.bench.instances import commits_of, open_instance
from tests.bench.measure_records import MANY
from tests.bench.record_corpus import FORM, form_text
from tests.bench.run import Run
from tests.bench.table import Row, at_most

OPERATOR = signed_in("", SYSTEM, is_admin=True)
TODAY = date(2026, 1, 1)
IMPORT_SECONDS = 60
BASE = "https://example.org"
T = TypeVar("T")


def measure_importing(run: Run) -> Iterator[Row]:
    """Take out the records of a site and take them in at an empty one; the control only writes the files to git."""
    count = 10_000 if run.largest >= MANY else run.largest
    with open_instance(run.instances.copy_records(count, "exported")) as full:
        outs = [(kind, *_seconds(lambda kind=kind: _out(full, kind))) for kind in KINDS]  # type: ignore[misc]
    table = next(content for kind, _, content in outs if kind == "csv")
    empty = run.instances.work / "importing"
    create(empty, Settings(title="Annuaire vide", language="fr"), Content({}, {}))
    with open_instance(empty) as station:
        station.door.save(OPERATOR, Edit(path_of_form(FORM), form_text(), None, SYSTEM))
        before = commits_of(empty)
        seconds, took = _seconds(lambda: _in(station, table))
        control = _control(empty.with_name("importing-control"), station)
        commits = commits_of(empty) - before
        yield Row("import of a table, as one commit", count, seconds, "s", at_most(IMPORT_SECONDS), control,
                  seconds / control, f"{commits} commit, {took} records; git alone beside it")  # fmt: skip
        seconds, took = _seconds(lambda: _in(station, table))
        commits = commits_of(empty) - before - commits
        yield Row("  the same again", count, seconds, "s", note=f"{commits} commits, {took} changed")
    for kind, seconds, content in outs:
        yield Row(f"export as {kind}", count, seconds, "s", note=f"{len(content) / 1e6:.1f} MB")


def _out(station: Station, kind: str) -> bytes:
    return export(station, ANONYMOUS, RecordQuery(FORM), kind, "fr", BASE)


def _in(station: Station, table: bytes) -> int:
    """Import a table; gives how many pages were written."""
    form = station.door.form(OPERATOR, FORM)
    prepared = taking_in.prepare(station, OPERATOR, form, read_csv(table), TODAY)
    taking_in.carry_out(station, OPERATOR, prepared, SYSTEM, "")
    return len(prepared.edits)


def _control(folder: Path, station: Station) -> float:
    """Time the writing of the same files to an empty repository, and nothing else."""
    rows, _ = station.door.records(OPERATOR, RecordQuery(FORM, limit=100_000))
    changes = [Change(f"{row.path}.md", station.door.text(OPERATOR, row.path)[1].encode()) for row in rows]
    create(folder, Settings(title="Vide", language="fr"), Content({}, {}))
    with open_instance(folder) as other, other.wiki.store.writing() as writer:
        return _seconds(lambda: writer.commit(changes, author=SYSTEM, summary=""))[0]


def _seconds(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found
