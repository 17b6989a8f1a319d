"""Filling a form in: from what was typed, or from values of a file or program, to what a record holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.errors import N_, GareError, Invalid
from app.forms.conditions import is_asked
from app.forms.form import Field, Form, Values
from app.forms.merging import changes, merge
from app.forms.naming import path_of_record, title_of
from app.forms.places import exact_field, exact_name, keeps_exact, split_place
from app.forms.types import Typed, type_of
from app.wiki.yaml_text import Value

__all__ = [
    "Filled", "changes", "check", "default_of", "defaults", "exact_field", "exact_name", "fill", "is_asked", "merge",
    "path_of_record", "split_place", "title_of",
]  # fmt: skip

NOTHING: Values = MappingProxyType({})
MOST_BYTES = 48 * 1024  # of all values of a page: its head must stay below what `yaml_text` reads
UNANSWERED = N_("Answer this question.")
TOO_MUCH = N_("All answers together are too long. Shorten this one.")


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in.

    `values` stand in the page. `private` are for the database: None for what is to be removed there; a private field
    that is not named stays as it is. `errors` by field, in the order of the form.
    """

    values: Values
    private: Mapping[str, Value | None]
    errors: Mapping[str, GareError]

    @property
    def is_right(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.errors


def everybody(_field: Field) -> bool:
    """Let every field be seen."""
    return True


def fill(
    form: Form,
    typed: Callable[[Field], Typed],
    *,
    may_see: Callable[[Field], bool] = everybody,
    old: Values = NOTHING,
) -> Filled:
    """Read what was typed. Fields that the writer may not see stay as they are.

    `old` is what was shown, private fields too: an answer that was not touched is kept, even if it would no longer be
    right (a choice that is gone). Conditions, required ones, the split of places: see `Filled`.
    """

    def read(field: Field) -> Value | None:
        try:
            return type_of(field).kept(field, old.get(field.name), type_of(field).read(field, typed(field)))
        except GareError:
            before = old.get(field.name)
            if before is not None and _is_same(type_of(field).type_again(field, before), typed(field)):
                return before
            raise

    return _gather(form, read, may_see, old)


def check(
    form: Form,
    values: Values,
    *,
    may_see: Callable[[Field], bool] = everybody,
    old: Values = NOTHING,
) -> Filled:
    """Do the same for values that came by another way; fields that a new record does not name get their default."""

    def read(field: Field) -> Value | None:
        value = values.get(field.name)
        if value is None:
            return None if old else default_of(field)
        return value if value == old.get(field.name) else type_of(field).check(field, value)

    return _gather(form, read, may_see, old)


def defaults(form: Form) -> dict[str, Value]:
    """Give what a new record says before anybody typed: a form shows it."""
    found = {field.name: default_of(field) for field in form.fields}
    return {name: value for name, value in found.items() if value is not None}


def default_of(field: Field) -> Value | None:
    """Give the default of a field; None where it has none, or one that does not fit any more."""
    try:
        return type_of(field).read_cell(field, field.default) if field.default else None
    except GareError:
        return None


def _gather(
    form: Form,
    read: Callable[[Field], Value | None],
    may_see: Callable[[Field], bool],
    old: Values,
) -> Filled:
    seen = [field for field in form.fields if not field.is_private or may_see(field)]
    hidden = {field.name for field in form.fields} - {field.name for field in seen}
    found: dict[str, Value] = {name: old[name] for name in hidden if name in old}
    errors: dict[str, GareError] = {}
    for field in seen:
        try:
            value = read(field)
            if value is not None:
                found[field.name] = value
        except GareError as error:
            errors[field.name] = error
    asked = [field for field in seen if is_asked(form, field, found)]
    answers = {field.name: found[field.name] for field in asked if field.name in found}
    wrong = {one.name: fault for one in asked if (fault := _fault(one, answers, errors))}
    return _split(seen, answers, wrong, may_see, old)


def _fault(field: Field, answers: Values, errors: Mapping[str, GareError]) -> GareError | None:
    if field.name in errors:
        return errors[field.name]
    return Invalid(UNANSWERED) if field.is_required and field.name not in answers else None


def _split(
    seen: list[Field],
    answers: Values,
    wrong: dict[str, GareError],
    may_see: Callable[[Field], bool],
    old: Values,
) -> Filled:
    values: dict[str, Value] = {}
    private: dict[str, Value | None] = {}
    for field in seen:
        value = answers.get(field.name)
        if field.is_private:
            private[field.name] = value
            continue
        if field.type == "place" and not keeps_exact(value, old.get(field.name), may_see(exact_field(field))):
            value, private[exact_name(field)] = split_place(field, value) if value is not None else (None, None)
        elif field.type == "place" and value is not None:
            value = split_place(field, value)[0]
        if value is not None:
            values[field.name] = value
    return Filled(values, private, {**wrong, **_too_much(values)})


def _too_much(values: Values) -> dict[str, GareError]:
    sizes = {name: len(repr(value).encode("utf-8", "replace")) for name, value in values.items()}
    if sum(sizes.values()) <= MOST_BYTES:
        return {}
    return {max(sizes, key=lambda name: sizes[name]): Invalid(TOO_MUCH)}


def _is_same(one: Typed, other: Typed) -> bool:
    """Compare what is typed, blank inputs being none, and line ends as browsers send them."""
    return _bare(one) == _bare(other)


def _bare(typed: Typed) -> dict[str, list[str]]:
    bare = {name: [text.replace("\r\n", "\n").strip() for text in texts] for name, texts in typed.items()}
    return {name: texts for name, texts in bare.items() if any(texts)}
