"""Which documents answer a question, in which order: sets of numbers, then BM25F over those that are left.

BM25F after S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004):
the weighted frequencies of all fields were added up when the document was written, so one list per word is enough.
"""

import heapq
import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import itemgetter

from app.wiki.query import Clause
from app.wiki.search_codec import SURFACE, Postings
from app.wiki.search_document import stem_term, surface_term
from app.wiki.search_reader import Part, Snapshot

MAX_EXPANSIONS = 200  # words that one beginning may stand for, per segment
AS_TYPED = 0.15  # more for the very form that was typed: "cours" before "cour", "marché" before "marche"
BEGINNING = 0.3  # what a word counts of which only the beginning was typed
NEWER = 1e-13  # per second, decides between equals only

Masks = Sequence[bytearray]  # per part, a byte per document: may it be shown?


@dataclass(slots=True)
class Match:
    """The documents of one clause in one part; `typed` and `begun` have no weights of their own."""

    postings: Postings
    typed: "array[int]" = field(default_factory=lambda: array("I"))
    begun: set[int] = field(default_factory=set)

    def ids(self) -> Iterable[int]:
        return chain(self.postings.ids, self.begun) if self.begun else self.postings.ids

    def __len__(self) -> int:
        return len(self.postings.ids) + len(self.begun)


@dataclass(slots=True)
class Found:
    """The answers: a score for each document, by part and number."""

    parts: list[dict[int, float]]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def best(self, count: int) -> list[tuple[float, int, int]]:
        """Give the best as (score, part, number)."""
        tops = [
            (score, i, number)
            for i, scores in enumerate(self.parts)
            for number, score in heapq.nlargest(count, scores.items(), key=itemgetter(1))
        ]
        return heapq.nlargest(count, tops, key=itemgetter(0))


def find(
    snapshot: Snapshot,
    clauses: Sequence[Clause],
    excluded: Sequence[Clause],
    masks: Masks,
    *,
    lang: str,
    any_of: bool = False,
) -> Found:
    """Find the documents with all clauses, or with `any_of` them, without the excluded ones, and score them."""
    matches = [[_match(part, clause) for clause in clauses] for part in snapshot.parts]
    idfs = [_idf(snapshot.size, sum(len(row[i]) for row in matches)) for i in range(len(clauses))]
    parts = []
    for part, row, mask in zip(snapshot.parts, matches, masks, strict=True):
        numbers = _unite(row, mask) if any_of else _intersect(row, mask)
        for clause in excluded if numbers else ():
            numbers.difference_update(_match(part, clause).ids())
        parts.append(_score(part, row, idfs, numbers, part.data.norms(lang, snapshot.average)))
    return Found(parts)


def find_all(snapshot: Snapshot, masks: Masks) -> Found:
    """Find all documents that may be shown, by their dates."""
    return Found(
        [
            {number: at * NEWER for number, at in enumerate(part.data.dates) if mask[number]}
            for part, mask in zip(snapshot.parts, masks, strict=True)
        ]
    )


def has_match(snapshot: Snapshot, clause: Clause, masks: Masks) -> bool:
    """Ask whether a document that may be shown has the clause."""
    return any(_intersect([_match(part, clause)], mask) for part, mask in zip(snapshot.parts, masks, strict=True))


def count_groups(snapshot: Snapshot, found: Found) -> Counter[tuple[str, str]]:
    """Count the answers by (kind, space)."""
    totals: Counter[tuple[str, str]] = Counter()
    for part, scores in zip(snapshot.parts, found.parts, strict=True):
        codes = part.data.groups
        for code, count in Counter(map(codes.codes.__getitem__, scores)).items():
            totals[codes.values[code]] += count
    return totals


def only_groups(snapshot: Snapshot, found: Found, takes: Callable[[str, str], bool]) -> Found:
    """Keep the answers whose kind and space are taken."""
    parts = []
    for part, scores in zip(snapshot.parts, found.parts, strict=True):
        if all(takes(*group) for group in part.data.groups.values):
            parts.append(scores)
            continue
        mask = part.data.groups.mask(lambda group: takes(*group))
        parts.append({number: score for number, score in scores.items() if mask[number]})
    return Found(parts)


def _match(part: Part, clause: Clause) -> Match:
    terms = part.data.terms
    if len(clause.words) > 1:
        return Match(_match_phrase([terms.get(stem_term(word)) for word in clause.words]))
    word = clause.words[0]
    match = Match(terms.get(stem_term(word)), terms.get(surface_term(word)).ids)
    if clause.is_prefix:
        rows = terms.starting(SURFACE + word.folded.encode())
        for _, (_, row) in zip(range(MAX_EXPANSIONS), rows, strict=False):
            match.begun.update(terms.ids(row))
        match.begun.difference_update(match.postings.ids)
    return match


def _match_phrase(lists: list[Postings]) -> Postings:
    """Keep the documents in which the words follow each other."""
    shared = set(lists[0].ids).intersection(*(postings.ids for postings in lists[1:]))
    readers = [_PlaceReader(postings) for postings in lists]
    ids, weights = array("I"), bytearray()
    for number in sorted(shared):
        starts = set(readers[0].places(number))
        for distance, reader in enumerate(readers[1:], 1):
            starts.intersection_update([place - distance for place in reader.places(number)])
        if starts:
            ids.append(number)
            weights.append(min(reader.weight(number) for reader in readers))
    return Postings(ids, bytes(weights))


class _PlaceReader:
    """Finds the places of a word in a document."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._ends = list(accumulate(postings.counts))

    def places(self, number: int) -> "array[int]":
        i = bisect_left(self._postings.ids, number)
        return self._postings.places[self._ends[i] - self._postings.counts[i] : self._ends[i]]

    def weight(self, number: int) -> int:
        return self._postings.weights[bisect_left(self._postings.ids, number)]


def _idf(size: int, count: int) -> float:
    return math.log(1 + (max(size - count, 0) + 0.5) / (count + 0.5))


def _intersect(row: list[Match], mask: bytearray) -> set[int]:
    first, *others = sorted(row, key=len)
    numbers = {number for number in first.ids() if mask[number]}
    for match in others:
        numbers.intersection_update(match.ids())
    return numbers


def _unite(row: list[Match], mask: bytearray) -> set[int]:
    return {number for match in row for number in match.ids() if mask[number]}


def _score(part: Part, row: list[Match], idfs: list[float], numbers: set[int], norms: list[float]) -> dict[int, float]:
    dates = part.data.dates
    scores = {number: dates[number] * NEWER for number in numbers}
    if not scores:
        return scores
    for match, idf in zip(row, idfs, strict=True):
        for number, weight in zip(match.postings.ids, match.postings.weights, strict=True):
            if number in scores:
                scores[number] += idf * weight / (weight + norms[number])
        for number in match.typed:
            if number in scores:
                scores[number] += idf * AS_TYPED
        for number in match.begun:
            if number in scores:
                scores[number] += idf * BEGINNING
    return scores
