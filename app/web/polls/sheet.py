"""The paper of a poll: the question, what can be chosen, a row for each who answers; typed in afterwards. A4."""

from typing import Final

from flask import Blueprint
from werkzeug.wrappers import Response

from app.errors import Refused
from app.web.answers.behalf import may_note
from app.web.kit import render, typed_path, uncached
from app.web.polls import shown, things
from app.web.polls.things import Thing

blueprint = Blueprint("poll_sheet", __name__)

ROWS: Final = 14
MOST_COLUMNS: Final = 6  # options side by side; more stand below each other, with a number


@blueprint.get("/-/poll/sheet/<path:path>")
def show(path: str) -> Response:
    """Show it, to be printed by the browser; for members."""
    thing: Thing = things.find(typed_path(path))
    if not may_note():
        raise Refused(things.NOT_YOURS)
    form = shown.form_of(thing, None)
    return uncached(render(
        "voting/sheet.html", **shown.head(thing), form=form, rows=range(1, ROWS + 1),
        is_wide=len(form.options) <= MOST_COLUMNS,
    ))  # fmt: skip
