"""The register of decisions, and what is to be done by whom: both made of the minutes, whenever they are looked at."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response

from app.errors import N_, NotFound
from app.plugin import (
    RecordState,
    address,
    author,
    change_record,
    door,
    fold,
    notice,
    render,
    station,
    until_change,
    url,
    viewer,
)
from plugins.minutes import consents, meetings, views, wording

if TYPE_CHECKING:
    from datetime import date

    from plugins.minutes.meetings import Action, Decision

blueprint = Blueprint("minutes_register", __name__)

GONE = N_("This action is not there any more. Look at the list again.")
OPEN, LATE, DONE, ALL = "open", "late", "done", "all"
SHOWN = (OPEN, LATE, DONE, ALL)


@blueprint.get("/decisions")
@until_change
def decisions() -> Response:
    """Show what was decided, the latest first; `review=1` what is to be looked at again."""
    asked, today = views.read(), station().today()
    found = consents.latest_first([*meetings.decisions(views.load(asked)), *_consents(asked)])
    is_review = request.args.get("review") == "1"
    if is_review:
        found = sorted((one for one in found if one.review and one.review <= today), key=lambda one: str(one.review))
    return render(
        "minutes/decisions.html", asked=asked, decisions=[shown_decision(one, today) for one in found],
        is_review=is_review, spaces=views.spaces(), tabs=wording.tabs("minutes_register.decisions"),
    )  # fmt: skip


def _consents(asked: views.Asked) -> "list[Decision]":
    where = {"spaces": (asked.space,)} if asked.space else {}
    found = consents.load(door(), viewer(), where, asked.words)
    return [one for one in found if not asked.year or str(getattr(one.meeting.day, "year", "")) == asked.year]


def shown_decision(one: "Decision", today: "date") -> SimpleNamespace:
    """Prepare a decision for a list."""
    return SimpleNamespace(
        what=one.what, number=one.number, how=wording.way(one.how), id=one.id,
        day=format_date(one.meeting.day, "long") if one.meeting.day else "", meeting=one.meeting.row.title,
        address=address(one.meeting.row.path) + (f"#decisions-{one.id}" if one.id else ""),
        review=format_date(one.review, "long") if one.review else "",
        is_due=one.review is not None and one.review <= today,
    )  # fmt: skip


@blueprint.get("/actions")
@until_change
def actions() -> Response:
    """Show what is to be done: open, late, done, all; of somebody."""
    asked, today = views.read(), station().today()
    which = request.args.get("show", OPEN)
    which = which if which in SHOWN else OPEN
    who = request.args.get("who", "")[: views.MOST_TYPED].replace("\0", "").strip()
    every = list(meetings.actions(views.load(asked)))
    found = [one for one in every if is_shown(one, which, today) and (not who or fold(who) in fold(one.who))]
    found.sort(key=lambda one: (one.done is not None, one.due is None, str(one.due), one.what))
    people = sorted({one.who for one in every if one.who and one.done is None}, key=fold)
    return render(
        "minutes/actions.html", asked=asked, actions=[shown_action(one, today) for one in found], who=who, which=which,
        people=people, spaces=views.spaces(), tabs=wording.tabs("minutes_register.actions"),
        kinds=[(OPEN, gettext("To do")), (LATE, gettext("Late")), (DONE, gettext("Done")), (ALL, gettext("All"))],
    )  # fmt: skip


def is_shown(one: "Action", which: str, today: "date") -> bool:
    """Tell whether an action is among those that are asked for."""
    if which == ALL:
        return True
    if which == LATE:
        return one.is_late(today)
    return (one.done is not None) == (which == DONE)


def shown_action(one: "Action", today: "date") -> SimpleNamespace:
    """Prepare an action for a list."""
    return SimpleNamespace(
        what=one.what, who=one.who, id=one.id, is_late=one.is_late(today), is_done=one.done is not None,
        due=format_date(one.due, "long") if one.due else "", done=format_date(one.done, "long") if one.done else "",
        meeting=one.meeting.row.title, address=address(one.meeting.row.path) + (f"#actions-{one.id}" if one.id else ""),
        form=url("minutes_register.answer", path=one.meeting.row.path) if may_answer(one) else "",
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
    return redirect(url("minutes_register.actions"), 303)


def _marked(row: dict[str, str], day: str) -> dict[str, Any]:
    kept = {name: text for name, text in row.items() if name != "done"}
    return {**kept, "done": day} if day else kept
