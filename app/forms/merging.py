"""What changed between two states of a record, and two changes of the same one made into one, field by field."""

from collections.abc import Mapping

from app.forms.form import Values
from app.wiki.yaml_text import Value


def changes(old: Values, new: Values) -> dict[str, Value | None]:
    """Give what makes the new values of the old ones, for `frontmatter.rewrite`: None removes."""
    changed: dict[str, Value | None] = {name: value for name, value in new.items() if old.get(name) != value}
    return changed | {name: None for name in old if name not in new}


def merge(base: Values, mine: Values, theirs: Values) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Merge two changes of the same values; gives the fields that both changed otherwise, where mine stand.

    Words that both added to a list (tags, choices) are all there, those that one of them took out are not.
    """
    merged: dict[str, Value] = {}
    conflicts = []
    for name in dict.fromkeys((*theirs, *mine)):
        value, is_settled = _merge_one(base.get(name), mine.get(name), theirs.get(name))
        if value is not None:
            merged[name] = value
        if not is_settled:
            conflicts.append(name)
    return merged, tuple(conflicts)


def _merge_one(base: Value | None, mine: Value | None, theirs: Value | None) -> tuple[Value | None, bool]:
    if mine in (base, theirs):
        return theirs, True
    if theirs == base:
        return mine, True
    words = [_words(value) for value in (base, mine, theirs)]
    if words[1] is None or words[2] is None:
        return mine, False
    before, here, there = set(words[0] or ()), words[1], words[2]
    kept = [word for word in there if word in here or word not in before]
    both: list[Value] = [*kept, *(word for word in here if word not in before and word not in kept)]
    return both or None, True


def _words(value: Value | None) -> list[str] | None:
    """Take a value as a list of words; None where it is something else."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return None
    return [str(word) for word in value]


def differing(one: Mapping[str, Value], other: Mapping[str, Value]) -> tuple[str, ...]:
    """List the fields whose values differ, in the order in which they stand."""
    return tuple(name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name))
