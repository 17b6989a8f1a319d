"""Change a date of a series and all later ones: they get a page of their own, in the same commit that ends the old."""

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import moving
from app.calendar import series, stored
from app.catalog.editing import Edit
from app.catalog.readers import PUBLIC
from app.errors import N_, Conflict, GareError
from app.records import saving
from app.records.dates_along import carried
from app.records.saving import RecordDraft
from app.web.addresses import address, url
from app.web.dates.opened import Opened, day_in_words, open_dates, typed_day
from app.web.kit import author, door, notice, say, station, viewer
from app.web.records import moved_answers, sending, sheet
from app.web.records.edit import private_of, sheet_of
from app.web.records.sheet import Sheet, Taken
from app.web.unsaved import keep
from app.wiki import frontmatter
from app.wiki.files import Pointer
from app.wiki.yaml_text import Value

blueprint = Blueprint("record_later_dates", __name__)

MEANWHILE = N_("Somebody has changed it meanwhile. Look at it again, then save.")
# What names one page among all others does not go with a copy of its text.
_OWN_KEYS = ("id", "uid", "aliases", "redirect")


@blueprint.get("/-/dates/later/<path:path>")
def edit(path: str) -> Response:
    """Show the form with what the record says, its dates being those from that day on."""
    return sheet.first_time(_sheet(open_dates(path), typed_day()))


@blueprint.post("/-/dates/later/<path:path>")
def save(path: str) -> Response:
    """End the series before that day, and begin another one there."""
    opened, day = open_dates(path), typed_day()
    shown = _sheet(opened, day)
    taken = sheet.take(shown)
    if not isinstance(taken, Taken):
        return taken
    try:
        if request.form.get("base", "") != opened.state.revision:
            raise Conflict(MEANWHILE)
        return _part(opened, day, _carried(opened, day, taken.draft))
    except GareError as error:
        return sheet.show(shown, taken.sent, errors={"record": say(error)}, code=error.status)


def _sheet(opened: Opened, day: date) -> Sheet:
    """Make the form of a record from a day on; raises Invalid where that is none of its later dates."""
    whole = sheet_of(opened.form, opened.row, opened.state)
    return replace(
        whole,
        address=url("record_later_dates.save", path=opened.path, day=day.isoformat()),
        heading=gettext("Change “%(title)s” from %(day)s on", title=opened.row.title, day=day_in_words(day)),
        lead=gettext("These dates get a page of their own. The earlier ones stay as they are."),
        back=(gettext("Back to this date"), url("record_dates.show", path=opened.path, day=day.isoformat())),
        answers={**whole.answers, **_later_dates(opened, day)},
        marks=(),
    )


def _part(opened: Opened, day: date, draft: RecordDraft) -> Response:
    """Save both pages as one commit; what is private and what people answered goes with the later dates."""
    before, _after = series.split(opened.schedule, day)
    path = sending.path_of_new(opened.form, draft)
    sentence = gettext("From %(day)s on it has a page of its own.", day=day_in_words(day))
    edits = [
        Edit(opened.path, opened.text_with(before), opened.state.revision, ""),
        Edit(path, _text_of_later(opened, draft), None, "", files=_files(opened, draft), readers=opened.form.audience),
    ]
    commit = door().save_many(viewer(), edits, author(), sentence)
    saving.keep_private(station(), path, {**private_of(opened.form, opened.row), **draft.private}, sending.giver())
    _move_answers(opened, path, day)
    after = commit.revision if commit else ""
    back = url(
        "record_rejoining.rejoin", path=opened.path, before=opened.state.revision, after=after, later=path,
        day=day.isoformat(),
    )  # fmt: skip
    notice("done", sentence, (gettext("Undo"), back))
    return redirect(address(path), 303)


def _carried(opened: Opened, day: date, draft: RecordDraft) -> RecordDraft:
    """Let what is known of single dates go along where the later ones were moved to other days."""
    values = carried(opened.form, _later_dates(opened, day), draft.values, station().config.timezone)
    return replace(draft, values=values)


def _later_dates(opened: Opened, day: date) -> dict[str, Value]:
    """Give the answer that says when it takes place, from that day on; raises Invalid where that is no later date."""
    return {opened.field.name: stored.write(series.split(opened.schedule, day)[1])}


def _text_of_later(opened: Opened, draft: RecordDraft) -> str:
    """Write the page of the later dates: all that the record says, also what is no answer, but for what names it.

    It is for those who could read the record.
    """
    changes: dict[str, Value | None] = dict.fromkeys(_OWN_KEYS)
    if opened.row.audience != PUBLIC:  # its folder may be closed, and the one where new records stand open
        changes["audience"] = opened.row.audience
    text = frontmatter.rewrite(opened.state.text, changes)
    return saving.text_of(station(), opened.form, draft, text)


def _files(opened: Opened, draft: RecordDraft) -> dict[str, Pointer]:
    known = {one.name: Pointer(one.oid, one.size) for one in door().files(viewer(), opened.path)}
    return {**known, **draft.files}


def _move_answers(opened: Opened, path: str, day: date) -> None:
    new = door().ids_at(viewer(), [path]).get(path)
    if new is None:
        return
    with station().truth.begin() as connection:
        moved = moving.move(connection, opened.row.id, new, day.isoformat())
    if moved:
        station().stamp.touch()
    if moved and (later := door().find_record(viewer(), path)):
        moved_answers.follow(opened.form, later, _later_dates(opened, day))


def _again(sentence: str, code: int) -> Response:
    return sheet.again(_sheet(open_dates((request.view_args or {})["path"]), typed_day()), sentence, code)


keep(blueprint, {"record_later_dates.save": _again})
