"""The form of a record, whoever fills it in and whatever becomes of it: what it shows, and what is read of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordRow
from app.errors import GareError
from app.forms.filling import UNANSWERED, Filled, fill
from app.forms.form import Field, Form, Values, words_in
from app.forms.types import type_of
from app.forms.types.days import find_day
from app.records.saving import RecordDraft
from app.web import visitor_form
from app.web.beginning import draft
from app.web.files import href
from app.web.kit import door, render, say, uncached, viewer
from app.web.language import spoken
from app.web.records import typed
from app.web.records.preview import row_of, texts_of
from app.web.records.private_values import may_see
from app.web.records.showing import shown
from app.web.records.typed import PREFIX, Sent
from app.web.records.uploads import Upload
from app.web.records.uploads import find as find_upload
from app.web.records.widgets import widgets
from app.wiki.yaml_text import Value

SEND, PREVIEW, ADD, KEEP, PLACE, DATES = "send", "preview", "add", "keep", "place ", "dates"

FIRST_PART = "start"  # its input bears the name of the whole question


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that is open. `row` is the record that is changed, None of a new one; `answers` are what it says now.

    `heading`, `lead` and `send` are translated; `back` is a label and an address. With `is_asked_who` somebody without
    an account says who he is, with `is_asked_name` how he signs. `may_keep`: an unfinished form may be kept for later.
    """

    form: Form
    address: str
    heading: str
    send: str
    lead: str = ""
    back: tuple[str, str] | None = None
    row: RecordRow | None = None
    judged: RecordRow | None = None  # what a proposal would be, for who decides: he reads no more of it than then
    base: str = ""
    answers: Values = field(default_factory=dict)
    private: Values = field(default_factory=dict)  # those of them that stand in the database now
    marks: Sequence[tuple[str, str]] = ()  # hidden inputs
    body: str = ""
    waiting: tuple[Upload, ...] = ()
    is_fresh: bool = False  # nobody has typed anything yet: the defaults are shown
    is_asked_who: bool = False
    is_asked_name: bool = False
    may_keep: bool = False
    seen: str = ""

    @property
    def path(self) -> str:
        """Where the record stands that is changed."""
        return self.row.path if self.row else ""

    def may_see(self, one: Field) -> bool:
        """Tell whether the viewer is asked a question: private ones of a record that is there, as he reads them."""
        row = self.row or self.judged
        return row is None or may_see(one, row)

    def asked(self) -> list[Field]:
        """List the questions that the viewer is asked."""
        return [one for one in self.form.fields if not one.is_private or self.may_see(one)]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was sent, read and found right: `sent` shows it again should something come in between."""

    draft: RecordDraft
    sent: Sent
    is_kept: bool = False


def first(sheet: Sheet) -> Sent:
    """Give what a form shows before anybody typed."""
    return typed.shown_first(sheet.form, sheet.answers, is_new=sheet.is_fresh, body=sheet.body, waiting=sheet.waiting)


def read(sheet: Sheet) -> Sent:
    """Read what was typed, files included."""
    existing = [one.name for one in door().files(viewer(), sheet.path)] if sheet.path else []
    return typed.read(sheet.asked(), existing)


def take(sheet: Sheet) -> Taken | Response:
    """Read what was sent; answers itself where the form is to be shown again."""
    sent, action = read(sheet), request.form.get("action", SEND)
    if action.startswith(PLACE):
        return show(sheet, _with_place(sheet, sent, action.removeprefix(PLACE)))
    if action == ADD or sent.errors:
        return show(sheet, sent, code=400 if sent.errors else 200)
    filled = fill(sheet.form, sent.of, may_see=sheet.may_see, old=sheet.answers)
    wrong = _wrong(sheet.form, filled, action)
    parts = {name: str(error.values["part"]) for name, error in wrong.items() if "part" in error.values}
    sent = replace(sent, errors={name: say(error) for name, error in wrong.items()}, wrong=parts)
    if action == DATES and not wrong:
        return show(sheet, sent)
    if action == PREVIEW:
        return show(sheet, sent, preview=_preview(sheet, sent, filled))
    if wrong:
        return show(sheet, sent, code=400)
    if action == SEND and (offer := _offer(sheet, sent)):
        return show(sheet, sent, offer=offer)
    return Taken(_draft(sheet, sent, filled), sent, is_kept=action == KEEP)


def _wrong(form: Form, filled: Filled, action: str) -> dict[str, GareError]:
    """Give the mistakes that matter: who only asks for the dates is told of those."""
    dated = {one.name for one in form.of_type("schedule")}
    return {
        name: error
        for name, error in filled.errors.items()
        if (action != KEEP or error.msgid != UNANSWERED) and (action != DATES or name in dated)
    }


def _draft(sheet: Sheet, sent: Sent, filled: Filled) -> RecordDraft:
    named = {name: one.pointer for name, one in sent.uploads.items()}
    return RecordDraft(filled.values, filled.private, sent.body, sheet.path, sheet.base, named, sent.summary)


def _with_place(sheet: Sheet, sent: Sent, secret: str) -> Sent:
    """Type the place where a photo was taken into the first question for a place."""
    upload, places = find_upload(secret), sheet.form.of_type("place")
    if upload is None or upload.position is None or not places:
        return sent
    lat, lon = (f"{degrees:.5f}" for degrees in upload.position)
    parts = {**sent.of(places[0]), "lat": [lat], "lon": [lon]}
    return replace(sent, typed={**sent.typed, places[0].name: parts})


def _offer(sheet: Sheet, sent: Sent) -> Upload | None:
    """Find a photo that says where it was taken, where no place is given; it is offered once."""
    places, located = sheet.form.of_type("place"), located_in(sent)
    if not places or located is None or request.form.get("offered"):
        return None
    parts = sent.of(places[0])
    return None if any(any(parts.get(part, ())) for part in ("lat", "lon")) else located


def located_in(sent: Sent) -> Upload | None:
    """Find a photo that waits and says where it was taken."""
    return next((one for one in sent.uploads.values() if one.position), None)


def _preview(sheet: Sheet, sent: Sent, filled: Filled) -> SimpleNamespace:
    private = {name: value for name, value in filled.private.items() if value is not None}
    return preview_of(sheet.form, sheet.path, filled.values, private, sent.body, place_of(sheet.path, sent.uploads))


def preview_of(
    form: Form, path: str, values: Values, private: Values, body: str, place: Callable[[str], str]
) -> SimpleNamespace:
    """Lay answers out as the record that they would be."""
    row = row_of(form, path, values)
    fields = [
        one for one in shown(form, row, private, spoken(), place) if one.kind != "write"
    ]  # nobody to write to yet
    return SimpleNamespace(title=row.title, fields=fields, **texts_of(row.path, fields, body, prefix="preview-"))


def place_of(path: str, waiting: Mapping[str, Upload]) -> Callable[[str], str]:
    """Give what says where a file of a record is seen, whether it waits or stands with the page."""
    there = partial(href, path or "x")
    return lambda name: waiting[name].address if name in waiting else there(name)


def show(
    sheet: Sheet, sent: Sent, *, errors: Mapping[str, str] | None = None, code: int = 200,
    preview: SimpleNamespace | None = None, offer: Upload | None = None, likes: Sequence[Any] = (), **more: Any,
) -> Response:  # fmt: skip
    """Show a form with what is typed in it; `errors` are those of inputs beside the questions."""
    questions = widgets(sheet.form, sheet.asked(), sent, spoken(), place_of(sheet.path, sent.uploads))
    shown_offer = offer or located_in(sent)
    for one in [one for one in questions if one.kind == "schedule"]:
        one.again = sheet.address
    for one in [one for one in questions if one.kind == "place"][:1]:
        one.offer = shown_offer if shown_offer and not one.parts["lat"] else None
    named = {f"{PREFIX}{name}": sentence for name, sentence in sent.errors.items()} | dict(errors or {})
    page = render(
        "records/form.html", code, sheet=sheet, questions=questions, sent=sent, errors=named, preview=preview,
        offer=offer, likes=likes, visitor=_visitor(sheet), description=words_in(sheet.form.description, spoken()),
        body_label=words_in(sheet.form.body_label, spoken()),
        offered=bool(offer or request.form.get("offered")), anyway=bool(likes or request.form.get("anyway")),
        summary=_summary(sheet.form, sent, named), **more,
    )  # fmt: skip
    return uncached(page)


def _summary(form: Form, sent: Sent, named: Mapping[str, str]) -> dict[str, str]:
    """Say with each mistake which question it is about: several say the same words. Each leads to its input."""
    asked = {f"{PREFIX}{one.name}": words_in(one.label, spoken()) for one in form.fields}
    leads = {f"{PREFIX}{name}": f"{PREFIX}{name}.{part}" for name, part in sent.wrong.items() if part != FIRST_PART}
    return {
        leads.get(name, name): gettext("%(words)s:", words=asked[name]) + f" {sentence}" if name in asked else sentence
        for name, sentence in named.items()
    }


def _visitor(sheet: Sheet) -> SimpleNamespace | None:
    return visitor_form.fields() if sheet.is_asked_who else None


def again(sheet: Sheet, sentence: str, code: int) -> Response:
    """Show what was typed with a sentence that concerns all of it."""
    return show(sheet, read(sheet), errors={"record": sentence}, code=code)


def first_time(sheet: Sheet) -> Response:
    """Show a form as it is opened."""
    return show(sheet, with_query(sheet, first(sheet)) if sheet.is_fresh else first(sheet))


def with_query(sheet: Sheet, sent: Sent) -> Sent:
    """Type in what the address says: a position from a map, a title, a day from the agenda."""
    given = {part: [request.args[part][:40]] for part in ("lat", "lon") if part in request.args}
    changed = dict(sent.typed)
    for one in sheet.form.of_type("place")[:1] if len(given) == 2 else ():
        changed[one.name] = {**sent.of(one), **given}
    title = sheet.form.find("title")
    if title is not None and request.args.get("title"):
        changed["title"] = {"": [request.args["title"][:200]]}
    for one in sheet.form.of_type("schedule")[:1] if find_day(request.args.get("day", "")) else ():
        changed[one.name] = {**sent.of(one), "start": [request.args["day"]]}
    return _with_draft(sheet, replace(sent, typed=changed))


def _typed(one: Field, value: Value) -> dict[str, list[str]]:
    return {part: list(texts) for part, texts in type_of(one).type_again(one, value).items()}


def _with_draft(sheet: Sheet, sent: Sent) -> Sent:
    """Type in what a plugin begins the record with."""
    begun = draft()
    if begun is None:
        return sent
    given = {"title": begun.title, **begun.fields}
    named = [(one, given[one.name]) for one in sheet.form.fields if one.name in given]
    typed = {one.name: _typed(one, value) for one, value in named}
    return replace(sent, typed={**sent.typed, **typed}, body=begun.text)
