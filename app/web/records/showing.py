"""Prepare what a record says for templates, macros and lists: in words, as links, pictures, a position.

Nothing here is markup: templates escape. E-mail addresses go to nobody who is not signed in, contacts to nobody at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.catalog.record_rows import RecordRow
from app.forms.form import Choice, Field, Form, Values, words_in
from app.forms.types import type_of
from app.forms.types.choices import known
from app.forms.types.media import list_images
from app.forms.types.places import BLURRED, HIDDEN, position_of, precision_of
from app.forms.types.references import form_of
from app.forms.types.rows import ID, columns_of, list_rows, say, say_beside
from app.web.addresses import address, url
from app.web.files import href
from app.web.kit import door, viewer
from app.web.records import showing_dates
from app.web.records.showing_dates import DateAddress
from app.web.records.shown import ShownField, ShownItem
from app.wiki.files import is_inline
from app.wiki.yaml_text import Value


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an answer is shown with."""

    form: Form
    row: RecordRow
    language: str
    linked: Mapping[str, RecordRow]
    place_of: Callable[[str], str]
    date_address: DateAddress | None = None


_Prepared = tuple[str, dict[str, object]]


def _no_address(_day: date) -> str:
    return ""


def shown(
    form: Form, row: RecordRow, private: Values, language: str, place_of: Callable[[str], str] | None = None,
    date_address: DateAddress = _no_address,
) -> list[ShownField]:  # fmt: skip
    """List the answers of a record in the order of its form; those that are not given, or not for the viewer, are not.

    `private` are private values that the viewer may read (`app.records.readers.readable`); `place_of` gives the address
    of a file where it does not stand with the page yet, `date_address` that of the page of one date of a series.
    """
    return shown_of_many(form, [row], {row.id: private}, language, place_of, date_address)[0]


def shown_of_many(
    form: Form,
    rows: Sequence[RecordRow],
    private: Mapping[str, Values],
    language: str,
    place_of: Callable[[str], str] | None = None,
    date_address: DateAddress | None = None,
) -> list[list[ShownField]]:
    """Do as `shown` for a list; the records that they name are looked up once, dates are not worked out."""
    named = {one for row in rows for one in _named(form, {**row.values, **private.get(row.id, {})})}
    linked = door().records_by_id(viewer(), named) if named else {}
    return [
        _shown(
            _Asked(form, row, language, linked, place_of or partial(href, row.path), date_address),
            {**row.values, **private.get(row.id, {})},
        )
        for row in rows
    ]


def _named(form: Form, values: Values) -> list[str]:
    """List the records that the answers name."""
    fields = [field for field in form.fields if field.type == "records" or form_of(field)]
    return [word for field in fields if field.name in values for word in _words(values[field.name])]


def _shown(asked: _Asked, values: Values) -> list[ShownField]:
    found = (
        _field(asked, field, values.get(field.name, ""))
        for field in asked.form.fields
        if field.name != "title"
        and not _is_elsewhere(asked, field)
        and (field.name in values or field.type == "contact")
    )
    return [one for one in found if one is not None]


def _is_elsewhere(asked: _Asked, field: Field) -> bool:
    """Tell whether the page of the record has a place of its own for an answer; what is no page yet has none."""
    return field.name == "title" or (field.type in ("signup", "poll") and bool(asked.row.id))


def _field(asked: _Asked, field: Field, value: Value) -> ShownField | None:
    prepare = _BY_TYPE.get(field.type, _as_words)
    words = type_of(field).plain(field, value, asked.language)
    if form_of(field) or field.type == "records":
        prepare = _as_records
    kind, more = prepare(asked, field, value)
    if kind == "items" and not more["items"]:
        return None
    if kind == "items":
        words = ", ".join(item.words for item in more["items"])  # type: ignore[attr-defined]
    if not words and kind not in {"write", "pictures"}:
        return None
    if kind == "dates":
        words = words[:1].upper() + words[1:]
    label = words_in(field.label, asked.language) or field.name
    readers = field.readers if field.is_private else ""
    common = {"is_listed": field.is_listed, "readers": readers}
    return ShownField(field.name, label, kind, words if kind != "write" else "", **common, **more)  # type: ignore[arg-type]


def _as_words(_asked: _Asked, _field: Field, _value: Value) -> _Prepared:
    return "words", {}


def _as_text(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "text", {"text": value if isinstance(value, str) else ""}


def _as_link(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    is_safe = isinstance(value, str) and value.startswith(("https://", "http://"))
    return ("link", {"href": value}) if is_safe else ("words", {})


def _as_mail(asked: _Asked, field: Field, value: Value) -> _Prepared:
    if not viewer().is_signed_in:
        return _as_button(asked, field, value)
    return "mail", {"href": f"mailto:{value}"} if isinstance(value, str) else {}


def _as_call(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "call", {"href": f"tel:{value}"} if isinstance(value, str) else {}


def _as_button(asked: _Asked, _field: Field, _value: Value) -> _Prepared:
    return "write", {"href": contact_address(asked.row.path)}


def contact_address(path: str) -> str:
    """Give the address of the form by which one writes to who is behind a record."""
    return url("contact.show", path=path)


def _as_choices(asked: _Asked, field: Field, value: Value) -> _Prepared:
    by_key = known(field).by_key
    chosen: list[tuple[str, Choice | None]] = [
        (key, by_key[key][0] if key in by_key else None) for key in _words(value)
    ]
    items = tuple(
        ShownItem(words_in(one.label, asked.language) or key if one else key, colour=one.colour if one else "")
        for key, one in chosen
    )
    return "items", {"items": items}


def _as_tags(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "items", {"items": tuple(ShownItem(word) for word in _words(value))}


def _as_records(asked: _Asked, _field: Field, value: Value) -> _Prepared:
    """Show the titles of records that the viewer may read; of others not even that they are there."""
    found = [asked.linked[word] for word in _words(value) if word in asked.linked]
    return "items", {"items": tuple(ShownItem(row.title, address(row.path)) for row in found)}


def _as_pictures(asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "pictures", {"items": tuple(_picture(asked, image) for image in list_images(value))}


def _picture(asked: _Asked, image: Mapping[str, str]) -> ShownItem:
    place = asked.place_of(image["file"])
    note = " · ".join(image[part] for part in ("author", "licence", "date") if image.get(part))
    return ShownItem(image.get("alt", ""), place, f"{place}?width=800" if is_inline(image["file"]) else "", note)


def _as_file(asked: _Asked, _field: Field, value: Value) -> _Prepared:
    name = value.get("file", "") if isinstance(value, dict) else ""
    return ("file", {"href": asked.place_of(name)}) if isinstance(name, str) and name else ("words", {})


def _as_place(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    precision = precision_of(value)
    return "place", {"point": position_of(value), "precision": precision if precision in {BLURRED, HIDDEN} else ""}


def _as_dates(asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "dates", showing_dates.dates_of(value, asked.row, asked.date_address)


def _as_rows(asked: _Asked, field: Field, value: Value) -> _Prepared:
    """Show the first answer of each row, and the others beside it."""
    found = []
    for row in list_rows(value):
        first, *others = columns_of(field)
        beside = filter(None, (say_beside(one, row, asked.language) for one in others))
        found.append(ShownItem(say(first, row, asked.language), note=" · ".join(beside), id=row.get(ID, "")))
    return "rows", {"items": tuple(found)}


def _as_spaces(_asked: _Asked, _field: Field, value: Value) -> _Prepared:
    return "items", {"items": showing_dates.spaces_of(value)}


def _words(value: Value) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item]


_BY_TYPE: dict[str, Callable[[_Asked, Field, Value], _Prepared]] = {
    "long_text": _as_text,
    "link": _as_link,
    "email": _as_mail,
    "contact": _as_button,
    "phone": _as_call,
    "rows": _as_rows,
    "choice": _as_choices,
    "choices": _as_choices,
    "tags": _as_tags,
    "images": _as_pictures,
    "file": _as_file,
    "place": _as_place,
    "schedule": _as_dates,
    "spaces": _as_spaces,
}
