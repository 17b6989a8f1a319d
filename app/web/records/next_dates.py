"""Show what a schedule comes to before it is saved: the sentence, and the next dates; live at `/-/record/dates`."""

from dataclasses import asdict, dataclass

from flask import Blueprint, jsonify, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.calendar.coming import coming_or_first
from app.calendar.schedule import Occurrence, Schedule
from app.calendar.sentences import say_date
from app.errors import GareError
from app.forms.form import Field
from app.forms.types import TYPES, Typed, type_of
from app.forms.types.schedules import find_schedule
from app.web.kit import UNFIT, say, station, uncached
from app.web.language import spoken

MOST_DATES = 5
MOST_LETTERS = 20_000  # of one input: more is not read while somebody types
_WHEN = Field("when", "schedule", {})

blueprint = Blueprint("record_live", __name__)


@dataclass(frozen=True, slots=True)
class NextDate:
    """One date, in words."""

    words: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """What a schedule comes to."""

    sentence: str
    dates: tuple[NextDate, ...]


def dates_of(typed: Typed) -> Dates | None:
    """Say what is typed; None where that is nothing. Raises Invalid."""
    value = TYPES["schedule"].read(_WHEN, typed)
    schedule = find_schedule(value, station().config.timezone) if value is not None else None
    if schedule is None:
        return None
    found = coming_or_first(schedule, MOST_DATES)
    sentence = type_of(_WHEN).plain(_WHEN, value or "", spoken())
    return Dates(sentence, tuple(in_words(schedule, one) for one in found))


def in_words(schedule: Schedule, one: Occurrence) -> NextDate:
    """Say one date."""
    words = say_date(one.start, one.end, schedule.is_all_day, spoken(), with_year=True)
    return NextDate(words, one.change.is_cancelled)


@blueprint.post("/-/record/dates")
def show() -> Response:
    """Say what is typed in a form, as words only: the script makes text of them."""
    try:
        found = dates_of({part: _typed(part) for part in TYPES["schedule"].parts})
    except GareError as error:
        return uncached(jsonify(error=say(error), dates=[]))
    if found is None:
        return uncached(jsonify(sentence="", dates=[]))
    lines = {"next": gettext("The next dates:"), "cancelled": gettext("cancelled")}
    return uncached(jsonify(**lines, **asdict(found)))


def _typed(part: str) -> list[str]:
    return [UNFIT.sub("", text[:MOST_LETTERS].replace("\r\n", "\n")) for text in request.form.getlist(part)]
