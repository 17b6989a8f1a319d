"""Sections of a page: a heading and what stands below it, deeper headings included, edited without the rest.

Section n begins at the n-th of `app.wiki.syntax.list_starts`; its number is that of `Heading.section`. It ends before
the next heading of its level or above. What stands before the first heading belongs to none.
"""

from collections.abc import Callable, Sequence

from app.errors import N_, NotFound
from app.wiki.blocks import Start
from app.wiki.syntax import list_starts


def get_section(body: str, number: int, find: Callable[[str, int], Sequence[int]] | None = None) -> str:
    """Give the text of a section; raises NotFound. `find` does as `bounds`, for bodies of unknown origin in a child."""
    start, end = (find or bounds)(body, number)
    return body[start:end]


def replace_section(body: str, number: int, text: str, find: Callable[[str, int], Sequence[int]] | None = None) -> str:
    """Put `text` in the place of a section, a blank line before what follows it; `""` removes it. Raises NotFound."""
    start, end = (find or bounds)(body, number)
    old, rest, new = body[start:end], body[end:], text.rstrip("\n")
    if new == old.rstrip("\n"):
        return body
    if not new:
        return body[:start] + rest
    gap = old[len(old.rstrip("\n")) :] if rest else "\n"
    return body[:start] + new + (gap if len(gap) > 1 or not rest else "\n\n") + rest


def bounds(body: str, number: int) -> tuple[int, int]:
    """Find where a section begins and ends; raises NotFound."""
    starts = list_starts(body)
    if not 0 < number <= len(starts):
        raise NotFound(N_("This part of the page is no longer there. Edit the whole page."))
    return starts[number - 1].at, _end(starts, number, body)


def _end(starts: list[Start], number: int, body: str) -> int:
    level = starts[number - 1].level
    return next((later.at for later in starts[number:] if later.level <= level), len(body))
