"""Have pictures drawn anew and thumbnails made, in child processes with a budget of time and memory.

The bytes go by files in a temporary folder, because parent and child speak JSON.
"""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.budget import Budget
from app.errors import WrongType
from app.wiki.disk import refusing_when_full
from app.wiki.filetypes import ACCEPTED, DAMAGED

SECONDS = 4.0  # the worst that is accepted takes 2 on an idle machine
MEMORY_BYTES = 400_000_000  # of address space; 25 million dots with transparency need 290


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as drawn anew, and the extension that its format has.

    `position` is where it was taken, in degrees north and east, as the picture said before: it does not say it now.
    """

    content: bytes
    extension: str
    position: tuple[float, float] | None = None


def clean_picture(content: bytes) -> Picture:
    """Draw a picture anew: upright, sRGB, at most 2,000 px, without EXIF, GPS, comments or whatever else it carried.

    JPEG and WebP keep their format; PNG does when it has transparency or few colours and becomes JPEG otherwise; an
    animated GIF of at most 2 MB keeps its frames, other GIFs become PNG. Raises WrongType, OverBudget, or TooLarge over
    25 million dots (WebP 15).
    """
    return _drawn(_cleaner(), content)


def draw_logo(content: bytes, edge: int) -> Picture:
    """Draw a picture anew as PNG or WebP, at most `edge` px wide and high; raises as `clean_picture` does."""
    return _drawn(_logo_drawer(), content, edge)


def _drawn(drawer: Budget, content: bytes, *arguments: int) -> Picture:
    with refusing_when_full(), tempfile.TemporaryDirectory(prefix="gare-") as folder:
        source, result = Path(folder, "source"), Path(folder, "result")
        source.write_bytes(content)
        answer = drawer.call(str(source), str(result), *arguments)
        extension, place = answer if isinstance(answer, list) else (answer, None)
        drawn = result.read_bytes()
    start = ACCEPTED[str(extension)].start
    if start is None or not start.match(drawn):  # the child met hostile bytes, so it is not believed
        raise WrongType(DAMAGED)
    return Picture(drawn, str(extension), (float(place[0]), float(place[1])) if place else None)


def draw_thumbnail(source: Path, result: Path, width: int) -> str | None:
    """Draw `source` at most `width` px wide into `result`; return the extension (jpg, png).

    None when the picture is no wider. Raises WrongType where it is no picture, TooLarge, OverBudget.
    """
    extension = _thumbnailer().call(str(source), str(result), width)
    return extension if extension in {"jpg", "png"} else None


@cache
def _cleaner() -> Budget:
    return Budget("app.wiki.pixels:clean_and_locate", seconds=SECONDS, memory=MEMORY_BYTES)


@cache
def _thumbnailer() -> Budget:
    return Budget("app.wiki.pixels:draw_thumbnail", seconds=SECONDS, memory=MEMORY_BYTES)


@cache
def _logo_drawer() -> Budget:
    return Budget("app.wiki.pixels:draw_logo", seconds=SECONDS, memory=MEMORY_BYTES)
