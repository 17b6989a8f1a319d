"""What the templates of the agenda show of what is asked for; each link bears the whole state in its address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext

from app.plugin import Form, OccurrenceRow, door, places_left, station, url, viewer
from plugins.agenda import dates, days, filters, model, words
from plugins.agenda.entries import Places, needs_words
from plugins.agenda.model import DAY, LIST, MAP, MONTH, WEEK, Asked

EVENT = "event"  # the form of which a new record is begun, where none is chosen
EARLIER = 5  # years back, and twice as many ahead: further nobody is led


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and whether it leads to what is shown."""

    label: str
    address: str
    is_on: bool = False


def today() -> date:
    """Give this day in the site's zone."""
    return station().today()


def base_address() -> str:
    """Give the address of the agenda."""
    return url("agenda.show")


def context(asked: Asked, base: str) -> dict[str, Any]:
    """Give all that the agenda shows; its links lead to `base`."""
    forms, now = door().dated_forms(viewer()), today()
    label, counts = filters.labels(), door().occurrence_counts(viewer(), asked.query(now))
    return {
        "asked": asked,
        "title": gettext("Agenda"),
        "heading": heading(asked, now),
        "steps": _steps(asked, base, now),
        "views": _views(asked, base),
        "facets": filters.facets(asked, forms, counts, label),
        "chips": filters.chips(asked, forms, label, base),
        "kept": asked.shown()[:2] if asked.page == 1 else replace(asked, page=1).shown(),
        "reset": asked.address(base, words="", where={}, forms=()),
        "whole": asked.address(base_address()),
        "new_address": new_address(asked, forms),
        "breadcrumbs": [(gettext("Home"), url("pages.home")), (gettext("Agenda"), None)],
        "points": "",
        "pager": SimpleNamespace(older="", newer=""),
        "ways": _ways(asked, base),
        **_SHOWN[asked.view](asked, base, now),
    }


def new_address(asked: Asked, forms: Sequence[Form]) -> str:
    """Give the address at which something is added to the agenda; empty for those who may not."""
    wanted = asked.forms[:1] or (EVENT,)
    form = next((one for one in forms if one.name in wanted), None)
    return url("record_new.fill", name=form.name) if form and door().may_submit(viewer(), form) else ""


def heading(asked: Asked, now: date) -> str:
    """Say which days are shown."""
    first, last = asked.span(now)
    if asked.view == MONTH:
        return words.month_words(first)
    if asked.view == DAY:
        return words.day_words(first, now)
    if asked.view in {WEEK, MAP} and last:
        return words.span_words(first, last)
    if asked.is_past and last:
        return gettext("Until %(day)s", day=words.long_day(last))
    return gettext("From %(day)s", day=words.long_day(first)) if first != now else gettext("The next dates")


def _views(asked: Asked, base: str) -> list[Link]:
    labels = {
        LIST: gettext("List"),
        MONTH: gettext("Month"),
        WEEK: gettext("Week"),
        DAY: gettext("Day"),
        MAP: gettext("Map"),
    }
    return [
        Link(label, asked.address(base, view=one, is_past=False), one == asked.view) for one, label in labels.items()
    ]


def _ways(asked: Asked, base: str) -> list[Link]:
    """Lead to the dates on paper and in other calendars, as they are filtered."""
    of_month = asked.address(base, paper=MONTH, view=MONTH, is_past=False)
    calendar = model.with_pairs(url("agenda_subscribe.show"), asked.narrowed())
    return [
        Link(gettext("Get these dates in my calendar"), calendar),
        Link(gettext("Month on one sheet"), of_month),
        Link(gettext("List to print"), asked.address(base, paper=LIST, view=LIST, is_past=False)),
    ]


def _steps(asked: Asked, base: str, now: date) -> SimpleNamespace:
    """Lead to what was before and to what comes after, as far as anybody looks; and back to today."""

    def link(step: int) -> str:
        day = asked.beside(now, step)
        is_near = day is not None and now.year - EARLIER <= day.year <= now.year + 2 * EARLIER
        return asked.address(base, day=day) if is_near else ""

    is_now = asked.day is None or (asked.view != LIST and asked.span(now) == replace(asked, day=None).span(now))
    back = "" if is_now and not asked.is_past else asked.address(base, day=None, is_past=False)
    return SimpleNamespace(before=link(-1), after=link(1), today=back)


# -- each view -------------------------------------------------------------------------------------------------------


def _list(asked: Asked, base: str, now: date) -> dict[str, Any]:
    page = dates.page(asked, now)
    return {
        "days": days.by_day(page.rows, asked.span(now)[0], now, _places(page.rows), needs_words(page.rows)),
        "total": page.total,
        "pager": _pager(asked, base, now, page),
    }


def _pager(asked: Asked, base: str, now: date, page: dates.Page) -> SimpleNamespace:
    """Lead on without end: the next page, from the last one on by the day that it ends with; and to what was before."""
    first, last = asked.span(now)
    back = asked.address(base, page=asked.page - 1) if asked.page > 1 else ""
    more = asked.address(base, page=asked.page + 1) if page.has_more else ""
    if more and asked.page == model.LAST_PAGE:
        more = asked.address(base, day=page.rows[-1].start.date())
    if asked.is_past:
        on = asked.address(base, is_past=False) if last != now else asked.address(base, is_past=False, day=None)
        return SimpleNamespace(newer=back or on, older=more)
    earlier = asked.address(base, is_past=True, day=first)
    return SimpleNamespace(newer=back or earlier, older=more)


def month(asked: Asked, base: str, now: date, most: int = days.IN_MONTH) -> dict[str, Any]:
    """Give the days of a month in their weeks."""
    shown, total = _each_day(asked, now, most)
    return {"weeks": days.weeks(shown), "weekdays": words.weekdays(), "total": total, "at": _at(asked, base)}


def _week(asked: Asked, base: str, now: date) -> dict[str, Any]:
    shown, total = _each_day(asked, now, days.IN_WEEK)
    if total > days.BUSY:
        shown = [day.with_most(days.IN_BUSY_WEEK) for day in shown]
    return {"days": shown, "total": total, "at": _at(asked, base)}


def _each_day(asked: Asked, now: date, most: int) -> tuple[list[days.Day], int]:
    first, last = asked.span(now)
    rows, more = dates.in_span(asked, now, most)
    return days.each_day(rows, first, last or first, now, most, more), len(rows) + sum(more.values())


def _at(asked: Asked, base: str) -> Callable[[date], str]:
    """Give what names the address of a complete day."""
    return lambda day: asked.address(base, view=DAY, day=day)


def _day(asked: Asked, base: str, now: date) -> dict[str, Any]:
    page = dates.page(asked, now)
    first, _ = asked.span(now)
    return {
        "days": days.on_day(page.rows, first, now, _places(page.rows), needs_words(page.rows)),
        "total": page.total,
        "pager": _turning(asked, base, page),
    }


def _map(asked: Asked, base: str, now: date) -> dict[str, Any]:
    page = dates.page(asked, now)
    return {
        "days": days.by_day(page.rows, asked.span(now)[0], now, _places(page.rows), needs_words(page.rows)),
        "total": page.total,
        "points": model.with_pairs(url("agenda.points"), [*asked.narrowed(), *replace(asked, page=1).shown()]),
        "pager": _turning(asked, base, page),
    }


def _places(rows: Sequence[OccurrenceRow]) -> Places:
    """Count the free places of dates that have a page here and are not over."""
    return places_left(station(), viewer(), [row for row in rows if row.path])


def _turning(asked: Asked, base: str, page: dates.Page) -> SimpleNamespace:
    return SimpleNamespace(
        newer=asked.address(base, page=asked.page - 1) if asked.page > 1 else "",
        older=asked.address(base, page=asked.page + 1) if page.has_more and asked.page < model.LAST_PAGE else "",
    )


_SHOWN: dict[str, Callable[[Asked, str, date], dict[str, Any]]] = {
    LIST: _list,
    MONTH: month,
    WEEK: _week,
    DAY: _day,
    MAP: _map,
}
