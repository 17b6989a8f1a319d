"""Calendars out: the feed of everything, and what a program of another author needs to read it and find one month."""

import gzip
import time
from collections.abc import Iterator
from datetime import timedelta

import icalendar
import recurring_ical_events

from tests.bench.client import Answer
from tests.bench.instances import this_month
from tests.bench.run import Run, median
from tests.bench.server import Server, serve
from tests.bench.table import Row, at_most

MANY = 1000  # pages of the largest site; from here on there are as many events as the promises name
FEED = "/agenda.ics"
FIRST_MS, KEPT_MS, UNCHANGED_MS = 150, 40, 10
PACKED = {"Accept-Encoding": "gzip"}
ROUNDS = 15


def measure_feeds(run: Run) -> Iterator[Row]:
    """Measure the feed of everything: made, from memory, unchanged; beside it the work of its readers."""
    count = 10_000 if run.largest >= MANY else run.largest
    site = serve(run.instances.copy_events(count, "feeds"))
    try:
        body = gzip.decompress(_asked(site, FEED)[0].body)  # the first answer of all warms the templates
        parsed, month = _control(body)
        before = site.processor_time()
        first = [_asked(site, f"{FEED}?n={number}")[0] for number in range(ROUNDS)]
        note = f"processor {1000 * (site.processor_time() - before) / ROUNDS:.0f} ms; {_weight(first[0])}"
        yield _row(count, "agenda.ics of everything, first", first, FIRST_MS, parsed + month, note)
        kept = _asked(site, *[FEED] * ROUNDS * 2)
        yield _row(count, "  from memory", kept, KEPT_MS, parsed + month)
        known = {"If-None-Match": kept[0].headers["etag"]}
        unchanged = [site.reader.get(FEED, PACKED | known) for _ in range(ROUNDS * 4)]
        if {one.status for one in unchanged} != {304}:
            raise RuntimeError("the feed is not told to be unchanged")
        yield _row(count, "  not changed (304)", unchanged, UNCHANGED_MS, parsed + month)
        yield Row("  control: icalendar parses it", count, parsed, "ms")
        yield Row("  control: recurring-ical-events finds a month in it", count, month, "ms")
    finally:
        site.stop()


def _asked(site: Server, *targets: str) -> list[Answer]:
    answers = [site.reader.get(target, PACKED) for target in targets]
    if {one.status for one in answers} != {200}:
        raise RuntimeError(f"{targets[0]} is answered with {answers[0].status}")
    return answers


def _control(body: bytes) -> tuple[float, float]:
    """Time what one month costs a program that has the file: milliseconds to parse it, to find the dates."""
    first = this_month()
    start = time.perf_counter()
    calendar = icalendar.Calendar.from_ical(body)
    parsed = time.perf_counter()
    recurring_ical_events.of(calendar).between(first, first + timedelta(days=31))
    return (parsed - start) * 1000, (time.perf_counter() - parsed) * 1000


def _row(count: int, what: str, answers: list[Answer], most: float, control: float, note: str = "") -> Row:
    own = median([one.seconds * 1000 for one in answers])
    return Row(f"{what}, p50", count, own, "ms", at_most(most), control, own / control, note)


def _weight(answer: Answer) -> str:
    return f"{len(gzip.decompress(answer.body)) / 1e6:.1f} MB, {len(answer.body) / 1000:.0f} kB packed"
