"""One state of the index, held open: its segments, and what every question needs of every document.

Nothing here changes once it is built, and files are read at positions: threads share it without a lock.
"""

from array import array
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.wiki.search_codec import FACTS, KEY, NAME, SCHEMA, Segment, Storage, TermsReader
from app.wiki.search_document import Facts, key_term, mark_term, path_term
from app.wiki.search_whoosh import index

K1, B = 4.0, 0.6  # BM25F: how late frequencies saturate, how much the length of a text counts
STEP = 16  # words to which the average length is rounded, so that norms outlive small changes
NEVER = (-(1 << 63), 1 << 63)  # before and after every date
MAX_NORMS = 4  # kept per segment: two languages, before and after a change
OTHER_LANGUAGE = 1.3  # a text in another language than the reader's needs this much more to rank the same
V = TypeVar("V", bound=Hashable)


class Codes(Generic[V]):
    """A value per document, kept as small numbers."""

    def __init__(self, items: Iterable[V]) -> None:
        numbers: dict[V, int] = {}
        codes = [numbers.setdefault(item, len(numbers)) for item in items]
        self.values = list(numbers)
        self.codes = bytes(codes) if len(numbers) <= 256 else array("I", codes)

    def mask(self, test: Callable[[V], bool]) -> bytearray:
        """Give a byte per document: 1 where its value passes the test."""
        table = bytes(map(test, self.values))
        if isinstance(self.codes, bytes):
            return bytearray(self.codes.translate(table.ljust(256, b"\0")))
        return bytearray(map(table.__getitem__, self.codes))


class SegmentData:
    """The files of a segment, which never change, and the columns that every question needs."""

    def __init__(self, storage: Storage, segment: Segment, identity: object) -> None:
        if not segment.has_its_files(storage):
            raise OSError(f"files of {segment.segment_id()} are missing or cut")
        self.identity = identity
        self.terms = TermsReader(storage, segment)
        self._words = segment.open_file(storage, ".voc")
        self._words_size = storage.file_length(segment.make_filename(".voc"))
        self._column = segment.codec().per_document_reader(storage, segment).column_reader("facts", FACTS)
        facts = [Facts.parse(data) for data in self._column]
        self.size = len(facts)
        self.groups = Codes((fact.kind, fact.space) for fact in facts)
        self.audiences = Codes(fact.audience for fact in facts)
        self.langs = Codes(fact.lang for fact in facts)
        self.lengths = array("I", [fact.length for fact in facts])
        self.dates = array("q", [fact.at for fact in facts])
        self._norms: dict[tuple[str, int], list[float]] = {}

    def facts(self, number: int) -> Facts:
        return Facts.parse(self._column[number])

    def norms(self, lang: str, average: int) -> list[float]:
        """Give the K1 of each document, by its length and language; `average` in words."""
        known = self._norms.get((lang, average))
        if known is None:
            own = self.langs.mask(lambda value: not value or value == lang)
            factors = (K1 * OTHER_LANGUAGE, K1)
            known = [
                factors[is_own] * (1 - B + B * length / average)
                for is_own, length in zip(own, self.lengths, strict=True)
            ]
            if len(self._norms) >= MAX_NORMS:
                self._norms.clear()
            self._norms[lang, average] = known
        return known

    @cached_property
    def vocabulary(self) -> list[str]:
        """All words as terms are written, in their order: folded, and where it differs a NUL and the word."""
        return str(self._words.get(0, self._words_size), "utf-8").split("\n")[:-1]


def may_read(audience: str, audiences: frozenset[str]) -> bool:
    """Ask whether one of the values of a document is among those of the viewer."""
    return any(value.strip() in audiences for value in audience.split(","))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question is narrowed to: documents with all of the marks, of a time (in seconds, both included)."""

    marks: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def __bool__(self) -> bool:
        return bool(self.marks) or self.since is not None or self.until is not None


NO_LIMITS = Limits()


class Part:
    """A segment as this state sees it: without its deleted documents."""

    def __init__(self, data: SegmentData, deleted: frozenset[int]) -> None:
        self.data, self.deleted = data, deleted
        self._left_out: tuple[frozenset[str], list[int]] = (frozenset(), [])

    def visible(self, audiences: frozenset[str], leave_out: frozenset[str]) -> bytearray:
        """Give a byte per document: 1 for those that the audiences may read."""
        mask = self.data.audiences.mask(lambda audience: may_read(audience, audiences))
        for number in self.deleted:
            mask[number] = 0
        for number in self._find(leave_out):
            mask[number] = 0
        return mask

    def narrow(self, mask: bytearray, limits: Limits) -> bytearray:
        """Take away from a mask what is beyond the limits."""
        for mark in limits.marks:
            kept = bytearray(len(mask))
            for number in self.data.terms.get(mark_term(mark)).ids:
                kept[number] = mask[number]
            mask = kept
        if limits.since is not None or limits.until is not None:
            first = NEVER[0] if limits.since is None else limits.since
            last = NEVER[1] if limits.until is None else limits.until
            mask = bytearray(is_in and first <= at <= last for is_in, at in zip(mask, self.data.dates, strict=True))
        return mask

    def _find(self, names: frozenset[str]) -> list[int]:
        """Find documents by key or path; the last answer is kept: a whole folder is asked for again and again."""
        known, numbers = self._left_out
        if known != names:
            terms = [make(name) for name in names for make in (key_term, path_term)]
            numbers = [number for term in terms for number in self.data.terms.get(term).ids]
            self._left_out = (names, numbers)
        return numbers


class Snapshot:
    """A state of the index: the parts, and numbers over all of them."""

    def __init__(self, stamp: object, parts: list[Part]) -> None:
        self.stamp, self.parts = stamp, parts
        self.size = sum(part.data.size for part in parts)
        self.count = self.size - sum(len(part.deleted) for part in parts)
        words = sum(sum(part.data.lengths) for part in parts)
        self.average = max(round(words / max(self.size, 1) / STEP), 1) * STEP

    def keys(self, prefix: str) -> set[str]:
        """Read the keys that begin so."""
        return {
            term[len(KEY) :].decode()
            for part in self.parts
            for term, row in part.data.terms.starting(key_term(prefix))
            if not part.deleted.issuperset(part.data.terms.ids(row))
        }


def open_snapshot(contents: Path, stamp: object, previous: Snapshot | None) -> Snapshot:
    """Open a state; parts of the previous one that are still valid are taken over.

    Raises whatever reading a damaged index raises: the caller catches everything.
    """
    storage = Storage(str(contents.parent))
    known: dict[Any, SegmentData] = {}
    if previous is not None:
        known = {part.data.identity: part.data for part in previous.parts}
    parts = []
    for segment in index.TOC.read(storage, NAME, schema=SCHEMA).segments:
        identity = (str(contents.parent), segment.segment_id())
        data = known.get(identity) or SegmentData(storage, segment, identity)
        parts.append(Part(data, frozenset(segment.deleted_docs())))
    return Snapshot(stamp, parts)
