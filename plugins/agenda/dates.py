"""The dates that are asked for: those of this site's records and those of other agendas, in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.plugin import OccurrenceRow, door, viewer
from plugins.agenda import foreign, model
from plugins.agenda.model import Asked

SIZE = 20  # dates of one page of a list


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `total` counts all of its dates."""

    rows: tuple[OccurrenceRow, ...]
    total: int
    has_more: bool


def in_span(asked: Asked, today: date, most: int) -> tuple[list[OccurrenceRow], Mapping[date, int]]:
    """List the dates of a month or a week, at least so many of each day; by day, how many more there are."""
    reach(asked, today)
    rows, more = door().some_of_each_day(viewer(), asked.query(today), most)
    return merged(rows, elsewhere(asked, today)), more


def page(asked: Asked, today: date, size: int = SIZE) -> Page:
    """Give one page of the dates: from the day on, or of what is past the latest first."""
    reach(asked, today)
    others = elsewhere(asked, today)
    upto = asked.page * size
    rows, total = door().occurrences(viewer(), asked.query(today, limit=upto + 1))
    found = merged(rows[::-1], others)[::-1] if asked.is_past else merged(rows, others)
    return Page(tuple(found[upto - size : upto]), total + len(others), len(found) > upto)


def reach(asked: Asked, today: date) -> None:
    """Have the dates of series worked out as far as is asked."""
    first, last = asked.span(today)
    for day in (first, last or first):
        if day != model.EARLIEST:
            door().widen(day)


def elsewhere(asked: Asked, today: date) -> Sequence[OccurrenceRow]:
    """List the dates of other agendas."""
    return foreign.list_rows(viewer(), asked.query(today))


def merged(rows: Sequence[OccurrenceRow], others: Sequence[OccurrenceRow]) -> list[OccurrenceRow]:
    """Put dates into the order in which they begin."""
    return sorted([*rows, *others], key=lambda row: (row.start.date(), row.starts_at)) if others else list(rows)
