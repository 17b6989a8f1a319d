"""The agenda at its far end: 10,000 events, one in eight of them a series, 2,500 dates in the month that is shown."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from app.catalog import rolling
from app.catalog.editing import Edit, save
from app.catalog.occurrence_rows import OccurrenceQuery
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS
from app.station import Station
from tests.bench.event_corpus import series_of
from tests.bench.instances import open_instance, this_month
from tests.bench.run import Run, median, timed
from tests.bench.server import serve, serve_control
from tests.bench.table import Row, at_most

MANY = 1000  # pages of the largest site; from here on there are as many events as the promises name
MONTH_MS, LIST_MS, QUERY_MS, SAVE_MS, WIDEN_SECONDS = 60, 60, 20, 100, 2
DATES = 500  # of the series that is saved
ROUNDS = 9


def measure_agenda(run: Run) -> Iterator[Row]:
    """Measure the views as they are asked for the first time, then the catalog behind them."""
    count = 10_000 if run.largest >= MANY else run.largest
    folder = run.instances.copy_events(count, "agenda")
    yield from _views(count, folder, run.effort.samples)
    with open_instance(folder) as station:
        yield from _in_catalog(count, station)
        yield _saving(count, station)
        yield from _horizon(count, station)


def _views(count: int, folder: Path, samples: int) -> Iterator[Row]:
    """Ask for views, no address twice: what is kept of an answer is not measured. The control shows one page."""
    site, control = serve(folder), serve_control(folder, ["/"])
    month = f"/agenda/?view=month&month={this_month():%Y-%m}"
    try:
        for what, address, most in (("month", month, MONTH_MS), ("list", "/agenda/?view=list", LIST_MS)):
            targets = [f"{address}&n={number}" for number in range(max(10, samples // 5))]
            timed(site, [f"{address}&n={letter}" for letter in "abcd"])  # in both processes
            plain, found = median(timed(control, ["/"] * len(targets)).each), timed(site, targets)
            own = median(found.each)
            yield Row(f"agenda as {what}, p50", count, own, "ms", at_most(most), plain, own / plain, found.note)
    finally:
        site.stop()
        control.stop()


def _in_catalog(count: int, station: Station) -> Iterator[Row]:
    """Find the dates of the month for somebody who has no account."""
    first = this_month()
    query = OccurrenceQuery(first, first + timedelta(days=30))
    number = station.door.occurrences(ANONYMOUS, query)[1]
    note = f"{number} dates, processor"
    yield Row("dates of a month, in the catalog", count, _middle(lambda: station.door.occurrences(ANONYMOUS, query)),
              "ms", at_most(QUERY_MS), note=note)  # fmt: skip
    counts = _middle(lambda: station.door.occurrence_counts(ANONYMOUS, query))
    yield Row("  counted by all filters", count, counts, "ms")


def _saving(count: int, station: Station) -> Row:
    """Save a series, the hour of all its dates another each time; the control saves a page without any."""
    start, took, plain = datetime.combine(this_month(), datetime.min.time()), list[float](), list[float]()
    for minute in range(ROUNDS):
        text = series_of(DATES, start + timedelta(hours=8, minutes=minute))
        took.append(_saved(station, "agenda/tous-les-jours", text))
        plain.append(_saved(station, "tous-les-jours", f"---\ntitle: Tous les jours\n---\n\nVenez à {minute}.\n"))
    own, other = median(took[1:]), median(plain[1:])
    return Row(f"saving a series of {DATES} dates", count, own, "ms", at_most(SAVE_MS), other, own / other,
               "control: a page without dates")  # fmt: skip


def _saved(station: Station, path: str, text: str) -> float:
    """Save a page; gives milliseconds."""
    start = time.perf_counter()
    row = station.door.locate(ANONYMOUS, path)
    base = station.door.find(ANONYMOUS, path).revision if row.kind == "page" else None
    save(station.wiki, Edit(path, text, base, SYSTEM))
    return 1000 * (time.perf_counter() - start)


def _horizon(count: int, station: Station) -> Iterator[Row]:
    """Work out one more year, then the dates of another month."""
    further = date(station.door.horizon().last.year + 1, 1, 1)
    start = time.perf_counter()
    station.door.widen(further)
    yield Row("a year more of all series", count, time.perf_counter() - start, "s", at_most(WIDEN_SECONDS))
    start = time.perf_counter()
    rolling.roll(station.wiki, station.today() + timedelta(days=40))
    yield Row("series anew for another month", count, time.perf_counter() - start, "s", note="once a month, at night")


def _middle(work: Callable[[], object]) -> float:
    """Give the processor time of some work, in milliseconds: what others do on the machine does not count."""
    each = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        each.append(1000 * (time.process_time() - start))
    return median(each)
