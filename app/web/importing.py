"""Take records in from a file: send it, look at what would be done, then have it done."""

from types import SimpleNamespace

from flask import Blueprint, make_response, redirect, request
from flask_babel import gettext, ngettext
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.calendar import sentences
from app.errors import N_, GareError, Invalid, NotFound
from app.forms.form import Form, words_in
from app.forms.types import type_of
from app.records import communes
from app.records.exchange import columns, events_in, kept, reading, taking_in
from app.records.exchange.columns import Column
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED, Entry, Report
from app.records.exchange.sheet import MOST_BYTES
from app.records.exchange.tables_out import csv_of
from app.web.addresses import address
from app.web.kit import door, notice, render, say, station, uncached, viewer
from app.web.language import spoken

blueprint = Blueprint("importing", __name__)

TELLING = ("text", "link", "phone", "email")  # types of fields by which records may be told apart
MOST_SHOWN = 50  # lines of a preview
WORDS = {
    CREATED: N_("New record"),
    CHANGED: N_("Changed record"),
    UNCHANGED: N_("As before"),
    REFUSED: N_("Left out"),
}


@blueprint.get("/-/import/<form>")
def choose(form: str) -> Response:
    """Show the form that asks for a file."""
    return _form(_find(form), {})


def _find(name: str) -> Form:
    form = door().form(viewer(), name)
    taking_in.check_may_import(station(), viewer(), form)
    return form


@blueprint.post("/-/import/<form>")
def take(form: str) -> Response:
    """Show what a file would do; with the proof of that page, do it."""
    found = _find(form)
    try:
        if proof := request.form.get("proof", ""):
            return _carry_out(found, *_read_proof(proof, found))
        return _preview(found)
    except GareError as error:
        return _form(found, {"file": say(error)}, error.status)


def _preview(form: Form) -> Response:
    sent, key = request.files.get("file"), request.form.get("key", "")
    content = sent.stream.read(MOST_BYTES + 1) if sent else b""
    if not content:
        raise Invalid(N_("Choose a file first."))
    prepared = _prepare(form, content, key)
    name = kept.keep(station().config.instance, content)
    report = prepared.report
    return uncached(render(
        "importing/preview.html", form=form, title=_title(form), counts=_counts(report), proof=_proof(name, key, form),
        unknown=report.unknown, notes=[gettext(msgid, **values) for msgid, values in report.notes],
        entries=[_shown(entry) for entry in report.entries[:MOST_SHOWN]], left=max(0, len(report.entries) - MOST_SHOWN),
        refused=[_shown(entry) for entry in report.refused[:MOST_SHOWN]],
        is_worth=bool(report.count(CREATED) + report.count(CHANGED)),
    ))  # fmt: skip


def _prepare(form: Form, content: bytes, key: str) -> taking_in.Prepared:
    if events_in.is_calendar(content):
        found = events_in.read_file(station(), content)
        return events_in.prepare(station(), viewer(), form, found, station().today())
    table = reading.read(content, form, communes.bounds(station()))
    return taking_in.prepare(station(), viewer(), form, table, station().today(), key)


def _carry_out(form: Form, name: str, key: str) -> Response:
    content = kept.load(station().config.instance, name)
    prepared = _prepare(form, content, key)  # anew: somebody may have changed a record since it was looked at
    summary = gettext("Import: %(what)s", what=_title(form))
    taking_in.carry_out(station(), viewer(), prepared, viewer().pseudonym or "", summary)
    kept.forget(station().config.instance, name)
    done = prepared.report.count(CREATED) + prepared.report.count(CHANGED)
    notice("done", ngettext("%(num)s record has been taken in.", "%(num)s records have been taken in.", done))
    return redirect(_list_address(form), 303)


def _list_address(form: Form) -> str:
    folder = f"{form.folder}/index" if form.folder else "index"
    return station().hooks.collection(form.name) or address(folder)


def _shown(entry: Entry) -> SimpleNamespace:
    faults = [
        gettext("%(words)s:", words=label) + f" {say(error)}" if label else say(error) for label, error in entry.errors
    ]
    when = sentences.say(entry.schedule, spoken()) if entry.schedule else ""
    what = gettext(WORDS[entry.what])
    return SimpleNamespace(line=entry.line, what=what, title=entry.title, when=when, faults=faults)


def _counts(report: Report) -> list[tuple[str, int]]:
    words = {CREATED: gettext("New records"), CHANGED: gettext("Changed records"),
             UNCHANGED: gettext("As before"), REFUSED: gettext("Left out")}  # fmt: skip
    return [(said, count) for what, said in words.items() if (count := report.count(what))]


def _title(form: Form) -> str:
    return words_in(form.plural, spoken()) or words_in(form.title, spoken()) or form.name


def _form(form: Form, errors: dict[str, str], code: int = 200) -> Response:
    table = columns.of_form(form)
    named = zip(table, columns.labels(table, spoken()), strict=True)
    keys = [(column.name, label) for column, label in named if column.field and column.field.type in TELLING]
    return uncached(render(
        "importing/choose.html", code, form=form, title=_title(form), errors=errors, keys=keys,
        key=request.form.get("key", ""), has_dates=bool(form.of_type("schedule")), megabytes=MOST_BYTES // 1_000_000,
    ))  # fmt: skip


@blueprint.get("/-/import/<form>/template.csv")
def template(form: str) -> Response:
    """Give a table with the columns of a form and one line as an example."""
    found = door().form(viewer(), form)
    table = [column for column in columns.of_form(found) if column.name != columns.ID]
    content = csv_of(columns.labels(table, spoken()), [[_example(column) for column in table]], spoken())
    response = make_response(content)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}.csv"'
    return uncached(response)


_EXAMPLES = {
    "number": "3", "yes_no": "yes", "date": "2026-03-12", "period": "1850", "link": "https://example.org",
    "email": "name@example.org", "contact": "name@example.org", "phone": "04 75 00 00 00", "hours": "Mo-Fr 09:00-12:00",
    "images": "photo.jpg", "long_text": "…", "text": "…", "tags": "…, …",
}  # fmt: skip
_PARTS = {
    "lat": "44.5",
    "lon": "4.5",
    "start": "2026-03-12",
    "end": "2026-03-14",
    "precision": "exact",
    "postcode": "07000",
}


def _example(column: Column) -> str:
    """Show how a cell of a column is written."""
    if column.field is None:
        return ""
    if column.part:
        return _PARTS.get(column.part, "…")
    if column.field.choices:
        return type_of(column.field).plain(column.field, column.field.choices[0].key, spoken())
    return _EXAMPLES.get(column.field.type, "")


def _proof(name: str, key: str, form: Form) -> str:
    return _signer().dumps([name, key, form.name, viewer().pseudonym])


def _read_proof(proof: str, form: Form) -> tuple[str, str]:
    """Give the kept file and the key that a preview was made with, by the same person; raises NotFound."""
    try:
        name, key, form_name, who = _signer().loads(proof)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound(kept.GONE) from error
    if (form_name, who) != (form.name, viewer().pseudonym):
        raise NotFound(kept.GONE)
    return name, key


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(station().config.secret_key, salt="import")
