"""The answer to a reminder, without signing in: it is done, later, I cannot."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Invalid, NotFound
from app.plugin import (
    OPERATOR,
    RecordState,
    change_record,
    day_in_words,
    door,
    find_people,
    find_signed,
    render,
    station,
    tell_caring,
    uncached,
    viewer_of,
    without_person,
)
from plugins.minutes import links, meetings, reminding

if TYPE_CHECKING:
    from app.plugin import Account
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
_WANTED = N_("Somebody is looked for: %(what)s")
_CANNOT = N_("%(name)s cannot do this: %(what)s")


@blueprint.get("/answer/<secret>")
def show(secret: str) -> Response:
    """Ask; opening the address changes nothing, because programs that look for viruses open it too."""
    return _page(_find(secret).action)


@blueprint.post("/answer/<secret>")
def answer(secret: str) -> Response:
    """Note the answer; the link is the right to it, whoever may write there."""
    asked, said = _find(secret), request.form.get("answer", "")
    if said not in _SAID:
        raise Invalid(UNKNOWN)
    one = asked.action

    def change(state: RecordState) -> RecordState:
        rows = meetings.rows_of(state.values.get("actions"))
        changed = [_answered(row, said, asked) if row.get("id") == one.id else row for row in rows]
        return RecordState({**state.values, "actions": changed}, state.body)

    change_record(station(), OPERATOR, one.meeting.row.path, change, asked.account.pseudonym, gettext(_SAID[said]))
    if said == CANNOT:
        _look_for_somebody(asked)
    return _page(one, gettext(_SAID[said]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, the account that answers, who else does it; `due` is the day that the link's mail told."""

    action: "Action"
    account: "Account"
    others: str
    due: date | None


def _find(secret: str) -> _Asked:
    """Find what a link asks; raises NotFound where that is done, gone, or somebody else's by now."""
    named = links.read(station(), secret)
    with station().truth.connect() as connection:
        account = find_signed(connection, named.account) if named else None
        if named is None or account is None:
            raise NotFound(TOO_LATE)
        reader = viewer_of(connection, account)
        row = door().records_by_id(reader, [named.page_id]).get(named.page_id)
        known = meetings.actions([meetings.meeting_of(row)]) if row and row.form == meetings.FORM else ()
        found = next((one for one in known if one.id == named.action and not one.done), None)
        if found is None or account not in find_people(connection, found.who):
            raise NotFound(TOO_LATE)
        return _Asked(found, account, without_person(connection, found.who, account), meetings.day_of(named.due))


def _answered(row: dict[str, str], said: str, asked: _Asked) -> dict[str, Any]:
    today = station().today()
    if said == DONE:
        return {**row, "done": today.isoformat()}
    if said == LATER:  # a week after what the mail said: pressed twice, it is still one week
        due = max(asked.due or today, today) + PUT_OFF
        return {**row, "due": max(due, asked.action.due or due).isoformat()}
    kept = {name: text for name, text in row.items() if name != "who"}
    return kept | ({"who": asked.others} if asked.others else {})


def _look_for_somebody(asked: _Asked) -> None:
    """Tell those who look after the place, so that what nobody does is not forgotten."""
    one, language = asked.action, station().settings.get().language
    said = {"what": " ".join(one.what.split()), "name": asked.account.name}
    lines = [(_CANNOT, said), (reminding.WHERE, {"title": one.meeting.row.title})]
    with station().truth.begin() as connection:
        tell_caring(connection, one.meeting.row.path, language, reminding.KIND, (_WANTED, said), lines)


def _page(one: "Action", done: str = "") -> Response:
    shown = SimpleNamespace(what=one.what, due=day_in_words(one.due),
                            meeting=one.meeting.row.title)  # fmt: skip
    return uncached(render("minutes/answer.html", action=shown, done=done))
