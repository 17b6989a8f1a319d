"""The columns of a form's table: one for each field, several for a place or a stretch of time, those of the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_, GareError, Invalid
from app.forms.form import Field, Form, Values, words_in
from app.forms.types import type_of
from app.forms.types.entry import shown
from app.wiki.page import fold
from app.wiki.yaml_text import Value

ID, BODY = "id", "body"
IN_PARTS = ("place", "date_range", "file")  # a table has a column for each part of these
# What an export tells of a record and an import does not take: who sends it again has not changed it.
TOLD = ("state", "verified", "expires", "edited", "address_of_page")
_TITLES = ("nom", "titre", "name", "title")
_PARTS = {
    "address": {"fr": "adresse", "en": "address"},
    "postcode": {"fr": "code postal", "en": "postcode"},
    "commune": {"fr": "commune", "en": "commune"},
    "lat": {"fr": "latitude", "en": "latitude"},
    "lon": {"fr": "longitude", "en": "longitude"},
    "precision": {"fr": "précision", "en": "precision"},
    "start": {"fr": "début", "en": "start"},
    "end": {"fr": "fin", "en": "end"},
    "file": {"fr": "fichier", "en": "file"},
    "title": {"fr": "titre", "en": "title"},
}
_OWN = {
    ID: {"fr": "id", "en": "id"},
    BODY: {"fr": "texte libre", "en": "free text"},
    "state": {"fr": "état", "en": "state"},
    "verified": {"fr": "vérifié le", "en": "verified on"},
    "expires": {"fr": "visible jusqu’au", "en": "shown until"},
    "edited": {"fr": "modifié le", "en": "changed on"},
    "address_of_page": {"fr": "page", "en": "page"},
}
_TOLD_WORDS = frozenset(fold(word) for name in TOLD for word in (name, *_OWN[name].values()))
NO_COLUMN = N_("No column has a name that this form knows. Start from its template file.")
_TWICE = N_("Two columns are called “%(name)s”. Rename one of them.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: of a field, of a part of it, or (no field) of the record itself."""

    name: str
    field: Field | None = None
    part: str = ""

    def label(self, language: str) -> str:
        """Name it for people."""
        if self.field is None:
            return words_in(_OWN[self.name], language)
        label = words_in(self.field.label, language) or self.field.name
        return f"{label} – {words_in(_PARTS[self.part], language)}" if self.part else label

    def cell(self, value: Value | None) -> str:
        """Write what stands in it of the field's value."""
        if value is None or self.field is None:
            return ""
        if not self.part:
            return type_of(self.field).cell(self.field, value)
        return shown(value.get(self.part, "")) if isinstance(value, dict) else ""


def of_field(field: Field) -> tuple[Column, ...]:
    """Give the columns of a field."""
    if field.type not in IN_PARTS:
        return (Column(field.name, field),)
    return tuple(Column(f"{field.name}.{part}", field, part) for part in type_of(field).parts)


def of_form(form: Form) -> tuple[Column, ...]:
    """Give the columns by which records come in, in the order of the form."""
    fields = [column for field in form.fields for column in of_field(field)]
    return (Column(ID), *fields, *([Column(BODY)] if form.has_body else []))


def labels(columns: Sequence[Column], language: str) -> list[str]:
    """Name columns for people, each otherwise: two fields of one label are told by their names."""
    said = [column.label(language) for column in columns]
    folded = [fold(label) for label in said]
    return [
        label if folded.count(fold(label)) == 1 else column.name for column, label in zip(columns, said, strict=True)
    ]


def match(form: Form, header: Sequence[str]) -> list[Column | None]:
    """Find the column that each word of a header means, by its name or by a label; None for those that are not known.

    Raises Invalid where none is known, or two mean the same.
    """
    known: dict[str, Column] = {}
    columns = of_form(form)
    for language in ("fr", "en"):
        for column, label in zip(columns, labels(columns, language), strict=True):
            known.setdefault(fold(label), column)
    known |= {fold(column.name): column for column in columns} | {column.name.casefold(): column for column in columns}
    known |= {fold(field.name): Column(field.name, field) for field in form.fields if field.type in IN_PARTS}
    for word in _TOLD_WORDS - {fold(column.name) for column in columns}:
        known.pop(word, None)
    found = [known.get(word.strip().casefold()) or known.get(fold(word)) for word in header]
    title = known.get("title")
    if title not in found:  # tables of people say “Nom” whatever the form asks
        found = [
            column or (title if fold(word) in _TITLES else None) for word, column in zip(header, found, strict=True)
        ]
    _check(found)
    return found


def _check(found: Sequence[Column | None]) -> None:
    names = [column.name for column in found if column]
    if not names:
        raise Invalid(NO_COLUMN)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Invalid(_TWICE, name=twice)


def unknown(form: Form, header: Sequence[str]) -> list[str]:
    """List the words of a header that mean nothing here, but for what an export tells."""
    matched = zip(header, match(form, header), strict=True)
    return [word for word, column in matched if column is None and word.strip() and fold(word) not in _TOLD_WORDS]


def values_of(
    columns: Sequence[Column | None], cells: Sequence[str], old: Values
) -> tuple[dict[str, Value], dict[str, GareError]]:
    """Read the cells of one record over what it said before; gives its values, and what is wrong by field.

    An empty cell takes the answer away; a column that is not there leaves it as it was.
    """
    values, errors = dict(old), {}
    parts: dict[str, tuple[Field, dict[str, str]]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is None or column.field is None:
            continue
        if column.part:
            parts.setdefault(column.field.name, (column.field, {}))[1][column.part] = cell
            continue
        try:
            _set(values, column.field.name, type_of(column.field).read_cell(column.field, cell))
        except GareError as error:
            errors[column.field.name] = error
    for name, (field, typed) in parts.items():
        try:
            _set(values, name, type_of(field).check(field, _with_old(typed, old.get(name))))
        except GareError as error:
            errors[name] = error
    return values, errors


def _with_old(typed: dict[str, str], old: Value | None) -> dict[str, Value]:
    before = old if isinstance(old, dict) else {}
    return {**before, **typed}


def _set(values: dict[str, Value], name: str, value: Value | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value
