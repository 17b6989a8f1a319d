"""Records that may be there already: shown before somebody sends one, and to who looks after them.

Alike are two of one form with nearly the same name within a kilometre; with the same telephone, web or e-mail address
and something of the name; or, where one has no position, with the same name. Of what takes place, only what does so on
the same day or the next: a feast comes back every year.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import Protocol

from app.catalog.record_rows import Point, RecordQuery, RecordRow
from app.errors import N_
from app.forms.form import Form, Values
from app.forms.naming import title_of
from app.forms.record import point_of
from app.forms.types import type_of
from app.people.viewer import Viewer
from app.records import same_day
from app.records.likeness import KILOMETRE, around, bare, kilometres, likeness

WHY = {
    "place": N_("Nearly the same name, nearby"),
    "phone": N_("The same telephone number"),
    "link": N_("The same website"),
    "email": N_("The same e-mail address"),
    "name": N_("The same name"),
    "day": N_("Nearly the same name, on the same day"),
}
SAID_BY = ("phone", "link", "email")  # types of fields of which two that are the same say something
NEAR, SAME_NAME, SOME_NAME = 80, 92, 50  # how alike names must be: nearby, without a position, with the same telephone
SAME_DAY, SAME_DAY_NEAR = 75, 60  # on the same day: without a position, nearby
MOST = 5
_CANDIDATES = 100  # of each kind
_WORDS = 2  # of the name by which candidates are found: reading the words of all records is what costs
_SQUARE = (0.02, 0.03)  # degrees north and east: two kilometres, up to 48° north
_CROWD = 50  # records with one word or one number: more than that say nothing


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same; `why` is a key of WHY, `score` 100 where the name is the same."""

    row: RecordRow
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Two records that may be one."""

    first: RecordRow
    second: RecordRow
    score: int
    why: str


class Records(same_day.Dates, Protocol):
    """What is asked of the door."""

    def records(self, viewer: Viewer, query: RecordQuery) -> tuple[list[RecordRow], int]:
        """List records."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a record is compared; `said` holds (type, key) of its telephone, web and e-mail addresses."""

    name: str
    point: Point | None
    said: frozenset[tuple[str, str]]
    day: int | None = None  # on which it first takes place


def find(door: Records, viewer: Viewer, form: Form, values: Values, but: str = "") -> list[Likeness]:
    """Find records that may be the one that somebody is about to send; `but` is the identity of the one he edits.

    Whoever is not signed in is told nothing by an e-mail address: it would say whose it is.
    """
    mine = _traits_of_values(form, values, viewer)
    found: dict[str, Likeness] = {}
    is_dated = mine.day is not None
    rows = same_day.rows(door, viewer, form, values) if is_dated else _candidates(door, viewer, form, mine, values)
    compare = _compare_dated if is_dated else _compare
    for row in rows:
        if row.id == but or row.id in found:
            continue
        if alike := compare(mine, _traits(form, row)):
            found[row.id] = Likeness(row, *alike)
    return sorted(found.values(), key=lambda one: (-one.score, one.row.title))[:MOST]


def _traits_of_values(form: Form, values: Values, viewer: Viewer) -> _Traits:
    point = point_of(form, values)
    said = frozenset((kind, key) for kind, _, key in _said(form, values) if kind != "email" or viewer.is_signed_in)
    name, day = bare(title_of(form, values, "")), same_day.first_day(form, values)
    return _Traits(name, Point(*point) if point else None, said, day)


def _traits(form: Form, row: RecordRow) -> _Traits:
    said = frozenset((kind, key) for kind, _, key in _said(form, row.values))
    return _Traits(bare(row.title), row.point, said, same_day.first_day(form, row.values))


def _said(form: Form, values: Values) -> Iterator[tuple[str, str, str]]:
    """Give type, name and key of what is said in fields by which twins are known."""
    for field in form.of_type(*SAID_BY):
        value = values.get(field.name)
        if value and not field.is_private:
            for key in type_of(field).keys(field, value):
                yield field.type, field.name, key.text


def _candidates(door: Records, viewer: Viewer, form: Form, mine: _Traits, values: Values) -> Iterator[RecordRow]:
    """Give what is near, says the same, or has a word of the name: so that not all records are looked at."""
    queries = [RecordQuery(form.name, bounds=around(mine.point), limit=_CANDIDATES)] if mine.point else []
    for kind, field, key in _said(form, values):
        if (kind, key) in mine.said:
            queries.append(RecordQuery(form.name, where={field: (key,)}, limit=_CANDIDATES))
    words = sorted(mine.name.split(), key=len, reverse=True)[:_WORDS]
    # Where the place is known, a name only tells of what has none: then all that it says must be there.
    queries += [
        RecordQuery(form.name, words=said, limit=_CANDIDATES) for said in ([" ".join(words)] if mine.point else words)
    ]
    for query in queries:
        yield from door.records(viewer, query)[0]


def _compare(one: _Traits, other: _Traits) -> tuple[int, str] | None:
    """Give how alike two records are and by what; None where they are not."""
    if one.day is not None and other.day is not None:
        return _compare_dated(one, other) if abs(one.day - other.day) <= 1 else None
    if same := one.said & other.said:
        score = likeness(one.name, other.name, SOME_NAME)
        if score:
            return score, min(same, key=lambda said: SAID_BY.index(said[0]))[0]
    if one.point and other.point:
        is_near = kilometres(one.point, other.point) <= KILOMETRE
        score = likeness(one.name, other.name, NEAR) if is_near else 0
        return (score, "place") if score else None
    score = likeness(one.name, other.name, SAME_NAME)
    return (score, "name") if score else None


def _compare_dated(one: _Traits, other: _Traits) -> tuple[int, str] | None:
    """Do the same for two that take place on the same day."""
    has_points = one.point is not None and other.point is not None
    if one.point and other.point and kilometres(one.point, other.point) > KILOMETRE:
        return None
    score = likeness(one.name, other.name, SAME_DAY_NEAR if has_points else SAME_DAY)
    return (score, "day") if score else None


def pairs(form: Form, rows: Sequence[RecordRow], most: int = 200) -> list[Twins]:
    """Find the records of a form that may be one twice, the most alike first. Not every two are compared."""
    traits = [_traits(form, row) for row in rows]
    found: dict[tuple[int, int], Twins] = {}
    for block in _blocks(traits):
        for first, second in _twos(block):
            if (first, second) not in found and (alike := _compare(traits[first], traits[second])):
                found[first, second] = Twins(rows[first], rows[second], *alike)
    return sorted(found.values(), key=lambda twins: (-twins.score, twins.first.title))[:most]


def _twos(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    for place, first in enumerate(block):
        for second in block[place + 1 :]:
            yield (first, second) if first < second else (second, first)


def _blocks(traits: Sequence[_Traits]) -> Iterator[Sequence[int]]:
    """Give groups of records that are worth comparing: with a telephone or a word in common, or standing together."""
    by: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        for said in one.said:
            by["said", said].append(number)
        for word in set(one.name.split()):
            by["word", word].append(number)
        by["name", one.name].append(number)
    for block in by.values():
        if 1 < len(block) <= _CROWD:
            yield block
    yield from _neighbours(traits)


def _neighbours(traits: Sequence[_Traits]) -> Iterator[Sequence[int]]:
    """Give those that stand near one another; where many do, those whose names begin alike.

    Squares of two kilometres, laid four times, each time moved by half: what is within a kilometre shares one.
    """
    squares: defaultdict[tuple[float, float, int, int], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        if one.point is None:
            continue
        for north, east in product((0.0, 0.5), repeat=2):
            place = floor(one.point.lat / _SQUARE[0] + north), floor(one.point.lon / _SQUARE[1] + east)
            squares[north, east, *place].append(number)
    for block in squares.values():
        ordered = sorted(block, key=lambda number: traits[number].name)
        for start in range(0, len(ordered), _CROWD // 2):
            if len(part := ordered[start : start + _CROWD]) > 1:
                yield part
