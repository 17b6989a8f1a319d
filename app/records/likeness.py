"""How alike two records are: their names by letters, whatever the order of the words; how far apart they stand."""

import math
import re
from functools import lru_cache

from app.catalog.record_rows import Point
from app.wiki.page import fold

KILOMETRE = 1.0
_INITIAL = re.compile(r"(?<=\b\w)\.")  # A.M.A.P. is AMAP
_APART = re.compile("[’'/]")
_KM_OF_DEGREE = 111.195  # of latitude, on a sphere of 6371 km
# Words that say nothing about which one it is.
_EMPTY = frozenset("a an and au aux d de des du en et for in l la le les of on or ou s sur the un une".split())


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """Give a name as it is compared: without case, accents, marks and articles, its words in the order of letters."""
    plain = _APART.sub(" ", _INITIAL.sub("", name))
    words = [word for word in fold(plain).split("-") if word]
    return " ".join(sorted([word for word in words if word not in _EMPTY] or words))


def likeness(one: str, other: str, least: int = 0) -> int:
    """Compare two bare names: 0 nothing in common, 100 the same; 0, too, where it cannot reach `least`.

    Twice the letters of their longest common subsequence in all of their letters: the token sort ratio of RapidFuzz.
    """
    letters = len(one) + len(other)
    if not letters or 200 * min(len(one), len(other)) < least * letters:
        return 0
    score = round(200 * _common(one, other) / letters)
    return score if score >= least else 0


def _common(one: str, other: str) -> int:
    """Count the letters of the longest common subsequence, all rows of the table as bits (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for number, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << number
    full = (1 << len(one)) - 1
    row = full
    for letter in other:
        matched = row & places.get(letter, 0)
        row = (row + matched | row - matched) & full
    return len(one) - row.bit_count()


def kilometres(one: Point, other: Point) -> float:
    """Measure how far two points are apart; right within a few kilometres, which is all that is asked."""
    east = (one.lon - other.lon + 180) % 360 - 180
    width = math.cos(math.radians((one.lat + other.lat) / 2))
    return _KM_OF_DEGREE * math.hypot(one.lat - other.lat, east * width)


def around(point: Point, kilometres_far: float = KILOMETRE) -> tuple[float, float, float, float]:
    """Give the bounds (south, west, north, east) that hold all that is so near."""
    north = kilometres_far / _KM_OF_DEGREE
    east = min(north / max(math.cos(math.radians(point.lat)), 0.01), 180.0)
    return point.lat - north, point.lon - east, point.lat + north, point.lon + east
