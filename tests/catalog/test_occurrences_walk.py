"""Dates that are kept are those that one would work out now: through random lives of events, their form and folders.

After each step the dates that the door gives are compared with what the texts in git say, expanded on the spot.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.calendar import expansion, stored
from app.catalog import deleting, horizon, moving, occurrence_writing, rebuild, rolling
from app.catalog.occurrence_rows import OccurrenceQuery
from app.errors import GareError, Invalid
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station
from app.wiki import frontmatter
from app.wiki.page import file_of
from app.wiki.store import Change
from tests.catalog.hands import IDRIS, NADIA, Hands

LIVES = int(os.environ.get("GARE_LIVES", "3"))
STEPS = int(os.environ.get("GARE_STEPS", "15"))
VIEWERS = (ANONYMOUS, signed_in("Bo", "m-bobobobo", is_admin=False))
FORM = (
    "title: Event\nfields:\n  - {name: title, type: text, label: Name}\n  - {name: when, type: schedule, label: When}\n"
)
FORMS = (FORM, FORM.replace("schedule", "text"), FORM.replace("label: When", "label: Dates"))
PATHS = ("e/a", "e/b", "e/c/d", "f/e")
DAY = timedelta(days=1)
paths = st.sampled_from(PATHS)
starts = st.dates(date(2023, 1, 1), date(2029, 12, 31))
rules = st.sampled_from(("", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;COUNT=4", "FREQ=DAILY;COUNT=40"))
lengths = st.sampled_from((0, 0, 1, 3, 40))


@st.composite
def schedules(draw: st.DrawFn) -> str:
    """Make what a head says of when something takes place, nonsense now and then."""
    start, rule = draw(starts), draw(rules)
    parts = [f"start: {start}", f"end: {start + draw(lengths) * DAY}"]
    if rule:
        day = start + draw(st.integers(0, 60)) * DAY
        changes = draw(st.sampled_from(("{cancelled: yes}", f"{{start: {day}}}", "{title: Other}")))
        parts += [f"rule: {rule}", f"except: [{draw(starts)}, public]", f"changes: {{{day}: {changes}}}"]
    return draw(st.sampled_from((f"{{{', '.join(parts)}}}",) * 9 + ("nonsense",)))


class Life(RuleBasedStateMachine):
    """One wiki with a form of events."""

    new_station: Callable[[Path], Station]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gare-dates-"))
        self.station = type(self).new_station(self.folder / "instance")
        self.wiki, self.door = self.station.wiki, self.station.door
        self.hands = Hands(self.wiki)
        self.hands.write("_forms/event", FORM)

    def teardown(self) -> None:
        if hasattr(self, "station"):
            with self.wiki.catalog.changing() as connection:
                occurrence_writing.settle(connection, horizon.now("Europe/Paris"))
            before = self.hands.tables()
            rebuild.rebuild(self.wiki)
            assert self.hands.tables() == before
            self.station.close()
            shutil.rmtree(self.folder)

    def attempt(self, action: Callable[[], object]) -> None:
        with contextlib.suppress(GareError):
            action()

    @rule(path=paths, when=schedules(), line=st.sampled_from(("", "audience: members\n", "state: archived\n")))
    def write(self, path: str, when: str, line: str) -> None:
        self.attempt(lambda: self.hands.write(path, f"---\nform: event\ntitle: {path}\nwhen: {when}\n{line}---\n"))

    @rule(path=paths, when=schedules(), form=st.sampled_from(FORMS))
    def push(self, path: str, when: str, form: str) -> None:
        page = Change(file_of(path), f"---\nform: event\ntitle: {path}\nwhen: {when}\n---\n".encode())
        self.hands.push(page, Change(file_of("_forms/event"), form.encode()))
        self.wiki.catch_up()

    @rule(path=paths)
    def delete(self, path: str) -> None:
        self.attempt(lambda: deleting.delete(self.wiki, path, NADIA))

    @rule(path=paths)
    def undelete(self, path: str) -> None:
        self.attempt(lambda: deleting.undelete(self.wiki, path, IDRIS))

    @rule(path=paths, to=st.sampled_from((*PATHS, "g/h")))
    def rename(self, path: str, to: str) -> None:
        self.attempt(lambda: moving.rename(self.wiki, moving.Rename(path, to, NADIA)))

    @rule(days=st.integers(-400, 400))
    def roll(self, days: int) -> None:
        rolling.roll(self.wiki, self.station.today() + days * DAY)

    @rule(until=st.dates(date(2022, 1, 1), date(2031, 1, 1)))
    def widen(self, until: date) -> None:
        self.door.widen(until)

    @invariant()
    def knows_the_dates(self) -> None:
        if not hasattr(self, "station"):
            return
        reach = self.door.horizon()
        for viewer in VIEWERS:
            found, total = self.door.occurrences(viewer, OccurrenceQuery(reach.first, reach.last))
            told = [(row.path, row.original, row.start, row.end, row.status, row.title) for row in found]
            assert sorted(told) == sorted(self.worked_out(viewer, reach)), viewer.name
            assert total == len(told)

    def worked_out(self, viewer: Viewer, reach: horizon.Horizon) -> Iterator[tuple[Any, ...]]:
        form = self.door.form(viewer, "event")
        for path in self.hands.pages_in_git() if form.of_type("schedule") else ():
            page, front = self.hands.find(path), frontmatter.parse(self.hands.text(path))
            if (
                front.text("form") != "event"
                or front.text("state")
                or page is None
                or page.audience not in viewer.audiences
            ):
                continue
            with contextlib.suppress(Invalid):
                schedule = stored.read(front.values["when"], "Europe/Paris")
                for one in expansion.expand(schedule, reach.first, reach.last):
                    status = "cancelled" if one.change.is_cancelled else "confirmed"
                    original = one.original.isoformat() if one.original else ""
                    yield path, original, one.start, one.end, status, one.change.title or page.title


def test_dates_that_are_kept_are_those_that_one_would_work_out_now(new_station: Callable[[Path], Station]) -> None:
    machine = type("Life", (Life,), {"new_station": staticmethod(new_station)})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES, phases=(Phase.generate,), stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), database=None, print_blob=False,
        ),
    )  # fmt: skip
