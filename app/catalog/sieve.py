"""The records of one form that some audiences may read, as sets of bits: counted at every combination of filters.

A set is one whole number: its bit `n` stands for the record at place `n`, in the order of titles. To join or to narrow
sets of 10,000 records, and to count one, takes less than a microsecond each; SQL takes 50 milliseconds for the facets
of one list (decision 0033). Everything here was asked of the catalog for these audiences: no other record is in it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from app.catalog.readers import among
from app.catalog.record_rows import MapPoint, RecordQuery
from app.catalog.tables import FOLLOWS_FORM, pages, record_keys, records

Bits = int
MAX_KEPT = 100
_KEYS = (
    select(record_keys.c.key, func.group_concat(record_keys.c.lineage))
    .where(record_keys.c.form == bindparam("form"), record_keys.c.field == bindparam("field"))
    .group_by(record_keys.c.key)
)
_SORTED = (
    select(record_keys.c.lineage, func.min(record_keys.c.number).label("number"), func.min(record_keys.c.key))
    .where(record_keys.c.form == bindparam("form"), record_keys.c.field == bindparam("field"))
    .group_by(record_keys.c.lineage)
)


@dataclass(slots=True)
class Sieve:
    """One form's records, for some audiences. `lineages` stand in the order of titles; a place is a number in it."""

    form: str
    lineages: tuple[int, ...]
    places: Mapping[int, int]
    states: Mapping[str, Bits]
    letters: Mapping[str, Bits]
    creators: Mapping[str, Bits]
    expiring: Mapping[str, Bits]
    _fields: dict[str, dict[str, Bits]] = field(default_factory=dict)
    _orders: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    _points: dict[str, list[tuple[int, MapPoint]]] = field(default_factory=dict)
    _kept: dict[tuple[str, ...], Bits] = field(default_factory=dict)

    @property
    def every(self) -> Bits:
        """The set of all of them: -1 cut to size."""
        return (1 << len(self.lineages)) - 1

    def base(self, query: RecordQuery) -> Bits:
        """Give the records that meet what a query asks besides its words, places, ids and filters by field."""
        found = joined(self.states.get(state, 0) for state in query.states)
        if query.letter:
            found &= self.letters.get(query.letter, 0)
        if query.creator:
            found &= self.creators.get(query.creator, 0)
        if query.today:
            found &= ~joined(bits for day, bits in self.expiring.items() if day < query.today)
        return found

    def by_key(self, connection: Connection, name: str) -> Mapping[str, Bits]:
        """Give the records that have each key of a field; read once."""
        if name not in self._fields:
            rows = connection.execute(_KEYS, {"form": self.form, "field": name})
            found = {key: self.bits(map(int, lineages.split(","))) for key, lineages in rows}
            self._fields[name] = {key: bits for key, bits in found.items() if bits}
        return self._fields[name]

    def having(self, connection: Connection, name: str, keys: Iterable[str]) -> Bits:
        """Give the records that have one of these keys of a field."""
        known = self.by_key(connection, name)
        return joined(known.get(key, 0) for key in keys)

    def bits(self, lineages: Iterable[int]) -> Bits:
        """Make a set of those of these records that are in the sieve."""
        places = self.places
        found = bytearray(len(self.lineages) // 8 + 1)
        for lineage in lineages:
            place = places.get(lineage)
            if place is not None:
                found[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(found, "little")

    def kept(self, words: tuple[str, ...], read: Callable[[], Bits]) -> Bits:
        """Give the set of what has some words; kept, as a list, its counts and its next filters ask for the same."""
        found = self._kept.get(words)
        if found is None:
            found = read()
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()  # another thread may be between its lines here: what it found is its own
            self._kept[words] = found
        return found

    def ordered(self, connection: Connection, query: RecordQuery, found: Bits) -> list[int]:
        """Give the places of a set in the order that a query asks for; what has nothing to be sorted by comes last."""
        if query.order == "title":
            there = places_of(found)
            return there[::-1] if query.is_descending else there
        sorted_places, without = self._order(connection, query.order)
        if query.is_descending:
            sorted_places = sorted_places[::-1]
        signs = bin(found)[:1:-1]  # the sign of place n is the n-th
        count = len(signs)
        return [place for place in (*sorted_places, *without) if place < count and signs[place] == "1"]

    def _order(self, connection: Connection, order: str) -> tuple[list[int], list[int]]:
        if order not in self._orders:
            by_place = dict(self._sortable(connection, order))
            without = [place for place in range(len(self.lineages)) if place not in by_place]
            self._orders[order] = sorted(by_place, key=lambda place: (by_place[place], place)), without
        return self._orders[order]

    def _sortable(self, connection: Connection, order: str) -> Iterable[tuple[int, Any]]:
        if order in {"edited", "created"}:
            moment = pages.c.edited_at if order == "edited" else pages.c.created_at
            rows = connection.execute(select(pages.c.lineage, moment).where(pages.c.form == self.form, FOLLOWS_FORM))
            return ((self.places[lineage], at) for lineage, at in rows if lineage in self.places)
        rows = connection.execute(_SORTED, {"form": self.form, "field": order}).all()
        if any(number is not None for _, number, _ in rows):
            return ((self.places[one], number) for one, number, _ in rows if one in self.places and number is not None)
        if rows:
            return ((self.places[lineage], key) for lineage, _, key in rows if lineage in self.places)
        return self._by_value(connection, order)

    def _by_value(self, connection: Connection, order: str) -> Iterable[tuple[int, Any]]:
        """Sort by a text that has no keys."""
        value = func.json_extract(records.c.known, f'$."{order}"')
        rows = connection.execute(select(records.c.lineage, value).where(records.c.form == self.form))
        said = ((lineage, text) for lineage, text in rows if isinstance(text, str) and text)
        return ((self.places[lineage], text.casefold()) for lineage, text in said if lineage in self.places)

    def points(self, connection: Connection, colouring: str) -> list[tuple[int, MapPoint]]:
        """Give all that stand somewhere, with their keys of the field that colours the map (`""`: none); read once."""
        if colouring not in self._points:
            self._points[colouring] = list(self._read_points(connection, colouring))
        return self._points[colouring]

    def _read_points(self, connection: Connection, colouring: str) -> Iterable[tuple[int, MapPoint]]:
        keys: dict[int, tuple[str, ...]] = {}
        for key, bits in self.by_key(connection, colouring).items() if colouring else ():
            for place in places_of(bits):
                keys[place] = (*keys.get(place, ()), key)
        query = (
            select(records.c.lineage, pages.c.path, pages.c.title, records.c.lat, records.c.lon)
            .join(pages, pages.c.path == records.c.path)
            .where(records.c.form == self.form, records.c.lat.is_not(None))
        )
        for lineage, path, title, lat, lon in connection.execute(query):
            place = self.places.get(lineage)
            if place is not None:
                yield place, MapPoint(path, title, lat, lon, keys.get(place, ()))


def load(connection: Connection, form: str, audiences: Collection[str]) -> Sieve:
    """Read the records of a form that these audiences may read."""
    query = (
        select(records.c.lineage, records.c.state, records.c.letter, records.c.creator, records.c.expires)
        .join(pages, pages.c.path == records.c.path)
        .where(records.c.form == form, among(pages.c.audience, audiences))
        .order_by(pages.c.title_key, pages.c.path)
    )
    rows = connection.execute(query).all()
    lineages = tuple(row.lineage for row in rows)
    sieve = Sieve(form, lineages, {lineage: place for place, lineage in enumerate(lineages)}, {}, {}, {}, {})

    def parted(of: Callable[[Any], str]) -> dict[str, Bits]:
        parts: dict[str, list[int]] = {}
        for row in rows:
            parts.setdefault(of(row), []).append(row.lineage)
        return {part: sieve.bits(found) for part, found in parts.items()}

    sieve.states, sieve.letters = parted(lambda row: row.state), parted(lambda row: row.letter)
    sieve.creators, sieve.expiring = parted(lambda row: row.creator), parted(lambda row: row.expires)
    sieve.expiring.pop("", None)
    return sieve


def weighed(sieve: Sieve, numbers: Mapping[int, int]) -> Callable[[Bits], int]:
    """Make a function that adds up numbers of the records of a set, by their lineages: as fast as one that counts."""
    digits = max(numbers.values(), default=0).bit_length()
    sets = [sieve.bits(one for one, number in numbers.items() if number >> digit & 1) for digit in range(digits)]
    return lambda found: sum((bits & found).bit_count() << digit for digit, bits in enumerate(sets))


def joined(sets: Iterable[Bits]) -> Bits:
    """Join sets."""
    found = 0
    for one in sets:
        found |= one
    return found


def places_of(found: Bits) -> list[int]:
    """List the places of a set."""
    return [place for place, sign in enumerate(bin(found)[:1:-1]) if sign == "1"]
