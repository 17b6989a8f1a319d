"""The text of a message as it is read: quotes and signatures folded away, links that can be followed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from flask_babel import gettext, ngettext

from plugins.archive.masking import mask
from plugins.archive.message import quotes

FRESH, QUOTE, SIGNATURE, FORWARDED = "fresh", "quote", "signature", "forwarded"
SHORT = 4  # lines of a quote that stays open, because what follows answers it
MOST = 200_000  # characters of one message that are shown
MOST_LINKS = 500  # of one piece; later ones are words
_LABEL = 140  # characters
_LINK = re.compile(r"https?://[^\s<>\"“”«»\x00-\x1f]{1,2000}", re.IGNORECASE)
_AFTER = ".,;:!?)]}'*_»”’"
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Span:
    """Some words, and where they lead."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of a text: `kind` fresh, quote, signature or forwarded; `label` is what its fold says."""

    kind: str
    spans: tuple[Span, ...]
    label: str = ""
    is_open: bool = True


def pieces(text: str, *, is_masked: bool) -> list[Shown]:
    """Prepare a text for the templates."""
    said = [one for one in quotes.fold(text[:MOST]) if one.text.strip()]
    is_all_quoted = not any(one.kind in {FRESH, FORWARDED} for one in said)
    found, attribution = list[Shown](), ""
    for piece, after in pairwise([*said, None]):
        assert piece is not None
        words = mask(piece.text) if is_masked else piece.text
        if piece.kind == "attribution" and after is not None and after.kind == QUOTE:
            attribution = words
            continue
        is_answered = after is not None and after.kind == FRESH and _lines(words) <= SHORT
        found.append(_shown(piece.kind, words, attribution, is_open=is_all_quoted or is_answered))
        attribution = ""
    return found


def _shown(kind: str, words: str, attribution: str, *, is_open: bool) -> Shown:
    if kind == QUOTE:
        return Shown(QUOTE, spans(_MARKS.sub("", words).strip("\n")), _label(attribution, words), is_open)
    if kind == SIGNATURE:
        return Shown(SIGNATURE, spans(words.strip("\n")), gettext("Signature"), is_open=False)
    return Shown(FORWARDED if kind == FORWARDED else FRESH, spans(words.strip("\n")))


def _label(attribution: str, words: str) -> str:
    """Say what is folded away: the line that names who wrote it, else how much it is."""
    said = _SPACE.sub(" ", attribution).strip()
    if said:
        return said if len(said) <= _LABEL else f"{said[:_LABEL]}…"
    return str(ngettext("Earlier message, %(num)s line", "Earlier message, %(num)s lines", _lines(words)))


def _lines(words: str) -> int:
    return words.strip("\n").count("\n") + 1


def spans(text: str) -> tuple[Span, ...]:
    """Find the links of a text."""
    found, position = list[Span](), 0
    for match in islice(_LINK.finditer(text), MOST_LINKS):
        link = _without_end(match[0])
        found += [Span(text[position : match.start()]), Span(link, link)]
        position = match.start() + len(link)
    return tuple(one for one in (*found, Span(text[position:])) if one.text)


def _without_end(link: str) -> str:
    while link[-1] in _AFTER and not (link[-1] == ")" and link.count("(") >= link.count(")")):
        link = link[:-1]
    return link


def plain(found: Sequence[Shown]) -> str:
    """Give what is new in a text, without folds, for feeds and answers."""
    return "\n\n".join("".join(span.text for span in one.spans) for one in found if one.kind in {FRESH, FORWARDED})
