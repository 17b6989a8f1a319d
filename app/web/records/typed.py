"""Read what a browser sent of the form of a record: answers as typed, files, the free text.

Inputs are called `f.NAME`, or `f.NAME.PART`. Of a file the part `file` is its name and `token` the word that says that
it waits here; `new` are files that come with this request, and the last row of other parts speaks of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask import request

from app.errors import N_, GareError, Invalid
from app.forms.filling import defaults
from app.forms.form import Field, Form, Values
from app.forms.types import type_of
from app.web.kit import UNFIT, say
from app.web.records import uploads
from app.web.records.uploads import Upload

PREFIX = "f."
BODY = "body"
OF_FILES = ("images", "file")
_GONE = N_("A file waited too long. Send it again.")

Parts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form shows: by field what is typed in its parts, and the files that wait by name.

    `wrong` names the part in which the mistake of a field stands, where that is known.
    """

    typed: Mapping[str, Parts] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    summary: str = ""

    def of(self, field: Field) -> Parts:
        """Give what is typed in a field."""
        return self.typed.get(field.name, {})


def shown_first(form: Form, answers: Values, *, is_new: bool, body: str = "", waiting: Iterable[Upload] = ()) -> Sent:
    """Give what a form shows before anybody typed: the answers of a record, or the defaults of a new one."""
    values = {**(defaults(form) if is_new else {}), **answers}
    typed = {
        one.name: {part: list(texts) for part, texts in type_of(one).type_again(one, values[one.name]).items()}
        for one in form.fields
        if one.name in values
    }
    return Sent(typed, {one.name: one for one in waiting}, body=body.strip())


def read(asked: Iterable[Field], existing: Collection[str]) -> Sent:
    """Read what was sent; `existing` are the names of the files that the page has."""
    sent = Sent(body=_clean(request.form.get(BODY, "")), summary=_clean(request.form.get("summary", "")))
    for one in asked:
        parts = _parts(one)
        if one.type in OF_FILES:
            sent = _with_files(sent, one, parts, existing)
        else:
            sent = replace(sent, typed={**sent.typed, one.name: parts})
    return sent


def _parts(one: Field) -> Parts:
    names = ("", *type_of(one).parts_of(one), *(("token",) if one.type in OF_FILES else ()))
    keys = {part: f"{PREFIX}{one.name}.{part}" if part else f"{PREFIX}{one.name}" for part in names}
    return {part: [_clean(text) for text in request.form.getlist(key)] for part, key in keys.items()}


def _clean(text: str) -> str:
    return UNFIT.sub("", text.replace("\r\n", "\n"))


def _with_files(sent: Sent, one: Field, parts: Parts, existing: Collection[str]) -> Sent:
    """Join the files that are known already with those that just came."""
    rows, slot, waiting, errors = _known_rows(one, parts, existing)
    arrived = [file for file in request.files.getlist(f"{PREFIX}{one.name}.new") if file.filename]
    fresh: list[Upload] = []
    try:
        taken = {*existing, *sent.uploads, *waiting}
        fresh = uploads.keep(arrived, taken, of_pictures=one.type == "images") if arrived else []
    except GareError as error:
        errors[one.name] = say(error)
    if one.type == "file" and fresh:
        rows, waiting, fresh = [], {}, fresh[:1]
    for number, upload in enumerate(fresh):
        said = slot if number == 0 else {**slot, "alt": ""}  # what was typed describes the first of them
        rows.append({**said, "file": upload.name, "token": upload.secret})
    if fresh and one.type == "images":
        slot = {name: slot.get(name, "") for name in ("author", "licence")}  # the next one is likely of the same hand
    return replace(
        sent,
        typed={**sent.typed, one.name: _columns(one, rows, slot if not fresh or one.type == "images" else {})},
        uploads={**sent.uploads, **waiting, **{upload.name: upload for upload in fresh}},
        errors={**sent.errors, **errors},
    )


def _known_rows(
    one: Field, parts: Parts, existing: Collection[str]
) -> tuple[list[dict[str, str]], dict[str, str], dict[str, Upload], dict[str, str]]:
    """Give the rows of files that the page has or that wait, what is typed for the next one, and what waits."""
    removed = set(request.form.getlist(f"{PREFIX}{one.name}.remove"))
    rows: list[dict[str, str]] = []
    slot: dict[str, str] = {}
    waiting: dict[str, Upload] = {}
    errors: dict[str, str] = {}
    for number, name in enumerate(parts["file"]):
        row = {part: texts[number] for part, texts in parts.items() if number < len(texts)}
        upload = uploads.find(row.get("token", "")) if row.get("token") else None
        if not name:
            slot = row
        elif name in removed:
            continue
        elif upload is not None and upload.name == name:
            waiting[name] = upload
            rows.append(row)
        elif name in existing:
            rows.append({**row, "token": ""})
        else:
            errors[one.name] = say(Invalid(_GONE))
    return rows, slot, waiting, errors


def _columns(one: Field, rows: list[dict[str, str]], slot: Mapping[str, str]) -> Parts:
    """Give the parts of a field of files; the last row is what is typed for the next file."""
    every = [*rows, {**slot, "file": "", "token": ""}]
    if one.type == "file":
        every = rows or every
    return {part: [row.get(part, "") for row in every] for part in (*type_of(one).parts, "token")}
