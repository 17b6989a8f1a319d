"""The filters of the agenda: what can be ticked, how many dates each leaves, what is ticked already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.plugin import Choice, Field, Form, door, generation, label_of_key, spoken, viewer, words_in
from plugins.agenda import model
from plugins.agenda.model import Asked

MOST = 18  # options at first sight, of all filters together: a page stays light
FEW = 3  # of one filter at least
FORM = "form"

Counts = Mapping[str, Sequence[tuple[str, int]]]
Label = Callable[[Field, str], str]


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick."""

    value: str
    label: str
    count: int | None
    is_on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter."""

    parameter: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the agenda, and its address without it."""

    label: str
    words: str
    address: str


def labels() -> Label:
    """Give what says a key: a space by the title of its page, anything else as its field says it."""
    spaces = {name: title for name, title, _ in door().spaces(viewer(), generation())}

    def label(field: Field, key: str) -> str:
        if field.type == "spaces":
            return spaces.get(key, key)
        choice = next((one for one in _walk(field.choices) if one.key == key), None)
        return (words_in(choice.label, spoken()) if choice else "") or label_of_key(field, key, spoken())

    return label


def _walk(choices: Sequence[Choice]) -> Iterator[Choice]:
    for choice in choices:
        yield choice
        yield from _walk(choice.children)


def facets(asked: Asked, forms: Sequence[Form], counts: Counts, label: Label) -> list[Facet]:
    """Prepare the filters; those with nothing to choose between are left out."""
    fields = [one for one in model.facets(forms) if counts.get(one.name) or one.name in asked.where]
    few = max(FEW, MOST // max(1, len(fields)))
    found = [_of_forms(asked, forms)] if len(forms) > 1 else []
    for one in fields:
        ticked = asked.where.get(one.name, ())
        options = _options(ticked, dict(counts.get(one.name, ())), one, label)
        if len(options) > 1 or ticked:
            found.append(Facet(model.parameter(one.name), words_in(one.label, spoken()), _first(options, few)))
    return found


def _of_forms(asked: Asked, forms: Sequence[Form]) -> Facet:
    options = (Option(form.name, form_title(form), None, form.name in asked.forms) for form in forms)
    return Facet(FORM, gettext("What kind"), tuple(options))


def form_title(form: Form) -> str:
    """Name what a form collects."""
    return words_in(form.plural, spoken()) or words_in(form.title, spoken()) or form.name


def _options(ticked: Sequence[str], counts: dict[str, int], field: Field, label: Label) -> list[Option]:
    keys = [*counts, *(key for key in ticked if key not in counts)]
    found = [Option(key, label(field, key), counts.get(key, 0), key in ticked) for key in keys]
    return sorted(found, key=lambda one: (not one.is_on, -(one.count or 0), one.label.casefold()))


def _first(options: Sequence[Option], few: int) -> tuple[Option, ...]:
    """Choose what is ticked and what is met most, and show it by name."""
    kept = [one for at, one in enumerate(options) if one.is_on or at < few]
    return tuple(sorted(kept, key=lambda one: one.label.casefold()))


def chips(asked: Asked, forms: Sequence[Form], label: Label, base: str) -> list[Chip]:
    """List what narrows the agenda, each with the address that takes it away."""
    found = []
    if asked.words:
        found.append(Chip(gettext("Words"), asked.words, asked.address(base, words="")))
    for form in forms:
        if form.name in asked.forms:
            others = tuple(name for name in asked.forms if name != form.name)
            found.append(Chip(gettext("What kind"), form_title(form), asked.address(base, forms=others)))
    fields = {one.name: one for one in model.facets(forms)}
    for name, keys in asked.where.items():
        for key in keys:
            left = asked.ticking(name, (one for one in keys if one != key))
            words = words_in(fields[name].label, spoken())
            found.append(Chip(words, label(fields[name], key), asked.address(base, where=left)))
    return found
