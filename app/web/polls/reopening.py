"""Open a poll again that was closed by mistake, or whose outcome is to be written otherwise; some days long."""

from datetime import timedelta

from flask import Blueprint, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, Refused
from app.forms import poll as polls
from app.forms.types.polls import OUTCOME
from app.people.viewer import OPERATOR
from app.records.changing import RecordState, change_record
from app.web.addresses import url
from app.web.kit import author, notice, station, typed_path
from app.web.polls import things
from app.web.polls.things import Thing

blueprint = Blueprint("poll_open", __name__)

DAYS = 7  # after which people count on the outcome
_OPEN = N_("It is open already.")
_TOO_LATE = N_("It was closed more than %(days)s days ago. Ask anew instead.")


def may_reopen(thing: Thing) -> bool:
    """Tell whether it was closed so lately that it can be opened again."""
    outcome = thing.poll.outcome
    return outcome is not None and station().today() <= outcome.day + timedelta(days=DAYS)


def address(thing: Thing) -> str:
    """Give the address of the form that opens it again."""
    return url("poll_open.reopen", path=thing.record.path)


@blueprint.post("/-/poll/open/<path:path>")
def reopen(path: str) -> Response:
    """Take the outcome off the page; the answers are those that were given."""
    thing = things.find_own_thing(typed_path(path))
    if thing.poll.outcome is None:
        raise Conflict(_OPEN)
    if not may_reopen(thing):
        raise Refused(_TOO_LATE, days=DAYS)
    field = polls.field_of(thing.form)
    name = field.name if field else ""

    def change(state: RecordState) -> RecordState:
        said = state.values.get(name)
        kept = {key: one for key, one in said.items() if key not in OUTCOME} if isinstance(said, dict) else said
        return RecordState({**state.values, name: kept}, state.body)  # type: ignore[dict-item]

    change_record(station(), OPERATOR, thing.record.path, change, author(), gettext("Opened again"))
    notice("done", gettext("It is open again, with the answers that were given."))
    return redirect(thing.address, 303)
