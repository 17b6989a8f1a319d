"""What comes next: a meeting goes from its agenda to notes, to be read again, to validated, then to corrections."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, GareError, Invalid, NotFound, Refused
from app.plugin import (
    RecordState,
    Rule,
    Way,
    address,
    author,
    change_record,
    day_in_words,
    door,
    may_mail_links,
    notice,
    render,
    say,
    spend,
    station,
    uncached,
    url,
    viewer,
)
from plugins.minutes import dates, mailing, meetings, starting, wording
from plugins.minutes.meetings import AGENDA, REREAD, RUNNING, STATES, VALID, Meeting

if TYPE_CHECKING:
    from app.plugin import Mail, RecordRow

blueprint = Blueprint("minutes_state", __name__)

NOT_YOURS = N_("Only those who may change these minutes do this.")
NO_MEETING = N_("There are no such minutes here, or they are not open to you.")
ELSEWHERE = N_("Somebody has gone on with these minutes. Look at them again.")
NO_WORDS = N_("Write what is to be corrected.")
SENT_BY = Rule("minutes-sent", 5, 86_400)
SEND = "send"
MOST_WORDS = 10_000  # characters of a correction
_BUTTONS = {
    AGENDA: N_("Begin the notes"),
    RUNNING: N_("Finish the notes"),
    REREAD: N_("Validate the minutes"),
    VALID: N_("Add a correction"),
}
_NEXT = {AGENDA: RUNNING, RUNNING: REREAD, REREAD: VALID}


def ways(row: "RecordRow") -> Sequence[Way]:
    """Lead from minutes to what comes next."""
    if not viewer().may_write or not viewer().is_signed_in or not door().may_write(viewer(), row.path):
        return ()
    words = _BUTTONS[meetings.meeting_of(row).state]
    return (Way(words, url("minutes_state.show", path=row.path), "right"),)


def find(path: str) -> Meeting:
    """Find a meeting that the viewer may change; raises NotFound, Refused."""
    row = door().record(viewer(), path)
    if row.form != meetings.FORM:
        raise NotFound(NO_MEETING)
    if not viewer().is_signed_in or not viewer().may_write or not door().may_write(viewer(), path):
        raise Refused(NOT_YOURS)
    return meetings.meeting_of(row)


@blueprint.get("/next/<path:path>")
def show(path: str) -> Response:
    """Show how far it is, and the button for the next step."""
    return _page(find(path), {})


def _page(meeting: Meeting, errors: dict[str, str], code: int = 200) -> Response:
    reached = STATES.index(meeting.state)
    steps = [
        SimpleNamespace(words=wording.state(one), is_done=number < reached, is_here=number == reached)
        for number, one in enumerate(STATES)
    ]
    return uncached(render(
        "minutes/next.html", code, meeting=meeting, steps=steps, errors=errors, typed=request.form,
        back=address(meeting.row.path), title=meeting.row.title, may_mail=may_mail_links(),
        to=mailing.usual_address(meeting), mail=mailing.preview(meeting) if meeting.state in (REREAD, VALID) else "",
        confirm=url("minutes_found.show", path=meeting.row.path),
        decisions=len(meeting.rows("decisions")), actions=len(meeting.rows("actions")),
    ))  # fmt: skip


@blueprint.post("/next/<path:path>")
def go_on(path: str) -> Response:
    """Take the next step; validated minutes may be sent, and corrected."""
    meeting = find(path)
    if request.form.get("from") != meeting.state:
        raise Conflict(ELSEWHERE)
    try:
        if meeting.state == VALID:
            return _send(meeting) if request.form.get("do") == SEND else _correct(meeting)
        if meeting.state == REREAD:
            return _validate(meeting)
    except GareError as error:
        is_words = meeting.state == VALID and request.form.get("do") != SEND
        return _page(find(path), {"words" if is_words else "to": say(error)}, error.status)
    _step(meeting)
    if meeting.state == AGENDA:
        return redirect(url("record_edit.edit", path=path, _anchor="gc-field-body"), 303)
    return redirect(url("minutes_found.show", path=path), 303)


def _step(meeting: Meeting) -> None:
    moved = dates.moved_to(station(), viewer(), meeting) if meeting.state == AGENDA else None

    def change(state: RecordState) -> RecordState:
        if state.values.get("step", AGENDA) != meeting.state:
            raise Conflict(ELSEWHERE)
        body = state.body
        if meeting.state == AGENDA and not body.strip():
            body = starting.notes(station(), viewer(), meeting.row, starting.points_of(meeting), meeting.row.audience)
        day = {"day": moved.isoformat()} if moved else {}
        return RecordState({**state.values, **day, "step": _NEXT[meeting.state]}, body)

    change_record(station(), viewer(), meeting.row.path, change, author(), wording.state(_NEXT[meeting.state]))


def _validate(meeting: Meeting) -> Response:
    to = request.form.get("to", "").strip()[:254] if request.form.get("send") == "1" else ""
    mail = _written(meeting, to) if to else None
    _step(meeting)
    if mail is not None:
        with station().truth.begin() as connection:
            mailing.queue(connection, meeting, mail)
        notice("done", gettext("Validated, and sent to %(to)s.", to=to))
    else:
        notice("done", gettext("Validated."))
    return redirect(address(meeting.row.path), 303)


def _written(meeting: Meeting, to: str) -> "Mail":
    """Write the mail, and count it before anything happens: who has sent too many has not validated either."""
    mail = mailing.write(meeting, to)
    with station().truth.begin() as connection:
        spend(connection, SENT_BY, viewer().pseudonym or "")
    return mail


def _send(meeting: Meeting) -> Response:
    to = request.form.get("to", "").strip()[:254]
    mail = _written(meeting, to)
    with station().truth.begin() as connection:
        mailing.queue(connection, meeting, mail)
    notice("done", gettext("Sent to %(to)s.", to=to))
    return redirect(address(meeting.row.path), 303)


def _correct(meeting: Meeting) -> Response:
    words = request.form.get("words", "").replace("\0", "").strip()[:MOST_WORDS]
    if not words:
        raise Invalid(NO_WORDS)

    def change(state: RecordState) -> RecordState:
        return RecordState(state.values, corrected(state.body, words))

    change_record(station(), viewer(), meeting.row.path, change, author(), gettext("Correction"))
    notice("done", gettext("The correction stands below the minutes."))
    return redirect(address(meeting.row.path), 303)


def corrected(body: str, words: str) -> str:
    """Put what validated minutes are corrected by below them, with its day."""
    heading = gettext("Correction of %(day)s", day=day_in_words(station().today()))
    return f"{body.rstrip()}\n\n## {heading}\n\n{words}\n"
