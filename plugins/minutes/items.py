"""Before a meeting: any member proposes what to talk about; from an event one comes to its notes."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, GareError, Invalid, Refused
from app.plugin import (
    RecordState,
    Way,
    address,
    author,
    begin_record,
    change_record,
    door,
    notice,
    render,
    say,
    station,
    uncached,
    url,
    viewer,
)
from plugins.minutes import meetings, starting

if TYPE_CHECKING:
    from app.plugin import RecordRow, Station

blueprint = Blueprint("minutes_item", __name__)

NO_SUBJECT = N_("Say what to talk about.")
NO_MINUTES = N_("Write a number of minutes, such as 15.")
OVER = N_("This meeting has begun. Speak to those who facilitate it.")
FOR_MEMBERS = N_("Members propose what to talk about. Sign in first.")
NO_DAY = N_("This event has no date. Give it one first.")
MOST = {"what": 300, "who": 80, "minutes": 3}
AIMS = ("info", "exchange", "decision")


def ways_of_event(station_: "Station", row: "RecordRow") -> Sequence[Way]:
    """Lead from an event to its meeting: to the notes where there are some, else to where they begin."""
    day = starting.date_meant(station_, viewer(), row)
    found = meetings.of_event(station_.door, viewer(), row.id, day) if day else None
    ways = [] if found is None else [Way(N_("Read the minutes"), address(found.row.path), "page")]
    form = station_.door.find_form(viewer(), meetings.FORM)
    if day is None or form is None or not viewer().may_write or not station_.door.may_submit(viewer(), form):
        return ways
    reference = f"{row.path}@{day.isoformat()}"
    if found is None or found.state == meetings.AGENDA:
        ways.append(Way(N_("Propose something to talk about"), url("minutes_item.show", event=reference), "plus"))
    if found is None:
        begun = url("record_new.fill", name=meetings.FORM, **{"from": f"minutes:{reference}"})
        ways.append(Way(N_("Take notes of the meeting"), begun, "edit"))
    return ways


def _event(reference: str) -> tuple["RecordRow", date]:
    path, _, wanted = reference.partition("@")
    row = door().record(viewer(), path)
    day = starting.date_meant(station(), viewer(), row, wanted)
    if day is None:
        raise Invalid(NO_DAY)
    return row, day


@blueprint.get("/propose")
def show() -> Response:
    """Ask what to talk about, at an event (`event=PATH@DAY`)."""
    if not viewer().is_signed_in:
        raise Refused(FOR_MEMBERS)
    row, day = _event(request.args.get("event", "")[:400])
    return _form(row, day, {}, {})


def _form(row: "RecordRow", day: date, typed: Any, errors: dict[str, str], code: int = 200) -> Response:
    found = meetings.of_event(door(), viewer(), row.id, day)
    return uncached(render(
        "minutes/propose.html", code, row=row, reference=f"{row.path}@{day.isoformat()}",
        day=format_date(day, "long"), typed=typed, errors=errors, back=address(row.path),
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
        path = _add(row, day, point)
    except GareError as error:
        return _form(row, day, request.form, {"what": say(error)}, error.status)
    notice("done", gettext("It is on the agenda. Thank you!"))
    return redirect(address(path), 303)


def _add(row: "RecordRow", day: date, point: dict[str, str]) -> str:
    found = meetings.of_event(door(), viewer(), row.id, day)
    if found is None:
        return _begin(row, day, point)

    def change(state: RecordState) -> RecordState:
        if state.values.get("step", meetings.AGENDA) != meetings.AGENDA:
            raise Conflict(OVER)
        return RecordState(
            {**state.values, "points": [*meetings.rows_of(state.values.get("points")), point]}, state.body
        )

    return change_record(station(), viewer(), found.row.path, change, author(), gettext("On the agenda")).path


def _begin(row: "RecordRow", day: date, point: dict[str, str]) -> str:
    form = door().form(viewer(), meetings.FORM)
    folder = starting.folder_of(station(), viewer(), row)
    said: dict[str, Any] = {**starting.first_answers(row, day), "step": meetings.AGENDA, "points": [point]}
    path = f"{folder}/{day.year}/{day.isoformat()}-{row.path.rpartition('/')[2]}"
    return begin_record(station(), viewer(), form, RecordState(said, ""), author(), path=path).path
