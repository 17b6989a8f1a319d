"""What a record is called and where it stands, by the rules of its form."""

import re

from app.forms.form import Field, Form, Values, words_in
from app.forms.rules import HOLE
from app.forms.types import type_of
from app.wiki.page import slugify
from app.wiki.yaml_text import Value

MOST_LETTERS = 200
MOST_OF_SEGMENT = 80
NO_LETTER = "0"
_BY_KEY = frozenset({"choice", "choices", "place", "date", "date_range"})
_LOOSE = re.compile(r"^[\s\-–—→·,:/]+|[\s\-–—→·,:/]+$")


def title_of(form: Form, values: Values, language: str) -> str:
    """Make the title of a record; that of its form where the answers give none."""

    def said(name: str) -> str:
        field = form.find(name)
        return _say(field, values.get(name), language) if field and not field.is_private else ""

    text = HOLE.sub(lambda hole: said(hole[1].strip()), form.title_rule)
    return _LOOSE.sub("", " ".join(text.split()))[:MOST_LETTERS].strip() or words_in(form.title, language)


def _say(field: Field, value: Value | None, language: str) -> str:
    return "" if value is None else type_of(field).plain(field, value, language)


def path_of_record(form: Form, title: str, values: Values, year: int) -> str:
    """Make the path of a record below the folder of its form; whether it is taken is not looked at.

    `{year}` is the one in which it begins where the form asks when it takes place, else the one given.
    """
    begins = _year_of(form, values) or str(year)

    def said(name: str) -> str:
        if name in ("title", "letter", "year"):
            return {"title": title, "letter": letter_of(title), "year": begins}[name]
        field = form.find(name)
        return _as_segment(field, values.get(name)) if field and not field.is_private else ""

    segments = [HOLE.sub(lambda hole: said(hole[1].strip()), part) for part in form.path_rule.split("/")]
    found = [slug for part in segments if (slug := slugify(part)[:MOST_OF_SEGMENT].strip("-"))]
    return "/".join(part for part in (form.folder, *(found or [form.name])) if part)


def _year_of(form: Form, values: Values) -> str:
    """Give the year in which a record first takes place; `""` where it does not say when."""
    fields = (field for field in form.of_type("schedule") if not field.is_private and field.name in values)
    keys = (key for field in fields for key in type_of(field).keys(field, values[field.name]))
    return next((key.text[:4] for key in keys), "")


def letter_of(title: str) -> str:
    """Give the letter that a title is filed under: small, without accents; `0` for all that is none."""
    first = slugify(title)[:1]
    return first if first.isalpha() else NO_LETTER


def _as_segment(field: Field, value: Value | None) -> str:
    """Take what does not change with the language: the key of a choice, the commune of a place, the day."""
    if value is None:
        return ""
    if field.type in _BY_KEY:
        keys = type_of(field).keys(field, value)
        return keys[0].text if keys else ""
    return type_of(field).plain(field, value, "fr")
