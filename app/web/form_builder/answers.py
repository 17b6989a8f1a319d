"""The answers to choose from, typed one per line; a line that begins with hyphens stands below the one above it."""

import re
from dataclasses import dataclass, replace

from app.errors import N_, Invalid
from app.forms.form import Choice, Words, words_in
from app.wiki.page import slugify

MAX_LABEL = 200
_LINE = re.compile(r"\s*((?:[-–•]\s*)*)(.*\S)\s*")


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    label: str


def write_lines(choices: tuple[Choice, ...], language: str) -> str:
    """Write the answers as they are typed."""
    return "\n".join("- " * line.depth + line.label for line in _lines(choices, language))


def _lines(choices: tuple[Choice, ...], language: str, depth: int = 0) -> list[_Line]:
    found = []
    for choice in choices:
        found += [_Line(depth, words_in(choice.label, language) or choice.key)]
        found += _lines(choice.children, language, depth + 1)
    return found


def read_lines(typed: str, known: tuple[Choice, ...], language: str) -> tuple[Choice, ...]:
    """Read answers. One that is typed as before keeps its key; so does one that stands where another one was lost.

    Records hold keys: so a corrected word stays the same answer. Raises Invalid for an answer that stands twice.
    """
    lines = _read(typed)
    labels = [line.label for line in lines]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise Invalid(N_("“%(answer)s” stands twice. Take one away."), answer=twice[:60])
    return _tree(lines, _match(labels, _flat(known), language), language)


def _read(typed: str) -> list[_Line]:
    found = [_LINE.fullmatch(raw) for raw in typed.splitlines()]
    raw = [(len(re.sub(r"\s", "", one[1])), one[2][:MAX_LABEL]) for one in found if one]
    least = min((depth for depth, _ in raw), default=0)  # some put a hyphen before each line
    lines: list[_Line] = []
    for depth, label in raw:
        deepest = lines[-1].depth + 1 if lines else 0
        lines.append(_Line(min(depth - least, deepest), label))
    return lines


def _flat(choices: tuple[Choice, ...]) -> list[Choice]:
    return [one for choice in choices for one in (choice, *_flat(choice.children))]


def _match(labels: list[str], known: list[Choice], language: str) -> list[Choice]:
    """Find for each line the answer that it is, or make one."""
    old = [words_in(choice.label, language) or choice.key for choice in known]
    lost = {index for index, label in enumerate(old) if label not in labels}
    keys = {choice.key for choice in known}
    found = []
    for index, label in enumerate(labels):
        if label in old:
            found.append(known[old.index(label)])
        elif index in lost:
            found.append(replace(known[index], label=_said(known[index].label, label, language)))
        else:
            found.append(Choice(_new_key(label, keys), {language: label}))
            keys.add(found[-1].key)
    return found


def _said(words: Words, label: str, language: str) -> Words:
    return {code: text for code, text in words.items() if code} | {language: label}


def _new_key(label: str, taken: set[str]) -> str:
    plain = re.sub("[^a-z0-9]+", "-", slugify(label)).strip("-")[:40] or "answer"
    return next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, 1000))) if key not in taken)


def _tree(lines: list[_Line], found: list[Choice], language: str) -> tuple[Choice, ...]:
    """Put the answers below each other as their lines stand."""
    made: list[Choice] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].depth > lines[start].depth:
            end += 1
        made.append(replace(found[start], children=_tree(lines[start + 1 : end], found[start + 1 : end], language)))
        start = end
    return tuple(made)


def translate_lines(typed: str, choices: tuple[Choice, ...], language: str) -> tuple[Choice, ...]:
    """Give the answers their words in another language, line by line; raises Invalid where lines are missing."""
    labels = [line.label for line in _read(typed)]
    if not labels:
        return choices
    if len(labels) != len(_flat(choices)):
        raise Invalid(N_("Write as many lines as there are answers."))
    return _translate(choices, labels, language)


def _translate(choices: tuple[Choice, ...], labels: list[str], language: str) -> tuple[Choice, ...]:
    made = []
    for choice in choices:
        label = _said(choice.label, labels.pop(0), language)
        made.append(replace(choice, label=label, children=_translate(choice.children, labels, language)))
    return tuple(made)


def lines_in(choices: tuple[Choice, ...], language: str) -> str:
    """Write the answers in another language; nothing where one of them has no words in it."""
    if not all(language in choice.label for choice in _flat(choices)):
        return ""
    return write_lines(choices, language)
