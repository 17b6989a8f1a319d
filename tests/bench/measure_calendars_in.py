"""A calendar of 10,000 events taken in as one commit, and the same again; the control only parses the file."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import icalendar

from app.calendar.ics_writing import calendar
from app.catalog.editing import Edit
from app.catalog.occurrence_rows import OccurrenceQuery
from app.cli.init import create
from app.database.settings import Settings
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS, signed_in
from app.records.exchange import events_in, taking_in
from app.shipped.content import Content
from app.station import Station
from app.wiki.page import path_of_form
from tests.bench.event_corpus import FORM, form_text
from tests.bench.instances import commits_of, open_instance
from tests.bench.measure_agenda import MANY
from tests.bench.run import Run
from tests.bench.table import Row, at_most

OPERATOR = signed_in("", SYSTEM, is_admin=True)
IMPORT_SECONDS = 90
T = TypeVar("T")


def measure_calendars_in(run: Run) -> Iterator[Row]:
    """Take out the calendar of a site and take it in at an empty one."""
    count = 10_000 if run.largest >= MANY else run.largest
    with open_instance(run.instances.copy_events(count, "calendar-out")) as full:
        texts = full.door.calendar_texts(ANONYMOUS, OccurrenceQuery(date.min))
        zones = {zone for one in texts for zone in one.zones}
        data = calendar((one.ics for one in texts), zones, base="https://example.org/", name="Agenda")
    parsing, _ = _seconds(lambda: icalendar.Calendar.from_ical(data))
    empty = run.instances.work / "calendar-in"
    create(empty, Settings(title="Agenda vide", language="fr"), Content({}, {}))
    with open_instance(empty) as station:
        station.door.save(OPERATOR, Edit(path_of_form(FORM), form_text(), None, SYSTEM))
        before = commits_of(empty)
        seconds, took = _seconds(lambda: _in(station, data))
        commits = commits_of(empty) - before
        yield Row("import of a calendar, as one commit", len(texts), seconds, "s", at_most(IMPORT_SECONDS), parsing,
                  seconds / parsing, f"{commits} commit, {took} events; icalendar's parser alone beside it")  # fmt: skip
        seconds, took = _seconds(lambda: _in(station, data))
        commits = commits_of(empty) - before - commits
        yield Row("  the same again", len(texts), seconds, "s", note=f"{commits} commits, {took} changed")


def _in(station: Station, data: bytes) -> int:
    """Import a calendar; gives how many pages were written."""
    form = station.door.form(OPERATOR, FORM)
    prepared = events_in.prepare(station, OPERATOR, form, events_in.read_file(station, data), station.today())
    taking_in.carry_out(station, OPERATOR, prepared, SYSTEM, "")
    return len(prepared.edits)


def _seconds(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done
