"""Headings of a page: their anchors, unique and readable, and their levels below the page's own title."""

from dataclasses import dataclass

from app.wiki.page import slugify

RESERVED_PREFIX = "gc-"  # every id in the site's templates begins so, no id in a page does: they cannot clash


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as shown: `level` 2 to 6; `section` is the number to edit it by, 0 when it cannot be edited alone."""

    level: int
    text: str
    anchor: str
    section: int


def anchor_of(text: str) -> str:
    """Turn the words of a heading, or what was typed behind `#`, into an anchor: "Le compost !" → "le-compost"."""
    slug = slugify(text) or "section"
    return f"section-{slug}" if slug.startswith(RESERVED_PREFIX) else slug


class Anchors:
    """The ids of one page: each is given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, anchor: str) -> bool:
        """Take exactly this id; False when it is given already."""
        if anchor in self._given:
            return False
        self._given.add(anchor)
        return True

    def make(self, text: str) -> str:
        """Take an id for a heading: `le-compost`, `le-compost-2`, …"""
        anchor = wanted = anchor_of(text)
        while not self.claim(anchor):
            self._next[wanted] = self._next.get(wanted, 1) + 1
            anchor = f"{wanted}-{self._next[wanted]}"
        return anchor


class Levels:
    """Moves the levels of one page below its title (level 1), so that none is skipped on the way down."""

    def __init__(self) -> None:
        self._typed: list[int] = []

    def place(self, typed: int) -> int:
        """Give the level, 2 to 6, at which a heading typed with level 1 to 6 is shown."""
        while self._typed and self._typed[-1] >= typed:
            self._typed.pop()
        self._typed.append(typed)
        return min(1 + len(self._typed), 6)
