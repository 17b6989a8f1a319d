"""One date of a series: changed, cancelled, left out, brought back. It is known by its day: `/-/date/<path>?day=`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.calendar import series, stored
from app.calendar.expansion import find_date
from app.calendar.schedule import Change, Occurrence, Schedule
from app.calendar.sentences import say_date
from app.errors import N_, Invalid, NotFound
from app.forms import signup
from app.forms.types import TYPES
from app.forms.types.schedule_typing import YES
from app.web.addresses import address, url
from app.web.dates.opened import NO_DATE, Opened, as_before, day_in_words, keep, open_dates, typed_day
from app.web.kit import UNFIT, UNKNOWN_BUTTON, render, say, station, uncached
from app.web.language import spoken

blueprint = Blueprint("record_dates", __name__)

MOST_LETTERS = 200
_HOURS = ("start", "from", "to", "end")
_TEXTS = ("title", "place", "note")


@dataclass(frozen=True, slots=True)
class _Date:
    """One date that is looked at; `found` is None of one that is left out, `planned` is it without its change."""

    opened: Opened
    day: date
    found: Occurrence | None
    planned: Occurrence | None

    @property
    def schedule(self) -> Schedule:
        """Give the dates of the record."""
        return self.opened.schedule


@blueprint.get("/-/date/<path:path>")
def show(path: str) -> Response:
    """Show one date and what can be done with it; of what takes place once, its form."""
    opened = open_dates(path)
    if not opened.schedule.is_series:
        return redirect(url("record_edit.edit", path=opened.path), 303)
    one = _find(opened)
    return _show(one, _typed_first(one), {})


@blueprint.post("/-/date/<path:path>")
def act(path: str) -> Response:
    """Do what a button says."""
    one = _find(open_dates(path))
    deed = _DEEDS.get(request.form.get("action", ""))
    if deed is None:
        raise Invalid(UNKNOWN_BUTTON)
    try:
        schedule, sentence = deed(one)
        return keep(one.opened, schedule, gettext(sentence, day=day_in_words(one.day)))
    except Invalid as error:
        part = str(error.values.get("part", "date"))
        return _show(one, _typed(), {part if part in _HOURS else "date": say(error)}, 400)


@blueprint.post("/-/dates/undo/<path:path>")
def undo(path: str) -> Response:
    """Bring the dates back as they were before one of them was changed."""
    opened = open_dates(path)
    return keep(opened, as_before(opened), gettext("It is as before."))


def _find(opened: Opened) -> _Date:
    """Find the date that the address names, also one that is left out; raises NotFound."""
    day, schedule = typed_day(), opened.schedule
    found = find_date(schedule, day)
    if found is None and not series.is_left_out(schedule, day):
        raise NotFound(NO_DATE)
    return _Date(opened, day, found, find_date(replace(schedule, changes={}), day))


def _show(one: _Date, typed: Mapping[str, str], errors: Mapping[str, str], code: int = 200) -> Response:
    opened, found = one.opened, one.found
    change = found.change if found else Change()
    return uncached(render(
        "dates/show.html", code, record=opened.row, back=address(opened.path), day=day_in_words(one.day),
        words=_words(opened.schedule, found) if found else "", change=change, is_left_out=found is None,
        is_changed=change != Change(), is_all_day=opened.schedule.is_all_day, typed=typed, errors=errors,
        here_address=url("record_dates.show", path=opened.path, day=one.day.isoformat()),
        later_address=_later(one), all_address=url("record_edit.edit", path=opened.path),
        has_signup=signup.of_record(opened.form, opened.state.values) is not None,
    ))  # fmt: skip


def _later(one: _Date) -> str:
    """Give where this date and all later ones are changed; of the first date that is all of them."""
    try:
        series.split(one.schedule, one.day)
    except Invalid:
        return ""
    return url("record_later_dates.edit", path=one.opened.path, day=one.day.isoformat())


def _words(schedule: Schedule, one: Occurrence) -> str:
    return say_date(one.start, one.end, schedule.is_all_day, spoken())


def _typed_first(one: _Date) -> dict[str, str]:
    """Give what the form shows of a date before anybody typed."""
    if one.found is None:
        return {}
    schedule = replace(one.schedule, start=one.found.start, end=one.found.end, rule="", extra=(), changes={})
    hours = TYPES["schedule"].type_again(one.opened.field, stored.write(schedule))
    change = one.found.change
    texts = {"title": change.title, "place": change.place, "note": change.note, "reason": change.reason}
    return {name: "".join(hours.get(name, ())) for name in _HOURS} | texts


def _typed() -> dict[str, str]:
    return {name: _line(name) for name in (*_HOURS, *_TEXTS, "reason")}


def _line(name: str) -> str:
    return " ".join(UNFIT.sub("", request.form.get(name, "")).split())[:MOST_LETTERS]


def _change(one: _Date) -> tuple[Schedule, str]:
    """Read another day or hour, place, title and note of a date; what is as always is not kept."""
    if one.planned is None or one.found is None:
        raise Invalid(series.NOT_A_DATE)
    start, end = _typed_hours(one)
    is_moved = (start, end) != (one.planned.start, one.planned.end)
    texts = {name: _line(name) for name in _TEXTS}
    texts["title"] = "" if texts["title"] == one.opened.row.title else texts["title"]
    change = replace(one.found.change, start=start if is_moved else None, end=end if is_moved else None, **texts)
    return series.change_date(one.schedule, one.day, change), N_("Changed: %(day)s.")


def _typed_hours(one: _Date) -> tuple[datetime, datetime]:
    typed = {name: [_line(name)] for name in _HOURS} | {"allday": [YES] if one.schedule.is_all_day else []}
    value = TYPES["schedule"].read(one.opened.field, typed)
    found = stored.read(value or "", station().config.timezone)
    return found.start, found.end


def _cancel(one: _Date) -> tuple[Schedule, str]:
    kept = one.found.change if one.found else Change()
    change = replace(kept, is_cancelled=True, reason=_line("reason"))
    return series.change_date(one.schedule, one.day, change), N_("Cancelled: %(day)s.")


def _leave_out(one: _Date) -> tuple[Schedule, str]:
    return series.skip(one.schedule, one.day), N_("Left out: %(day)s.")


def _bring_back(one: _Date) -> tuple[Schedule, str]:
    return series.bring_back(one.schedule, one.day), N_("As always again: %(day)s.")


_Deed = Callable[[_Date], tuple[Schedule, str]]
_DEEDS: dict[str, _Deed] = {"change": _change, "cancel": _cancel, "leave": _leave_out, "back": _bring_back}
