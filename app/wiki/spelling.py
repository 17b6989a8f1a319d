"""Did you mean: the nearest words that the viewer may read, by edit distance (Damerau, Levenshtein)."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from app.wiki.analysis import Word
from app.wiki.query import Clause, Query
from app.wiki.search_codec import SURFACE
from app.wiki.search_rank import Masks, has_match
from app.wiki.search_reader import Part, Snapshot
from app.wiki.search_whoosh import levenshtein

MIN_LENGTH = 4  # letters; shorter words are near to too many others
MIN_LENGTH_FAR = 6  # letters from which on two edits are allowed
MAX_LENGTH = 30
MAX_WORDS = 3  # wrong words that are looked up, of one question
MAX_COMPARED = 150  # words measured, per segment: those with the most letters in common
MAX_CANDIDATES = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def suggest(snapshot: Snapshot, query: Query, masks: Masks) -> str | None:
    """Give the question with nearer words in place of those that no visible document has; None if there are none."""
    words = dict.fromkeys((word, clause.is_prefix) for clause in query.clauses for word in clause.words)
    wrong = [word for word, is_prefix in words if not has_match(snapshot, Clause((word,), is_prefix), masks)]
    corrections = {word.folded: better for word in wrong[:MAX_WORDS] if (better := _correct(snapshot, word, masks))}
    return query.corrected(corrections) if corrections else None


def _correct(snapshot: Snapshot, word: Word, masks: Masks) -> str | None:
    """Give the best visible word near to one that is not found, with its accents."""
    wrong = word.folded
    if not MIN_LENGTH <= len(wrong) <= MAX_LENGTH or not wrong.isalpha():
        return None
    variants = sorted(set(_one_edit_away(wrong)))
    near = {entry for part in snapshot.parts for entry in _look_up(part, variants)}
    best = _best_visible(snapshot, near, wrong, masks)
    if best is None and len(wrong) >= MIN_LENGTH_FAR:
        far = {entry for part in snapshot.parts for entry in _two_edits_away(part, wrong)}
        best = _best_visible(snapshot, far, wrong, masks)
    return best


def _one_edit_away(word: str) -> Iterator[str]:
    """Yield every spelling one slip away, after P. Norvig, "How to Write a Spelling Corrector" (2007)."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _look_up(part: Part, words: Iterable[str]) -> Iterator[str]:
    """Yield those of the words that are in the vocabulary, in every way they are written."""
    vocabulary = part.data.vocabulary
    for word in words:
        i = bisect_left(vocabulary, word)
        while i < len(vocabulary) and _folded(vocabulary[i]) == word:
            yield vocabulary[i]
            i += 1


def _two_edits_away(part: Part, wrong: str) -> Iterator[str]:
    """Yield words two slips away that begin with the same letter, which is rarely the wrong one."""
    vocabulary = part.data.vocabulary
    start, end = bisect_left(vocabulary, wrong[0]), bisect_left(vocabulary, wrong[0] + "\uffff")
    letters = set(wrong)
    likely = []
    for entry in vocabulary[start:end]:
        word = _folded(entry)
        if abs(len(word) - len(wrong)) <= 2 and (unlike := len(letters.symmetric_difference(word))) <= 4:
            likely.append((unlike, word, entry))
    for _, word, entry in heapq.nsmallest(MAX_COMPARED, likely):
        if levenshtein.distance(wrong, word, limit=2) <= 2:
            yield entry


def _best_visible(snapshot: Snapshot, entries: Iterable[str], wrong: str, masks: Masks) -> str | None:
    """Choose the most frequent entry that some visible document holds; a slip is rarely in the first letter."""
    terms = [(entry, SURFACE + entry.encode()) for entry in sorted(entries)[:MAX_CANDIDATES]]
    ranked = sorted(
        terms,
        key=lambda item: (item[0][0] == wrong[0], sum(part.data.terms.count(item[1]) for part in snapshot.parts)),
        reverse=True,
    )
    for entry, term in ranked:
        for part, mask in zip(snapshot.parts, masks, strict=True):
            if any(mask[number] for number in part.data.terms.get(term).ids):
                return entry.partition("\0")[2] or entry
    return None


def _folded(entry: str) -> str:
    return entry.partition("\0")[0]
