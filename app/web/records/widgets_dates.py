"""What the inputs of events show: when, how one takes part, in which spaces. Templates: `_widgets_dates.html`."""

from collections.abc import Iterable
from types import SimpleNamespace

from flask_babel import gettext

from app.calendar.repeating import WEEKDAYS
from app.calendar.school_holidays import known_until
from app.errors import N_, GareError
from app.forms.types import TYPES, repeats
from app.web.addresses import url
from app.web.kit import door, station, viewer
from app.web.language import day_in_words
from app.web.records import next_dates
from app.web.records.asked import Asked, Option
from app.wiki.page import space_of

_WAYS = {
    repeats.ONCE: N_("No, it takes place once"),
    repeats.DAILY: N_("Every day"),
    repeats.WEEKLY: N_("Every week"),
    repeats.FORTNIGHTLY: N_("Every two weeks"),
    repeats.MONTH_DAY: N_("Every month, on the same day of the month"),
    repeats.MONTH_WEEKDAY: N_("Every month, as the first Saturday"),
    repeats.MONTH_LAST: N_("Every month, as the last Saturday"),
    repeats.YEARLY: N_("Every year"),
}
_KEPT = N_("As now, in a way that this list does not show")
_DAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_HOLIDAYS = {
    "public": N_("Public holidays"),
    "school-a": N_("School holidays, zone A"),
    "school-b": N_("School holidays, zone B"),
    "school-c": N_("School holidays, zone C"),
}
_SCHOOL = frozenset(_HOLIDAYS) - {"public"}


def schedule(widget: SimpleNamespace, asked: Asked) -> None:
    """Prepare the inputs of a schedule, and say what is typed in them."""
    widget.kind = "schedule"
    widget.parts = {part: asked.part(part) for part in TYPES["schedule"].parts}
    zone = station().config.timezone
    widget.parts["timezone"] = widget.parts["timezone"] or zone
    widget.is_all_day = bool(asked.part("allday"))
    has_zone = widget.parts["timezone"] != zone
    widget.has_more = widget.is_all_day or has_zone or bool(asked.part("end")) or widget.wrong in ("end", "timezone")
    widget.ways = _ways(asked.part("repeat"))
    widget.weekdays = _options(zip(WEEKDAYS, _DAYS, strict=True), asked.parts.get("days", ()))
    widget.holidays = _options(_HOLIDAYS.items(), asked.parts.get("except", ()))
    widget.known_until = day_in_words(known_until()) if _SCHOOL & set(asked.parts.get("except", ())) else ""
    widget.live, widget.again = url("record_live.show"), ""
    widget.dates = _dates(asked)


def _ways(chosen: str) -> list[Option]:
    words = {**_WAYS, **({repeats.KEPT: _KEPT} if chosen == repeats.KEPT else {})}
    return [Option(way, gettext(said), 0, way == chosen) for way, said in words.items()]


def _options(words: Iterable[tuple[str, str]], chosen: Iterable[str]) -> list[Option]:
    ticked = set(chosen)
    return [Option(key, gettext(said), 0, key in ticked) for key, said in words]


def _dates(asked: Asked) -> next_dates.Dates | None:
    """Say what is typed, where it can be read; what is wrong in it is said when it is sent."""
    try:
        return next_dates.dates_of(asked.parts)
    except GareError:
        return None


def signup(widget: SimpleNamespace, asked: Asked) -> None:
    """Prepare the inputs of how one takes part."""
    widget.kind = "signup"
    widget.parts = {part: asked.part(part) for part in ("places", "until", "roles", "tools")}
    widget.is_open, widget.asks_meal, widget.asks_seats = (bool(asked.part(one)) for one in ("open", "meal", "seats"))
    widget.has_more = any(widget.parts.values()) or widget.asks_meal or widget.asks_seats or bool(widget.wrong)


def spaces(widget: SimpleNamespace, asked: Asked) -> None:
    """Offer the spaces that the writer reads, but no folders of records; chosen ones that are not offered are kept."""
    widget.kind = "spaces"
    chosen = [key for key in asked.parts.get("", ()) if key]
    of_records = {space_of(f"{form.folder}/") for form in door().all_forms(viewer())}
    offered = [(space, title) for space, title, _ in door().spaces(viewer()) if space not in of_records]
    known = {space for space, _ in offered}
    widget.options = [Option(space, title, 0, space in chosen) for space, title in offered]
    widget.hidden = [key for key in chosen if key not in known]
