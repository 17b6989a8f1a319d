"""The filters beside a list: what can be ticked, how many records each would leave, what is ticked already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.plugin import Choice, Field, words_in
from plugins.directory import model
from plugins.directory.model import Asked

FEW, MANY = 7, 300  # options of a filter at first sight, and when all are asked for
MOST = 48  # at first sight, of all filters together: a page stays light
OPEN = 2  # filters that are open at first sight, beside that of the place

Counts = Mapping[str, Sequence[tuple[str, int]]]
Label = Callable[[Field, str], str]


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick; `depth` tells how deep it stands in a tree."""

    value: str
    label: str
    count: int
    is_on: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter; `more` is the address of the same list with all its options, or "" where all are there."""

    parameter: str
    label: str
    options: tuple[Option, ...]
    more: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the list, and the address of the list without it."""

    label: str
    words: str
    address: str


def facets(asked: Asked, counts: Counts, label: Label, base: str, language: str) -> list[Facet]:
    """Prepare the filters of a form; those with nothing to choose between are left out."""
    fields = [one for one in model.facets(asked.form) if counts.get(one.name) or one.name in asked.where]
    few = max(3, min(FEW, MOST // len(fields))) if fields else FEW
    found = []
    for one in fields:
        options = _options(asked, one, dict(counts.get(one.name, ())), label, language)
        ticked = asked.where.get(one.name, ())
        if len(options) < 2 and not ticked:
            continue
        is_whole = asked.unfolded == one.name
        kept = options[:MANY] if is_whole else _first(options, few)
        more = "" if is_whole or len(kept) == len(options) else asked.address(base, unfolded=one.name)
        is_open = bool(ticked) or is_whole or len(found) < OPEN or one.type == "place"
        found.append(Facet(model.parameter(one.name), words_in(one.label, language), kept, more, is_open))
    return found


def _options(asked: Asked, field: Field, counts: dict[str, int], label: Label, language: str) -> tuple[Option, ...]:
    """List what can be ticked: a form's choices in its order, other keys by how often they are met."""
    ticked = asked.where.get(field.name, ())
    options = []
    for choice, depth in _walk(field.choices):
        if choice.key in counts or choice.key in ticked:
            words = words_in(choice.label, language) or choice.key
            options.append(Option(choice.key, words, counts.pop(choice.key, 0), choice.key in ticked, depth))
    seen = {one.value for one in options}
    others = [*counts, *(key for key in ticked if key not in counts and key not in seen)]
    free = [Option(key, label(field, key), counts.get(key, 0), key in ticked) for key in others]
    return (*options, *sorted(free, key=lambda one: (-one.count, one.label.casefold())))


def _walk(choices: Sequence[Choice], depth: int = 0) -> Iterator[tuple[Choice, int]]:
    for choice in choices:
        yield choice, depth
        yield from _walk(choice.children, depth + 1)


def _first(options: tuple[Option, ...], few: int) -> tuple[Option, ...]:
    """Choose what is seen at first sight: what is ticked, then what is met most; of a tree its roots."""
    if len(options) <= few + 1:  # a link to one more takes as much room as the one
        return options
    if any(one.depth for one in options):
        return tuple(one for one, is_near in zip(options, _near(options), strict=True) if is_near or not one.depth)
    best = sorted(options, key=lambda one: (not one.is_on, -one.count))[:few]
    return tuple(one for one in options if one.is_on or one in best)


def _near(options: tuple[Option, ...]) -> Iterator[bool]:
    """Tell of each option of a tree whether it is ticked, or grows on a branch of which something is ticked."""
    roots = [at for at, one in enumerate(options) if not at or not one.depth]
    for at, until in zip(roots, [*roots[1:], len(options)], strict=True):
        is_on = any(one.is_on for one in options[at:until])
        yield from (is_on for _ in options[at:until])


def chips(asked: Asked, label: Label, base: str, language: str) -> list[Chip]:
    """List what narrows the list, each with the address that takes it away."""
    found = []
    if asked.words:
        found.append(Chip(gettext("Words"), asked.words, asked.address(base, words="")))
    for name, keys in asked.where.items():
        field = asked.form.find(name)
        for key in keys if field else ():
            left = asked.ticking(name, (one for one in keys if one != key))
            words = key_words(field, key, label, language)
            found.append(Chip(words_in(field.label, language), words, asked.address(base, where=left)))
    for state in asked.states:
        left_states = tuple(one for one in asked.states if one != state)
        found.append(Chip(gettext("State"), state_words(state), asked.address(base, states=left_states)))
    if asked.letter:
        found.append(Chip(gettext("Letter"), asked.letter.upper(), asked.address(base, letter="")))
    return found


def key_words(field: Field, key: str, label: Label, language: str) -> str:
    """Say a key: a choice by its words, anything else as `label` has it."""
    choice = next((one for one, _ in _walk(field.choices) if one.key == key), None)
    return words_in(choice.label, language) or key if choice else label(field, key)


def state_words(state: str) -> str:
    """Say a state of records, by its name in addresses."""
    return {
        "checked": gettext("Checked"),
        "to-verify": gettext("To be verified"),
        "archived": gettext("Archived"),
    }.get(state, gettext("Not checked yet"))
