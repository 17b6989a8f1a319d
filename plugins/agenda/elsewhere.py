"""One date of another agenda: what it says, whose it is; and by one press, a page of this site."""

from types import SimpleNamespace

from flask import Blueprint, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import NotFound
from app.plugin import (
    Form,
    address,
    adopt_event,
    check_may_adopt,
    door,
    may_adopt,
    notice,
    render,
    say_date,
    spoken,
    station,
    until_change,
    url,
    viewer,
)
from plugins.agenda import fetching, foreign
from plugins.agenda.foreign import ForeignRow

blueprint = Blueprint("agenda_elsewhere", __name__, url_prefix="/elsewhere")


@blueprint.get("/<int(max=999999999):number>")
@until_change
def show(number: int) -> Response:
    """Show it; where somebody has made a page of it, lead there."""
    row = foreign.find_row(viewer(), number)
    if path := foreign.page_of(viewer(), row):
        return redirect(address(path))
    form = _form()
    return render("agenda/elsewhere.html", row=row, when=_when(row), paragraphs=_paragraphs(row.description),
                  may_adopt=form is not None and may_adopt(station(), viewer(), form))  # fmt: skip


@blueprint.post("/<int(max=999999999):number>")
def adopt(number: int) -> Response:
    """Make a page of it, and open that to be completed."""
    row, form = foreign.find_row(viewer(), number), _form()
    if form is None:
        raise NotFound(foreign.GONE)
    check_may_adopt(station(), viewer(), form)  # before its calendar is read, which takes a process and a while
    summary = gettext("Adopted from “%(source)s”", source=row.source)
    by, event = viewer().pseudonym or "", foreign.event_of(row)
    path = adopt_event(station(), viewer(), form, event, by, summary, row.audience)
    fetching.follow_pages(station(), row.source_id)
    notice("done", gettext("This event has a page here now. Complete it if you like."))
    return redirect(url("record_edit.edit", path=path), 303)


def _form() -> Form | None:
    return door().find_form(viewer(), fetching.FORM)


def _when(row: ForeignRow) -> SimpleNamespace:
    stamp = row.start.date().isoformat() if row.is_all_day else row.start.isoformat(timespec="minutes")
    return SimpleNamespace(words=say_date(row.start, row.end, row.is_all_day, spoken()), stamp=stamp)


def _paragraphs(text: str) -> list[list[str]]:
    """Part a description into paragraphs of lines."""
    return [part.strip().split("\n") for part in text.split("\n\n") if part.strip()]
