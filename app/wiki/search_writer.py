"""How documents enter the index: one change, its commit, and the merging of segments."""

import heapq
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.wiki.search_codec import FACTS, STEM, Codec, Postings, TermsReader
from app.wiki.search_document import Document, Stems, key_term, read_document
from app.wiki.search_whoosh import writing

MAX_WEIGHT = MAX_COUNT = 255  # each is kept in one byte
FANOUT = 6  # as many segments of about one size are merged into one
SMALLEST = 32  # documents; segments below that count as one size

Terms = Iterator[tuple[bytes, Postings]]


class Writer(writing.SegmentWriter):  # type: ignore[misc]
    """One change of the index: documents in, documents out, `commit` or `cancel`."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=Codec(), compound=False, limitmb=1)
        self.pool = Pool()
        self._readers: dict[Any, TermsReader] = {}

    def add(self, document: Document) -> None:
        facts, stems, terms = read_document(document)
        self.pool.add(self.docnum, stems, terms)
        self.add_document(facts=facts.to_bytes())

    def delete(self, key: str) -> None:
        """Delete the committed document of a key, if there is one."""
        term = key_term(key)
        for segment in self.segments:
            for number in self._reader_of(segment).get(term).ids:
                segment.delete_document(number)

    def commit(self, *, merge: bool = True, merge_all: bool = False) -> None:
        """Make the change visible; merges a few segments, none or all."""
        policy = _take_all if merge_all else _take_some if merge else _take_none
        super().commit(mergetype=policy)

    def abandon(self) -> None:
        """Drop what was not committed, and the lock; does nothing after `commit`."""
        if self.is_closed:
            return
        with suppress(Exception):  # files that could not be written cannot be closed in peace either
            self.cancel()
        if self.writelock.fd is not None:
            self.writelock.release()

    def _reader_of(self, segment: Any) -> TermsReader:
        if segment not in self._readers:
            self._readers[segment] = TermsReader(self.storage, segment)
        return self._readers[segment]

    def take(self, segment: Any) -> None:
        """Copy the documents of another segment that are not deleted behind those of this one."""
        numbers, first = {}, self.docnum
        column = self.codec.per_document_reader(self.storage, segment).column_reader("facts", FACTS)
        for number, facts in enumerate(column):
            if not segment.is_deleted(number):
                numbers[number] = self.docnum
                self.add_document(facts=facts)
        terms = self._reader_of(segment).items()
        self.pool.add_terms(_renumbered(terms, numbers) if segment.has_deletions() else _shifted(terms, first))

    def _finalize_segment(self) -> Any:
        segment = super()._finalize_segment()
        segment.seal(self.storage)
        return segment


class Pool:
    """The words of the new segment: those of new documents in memory, those of merged segments read as they come."""

    def __init__(self) -> None:
        self._stems: dict[bytes, list[Any]] = {}
        self._plain: dict[bytes, array[int]] = {}
        self._merged: list[Terms] = []
        self.size = 0  # postings held in memory

    def add(self, number: int, stems: Stems, terms: Iterable[bytes]) -> None:
        kept_stems, kept_plain = self._stems, self._plain
        for stem, entry in stems.items():
            term = STEM + stem.encode()
            if term in kept_stems:
                kept_stems[term] += (number, entry)
            else:
                kept_stems[term] = [number, entry]
        for term in terms:
            if term in kept_plain:
                kept_plain[term].append(number)
            else:
                kept_plain[term] = array("I", (number,))
        self.size += len(stems)

    def add_terms(self, terms: Terms) -> None:
        self._merged.append(terms)

    def iter_postings(self) -> Terms:
        stems = ((term, _pack(self._stems[term])) for term in sorted(self._stems))
        plain = ((term, Postings(self._plain[term])) for term in sorted(self._plain))
        merged = heapq.merge(stems, plain, *self._merged, key=itemgetter(0))
        for term, group in groupby(merged, key=itemgetter(0)):
            lists = [postings for _, postings in group]
            yield term, lists[0] if len(lists) == 1 else _join(lists)

    def cleanup(self) -> None:
        """Do nothing: there are no temporary files, and Whoosh asks."""


def _pack(entries: list[Any]) -> Postings:
    """Turn [number, [weight, place …], number …] into postings."""
    lists = entries[1::2]
    places = array("H")
    for entry in lists:
        places.extend(entry[1 : MAX_COUNT + 1])
    weights = bytes([entry[0] if entry[0] < MAX_WEIGHT else MAX_WEIGHT for entry in lists])
    counts = bytes([len(entry) - 1 if len(entry) <= MAX_COUNT else MAX_COUNT for entry in lists])
    return Postings(array("I", entries[::2]), weights, counts, places)


def _join(lists: list[Postings]) -> Postings:
    ids, places = array("I"), array("H")
    for postings in lists:
        ids.extend(postings.ids)
        places.extend(postings.places)
    return Postings(ids, b"".join(p.weights for p in lists), b"".join(p.counts for p in lists), places)


def _shifted(terms: Terms, first: int) -> Terms:
    """Give terms with the new numbers of their documents, of which none was deleted."""
    if not first:
        yield from terms
        return
    for term, postings in terms:
        numbers = array("I", [first + old for old in postings.ids])
        yield term, Postings(numbers, postings.weights, postings.counts, postings.places)


def _renumbered(terms: Terms, numbers: dict[int, int]) -> Terms:
    """Give terms with the new numbers of their documents, without those that have none."""
    for term, postings in terms:
        kept = _renumber(postings, numbers)
        if kept.ids:
            yield term, kept


def _renumber(postings: Postings, numbers: dict[int, int]) -> Postings:
    """Give the postings with the new numbers of their documents, without those that have none."""
    if not postings.counts:
        return Postings(array("I", [numbers[old] for old in postings.ids if old in numbers]))
    ids, weights, counts, places = array("I"), bytearray(), bytearray(), array("H")
    offset = 0
    for old, weight, count in zip(postings.ids, postings.weights, postings.counts, strict=True):
        if old in numbers:
            ids.append(numbers[old])
            weights.append(weight)
            counts.append(count)
            places.extend(postings.places[offset : offset + count])
        offset += count
    return Postings(ids, bytes(weights), bytes(counts), places)


def _take_none(_writer: Writer, segments: list[Any]) -> list[Any]:
    return segments


def _take_all(writer: Writer, segments: list[Any]) -> list[Any]:
    if len(segments) == 1 and not writer.doc_count() and not segments[0].has_deletions():
        return segments
    for segment in segments:
        writer.take(segment)
    return []


def _take_some(writer: Writer, segments: list[Any]) -> list[Any]:
    """Merge what is of one size or mostly deleted, so that there are never many segments and large ones rest."""
    chosen = [segment for segment in segments if segment.deleted_count() * 2 > segment.doc_count_all()]
    size = writer.doc_count() + sum(segment.doc_count() for segment in chosen)
    for tier in range(16):
        peers = [s for s in segments if s not in chosen and _tier(s.doc_count()) == tier]
        if len(peers) + (size > 0 and _tier(size) == tier) >= FANOUT:
            chosen += peers
            size += sum(segment.doc_count() for segment in peers)
    for segment in chosen:
        writer.take(segment)
    return [segment for segment in segments if segment not in chosen]


def _tier(documents: int) -> int:
    tier = 0
    while documents > SMALLEST * FANOUT**tier:
        tier += 1
    return tier
