"""What the page of a record shows beside its text: its answers, its life, what names it."""

from datetime import date
from functools import partial
from types import SimpleNamespace

from app.catalog.record_rows import RecordRow
from app.catalog.rows import PageRow
from app.forms.form import Form, words_in
from app.hooks import Way
from app.records import private, readers
from app.web.addresses import address, url
from app.web.answers import bar as coming
from app.web.kit import door, is_fallback, station, viewer
from app.web.language import spoken
from app.web.life.bar import bar
from app.web.personal import stand_in
from app.web.polls import bar as polls
from app.web.records.edit import may_publish
from app.web.records.preview import texts_of
from app.web.records.showing import shown
from app.web.records.shown import ShownField


def record_of(page: PageRow) -> SimpleNamespace | None:
    """Prepare the record that a page is; None of a page like others, and of a record whose form is gone."""
    form = door().find_form(viewer(), page.form) if page.form and not is_fallback() else None
    row = door().find_record(viewer(), page.path) if form else None
    if form is None or row is None:
        return None
    fields = _fields(form, row)
    kind = words_in(form.plural, spoken()) or words_in(form.title, spoken())
    point = next((one.point for one in fields if one.point), None)
    return SimpleNamespace(
        form=form, row=row, fields=fields, kind=kind, life=bar(row),
        coming=coming.bar(form, row), poll=polls.bar(form, row),
        is_direct=may_publish(form, row), edit_address=url("record_edit.edit", path=row.path),
        texts=texts_of(row.path, fields, "")["texts"], linked=_linked(row),
        pins=[_pin(row, point)] if point else [], ways=_ways(form, row),
    )  # fmt: skip


def _fields(form: Form, row: RecordRow) -> list[ShownField]:
    known = {}
    if any(one.is_private for one in form.fields):
        with station().truth.connect() as connection:
            known = private.load(connection, [row.id]).get(row.id, {})
    # Answers are kept for all of equal rights: what only its maker reads of a record, he finds in its form.
    readable = readers.readable(stand_in(viewer()), form, row, known)
    fields = shown(form, row, readable, spoken(), date_address=partial(_date_address, may_publish(form, row), row))
    return [one for one in fields if one.kind != "write"]  # the bar below has that button


def _date_address(may_change: bool, row: RecordRow, day: date) -> str:
    return url("record_dates.show", path=row.path, day=day.isoformat()) if may_change else ""


def _ways(form: Form, row: RecordRow) -> list[Way]:
    """List how plugins let this record be taken along."""
    return [one for ask in station().hooks.ways_out for one in ask(form, row) or ()]


def _pin(row: RecordRow, point: tuple[float, float]) -> dict[str, object]:
    return {"lat": point[0], "lon": point[1], "title": row.title, "address": address(row.path)}


def _linked(row: RecordRow) -> list[SimpleNamespace]:
    """List the records that name this one."""
    return [SimpleNamespace(title=one.title, address=address(one.path)) for one in door().linked(viewer(), row.id)]
