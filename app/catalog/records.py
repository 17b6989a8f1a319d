"""Find, list and count records: always of one form, always for some audiences."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from app.catalog import sieve as sieves
from app.catalog.catalog import get_fact
from app.catalog.linking import chunks
from app.catalog.readers import among
from app.catalog.record_rows import MapPoint, Point, RecordQuery, RecordRow
from app.catalog.record_writing import fact_of
from app.catalog.rows import moment
from app.catalog.sieve import Bits, Sieve
from app.catalog.tables import is_inside, listed, pages, record_keys, record_words, records
from app.forms.form import Form
from app.forms.record import fold_words

MAX_SIEVES = 24
MAX_LINKED = 500
MAX_WORDS = 10  # that one filter may have
EVERY = -1  # the set with every bit
_COLUMNS = (
    pages.c.path, pages.c.id, pages.c.form, pages.c.title, pages.c.audience, pages.c.revision, pages.c.author,
    pages.c.created_at, pages.c.edited_at, records.c.lineage, records.c.known, records.c.state, records.c.lat,
    records.c.lon, records.c.creator, records.c.verified, records.c.expires,
)  # fmt: skip
_RECORDS = select(*_COLUMNS).join(records, records.c.path == pages.c.path)
_OF_LINEAGES = _RECORDS.where(
    records.c.lineage.in_(listed("lineages")), pages.c.audience.in_(listed("audiences"))
)  # fmt: skip
_AT = _RECORDS.where(pages.c.path == bindparam("path"), pages.c.audience.in_(listed("audiences")))


class Sieves:
    """The sieves that were asked for last; each is read anew when the records of its form have changed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], tuple[str, Sieve]] = OrderedDict()

    def get(self, connection: Connection, form: str, audiences: tuple[str, ...]) -> Sieve:
        """Give the sieve of a form for these audiences."""
        mark = get_fact(connection, fact_of(form)) or ""
        kept = self._kept.pop((form, audiences), None)
        if kept is None or kept[0] != mark:
            kept = (mark, sieves.load(connection, form, audiences))
        self._kept[form, audiences] = kept
        while len(self._kept) > MAX_SIEVES:
            self._kept.popitem(last=False)
        return kept[1]


def find(connection: Connection, path: str, audiences: Collection[str]) -> RecordRow | None:
    """Find the record that stands at a path."""
    row = connection.execute(_AT, {"path": path, "audiences": json.dumps(list(audiences))}).first()
    return record_row(row) if row else None


def find_by_ids(connection: Connection, ids: Collection[str], audiences: Collection[str]) -> dict[str, RecordRow]:
    """Find records by their ids; of several with one id, the oldest."""
    found: dict[str, RecordRow] = {}
    oldest_last = (pages.c.created_at.desc(), pages.c.path.desc())
    for chunk in chunks(ids):
        query = _RECORDS.where(pages.c.id.in_(chunk), among(pages.c.audience, audiences)).order_by(*oldest_last)
        found.update((row.id, record_row(row)) for row in connection.execute(query))
    return found


def stand_below(connection: Connection, path: str, folder: str) -> bool:
    """Tell whether a record stands at a path, or, with a folder (`jardins/`), below it, whoever may read it."""
    known = records.c.path == path
    below = or_(known, is_inside(records.c.path, folder)) if folder else known
    return connection.execute(select(records.c.path).where(below).limit(1)).first() is not None


def list_linked(connection: Connection, page_id: str, audiences: Collection[str]) -> list[tuple[str, RecordRow]]:
    """List the records one of whose keys is this id, each with the field that has it."""
    query = (
        _RECORDS.add_columns(record_keys.c.field)
        .join(record_keys, record_keys.c.lineage == records.c.lineage)
        .where(record_keys.c.key == page_id, among(pages.c.audience, audiences))
        .order_by(pages.c.title_key, pages.c.path)
        .limit(MAX_LINKED)
    )
    return [(row.field, record_row(row)) for row in connection.execute(query)]


def list_at(connection: Connection, sieve: Sieve, places: Sequence[int], audiences: Collection[str]) -> list[RecordRow]:
    """Give the records at some places of a sieve, in that order."""
    lineages = [sieve.lineages[place] for place in places]
    asked = {"lineages": json.dumps(lineages), "audiences": json.dumps(list(audiences))}
    rows = {row.lineage: row for row in connection.execute(_OF_LINEAGES, asked)}
    return [record_row(rows[lineage]) for lineage in lineages if lineage in rows]


class Asked:
    """One query on one sieve. What it costs is asked of the catalog once: words, bounds, ids."""

    def __init__(self, connection: Connection, sieve: Sieve, query: RecordQuery) -> None:
        self._connection, self.sieve, self.query = connection, sieve, query
        self._base = sieve.base(query) & self._of_words() & self._of_sql()
        self._by_field = {
            field: sieve.having(connection, field, keys) for field, keys in query.where.items() if keys
        }  # fmt: skip

    def found(self, *, but: str = "") -> Bits:
        """Give the records that meet the query, but for its filter by one field."""
        found = self._base
        for field, bits in self._by_field.items():
            if field != but:
                found &= bits
        return found

    def page(self) -> tuple[list[int], int]:
        """Give the places that the query asks for, in its order, and how many there are in all."""
        found = self.found()
        ordered = self.sieve.ordered(self._connection, self.query, found)
        return ordered[self.query.offset : self.query.offset + self.query.limit], len(ordered)

    def lineages(self) -> list[int]:
        """List the records that meet the query, by their lineages."""
        return [self.sieve.lineages[place] for place in sieves.places_of(self.found() & self.sieve.every)]

    def count(self, field: str, number: Callable[[Bits], int] = int.bit_count) -> list[tuple[str, int]]:
        """Count the keys of a field among what the other filters leave; the most frequent first.

        Keys that the query itself asks for are told even where there are none. `number` counts a set.
        """
        found = self.found(but=field)
        ticked = self.query.where.get(field, ())
        counts = {key: number(bits & found) for key, bits in self.sieve.by_key(self._connection, field).items()}
        told = {**dict.fromkeys(ticked, 0), **{key: n for key, n in counts.items() if n or key in ticked}}
        return sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))

    def letters(self) -> dict[str, int]:
        """Count by the first letter of the title, among what the other filters leave."""
        sieve = self.sieve
        counts = {letter: (bits & self.found()).bit_count() for letter, bits in sieve.letters.items()}
        return {letter: counts[letter] for letter in sorted(counts) if counts[letter]}

    def points(self, colouring: str) -> list[MapPoint]:
        """Give the points of what meets the query, all of them."""
        signs = bin(self.found())[:1:-1]
        count = len(signs)
        points = self.sieve.points(self._connection, colouring)
        return [point for place, point in points if place < count and signs[place] == "1"]

    def _of_words(self) -> Bits:
        """Give the records that have the words; every bit where none is said."""
        words = tuple(fold_words(self.query.words)[:MAX_WORDS])
        if not words:
            return EVERY

        def read() -> Bits:
            has = (func.instr(record_words.c.words, f" {word}") > 0 for word in words)
            query = select(record_words.c.lineage).where(record_words.c.form == self.query.form, *has)
            return self.sieve.bits(self._connection.execute(query).scalars())

        return self.sieve.kept(words, read)

    def _of_sql(self) -> Bits:
        """Give the records that lie inside the bounds and are among the ids; every bit where neither is said."""
        query, asked = self.query, []
        if query.bounds is not None:
            asked += _inside(query.bounds)
        if query.ids is not None:
            ids = select(func.json_each(json.dumps(list(query.ids))).table_valued("value").c.value)
            asked.append(records.c.path.in_(select(pages.c.path).where(pages.c.id.in_(ids))))
        if not asked:
            return EVERY
        statement = select(records.c.lineage).where(records.c.form == query.form, *asked)
        return self.sieve.bits(self._connection.execute(statement).scalars())


def _inside(bounds: tuple[float, float, float, float]) -> Iterable[Any]:
    """Ask for what lies inside south, west, north, east; a map may show both sides of the 180th meridian."""
    south, west, north, east = bounds
    yield records.c.lat.between(south, north)
    if west <= east:
        yield records.c.lon.between(west, east)
    else:
        yield or_(records.c.lon >= west, records.c.lon <= east)


def colouring_of(form: Form) -> str:
    """Name the field that colours a map: the first one of whose choices has a colour; `""` where none has."""
    coloured = (field.name for field in form.of_type("choice") if any(choice.colour for choice in field.choices))
    return next(coloured, "")


def record_row(row: Row[Any]) -> RecordRow:
    """Make a RecordRow of a result row."""
    known: Mapping[str, Any] = json.loads(row.known)
    return RecordRow(
        row.path, row.id or "", row.form, row.title, known, row.state,
        Point(row.lat, row.lon) if row.lat is not None else None,
        row.audience, row.revision, row.creator, row.author, moment(row.created_at), moment(row.edited_at),
        row.verified, row.expires,
    )  # fmt: skip
