"""What an address of the agenda asks for: which dates, shown how. Read from its query, written into other addresses."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from app.plugin import Field, Form, OccurrenceQuery

VIEWS = LIST, MONTH, WEEK, DAY, MAP = ("list", "month", "week", "day", "map")
PAPERS = (MONTH, LIST)
MAP_DAYS = 30
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
LAST_PAGE = 40
MAX_TICKED = 20  # of one filter
MAX_VALUE = 200  # letters of a ticked value, of the words searched for
SHORT = {"spaces": "space", "tags": "tag"}  # fields as addresses name them
# What the address means by these; a field of one of these names is asked for as `f.NAME`.
RESERVED = frozenset(
    {"q", "view", "month", "day", "from", "until", "page", "form", "paper", "key", "to", *SHORT.values()}
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")

Pairs = list[tuple[str, str]]


class Arguments(Protocol):
    """The query of an address, as werkzeug's MultiDict gives it."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The agenda as somebody wants it; without `day` that of today. `where` holds ticked keys by field.

    `is_past`: a list of what took place up to the day, the latest first. `paper`: laid out for one.
    """

    view: str = LIST
    day: date | None = None
    is_past: bool = False
    words: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    page: int = 1
    paper: str = ""

    def span(self, today: date) -> tuple[date, date | None]:
        """Give the first and the last day; None: as far as dates are known."""
        day = self.day or today
        if self.view == MONTH:
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        if self.view == WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        if self.view == DAY:
            return day, day
        if self.view == MAP:
            return day, day + timedelta(days=MAP_DAYS - 1)
        return (EARLIEST, day) if self.is_past else (day, None)

    def query(self, today: date, *, limit: int | None = None) -> OccurrenceQuery:
        """Give the question for the catalog."""
        first, last = self.span(today)
        return OccurrenceQuery(
            first, last, forms=self.forms, where=self.where, words=self.words, is_descending=self.is_past, limit=limit
        )

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.words or self.where or self.forms)

    def beside(self, today: date, step: int) -> date | None:
        """Give the first day of the month, week, day or map before (-1) or after (1); None where nobody looks."""
        first, last = self.span(today)
        if last is None or self.view == LIST:
            return None
        before = first - timedelta(days=MAP_DAYS if self.view == MAP else 1)
        day = replace(self, day=last + timedelta(days=1) if step > 0 else before).span(today)[0]
        return day if EARLIEST <= day <= LATEST else None

    def narrowed(self) -> Pairs:
        """List what narrows the agenda, as it stands in an address: feeds and paper are of the same dates."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("form", name) for name in self.forms]
        return pairs + [(parameter(name), key) for name, keys in self.where.items() for key in keys]

    def shown(self) -> Pairs:
        """List what says how it is shown; what is usual is left out."""
        pairs = [("view", self.view)] if self.view != LIST else []
        if self.day is not None:
            pairs.append((self._name_of_day(), f"{self.day:%Y-%m}" if self.view == MONTH else self.day.isoformat()))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return [*pairs, ("paper", self.paper)] if self.paper else pairs

    def _name_of_day(self) -> str:
        if self.view == LIST:
            return "until" if self.is_past else "from"
        return {MONTH: "month", MAP: "from"}.get(self.view, "day")

    def address(self, base: str, **changes: Any) -> str:
        """Write the address of this agenda with something changed; whatever is changed begins at its first page."""
        values: dict[str, Any] = {"page": 1, "paper": ""} | changes
        changed = replace(self, **values)
        return with_pairs(base, changed.narrowed() + changed.shown())

    def ticking(self, name: str, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give what is ticked with other keys of one field."""
        others = {one: ticked for one, ticked in self.where.items() if one != name}
        kept = tuple(keys)
        return others | {name: kept} if kept else others


def read(forms: Sequence[Form], typed: Arguments) -> Asked:
    """Read the query of an address, of an agenda of these forms; what means nothing is left out."""
    view, until = typed.get("view", ""), read_day(typed.get("until", ""))
    view = view if view in VIEWS else LIST
    paper = typed.get("paper", "")
    paper = paper if paper in PAPERS else ""
    days = (read_day(typed.get(name, "")) for name in ("day", "month", "from"))
    day = next((day for day in days if day), None)
    is_past = view == LIST and until is not None
    known = {form.name for form in forms}
    asked = Asked(
        view=paper or view,
        day=until if is_past else day,
        is_past=is_past and not paper,
        words=typed.get("q", "").strip()[:MAX_VALUE],
        where=_ticked(forms, typed),
        forms=tuple(name for name in dict.fromkeys(typed.getlist("form")) if name in known),
        page=_page(typed.get("page", "1")),
        paper=paper,
    )
    return replace(asked, day=asked.day.replace(day=1)) if asked.day and asked.view == MONTH else asked


def read_day(typed: str) -> date | None:
    """Read a day or a month; None where it is none, or one far away."""
    found = _DAY.fullmatch(typed[:10])
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def _ticked(forms: Sequence[Form], typed: Arguments) -> dict[str, tuple[str, ...]]:
    found = {}
    for one in facets(forms):
        keys = [key.strip()[:MAX_VALUE] for key in typed.getlist(parameter(one.name)) if key.strip()]
        if keys:
            found[one.name] = tuple(dict.fromkeys(keys))[:MAX_TICKED]
    return found


def _page(said: str) -> int:
    return max(1, min(int(said), LAST_PAGE)) if said.isascii() and said.isdecimal() and len(said) < 4 else 1


def parameter(name: str) -> str:
    """Name the parameter of an address by which a field is asked for."""
    return SHORT.get(name) or (f"f.{name}" if name in RESERVED else name)


def facets(forms: Iterable[Form]) -> tuple[Field, ...]:
    """List the fields that are filters, each name once; private ones are none: a count would tell what they hold."""
    found: dict[str, Field] = {}
    for form in forms:
        for one in form.fields:
            if one.is_facet and not one.is_private and one.type not in {"email", "contact", "schedule", "signup"}:
                found.setdefault(one.name, one)
    return tuple(found.values())


def with_pairs(base: str, pairs: Pairs) -> str:
    """Write an address with a query."""
    return f"{base}?{urlencode(pairs)}" if pairs else base
