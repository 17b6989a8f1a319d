"""Points of a map as few bytes: what `app/static/map/points.js` reads. The format: pages/dev/map-points.md."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from app.catalog.record_rows import MapPoint
from app.wiki import nfc

VERSION = 1
FINE, COARSE = 100_000, 4_000  # steps of a degree: about a metre, about twenty-eight
MANY = 5_000  # points, from which on the coarse step does: who opens one sees where it is exactly
ROWS = 100  # rows of a degree: points are told from west to east, row by row
INITIAL = "*"  # in a folder: the first letter of the name; no path holds this sign
_APART = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f]")


def encode_points(points: Sequence[MapPoint], base: str) -> bytes:
    """Write points as JSON, in columns; `base` is what stands before a path in an address, such as `/`.

    Neighbours stand side by side, so that each is told by a small step from the one before. The last segment of a
    path is left out where it follows from the title. The same points give the same bytes.
    """
    ordered = sorted(points, key=lambda one: (int(one.lat * ROWS), one.lon, one.path, one.title))
    scale = FINE if len(ordered) < MANY else COARSE
    places = [_place(one) for one in ordered]
    keys = [one.keys[0] if one.keys else "" for one in ordered]
    folders, folder = _numbered([folder for folder, _ in places])
    names, key = _numbered(keys)
    columns = {
        "version": VERSION,
        "base": base,
        "scale": scale,
        "lat": _steps([round(one.lat * scale) for one in ordered]),
        "lon": _steps([round(one.lon * scale) for one in ordered]),
        "title": [one.title for one in ordered],
        "name": [name for _, name in places],
        "folders": folders,
        "folder": folder if len(folders) > 1 else [],
        "keys": names,
        "key": key if len(names) > 1 else [],
    }
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@lru_cache(maxsize=20_000)  # the same titles whatever is filtered
def plain_slug(title: str) -> str:
    """Give the last segment that most titles lead to; simple enough to be worked out alike in the browser."""
    bare = title.lower()
    if not bare.isascii():
        bare = _MARKS.sub("", nfc.normalize(bare, "NFD")).replace("œ", "oe").replace("æ", "ae")
    return _APART.sub("-", bare).strip("-")


def _place(point: MapPoint) -> tuple[str, str]:
    """Give folder and last segment: of this what follows the title's (`-2`), or after `=` another one."""
    folder, _, name = point.path.rpartition("/")
    usual = plain_slug(point.title)
    if not usual or not name.startswith(usual):
        return folder, f"={name}"
    if folder.endswith(f"/{name[0]}"):
        folder = folder[:-1] + INITIAL
    return folder, name.removeprefix(usual)


def _numbered(words: list[str]) -> tuple[list[str], list[int]]:
    """Write each word once, and its number wherever it stands."""
    known = sorted(set(words))
    number = {word: index for index, word in enumerate(known)}
    return known, [number[word] for word in words]


def _steps(numbers: list[int]) -> list[int]:
    return [now - before for before, now in zip([0, *numbers], numbers, strict=False)]
