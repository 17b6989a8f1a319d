"""When somebody moved all dates of a series, what people answered goes along, and they are told of the change."""

from app.answers import moving
from app.calendar import series, stored
from app.calendar.schedule import Schedule
from app.catalog.record_rows import RecordRow
from app.forms.form import Form, Values
from app.forms.types.schedules import find_schedule
from app.web.kit import door, station, viewer


def follow(form: Form, row: RecordRow, before: Values) -> None:
    """Let answers about a record go where its dates are now that it was saved; `before` is what it said then."""
    saved = door().records_by_id(viewer(), {row.id}).get(row.id)
    field = next(iter(form.of_type("schedule")), None)
    if saved is None or field is None or before.get(field.name) == saved.values.get(field.name):
        return
    timezone = station().config.timezone
    old, new = (find_schedule(values.get(field.name, ""), timezone) for values in (before, saved.values))
    if old is not None and new is not None:
        redate(row.id, old, new)


def redate(page_id: str, old: Schedule, new: Schedule) -> None:
    """Let answers about the dates of a series go where these are now.

    Not from what is over to what is to come, nor back: nobody would be told of it.
    """
    today = station().today()
    with station().truth.connect() as connection:
        answered = {day for text in moving.known_days(connection, page_id) if (day := stored.read_day(text))}
    extra = {start.date() for start in new.extra}
    found = series.moved_days(old, new, answered - extra)
    days = {day.isoformat(): place.isoformat() for day, place in found.items() if (day < today) == (place < today)}
    if not days:
        return
    with station().truth.begin() as connection:
        moved = moving.redate(connection, page_id, days)
    if moved:
        station().stamp.touch()
