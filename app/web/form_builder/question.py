"""One question as it is typed: read into a field of the form, with what is wrong said beside its place."""

import re
from dataclasses import dataclass, field, replace

from flask import request
from flask_babel import gettext

from app.catalog.readers import MEMBERS
from app.errors import Invalid
from app.forms.form import RESERVED, Condition, Field, Form, Words
from app.web.form_builder import kinds
from app.web.form_builder.answers import read_lines, translate_lines
from app.web.form_builder.keeping import other_languages, own_language, with_words
from app.web.kit import say
from app.wiki.page import slugify
from app.wiki.yaml_text import Value

MAX_WORDS = 200  # letters of a question, of a hint
_MAX_STEM = 36  # of a name; a number may follow


@dataclass
class Typed:
    """A question that was typed; `errors` by the name of the input."""

    field: Field
    errors: dict[str, str] = field(default_factory=dict)


def read_new(form: Form) -> Typed:
    """Read a question that is added: few things are asked, the others are set as they mostly are."""
    typed = request.form
    kind = typed.get("kind", "")
    label, help_ = _words("label", {}), _words("help", {})
    made = Typed(Field(name_for(form, _own(label)), kind, label, help_, is_required="required" in typed))
    if not _own(label):
        made.errors["label"] = gettext("Write your question.")
    if kind not in kinds.KINDS:
        made.errors["kind"] = gettext("Choose how people answer.")
        return made
    _read_answers(made)
    _read_linked(made, form)
    listed = sum(one.is_listed for one in form.fields)
    made.field = replace(
        made.field,
        is_facet=kind in kinds.FACETS_AT_FIRST,
        is_listed=kind not in kinds.UNLISTED and listed < kinds.MOST_LISTED,
        readers=MEMBERS if kind in ("email", "phone") else "",  # of somebody: opened by whoever means it
    )
    return made


def read_changed(form: Form, was: Field, *, may_close: bool) -> Typed:
    """Read all that can be said of a question that is there; `may_close`: whether its readers may be chosen."""
    typed = request.form
    made = Typed(replace(
        was, label=_words("label", was.label), help=_words("help", was.help), is_required="required" in typed,
        is_listed="listed" in typed, default=_text("default", was.default),
        readers=_text("readers", was.readers) if may_close else was.readers,
    ))  # fmt: skip
    may_filter = was.type in kinds.FACETS and not made.field.is_private
    options = _options(was) if was.type == "number" else was.options
    made.field = replace(
        made.field, options=options, is_facet=may_filter and "facet" in typed, condition=_condition(form, was)
    )
    if not _own(made.field.label):
        made.errors["label"] = gettext("Write your question.")
    if kinds.has_list(was):
        _read_answers(made)
    if was.type == "records":
        _read_linked(made, form)
    return made


def name_for(form: Form, label: str) -> str:
    """Find the name of a question, by which its answers are kept: it is never shown and never changes."""
    plain = re.sub("[^a-z0-9]+", "_", slugify(label)).strip("_")[:_MAX_STEM].strip("_")
    stem = plain if plain[:1].isalpha() else f"question_{plain}".strip("_")[:_MAX_STEM]
    taken = {one.name for one in form.fields} | RESERVED | {"title", "tags"}
    names = (stem, *(f"{stem}_{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken)


def _text(name: str, otherwise: str = "") -> str:
    typed = request.form.get(name)
    return otherwise if typed is None else " ".join(typed.split())[:MAX_WORDS]


def _words(name: str, was: Words) -> Words:
    typed = {own_language(): _text(name)}
    typed |= {code: _text(f"{name}_{code}") for code in other_languages() if f"{name}_{code}" in request.form}
    return with_words(was, typed)


def _own(words: Words) -> str:
    return words.get(own_language(), "")


def _read_answers(made: Typed) -> None:
    if made.field.type not in kinds.CHOOSING:
        return
    try:
        found = read_lines(request.form.get("answers", ""), made.field.choices, own_language())
    except Invalid as error:
        made.errors["answers"] = say(error)
        return
    if not found:
        made.errors["answers"] = gettext("Write the answers to choose from, one per line.")
    for code in other_languages():
        try:
            found = translate_lines(request.form.get(f"answers_{code}", ""), found, code)
        except Invalid as error:
            made.errors[f"answers_{code}"] = say(error)
    made.field = replace(made.field, choices=found)


def _read_linked(made: Typed, form: Form) -> None:
    if made.field.type != "records":
        return
    linked = _text("linked")
    if not linked:
        made.errors["linked"] = gettext("Choose which records may be named.")
    made.field = replace(made.field, options={**made.field.options, "form": linked or form.name})


def _options(was: Field) -> dict[str, Value]:
    unit = _text("unit")
    kept = {key: value for key, value in was.options.items() if key != "unit"}
    return kept | ({"unit": unit} if unit else {})


def _condition(form: Form, was: Field) -> Condition | None:
    """Read “only if”: another question, and those of its answers that were ticked of it."""
    asked = _text("only_if", was.condition.field if was.condition else "")
    if not asked or form.find(asked) is None or asked == was.name:
        return None
    return Condition(asked, tuple(request.form.getlist(f"only_if.{asked}")[:100]))
