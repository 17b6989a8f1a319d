"""The piece of a text that shows best why it was found, with the words marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.wiki.analysis import APOSTROPHES, Word, find_words, list_words

MAX_READ = 200_000  # characters of a text that are searched for the words
MAX_SIEVED = 500  # words that begin alike and are looked at closely
MAX_WORDS = 12
MAX_NUDGE = 24  # characters by which an edge moves to a gap between words
MIN_PREFIX = 3  # letters from which on a word may be the beginning of a longer one
SAME_START = 4  # letters that all forms of a word begin with, at most
_SPACE = re.compile(r"\s+")
_ACCENTED = {
    "a": "[aàáâãäåāăą]", "c": "[cçćč]", "d": "[dď]", "e": "[eèéêëēĕėęě]", "g": "[gğ]", "i": "[iìíîïĩīĭį]",
    "l": "[lĺľł]", "n": "[nñńň]", "o": "[oòóôõöōŏő]", "r": "[rŕř]", "s": "[sśşšș]", "t": "[tţťț]",
    "u": "[uùúûüũūŭůű]", "y": "[yýÿ]", "z": "[zźżž]", "oe": "(?:o[eèéêë]|œ)", "ae": "(?:a[eèéêë]|æ)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a snippet; `is_hit` marks one of the words asked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    stem: str


def snippet(text: str, words: Sequence[str], *, length: int = 240) -> tuple[Span, ...]:
    """Choose the window of about `length` characters with the most of the words, and mark them.

    Accents, plurals and feminines count as the same word. Without a hit it is the beginning of the text.
    """
    wanted = tuple(word for given in words[:MAX_WORDS] for word in list_words(given[:100]))
    hits = list(_find_hits(text, wanted)) if wanted else []
    start, end = _choose_window(text, hits, length)
    shown = [hit for hit in hits if start <= hit.start and hit.end <= end]
    spans = list(_cut(text, start, end, shown))
    if start > 0:
        spans.insert(0, Span("… ", is_hit=False))
    if end < len(text.rstrip()):
        spans.append(Span(" …", is_hit=False))
    return tuple(spans)


def _find_hits(text: str, wanted: tuple[Word, ...]) -> Iterator[_Hit]:
    stems = {word.stem for word in wanted}
    beginnings = tuple(word.folded for word in wanted if len(word.folded) >= MIN_PREFIX)
    for count, match in enumerate(_sieve(wanted).finditer(text, 0, MAX_READ)):
        for word, start, end in find_words(match[0]):
            if word.stem in stems or (beginnings and word.folded.startswith(beginnings)):
                yield _Hit(match.start() + start, match.start() + end, word.stem)
        if count == MAX_SIEVED:
            return


@lru_cache(maxsize=256)
def _sieve(wanted: tuple[Word, ...]) -> re.Pattern[str]:
    """Match what begins like one of the words wanted, in one pass; few of them are then looked at closely."""
    starts = {word.stem[: max(min(SAME_START, len(word.stem) - 1), 1)] for word in wanted}
    alternatives = "|".join(sorted(map(_with_accents, starts)))
    return re.compile(rf"(?<![^\W_])(?:{alternatives})[^\W_]*(?:[{APOSTROPHES}][^\W_]+){{0,3}}", re.IGNORECASE)


def _with_accents(start: str) -> str:
    return re.sub("oe|ae|.", lambda match: _ACCENTED.get(match[0]) or re.escape(match[0]), start)


def _choose_window(text: str, hits: list[_Hit], length: int) -> tuple[int, int]:
    """Find the window with the most different words, then the most words, then the first."""
    best, chosen = (0, 0), (0, 0)
    last = 0
    for first, hit in enumerate(hits):
        last = max(last, first)
        while last + 1 < len(hits) and hits[last + 1].end - hit.start <= length:
            last += 1
        inside = hits[first : last + 1]
        value = (len({other.stem for other in inside}), len(inside))
        if value > best:
            best, chosen = value, (hit.start, hits[last].end)
    return _widen(text, *chosen, length)


def _widen(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Give the window around the hits from `first` to `last` whose edges cut no word, where that is possible."""
    start = max(first - max(length - (last - first), 0) // 2, 0)
    end = min(start + length, len(text))
    if start > 0 and (gap := _SPACE.search(text, start, min(start + MAX_NUDGE, first))):
        start = gap.end()
    if end < len(text):
        gaps = list(_SPACE.finditer(text, max(end - MAX_NUDGE, last), end))
        end = gaps[-1].start() if gaps else end
    return start, max(end, last)


def _cut(text: str, start: int, end: int, hits: list[_Hit]) -> Iterator[Span]:
    for hit in hits:
        if start < hit.start:
            yield Span(_SPACE.sub(" ", text[start : hit.start]), is_hit=False)
        yield Span(text[hit.start : hit.end], is_hit=True)
        start = hit.end
    if start < end:
        yield Span(_SPACE.sub(" ", text[start:end]), is_hit=False)
