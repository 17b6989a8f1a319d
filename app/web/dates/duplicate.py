"""A record once more, as a new one: its form, filled with the answers of another; dates are a week later."""

from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from app.calendar import rules, stored
from app.calendar.schedule import Schedule
from app.catalog.record_rows import RecordRow
from app.errors import Invalid
from app.forms.filling import defaults
from app.forms.form import Form, Values
from app.forms.types.schedules import find_schedule
from app.records import readers
from app.web.kit import door, station, typed_path, viewer
from app.web.records import new, sending, sheet
from app.web.records.edit import private_of, state_of
from app.web.records.typed import OF_FILES
from app.wiki.yaml_text import Value

blueprint = Blueprint("record_duplicate", __name__)

_WEEK = timedelta(days=7)
_ENDED = "cancelled"  # the answer by which a form says that something does not take place; `reason` says why


@blueprint.get("/-/duplicate/<path:path>")
def fill(path: str) -> Response:
    """Show the form of a new record with what another one says; files do not come along."""
    row = door().record(viewer(), typed_path(path))
    form = door().form(viewer(), row.form)
    sending.check_may_submit(form)
    page, text = door().text(viewer(), row.path)
    state = state_of(form, text, page.revision)
    answers = {**defaults(form), **_answers(form, row, state.values)}
    return sheet.first_time(replace(new.sheet_of(form), is_fresh=False, answers=answers, body=state.body))


def _answers(form: Form, row: RecordRow, values: Values) -> dict[str, Value]:
    """Give the answers that the new record begins with."""
    known = readers.with_exact(form, values, private_of(form, row))
    gone = {one.name for one in form.fields if one.type in OF_FILES}
    gone |= {"status", "reason"} if known.get("status") == _ENDED else set()
    answers = {name: value for name, value in known.items() if name not in gone}
    for one in form.of_type("schedule"):
        schedule = find_schedule(answers.get(one.name, ""), station().config.timezone)
        if schedule is not None:
            answers[one.name] = stored.write(a_week_later(schedule, station().today()))
    return answers


def a_week_later(schedule: Schedule, today: date) -> Schedule:
    """Give the same dates some weeks later: the next week that has not begun yet, nothing left out or otherwise."""
    late = max((today - schedule.start.date()).days, 0) // 7 * _WEEK + _WEEK
    if date.max - schedule.end.date() < late:
        return replace(schedule, changes={})  # it lasts to the end of all calendars
    moved = replace(
        schedule, start=schedule.start + late, end=schedule.end + late, extra=(), skipped=(), changes={}, rule=""
    )
    try:
        return stored.checked(replace(moved, rule=_later_rule(schedule, late)))
    except Invalid:  # as a rule that ends with the year 2100
        return moved


def _later_rule(schedule: Schedule, late: timedelta) -> str:
    if not schedule.rule:
        return ""
    rule = rules.read(schedule.rule, schedule.start, schedule.timezone)
    return rules.write(replace(rule, until=rule.until + late if rule.until else None))
