"""What needs care among the records that somebody looks after: errors, to be verified, expired, there twice."""

from collections.abc import Iterable
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordQuery, RecordRow
from app.errors import N_, Invalid, NotFound
from app.forms.form import TO_VERIFY
from app.people import acts
from app.records import contact, reports, twins
from app.records.duplicates import WHY
from app.records.reports import REASONS
from app.web.addresses import url
from app.web.kit import UNKNOWN_BUTTON, door, notice, render, station, uncached, viewer
from app.web.life.states import day_words
from app.web.wording import former

blueprint = Blueprint("record_care", __name__)

MOST = 100  # records of one kind
_LOOKED_AT = 2000  # records of a form of which those that have expired are picked out
_GONE = N_("This is dealt with already, or not yours to look after.")


@blueprint.get("/-/records/care")
def show() -> Response:
    """List it."""
    door().check_moderates(viewer())
    return uncached(render(
        "life/care.html", reports=_reports(), messages=_messages(), to_verify=_to_verify(), expired=_expired(),
        twins=_twins(),
    ))  # fmt: skip


def count_waiting() -> int:
    """Count what others have sent, so that the mail which says that something waits leads to it."""
    return len(_reports()) + len(_messages())


def _own(ids: Iterable[str]) -> dict[str, RecordRow]:
    """Find those of these records that the viewer looks after."""
    found = door().records_by_id(viewer(), set(ids))
    return {page_id: row for page_id, row in found.items() if door().may_check(viewer(), row)}


def _reports() -> list[SimpleNamespace]:
    with station().truth.connect() as connection:
        found = reports.list_open(connection)
    rows, names = _own(one.page_id for one in found), door().author_names({one.pseudonym for one in found})
    return [
        SimpleNamespace(
            id=one.id, record=rows[one.page_id], reason=gettext(REASONS.get(one.reason, one.reason)), text=one.text,
            is_twice=one.reason == "twice",
            at=one.at, name=names.get(one.pseudonym) or former(),
        )
        for one in found
        if one.page_id in rows
    ][:MOST]  # fmt: skip


def _messages() -> list[SimpleNamespace]:
    with station().truth.connect() as connection:
        found = contact.list_reported(connection)
    rows, names = _own(one.page_id for one in found), door().author_names({one.pseudonym for one in found})
    return [
        SimpleNamespace(
            id=one.id, record=rows[one.page_id], at=one.at, name=names.get(one.pseudonym) or former(),
        )
        for one in found
        if one.page_id in rows
    ]  # fmt: skip


def _to_verify() -> list[RecordRow]:
    queries = (RecordQuery(form.name, states=(TO_VERIFY,), limit=MOST) for form in door().all_forms(viewer()))
    rows = [row for query in queries for row in door().records(viewer(), query)[0]]
    return [row for row in rows if door().may_check(viewer(), row)][:MOST]


def _expired() -> list[SimpleNamespace]:
    day = station().today().isoformat()
    forms = [form.name for form in door().all_forms(viewer()) if form.expires_days]
    rows = [row for form in forms for row in door().records(viewer(), RecordQuery(form, limit=_LOOKED_AT))[0]]
    over = [row for row in rows if row.expires and row.expires < day and door().may_check(viewer(), row)]
    over.sort(key=lambda row: row.expires)
    return [SimpleNamespace(record=row, expires=day_words(row.expires)) for row in over[:MOST]]


def _twins() -> list[SimpleNamespace]:
    with station().truth.connect() as connection:
        found = twins.list_open(connection)
    rows = _own(page_id for one in found for page_id in (one.first_id, one.second_id))
    return [
        SimpleNamespace(first=rows[one.first_id], second=rows[one.second_id], why=gettext(WHY.get(one.why, one.why)))
        for one in found
        if one.first_id in rows and one.second_id in rows
    ][:MOST]


@blueprint.post("/-/records/care")
def act() -> Response:
    """Note that something is dealt with, or that it is not."""
    door().check_moderates(viewer())
    deed, about = request.values.get("action", ""), request.values.get("id", "")[:100]
    if deed in {"done", "open"}:
        _close(about, is_done=deed == "done")
    elif deed in {"two", "one"}:
        _set_two(about, are_two=deed == "two")
    elif deed == "clear":
        _clear(about)
    else:
        raise Invalid(UNKNOWN_BUTTON)
    return redirect(url("record_care.show"), 303)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _close(about: str, *, is_done: bool) -> None:
    with station().truth.begin() as connection:
        report = reports.find(connection, _number(about))
        if report is None or report.page_id not in _own([report.page_id]):
            raise NotFound(_GONE)
        if is_done:
            reports.close(connection, report, viewer().pseudonym or "")
        else:
            reports.open_again(connection, report)
    undo = (gettext("Undo"), url("record_care.act", action="open", id=about)) if is_done else None
    notice("done", gettext("It is dealt with.") if is_done else gettext("It waits again."), undo)


def _set_two(about: str, *, are_two: bool) -> None:
    one, _, other = about.partition(" ")
    if not {one, other} <= _own([one, other]).keys():
        raise NotFound(_GONE)
    with station().truth.begin() as connection:
        twins.set_two(connection, one, other, are_two=are_two)
    undo = (gettext("Undo"), url("record_care.act", action="one", id=about)) if are_two else None
    notice("done", gettext("They are kept as two.") if are_two else gettext("It waits again."), undo)


def _clear(about: str) -> None:
    with station().truth.begin() as connection:
        message = contact.find(connection, _number(about))
        row = _own([message.page_id]).get(message.page_id) if message else None
        if message is None or row is None:
            raise NotFound(_GONE)
        contact.clear(connection, message.id)
        acts.note(connection, viewer().pseudonym or "", "cleared-sender", row.path)
    notice("done", gettext("This person may write again."))
