"""The agenda on paper: a month on one sheet of A4, a list for the board, a poster for one event."""

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.errors import NotFound
from app.plugin import (
    Form,
    OccurrenceRow,
    RecordRow,
    ShownField,
    absolute,
    address,
    door,
    draw,
    fill_body,
    render,
    shown_of_many,
    spoken,
    until_change,
    viewer,
)
from plugins.agenda import dates, days, filters, listing, model, words
from plugins.agenda.calendars import NO_EVENT
from plugins.agenda.entries import CANCELLED, entries, entry_on
from plugins.agenda.model import MONTH, Asked

blueprint = Blueprint("agenda_poster", __name__)

IN_LIST = 100  # dates of one list
ON_DAY = 5  # titles of a day on the sheet of a month
NEXT = 4  # dates that the poster of a series names
TOLD = ("text", "long_text", "link", "phone")  # types of answers that stand on a poster


def show(asked: Asked) -> Response:
    """Show a month or a list as it is printed."""
    now, forms = listing.today(), door().dated_forms(viewer())
    base = listing.base_address()
    shown = listing.month(asked, base, now, ON_DAY) if asked.paper == MONTH else _list(asked)
    return render(
        "agenda/paper.html", **shown, heading=listing.heading(asked, now), source=absolute(base),
        chips=filters.chips(asked, forms, filters.labels(), base), back=asked.address(base),
    )  # fmt: skip


def _list(asked: Asked) -> dict[str, Any]:
    now = listing.today()
    page = dates.page(asked, now, IN_LIST)
    shown = days.by_day(page.rows, asked.span(now)[0], now)
    return {"days": shown, "weeks": [], "total": page.total, "has_more": page.has_more}


@blueprint.get("/poster/<path:path>")
@until_change
def poster(path: str) -> Response:
    """Show the poster of an event; `day` names one of its dates."""
    row = door().find_record(viewer(), path)
    form = door().find_form(viewer(), row.form) if row else None
    if row is None or form is None or not form.of_type("schedule"):
        raise NotFound(NO_EVENT)
    _, body, _ = door().view(viewer(), path)
    fields = shown_of_many(form, [row], {}, spoken())[0]
    return render(
        "agenda/poster.html", title=row.title, back=address(path), html=fill_body(path, body),
        qr=draw(absolute(address(path))), source=absolute(address(path)).partition("://")[2],
        facts=[one for one in fields if _is_told(form, one)], **_when(row, form, fields), **_picture(fields),
    )  # fmt: skip


def _is_told(form: Form, one: ShownField) -> bool:
    field = form.find(one.name)
    return field is not None and field.type in TOLD and one.name not in {"title", "reason"}


def _when(row: RecordRow, form: Form, fields: list[ShownField]) -> dict[str, Any]:
    """Say when and where: of the date asked for, else of all in one sentence, with the next ones."""
    now = listing.today()
    said = request.args.get("day", "")
    coming = door().dates_of(viewer(), row.path, now) or door().dates_of(viewer(), row.path, model.EARLIEST)[-1:]
    one = door().occurrence(viewer(), row.id, said) if said else None
    one = one or (coming[0] if coming and not coming[0].is_series else None)
    name = form.of_type("schedule")[0].name
    sentence = next((field.words for field in fields if field.name == name), "")
    shown = one or (coming[0] if coming else None)
    return {
        "when": date_words(one) if one else words.sentence(sentence),
        "dates": [] if one else [date_words(each) for each in coming[:NEXT]],
        "place": shown.place if shown else "",
        "is_cancelled": shown is not None and shown.status == CANCELLED and (one is not None or not coming[1:]),
    }


def date_words(row: OccurrenceRow) -> str:
    """Say a date on one line: “vendredi 27 novembre 2026, 18 h 30 – 21 h”."""
    (entry,) = entries([row])
    day = words.whole_day(entry.first)
    hours = " – ".join(filter(None, (entry.hour, entry.end)))
    if entry.last > entry.first:
        day, hours = words.span_words(entry.first, entry.last), entry_on(entry.first, entry).hour
    return ", ".join(filter(None, (day, hours)))


def _picture(fields: list[ShownField]) -> dict[str, str]:
    items = next((one.items for one in fields if one.kind == "pictures"), ())
    first = next((one for one in items if one.image), None)
    return {"picture": first.href if first else "", "picture_words": first.words if first else ""}
