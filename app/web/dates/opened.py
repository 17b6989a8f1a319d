"""A record whose dates somebody changes: how it is found, who may, how it is saved and taken back."""

from dataclasses import dataclass
from datetime import date, datetime, time

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.calendar import stored
from app.calendar.schedule import Schedule
from app.calendar.sentences import say_date
from app.catalog.editing import Edit
from app.catalog.record_rows import RecordRow
from app.errors import N_, Conflict, NotFound, Refused
from app.forms.form import Field, Form
from app.forms.types.schedules import find_schedule
from app.web.addresses import address, url
from app.web.kit import author, door, notice, station, typed_path, viewer
from app.web.language import spoken
from app.web.records.edit import State, may_publish, state_of
from app.wiki import frontmatter

NO_DATES = N_("Nothing is said here of when it takes place.")
NO_DATE = N_("There is no such date. Choose another one on its page.")
ASK = N_("Those who change this page at once change its dates. Ask one of them.")
CHANGED_SINCE = N_("It has been changed since. Look at the page, then change it by hand.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with dates, as it stands now."""

    form: Form
    row: RecordRow
    field: Field
    schedule: Schedule
    state: State

    @property
    def path(self) -> str:
        """Where its page stands."""
        return self.row.path

    def text_with(self, schedule: Schedule) -> str:
        """Give the text of its page with other dates."""
        value = stored.write(stored.checked(schedule))
        return frontmatter.rewrite(self.state.text, {self.field.name: value})


def open_dates(path: str) -> Opened:
    """Find a record with dates that the viewer may change; raises NotFound, Refused."""
    row = door().record(viewer(), typed_path(path))
    form = door().find_form(viewer(), row.form)
    field = next(iter(form.of_type("schedule")), None) if form else None
    if form is None or field is None:
        raise NotFound(NO_DATES)
    if not may_publish(form, row):
        raise Refused(ASK)
    page, text = door().text(viewer(), row.path)
    state = state_of(form, text, page.revision)
    schedule = find_schedule(state.values.get(field.name, ""), station().config.timezone)
    if schedule is None:
        raise NotFound(NO_DATES)
    return Opened(form, row, field, schedule, state)


def typed_day() -> date:
    """Read by which day the address names a date; raises NotFound."""
    day = stored.read_day(request.args.get("day", ""))
    if day is None:
        raise NotFound(NO_DATE)
    return day


def day_in_words(day: date) -> str:
    """Say the day by which a date is known."""
    midnight = datetime.combine(day, time())
    return say_date(midnight, midnight, True, spoken())


def keep(opened: Opened, schedule: Schedule, sentence: str) -> Response:
    """Save other dates, say so, and offer to undo it; goes to the page of the record. Raises EditConflict, Invalid."""
    edit = Edit(opened.path, opened.text_with(schedule), opened.state.revision, author(is_needed=False), sentence)
    outcome = door().save(viewer(), edit)
    back = url("record_dates.undo", path=outcome.path, before=opened.state.revision, after=outcome.revision)
    notice("done", sentence, (gettext("Undo"), back) if outcome.is_changed else None)
    return redirect(address(outcome.path), 303)


def as_before(opened: Opened) -> Schedule:
    """Give the dates as they were at the revision that an undo names; raises Conflict where they changed since."""
    if opened.state.revision != request.args.get("after", ""):
        raise Conflict(CHANGED_SINCE)
    old = door().revision(viewer(), opened.path, request.args.get("before", ""))[2]
    value = state_of(opened.form, old, "").values.get(opened.field.name, "")
    found = find_schedule(value, station().config.timezone)
    if found is None:
        raise NotFound(NO_DATES)
    return found
