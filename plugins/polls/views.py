"""The list of polls, and the block of those that are open."""

from types import SimpleNamespace

from flask import Blueprint, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, Invalid
from app.plugin import (
    MacroArguments,
    MacroContext,
    address,
    day_in_words,
    door,
    poll_winner,
    render,
    station,
    until_change,
    url,
    viewer,
)
from plugins.polls import asked
from plugins.polls.asked import Asked

blueprint = Blueprint("polls_list", __name__)

USUAL, MOST = 5, 50
BAD_COUNT = N_("“count” is a number from 1 to %(most)d.")


@blueprint.get("/")
@until_change
def show() -> Response:
    """Show what is asked, what waits for its outcome, what was answered."""
    found, today = asked.load(door(), viewer()), station().today()
    form = door().find_form(viewer(), asked.FORM)
    may_ask = viewer().is_signed_in and form is not None and door().may_submit(viewer(), form)
    return render(
        "polls/list.html", may_ask=may_ask, new=url("record_new.fill", name=asked.FORM),
        open=[_shown(one) for one in asked.by_end([one for one in found if one.is_open(today)])],
        waiting=[_shown(one) for one in found if one.waits(today)],
        closed=[_shown(one) for one in found if one.poll.outcome is not None],
    )  # fmt: skip


def block(context: MacroContext, arguments: MacroArguments) -> str:
    """Show what is open; where nobody asked for it, only if there is something."""
    said, today = arguments.get("count", str(USUAL)), station().today()
    if not (said.isascii() and said.isdecimal() and len(said) < 3 and 1 <= int(said) <= MOST):
        raise Invalid(BAD_COUNT, most=MOST)
    found = asked.by_end([one for one in asked.load(door(), context.viewer) if one.is_open(today)])[: int(said)]
    if not found and not context.above:
        return ""
    return render_template("polls/block.html", polls=[_shown(one) for one in found], whole=url("polls_list.show"))


def _shown(one: Asked) -> SimpleNamespace:
    outcome = one.poll.outcome
    until = day_in_words(one.poll.until, "full")
    return SimpleNamespace(
        title=one.row.title, address=address(one.row.path), answer=url("voting.show", path=one.row.path),
        until=gettext("until %(day)s", day=until) if until else "", words=outcome.words if outcome else "",
        winner=poll_winner(one.poll), day=day_in_words(outcome and outcome.day),
    )  # fmt: skip
