"""Prepare what a record says of its dates and spaces: the sentence, the next dates with what is otherwise on them."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext

from app.calendar.coming import coming
from app.calendar.schedule import Occurrence, Schedule
from app.forms.types.schedules import find_schedule
from app.web.addresses import address
from app.web.kit import door, station, viewer
from app.web.records import next_dates
from app.web.records.shown import ShownItem
from app.wiki.page import INDEX
from app.wiki.yaml_text import Value

MOST_DATES = 60  # of a series: the first five are seen at once, the others unfold
DateAddress = Callable[[date], str]  # of the page on which one date is changed; `""` for who may not


def dates_of(value: Value, date_address: DateAddress | None) -> dict[str, object]:
    """Give the next dates of a series, and whether all of it is over; without `date_address` no dates."""
    schedule = find_schedule(value, station().config.timezone)
    if schedule is None or date_address is None:
        return {}
    found = coming(schedule, MOST_DATES)
    items = tuple(_item(schedule, one, date_address) for one in found) if schedule.is_series else ()
    return {"items": items, "is_past": not found}


def _item(schedule: Schedule, one: Occurrence, date_address: DateAddress) -> ShownItem:
    change, said = one.change, next_dates.in_words(schedule, one)
    reason = gettext("cancelled: %(reason)s", reason=change.reason) if change.reason else gettext("cancelled")
    notes = (change.title, change.place, change.note, reason if change.is_cancelled else "")
    href = date_address(one.original) if one.original else ""
    return ShownItem(said.words, href, note=", ".join(note for note in notes if note), is_off=said.is_cancelled)


def spaces_of(value: Value) -> tuple[ShownItem, ...]:
    """Give the spaces that the viewer reads, as links; of others not even that they are there."""
    named = value if isinstance(value, list) else [value]
    return tuple(
        ShownItem(title, address(f"{space}/{INDEX}")) for space, title, _ in door().spaces(viewer()) if space in named
    )
