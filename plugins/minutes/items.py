"""Before a meeting: any member proposes what to talk about; from an event one comes to its notes."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, GareError, Invalid, Refused
from app.plugin import (
    OPERATOR,
    RecordState,
    Way,
    address,
    author,
    begin_record,
    change_record,
    day_in_words,
    door,
    notice,
    only_one,
    render,
    say,
    station,
    uncached,
    url,
    viewer,
)
from plugins.minutes import dates, meetings, starting

if TYPE_CHECKING:
    from app.plugin import RecordRow, Station
    from plugins.minutes.meetings import Meeting

blueprint = Blueprint("minutes_item", __name__)

NO_SUBJECT = N_("Say what to talk about.")
NO_MINUTES = N_("Write a number of minutes, such as 15.")
OVER = N_("This meeting has begun. Speak to those who facilitate it.")
FOR_MEMBERS = N_("Members propose what to talk about. Sign in first.")
NO_DAY = N_("This event has no date to come. Give it one first.")
OF_A_GROUP = N_("The minutes of this event are those of a group. Ask somebody of it.")
MOST = {"what": 300, "who": 80, "minutes": 3}
_READ = {
    meetings.AGENDA: N_("Read the agenda of the meeting"),
    meetings.RUNNING: N_("Read the minutes"),
    meetings.REREAD: N_("Read the minutes"),
    meetings.VALID: N_("Read the minutes"),
}
AIMS = ("info", "exchange", "decision")


def ways_of_event(station_: "Station", row: "RecordRow") -> Sequence[Way]:
    """Lead from an event to its meetings: to those that are there, and to where the next ones begin."""
    last, coming = (find(station_, viewer(), row) for find in (dates.last_of, dates.next_of))
    last = None if last == coming else last
    held, ahead = (dates.meeting_on(station_, viewer(), row, day) for day in (last, coming))
    ways = [Way(_READ[one.state], address(one.row.path), "page") for one in (held, ahead) if one]
    if not _may_begin(station_) or last is coming is None:
        return ways
    folder = f"{starting.folder_of(station_, row)}/_"
    if not station_.door.may_see(viewer(), folder):
        return ways
    may_write = station_.door.may_write(viewer(), folder)
    if coming and (ahead is None or ahead.state == meetings.AGENDA):
        ways.append(Way(N_("Propose something to talk about"), _proposing(row, coming), "plus"))
    if ahead and ahead.state == meetings.AGENDA and may_write:
        ways.append(Way(N_("Begin the notes"), url("minutes_state.show", path=ahead.row.path), "edit"))
    elif may_write and (day := _day_without_notes((last, held), (coming, ahead))):
        begun = url("record_new.fill", name=meetings.FORM, **{"from": f"minutes:{row.path}@{day.isoformat()}"})
        ways.append(Way(N_("Take notes of the meeting"), begun, "edit"))
    return ways


def _day_without_notes(*found: "tuple[date | None, Meeting | None]") -> date | None:
    """Choose the day of which notes are to be taken: the last one, where there are none; else the next."""
    return next((day for day, meeting in found if day and meeting is None), None)


def _may_begin(station_: "Station") -> bool:
    form = station_.door.find_form(viewer(), meetings.FORM)
    return form is not None and viewer().may_write and station_.door.may_submit(viewer(), form)


def _proposing(row: "RecordRow", day: date) -> str:
    return url("minutes_item.show", event=f"{row.path}@{day.isoformat()}")


def _event(reference: str) -> tuple["RecordRow", date]:
    """Find an event and the date that is meant: the one named where there is such a one to come, else the next."""
    path, _, wanted = reference.partition("@")
    row, named = door().record(viewer(), path), meetings.day_of(wanted)
    is_there = named is not None and named >= station().today() and dates.is_on(station(), viewer(), row, named)
    day = named if is_there else dates.next_of(station(), viewer(), row)
    if day is None:
        raise Invalid(NO_DAY)
    if not door().may_see(viewer(), f"{starting.folder_of(station(), row)}/_"):
        raise Refused(OF_A_GROUP)
    return row, day


@blueprint.get("/propose")
def show() -> Response:
    """Ask what to talk about, at an event (`event=PATH@DAY`)."""
    if not viewer().is_signed_in:
        raise Refused(FOR_MEMBERS)
    row, day = _event(request.args.get("event", "")[:400])
    return _form(row, day, {}, {})


def _form(row: "RecordRow", day: date, typed: Any, errors: dict[str, str], code: int = 200) -> Response:
    found = dates.meeting_on(station(), viewer(), row, day)
    return uncached(render(
        "minutes/propose.html", code, row=row, reference=f"{row.path}@{day.isoformat()}",
        day=day_in_words(day), typed=typed, errors=errors, back=address(row.path),
        points=starting.points_of(found) if found else [],
        aims=[("info", gettext("To inform")), ("exchange", gettext("To talk")), ("decision", gettext("To decide"))],
    ))  # fmt: skip


@blueprint.post("/propose")
def propose(event: str = "") -> Response:
    """Add an item to the agenda; the first one begins it."""
    if not viewer().is_signed_in:
        raise Refused(FOR_MEMBERS)
    row, day = _event((event or request.form.get("event", ""))[:400])
    typed = {name: request.form.get(name, "").replace("\0", "").strip()[:most] for name, most in MOST.items()}
    errors = {} if typed["what"] else {"what": gettext(NO_SUBJECT)}
    if typed["minutes"] and not (typed["minutes"].isascii() and typed["minutes"].isdecimal()):
        errors["minutes"] = gettext(NO_MINUTES)
    if errors:
        return _form(row, day, request.form, errors, Invalid.status)
    aim = request.form.get("aim", "")
    point = (
        {"id": secrets.token_hex(4)}
        | {name: text for name, text in typed.items() if text}
        | ({"aim": aim} if aim in AIMS else {})
    )
    try:
        with only_one(station().config.instance / "minutes.lock", is_patient=True):  # one agenda, however many begin it
            path = _add(row, day, point)
    except GareError as error:
        return _form(row, day, request.form, {"what": say(error)}, error.status)
    notice("done", gettext("It is on the agenda. Thank you!"))
    return redirect(address(path), 303)


def _add(row: "RecordRow", day: date, point: dict[str, str]) -> str:
    found = dates.meeting_on(station(), viewer(), row, day)
    if found is None:
        return _begin(row, day, point)

    def change(state: RecordState) -> RecordState:
        if state.values.get("step", meetings.AGENDA) != meetings.AGENDA:
            raise Conflict(OVER)
        points = [*meetings.rows_of(state.values.get("points")), point]
        return RecordState({**state.values, "day": day.isoformat(), "points": points}, state.body)

    # Any member proposes, also where only a group writes: so it is the program that saves, in the name of the member.
    return change_record(station(), OPERATOR, found.row.path, change, author(), gettext("On the agenda")).path


def _begin(row: "RecordRow", day: date, point: dict[str, str]) -> str:
    form = door().form(viewer(), meetings.FORM)
    folder = starting.folder_of(station(), row)
    said: dict[str, Any] = {**starting.first_answers(row, day), "step": meetings.AGENDA, "points": [point]}
    path = f"{folder}/{day.year}/{day.isoformat()}-{row.path.rpartition('/')[2]}"
    return begin_record(station(), OPERATOR, form, RecordState(said, ""), author(), path=path).path
