"""`{{agenda …}}`: the next dates inside a page, or a month; also below the text of the home page."""

from collections.abc import Sequence
from typing import Any

from flask import render_template

from app.errors import N_, Invalid
from app.plugin import MacroArguments, MacroContext, door
from plugins.agenda import dates, days, listing, model
from plugins.agenda.entries import needs_words
from plugins.agenda.model import LIST, MONTH, Asked

VIEWS = (LIST, MONTH)
USUAL, MOST = 8, 50  # dates
KNOWN = frozenset({"view", "count", "month"})


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show dates; raises Invalid for what is not said as it must be. Where nobody asked for it: only what there is."""
    view = arguments.get("view") or arguments.get("", LIST)
    if view not in VIEWS:
        raise Invalid(N_("“view” must be one of: %(views)s."), views=", ".join(VIEWS))
    asked = model.read(door().dated_forms(context.viewer), Said([("view", view), *_pairs(arguments)]))
    shown = _month(asked) if view == MONTH else _list(asked, _count(arguments))
    if not context.above and not (shown["days"] or shown["weeks"]):
        return ""
    return render_template("agenda/block.html", **shown, whole=asked.address(listing.base_address()))


class Said:
    """The arguments of a block as the query of an address."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs

    def get(self, key: str, default: str = "", /) -> str:
        """Give the first value."""
        return next(iter(self.getlist(key)), default)

    def getlist(self, key: str, /) -> list[str]:
        """Give all values."""
        return [value for name, value in self._pairs if name == key]


def _pairs(arguments: MacroArguments) -> list[tuple[str, str]]:
    """Take filters apart: `tag="fête, marché"` names two."""
    found = []
    for name, said in arguments.items():
        values = [said] if name in {"q", "month"} else said.split(",")
        found += [(name, value.strip()) for value in values if name and name not in KNOWN - {"month"}]
    return found


def _list(asked: Asked, count: int) -> dict[str, Any]:
    now = listing.today()
    page = dates.page(asked, now, count)
    return {"days": days.by_day(page.rows, asked.span(now)[0], now, needs=needs_words(page.rows)), "weeks": []}


def _month(asked: Asked) -> dict[str, Any]:
    now = listing.today()
    return listing.month(asked, listing.base_address(), now) | {"days": [], "heading": listing.heading(asked, now)}


def _count(arguments: MacroArguments) -> int:
    said = arguments.get("count", str(USUAL))
    if not said.isascii() or not said.isdecimal() or len(said) > 3 or not 1 <= int(said) <= MOST:
        raise Invalid(N_("“%(name)s” must be a number from 1 to %(most)s."), name="count", most=MOST)
    return int(said)
