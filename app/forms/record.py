"""What a page says as a record of its form. Nothing is refused and nothing lost: what does not fit stays as it is."""

from collections.abc import Iterator, Mapping

from app.errors import GareError
from app.forms.form import RESERVED, Field, Form, Values
from app.forms.places import exact_name
from app.forms.types import Key, type_of
from app.forms.types.periods import say_century
from app.forms.types.places import position_of, public_part
from app.wiki.page import fold
from app.wiki.yaml_text import Value

MOST_WORDS = 3_000
_UNSEARCHED = frozenset({"email", "contact", "phone", "images", "file", "records", "hours", "number", "yes_no"})


def values_of(form: Form, front: Mapping[str, Value]) -> dict[str, Value]:
    """Take the values of a form's fields out of a page's front matter, in the form's order, each in its stored form.

    A value that does not fit (a choice that is gone) stays as it is written. Private fields are left out: whatever a
    page says of them is not for this.
    """
    found: dict[str, Value] = {}
    for field in form.fields:
        value = front.get(field.name)
        if value is None or field.is_private:
            continue
        stored = _stored(field, value)
        if stored is not None:
            found[field.name] = stored
    return found


def _stored(field: Field, value: Value) -> Value | None:
    try:
        stored = type_of(field).check(field, value)
    except GareError:
        stored = value
    return public_part(stored) if field.type == "place" and stored is not None else stored


def strays(form: Form, front: Mapping[str, Value]) -> dict[str, Value]:
    """Give what a page says that its form does not ask: answers to questions that are gone, notes of others."""
    known = {field.name for field in form.fields} | RESERVED | {"title", "tags"}
    return {name: value for name, value in front.items() if name not in known}


def leaks(form: Form, front: Mapping[str, Value]) -> tuple[str, ...]:
    """List what a page holds and should not: private fields, and places more exact than they say they may be shown."""
    private = [field.name for field in form.fields if field.is_private]
    exact = [exact_name(field) for field in form.of_type("place")]
    places = [field.name for field in form.of_type("place") if not field.is_private]
    told = [name for name in places if name in front and public_part(front[name]) != front[name]]
    return tuple(name for name in (*private, *exact) if name in front) + tuple(told)


def keys_of(form: Form, values: Values) -> list[tuple[Field, Key]]:
    """List the keys by which a record is found, counted and sorted."""
    asked = ((field, values.get(field.name)) for field in form.fields if not field.is_private)
    return [(field, key) for field, value in asked if value is not None for key in type_of(field).keys(field, value)]


def label_of_key(field: Field, key: str, language: str) -> str:
    """Say a key as a filter shows it: the label of a choice, the name of a century."""
    if field.type == "period":
        return say_century(int(key), language) if key.removeprefix("-").isdecimal() and len(key) < 4 else key
    if field.type == "place":
        return key
    return type_of(field).plain(field, key, language)


def words_of(form: Form, values: Values, body_text: str, language: str) -> str:
    """Give the folded words of a record, each once, with a space between: what the filter of a list looks through."""
    return " ".join(list(dict.fromkeys(_words(form, values, body_text, language)))[:MOST_WORDS])


def _words(form: Form, values: Values, body_text: str, language: str) -> Iterator[str]:
    for field in form.fields:
        value = values.get(field.name)
        if value is not None and not field.is_private and field.type not in _UNSEARCHED:
            yield from fold_words(type_of(field).plain(field, value, language))
    yield from fold_words(body_text)


def fold_words(text: str) -> list[str]:
    """Split a text into folded words: small letters without accents. What is asked is folded the same way."""
    pieces = text.replace("/", " ").split()
    return [word for piece in pieces for word in fold(piece).split("-") if word]


def point_of(form: Form, values: Values) -> tuple[float, float] | None:
    """Give degrees north and east of the first place that has a position; None without one."""
    found = (position_of(values[field.name]) for field in form.of_type("place") if field.name in values)
    return next((point for point in found if point), None)
