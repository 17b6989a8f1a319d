"""The date whose people somebody manages: found by the path of its record and `?day=`, else the next one."""

from datetime import timedelta
from typing import Any, Final

from flask import request
from flask_babel import gettext

from app.answers.answer import clean_date
from app.errors import N_, NotFound, Refused
from app.web.addresses import address, url
from app.web.answers import dates
from app.web.answers.dates import Date, Thing
from app.web.answers.organisers import may_organise
from app.web.kit import door, station, typed_path, viewer

MOST_OTHERS: Final = 12  # dates that are offered beside the one in hand
_BEFORE = timedelta(days=31)  # dates that are over are offered for so long
NOT_YOURS = N_("This is for those who organise it. Ask one of them.")
NO_DATE = N_("There is no such date. Choose another one on its page.")


def find(path: str) -> Date:
    """Find the date that is asked for; raises NotFound, Refused."""
    thing = find_thing(path)
    day = clean_date(request.args.get("day", ""))
    if day:
        return dates.get_date(thing, day)
    listed = around(thing)
    found = next((one for one in listed if not one.is_over), listed[-1] if listed else dates.find_date(thing, ""))
    if found is None:
        raise NotFound(NO_DATE)
    return found


def find_thing(path: str) -> Thing:
    """Find what somebody organises; raises NotFound, Refused."""
    thing = dates.find_thing(typed_path(path))
    if not may_organise(thing.record):
        raise Refused(NOT_YOURS)
    return thing


def around(thing: Thing) -> list[Date]:
    """List the dates of a month ago and those that come, as many as one page offers."""
    rows = door().dates_of(viewer(), thing.record.path, station().today() - _BEFORE)
    return [Date(thing, row) for row in rows[:MOST_OTHERS]]


def head(found: Date, endpoint: str) -> dict[str, Any]:
    """Give what the pages have in common: title, when, where, the other dates, the other pages."""
    record = found.thing.record
    return {
        "title": found.title, "when": found.words, "place": found.row.place if found.row else "", "path": record.path,
        "back": found.address, "page": address(record.path), "day": found.day, "here": at(endpoint, found),
        "dates": [(one.words, at(endpoint, one), one.day == found.day) for one in around(found.thing)],
        "ways": ways(found, endpoint),
    }  # fmt: skip


def ways(found: Date, endpoint: str = "") -> list[tuple[str, str]]:
    """List what else one can do for the people of a date: label and address, but for the page in hand."""
    labels = {
        "answer_attendance.show": gettext("Note who was there"),
        "answer_quick.show": gettext("Type the paper list"),
        "answer_sheet.show": gettext("Print a sheet"),
        "answer_export.show": gettext("Get a table"),
    }
    return [(label, at(one, found)) for one, label in labels.items() if one != endpoint]


def at(endpoint: str, date: Date) -> str:
    """Give the address of a page about a date."""
    return url(endpoint, path=date.thing.record.path, day=date.day or None)
