"""The register of decisions, and what is to be done by whom: both made of the minutes, whenever they are looked at."""

import re
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, NotFound
from app.plugin import (
    RecordState,
    address,
    author,
    change_record,
    day_in_words,
    door,
    fold,
    naming,
    notice,
    render,
    station,
    uncached,
    until_change,
    url,
    viewer,
)
from plugins.minutes import consents, meetings, views, wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from plugins.minutes.meetings import Action, Decision

blueprint = Blueprint("minutes_register", __name__)

_NOTHING: "Mapping[str, str]" = MappingProxyType({})
GONE = N_("This action is not there any more. Look at the list again.")
OPEN, MINE, LATE, DONE, ALL = "open", "mine", "late", "done", "all"
KINDS = {OPEN: N_("To do"), MINE: N_("Mine"), LATE: N_("Late"), DONE: N_("Done"), ALL: N_("All")}


@blueprint.get("/decisions")
@until_change
def decisions() -> Response:
    """Show what was decided, the latest first; `review=1` what is to be looked at again."""
    asked, today = views.read(), station().today()
    every = [*meetings.decisions(views.load(asked.of_space)), *consents.load(door(), viewer(), asked.where)]
    found = consents.latest_first([one for one in every if asked.fits(one.meeting, one.what)])
    is_review = request.args.get("review") == "1"
    if is_review:
        found = sorted((one for one in found if one.review and one.review <= today), key=lambda one: str(one.review))
    return render(
        "minutes/decisions.html", asked=asked, decisions=[shown_decision(one, today) for one in found],
        is_review=is_review, spaces=views.spaces(), years=views.years([one.meeting for one in every]),
        here=asked.address("minutes_register.decisions"),
        reviews=asked.address("minutes_register.decisions", review="1"),
        tabs=wording.tabs("minutes_register.decisions"),
    )  # fmt: skip


def shown_decision(one: "Decision", today: "date") -> SimpleNamespace:
    """Prepare a decision for a list."""
    return SimpleNamespace(
        what=one.what, number=one.number, how=wording.way(one.how), id=one.id,
        day=day_in_words(one.meeting.day), meeting=one.meeting.row.title,
        address=address(one.meeting.row.path) + (f"#decisions-{one.id}" if one.id else ""),
        review=day_in_words(one.review),
        is_due=one.review is not None and one.review <= today,
    )  # fmt: skip


@blueprint.get("/actions")
def actions() -> Response:
    """Show what is to be done: open, mine, late, done, all; of somebody."""
    # An answer that is kept is shared by all of equal rights.
    return uncached(_actions()) if _chosen()[0] == MINE else until_change(_actions)()


def _actions() -> Response:
    asked, today = views.read(), station().today()
    which, who = _chosen()
    every = list(meetings.actions(views.load(asked.of_space)))
    mine = _mine(every) if which == MINE else set()
    found = [
        one
        for one in every
        if asked.fits(one.meeting, one.what)
        and is_shown(one, which, today)
        and (which != MINE or one.who in mine)
        and _words(who) <= _words(one.who)
    ]
    found.sort(key=lambda one: (one.done is not None, one.due is None, str(one.due), one.what))
    people = sorted({one.who for one in every if one.who and one.done is None}, key=fold)
    kept = asked.said | {name: text for name, text in (("show", which), ("who", who)) if text}
    return render(
        "minutes/actions.html", asked=asked, actions=[shown_action(one, today, kept) for one in found], who=who,
        which=which, people=people, spaces=views.spaces(), years=views.years([one.meeting for one in every]),
        tabs=wording.tabs("minutes_register.actions"),
        kinds=[(key, gettext(words)) for key, words in KINDS.items() if key != MINE or viewer().is_signed_in],
    )  # fmt: skip


def _chosen() -> tuple[str, str]:
    which, who = request.args.get("show", OPEN), request.args.get("who", "")
    return which if which in KINDS else OPEN, who[: views.MOST_TYPED].replace("\0", "").strip()


def _words(name: str) -> set[str]:
    """Take a name apart: whoever looks for Paul looks for Paul Durand, too, and not for Pauline."""
    return set(re.findall(r"\w+", fold(name)))


def _mine(every: "list[Action]") -> set[str]:
    with station().truth.connect() as connection:
        return naming(connection, viewer().pseudonym or "", (one.who for one in every))


def is_shown(one: "Action", which: str, today: "date") -> bool:
    """Tell whether an action is among those that are asked for."""
    if which == ALL:
        return True
    if which == LATE:
        return one.is_late(today)
    return (one.done is not None) == (which == DONE)


def shown_action(one: "Action", today: "date", kept: "Mapping[str, str]" = _NOTHING) -> SimpleNamespace:
    """Prepare an action for a list, to which one comes back as it was asked for."""
    return SimpleNamespace(
        what=one.what, who=one.who, id=one.id, is_late=one.is_late(today), is_done=one.done is not None,
        due=day_in_words(one.due), done=day_in_words(one.done),
        meeting=one.meeting.row.title, address=address(one.meeting.row.path) + (f"#actions-{one.id}" if one.id else ""),
        form=url("minutes_register.answer", path=one.meeting.row.path, **kept) if may_answer(one) else "",
    )  # fmt: skip


def may_answer(one: "Action") -> bool:
    """Tell whether the viewer may say that an action is done."""
    return bool(one.id) and viewer().is_signed_in and door().may_write(viewer(), one.meeting.row.path)


@blueprint.post("/actions/<path:path>")
def answer(path: str) -> Response:
    """Note that something is done, or not yet."""
    number, is_done = request.form.get("id", ""), request.form.get("done") == "1"
    today = station().today().isoformat()

    def change(state: RecordState) -> RecordState:
        rows = meetings.rows_of(state.values.get("actions"))
        if number not in {row.get("id", "") for row in rows}:
            raise NotFound(GONE)
        changed = [_marked(row, today if is_done else "") if row.get("id") == number else row for row in rows]
        return RecordState({**state.values, "actions": changed}, state.body)

    change_record(station(), viewer(), path, change, author(), gettext("Done") if is_done else gettext("Not done yet"))
    notice("done", gettext("Noted: done. Thank you!") if is_done else gettext("Noted: not done yet."))
    which, who = _chosen()
    return redirect(views.read().address("minutes_register.actions", show="" if which == OPEN else which, who=who), 303)


def _marked(row: dict[str, str], day: str) -> dict[str, Any]:
    kept = {name: text for name, text in row.items() if name != "done"}
    return {**kept, "done": day} if day else kept
