"""The answer to a reminder, without signing in: it is done, later, I cannot."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response

from app.errors import N_, Invalid, NotFound
from app.plugin import RecordState, change_record, door, find_account, render, station, uncached, viewer_of
from plugins.minutes import links, meetings

if TYPE_CHECKING:
    from app.plugin import Viewer
    from plugins.minutes.meetings import Action

blueprint = Blueprint("minutes_answer", __name__)

TOO_LATE = N_("This link no longer works. Look at the list of actions.")
UNKNOWN = N_("This button is not known here. Go back and try again.")
DONE, LATER, CANNOT = "done", "later", "cannot"
PUT_OFF = timedelta(days=7)
_SAID = {
    DONE: N_("Noted: done. Thank you!"),
    LATER: N_("Noted: a week more."),
    CANNOT: N_("Noted: somebody else is looked for. Thank you for saying so."),
}


@blueprint.get("/answer/<secret>")
def show(secret: str) -> Response:
    """Ask; opening the address changes nothing, because programs that look for viruses open it too."""
    return _page(_find(secret).action)


@blueprint.post("/answer/<secret>")
def answer(secret: str) -> Response:
    """Note the answer."""
    asked, said = _find(secret), request.form.get("answer", "")
    one = asked.action
    if said not in _SAID:
        raise Invalid(UNKNOWN)

    def change(state: RecordState) -> RecordState:
        rows = meetings.rows_of(state.values.get("actions"))
        changed = [_answered(row, said, one) if row.get("id") == one.id else row for row in rows]
        return RecordState({**state.values, "actions": changed}, state.body)

    change_record(station(), asked.viewer, one.meeting.row.path, change, asked.pseudonym, gettext(_SAID[said]))
    return _page(one, gettext(_SAID[said]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, and who answers: the account of the link, with the rights that it has by now."""

    action: "Action"
    viewer: "Viewer"
    pseudonym: str


def _find(secret: str) -> _Asked:
    named = links.read(station(), secret)
    with station().truth.connect() as connection:
        account = find_account(connection, named.account_id) if named else None
        if named is None or account is None or account.is_blocked:
            raise NotFound(TOO_LATE)
        reader = viewer_of(connection, account)
    row = door().records_by_id(reader, [named.page_id]).get(named.page_id)
    known = meetings.actions([meetings.meeting_of(row)]) if row and row.form == meetings.FORM else ()
    found = next((one for one in known if one.id == named.action and not one.done), None)
    if found is None:
        raise NotFound(TOO_LATE)
    return _Asked(found, reader, account.pseudonym)


def _answered(row: dict[str, str], said: str, one: "Action") -> dict[str, Any]:
    today = station().today()
    if said == DONE:
        return {**row, "done": today.isoformat()}
    if said == LATER:
        return {**row, "due": (max(one.due or today, today) + PUT_OFF).isoformat()}
    return {name: text for name, text in row.items() if name != "who"}


def _page(one: "Action", done: str = "") -> Response:
    shown = SimpleNamespace(what=one.what, due=format_date(one.due, "long") if one.due else "",
                            meeting=one.meeting.row.title)  # fmt: skip
    return uncached(render("minutes/answer.html", action=shown, done=done))
