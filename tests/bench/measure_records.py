"""The directory at its far end: 10,000 records of 12 questions, 8 of them filters counted at every combination."""

import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.catalog import editing, sieve
from app.catalog.editing import Edit
from app.catalog.record_rows import RecordQuery
from app.catalog.records import Asked
from app.catalog.tables import pages, record_keys
from app.catalog.tables import records as record_table
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS
from app.station import Station
from app.wiki.page import path_of_form
from tests.bench.instances import open_instance
from tests.bench.record_corpus import FACETS, FORM, choices, form_text, plain_pages
from tests.bench.run import Run, Times, median, timed
from tests.bench.server import Server, serve, serve_control
from tests.bench.table import Row, at_most

MANY = 1000  # pages of the largest site; from here on there are as many records as the promises name
LIST, POINTS = f"/annuaire/{FORM}/", f"/annuaire/{FORM}/points.json"
LIST_MS, POINTS_MS, KB, WEIGHT_KB = 60, 80, 100, 60
PUBLIC = ("public",)


@dataclass(frozen=True, slots=True)
class Sites:
    """The site with its records, and the control beside it: pages from memory."""

    count: int
    site: Server
    control: Server

    def row(self, what: str, targets: Sequence[str], most: float | None, note: str = "") -> Row:
        """Time addresses of the site, each asked for once, and as many page views of the control."""
        plain = plain_pages() * (len(targets) // len(plain_pages()) + 1)
        control = median(timed(self.control, plain[: len(targets)]).each)
        return self.row_of(what, timed(self.site, targets), control, most, note)

    def row_of(self, what: str, found: Times, control: float, most: float | None, note: str = "") -> Row:
        """Write a row of what was timed."""
        own = median(found.each)
        target = at_most(most) if most else None
        return Row(what, self.count, own, "ms", target, control, own / control, note or found.note)


def measure_records(run: Run) -> Iterator[Row]:
    """Measure lists, filters, points and records; then what a change costs."""
    count = 10_000 if run.largest >= MANY else run.largest
    folder = run.instances.copy_records(count, "served")
    yield from _in_catalog(count, folder)
    site, control = serve(folder), serve_control(folder, ["/", *plain_pages()])
    try:
        sites = Sites(count, site, control)
        yield from _lists(sites, run.effort.samples)
        yield from _points(sites, run.effort.samples)
        yield from _records(sites, folder, run.effort.samples)
        yield from _changes(sites, folder)
    finally:
        site.stop()
        control.stop()


def _lists(sites: Sites, samples: int) -> Iterator[Row]:
    """Ask for lists, none of them twice: what is kept of an answer would be measured otherwise."""
    timed(sites.site, [f"{LIST}?page={number}" for number in range(900, 905)])
    targets = [f"{LIST}?page={number + 1}" for number in range(min(samples, 200))]
    yield sites.row("list of records with filters, p50", targets, LIST_MS)
    body = sites.site.reader.get(LIST).body
    yield Row("  its weight, gzip", sites.count, len(gzip.compress(body)) / 1000, "kB", at_most(WEIGHT_KB))
    each = []
    for ticked in range(1, len(FACETS) + 1):
        rows = [f"{LIST}?{query}" for query in _ticked(ticked, max(4, samples // 8))]
        each.append(median(timed(sites.site, rows).each))
    noted = ", ".join(f"{number}: {ms:.0f}" for number, ms in enumerate(each, 1))
    yield Row("each further filter, p50 of the slowest", sites.count, max(each), "ms", at_most(LIST_MS), note=noted)
    words = [f"{LIST}?q={word}&page={number}" for number in range(1, 5) for word in ("a", "ma", "por", "eau", "pa+le")]
    yield sites.row("  filtered by words, p50", words, LIST_MS)


def _ticked(count: int, samples: int) -> list[str]:
    chance = random.Random(count)
    found = []
    for _ in range(samples):
        pairs = [f"{name}={key}" for name in [*FACETS][:count] for key in chance.sample(choices(name), 2)]
        found.append("&".join(pairs))
    return found


def _points(sites: Sites, samples: int) -> Iterator[Row]:
    """Ask for the points of all records; in another order of ticks each time, so that no kept answer is given."""
    orders = list(permutations(choices("phase")))[: max(4, samples // 8)]
    targets = [f"{POINTS}?{'&'.join(f'phase={key}' for key in order)}" for order in orders]
    timed(sites.site, targets[:2])
    yield sites.row("points of all records, p50", targets[2:], POINTS_MS)
    answer = sites.site.reader.get(POINTS)
    note = f"{len(answer.body) / 1000:.0f} kB as they are"
    yield Row("  their weight, gzip", sites.count, len(gzip.compress(answer.body)) / 1000, "kB", at_most(KB), note=note)
    again = [sites.site.reader.get(POINTS, {"If-None-Match": answer.headers["etag"]}) for _ in range(20)]
    if {one.status for one in again} != {304}:
        raise RuntimeError("unchanged points are not answered with 304")
    yield Row("  answered 304, p50", sites.count, median(1000 * one.seconds for one in again), "ms")


def _records(sites: Sites, folder: Path, samples: int) -> Iterator[Row]:
    """Show records, and ordinary pages of the same site for comparison."""
    with open_instance(folder) as station:
        rows, _ = station.door.records(ANONYMOUS, RecordQuery(FORM, order="edited", limit=min(samples, 150)))
    shown = [f"/{row.path}" for row in rows]
    plain = plain_pages()[: len(shown)]
    timed(sites.site, [*shown[:3], *plain[:3]])
    page = timed(sites.site, plain)
    note = f"an ordinary page of the site; processor {page.worked:.1f} ms"
    yield sites.row_of("record page, p50", timed(sites.site, shown), median(page.each), None, note)


def _changes(sites: Sites, folder: Path) -> Iterator[Row]:
    """Ask for a list right after a record has changed, and after the form has: what was kept is worthless."""
    with open_instance(folder) as station:
        row = station.door.records(ANONYMOUS, RecordQuery(FORM, limit=1))[0][0]
        found = []
        for number in range(3):
            _, text = station.door.text(ANONYMOUS, row.path)
            revision = station.door.find(ANONYMOUS, row.path).revision
            editing.save(station.wiki, Edit(row.path, f"{text}\nEncore {number}.\n", revision, SYSTEM))
            found.append(1000 * sites.site.reader.get(LIST).seconds)
        yield Row("list, the first after a record changed", sites.count, median(found), "ms")
        yield Row(
            "a question that all answer changes: records anew", sites.count, _change_form(station), "s", at_most(10)
        )


def _change_form(station: Station) -> float:
    page = station.door.find(ANONYMOUS, path_of_form(FORM))
    text = form_text().replace("label: Phase", "label: Étape")
    start = time.perf_counter()
    editing.save(station.wiki, Edit(page.path, text, page.revision, SYSTEM))
    return time.perf_counter() - start


def _in_catalog(count: int, folder: Path) -> Iterator[Row]:
    """Count all filters of a list in the catalog; the control counts them by SQL alone."""
    query = RecordQuery(FORM, {"phase": tuple(choices("phase")[:3])})
    with open_instance(folder) as station, station.wiki.catalog.reading() as connection:
        start = time.perf_counter()
        kept = sieve.load(connection, FORM, PUBLIC)
        for name in FACETS:
            kept.by_key(connection, name)
        loaded = 1000 * (time.perf_counter() - start)
        own, plain = [], []
        for _ in range(9):
            start = time.perf_counter()
            asked = Asked(connection, kept, query)
            counted = {name: {key: n for key, n in asked.count(name) if n} for name in FACETS}
            own.append(1000 * (time.perf_counter() - start))
            start = time.perf_counter()
            by_sql = _count_by_sql(connection, query)
            plain.append(1000 * (time.perf_counter() - start))
    if json.dumps(counted, sort_keys=True) != json.dumps(by_sql, sort_keys=True):
        raise RuntimeError("the filters are counted wrongly")
    ours, theirs = median(own), median(plain)
    note = f"control: SQL alone; {loaded:.0f} ms once after each change of a record"
    yield Row("counts of 8 filters, in the catalog", count, ours, "ms", None, theirs, ours / theirs, note)


def _count_by_sql(connection: Connection, query: RecordQuery) -> dict[str, dict[str, int]]:
    found = {}
    for name in FACETS:
        others = replace(query, where={field: keys for field, keys in query.where.items() if field != name})
        met = (
            select(record_table.c.lineage)
            .join(pages, pages.c.path == record_table.c.path)
            .where(record_table.c.form == FORM, pages.c.audience.in_(PUBLIC), record_table.c.state.in_(query.states))
        )
        for field, keys in others.where.items():
            having = select(record_keys.c.lineage).where(
                record_keys.c.form == FORM, record_keys.c.field == field, record_keys.c.key.in_(keys)
            )
            met = met.where(record_table.c.lineage.in_(having))
        counts = (
            select(record_keys.c.key, func.count())
            .where(record_keys.c.form == FORM, record_keys.c.field == name, record_keys.c.lineage.in_(met))
            .group_by(record_keys.c.key)
        )
        found[name] = {row.key: row[1] for row in connection.execute(counts)}
    return found
