"""Records that have a schedule: the first field of their form that is one counts.

Whatever a head says, the catalog goes on: of what cannot be read there are no dates.
"""

import json
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, func, select

from app.calendar import stored
from app.calendar.event import CANCELLED, CONFIRMED, PLANNED
from app.calendar.schedule import Schedule
from app.catalog import form_texts
from app.catalog.tables import bodies, listed, pages, records, revisions
from app.errors import Invalid
from app.forms.form import Field, Form, Values
from app.forms.types import type_of
from app.forms.types.references import check_id, form_of
from app.wiki.yaml_text import Value

log = logging.getLogger(__name__)
T = TypeVar("T")
SCHEDULE = "schedule"  # the type
STATUS, REASON, VENUE = "status", "reason", "venue"  # the fields that an event has by these names
MOST_LETTERS = 300
_CHANGES = select(func.count()).where(revisions.c.lineage == records.c.lineage).scalar_subquery().label("changes")
_ROWS = (
    select(records.c.lineage, records.c.path, records.c.form, records.c.known, records.c.rest, records.c.state)
    .add_columns(records.c.lat, records.c.lon, pages.c.id, pages.c.title, pages.c.lang, pages.c.tags)
    .add_columns(pages.c.created_at, pages.c.edited_at, bodies.c.text, _CHANGES)
    .join(pages, pages.c.path == records.c.path)
    .join(bodies, bodies.c.path == records.c.path)
    .where(records.c.lineage.in_(listed("lineages")))
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A record with a schedule, and what holds for all its dates. `row` is what the catalog holds of it.

    `venue` is the id of the record that is its place, `place` what its own head says of it.
    """

    row: Row[Any]
    form: Form
    known: Values
    schedule: Schedule
    place: str
    venue: str
    status: str
    reason: str


def has_schedule(form: Form | None) -> bool:
    """Tell whether records of a form have dates."""
    return form is not None and bool(form.of_type(SCHEDULE))


def read(connection: Connection, lineages: Collection[int], zone: str) -> list[Dated]:
    """Read those of these records that have a schedule; `zone` is that of schedules that name none."""
    rows = connection.execute(_ROWS, {"lineages": json.dumps(list(lineages))}).all()
    forms = {name: form_texts.find(connection, name) for name in {row.form for row in rows}}
    read = (_dated(row, form, zone) for row in rows if (form := forms[row.form]) and has_schedule(form))
    return [one for one in read if one is not None]


def _dated(row: Row[Any], form: Form, zone: str) -> Dated | None:
    known: Values = json.loads(row.known)
    said = known.get(form.of_type(SCHEDULE)[0].name)
    schedule = soundly(lambda: stored.read(said, zone), None) if said else None
    if schedule is None:
        return None
    status = text_of(known, STATUS)
    return Dated(
        row, form, known, schedule, _place(form, known, row.lang), _venue(form, known),
        status if status in {PLANNED, CANCELLED} else CONFIRMED, text_of(known, REASON)[:MOST_LETTERS],
    )  # fmt: skip


def text_of(known: Values, name: str) -> str:
    """Give what a record says to a question that is answered by words."""
    said = known.get(name, "")
    return said if isinstance(said, str) else ""


def plain(field: Field, value: Value, language: str) -> str:
    """Say a value in words; nothing where that fails."""
    return soundly(lambda: type_of(field).plain(field, value, language), "")


def soundly(work: Callable[[], T], otherwise: T) -> T:
    """Let no value that somebody pushed stop the catalog."""
    try:
        return work()
    except Invalid:
        return otherwise
    except Exception:  # the border: heads come from outside, and the catalog serves all pages
        log.exception("dates of a record could not be read")
        return otherwise


def _place(form: Form, known: Values, language: str) -> str:
    said = (plain(field, known[field.name], language) for field in form.of_type("place") if field.name in known)
    return next((words for words in said if words), "")[:MOST_LETTERS]


def _venue(form: Form, known: Values) -> str:
    """Give the id of the record where it takes place."""
    field, said = form.find(VENUE), known.get(VENUE, "")
    if field is None or not (field.type == "records" or form_of(field)):
        return ""
    first = said[0] if isinstance(said, list) and said else said
    return soundly(lambda: check_id(first), "") if isinstance(first, str) and first else ""
