"""Types that are chosen: one answer or several, from a list, a tree, or the records of another form."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import N_, Invalid
from app.forms.form import Choice, Field, words_in
from app.forms.types import entry
from app.forms.types.base import Key
from app.forms.types.references import check_id, form_of
from app.forms.types.simple import OneText, SeveralWords
from app.wiki.page import fold
from app.wiki.yaml_text import Value

MOST_CHOICES = 500
NOT_A_CHOICE = N_("“%(word)s” is not one of the answers. Choose from the list.")


@dataclass(frozen=True, slots=True)
class Known:
    """The choices of a field by key, with the keys above each in the tree; and the keys by folded label."""

    by_key: Mapping[str, tuple[Choice, tuple[str, ...]]]
    by_label: Mapping[str, str]


# By the identity of the tuple of choices: a record of ten thousand must not walk the tree again.
_KEPT: dict[int, tuple[tuple[Choice, ...], Known]] = {}
_MOST_KEPT = 1000


def known(field: Field) -> Known:
    """Give the choices of a field by key and label."""
    kept = _KEPT.get(id(field.choices))
    if kept and kept[0] is field.choices:
        return kept[1]
    found = _gather(field.choices)
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[id(field.choices)] = (field.choices, found)
    return found


def _gather(choices: tuple[Choice, ...]) -> Known:
    by_key: dict[str, tuple[Choice, tuple[str, ...]]] = {}
    by_label: dict[str, str] = {}
    waiting: list[tuple[Choice, tuple[str, ...]]] = [(choice, ()) for choice in reversed(choices)]
    while waiting:
        choice, above = waiting.pop()
        by_key.setdefault(choice.key, (choice, above))
        for label in (choice.key, *choice.label.values()):
            by_label.setdefault(fold(label), choice.key)
        waiting.extend((child, (choice.key, *above)) for child in reversed(choice.children))
    return Known(by_key, by_label)


def spell(field: Field, text: str) -> str:
    """Give the key that was chosen, by its key or its label; raises Invalid where there is no such choice."""
    if form_of(field):
        return check_id(text)
    here = known(field)
    key = text if text in here.by_key else here.by_label.get(fold(text))
    if key is None:
        raise Invalid(NOT_A_CHOICE, word=text[:60])
    return key


def label_of(field: Field, key: str, language: str) -> str:
    """Say a choice; one that is no longer there says its key."""
    found = known(field).by_key.get(key)
    return words_in(found[0].label, language) or key if found else key


def with_above(field: Field, key: str) -> tuple[str, ...]:
    """Give a key and those above it in the tree: a record counts for each."""
    found = known(field).by_key.get(key)
    return (key, *found[1]) if found else (key,)


class OneChoice(OneText):
    """One answer; its key is held."""

    name = "choice"

    def spell(self, field: Field, text: str) -> str:
        """Find it."""
        return spell(field, text)

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say its label."""
        return label_of(field, entry.shown(value), language)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count it, and those above it."""
        text = entry.shown(value)
        return tuple(Key(key) for key in with_above(field, text)) if text else ()


class SeveralChoices(SeveralWords):
    """Several answers; a list of their keys is held."""

    name = "choices"
    most = MOST_CHOICES

    def spell(self, field: Field, word: str) -> str:
        """Find one of them."""
        return spell(field, word)

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say their labels."""
        return ", ".join(label_of(field, word, language) for word in self.words(value))

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count each, and those above it."""
        found = (key for word in self.words(value) for key in with_above(field, word))
        return tuple(Key(key) for key in dict.fromkeys(found))
