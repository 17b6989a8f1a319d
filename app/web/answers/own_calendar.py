"""What somebody said yes or perhaps to, as a calendar: each date alone, not the series that it is one of."""

from app.answers import reading
from app.answers.answer import NO, Answer
from app.calendar.event import CONFIRMED, PLANNED
from app.catalog.occurrence_rows import CalendarText
from app.people.accounts import Account
from app.web.calendars import date_text
from app.web.kit import door, station, viewer

MOST = 500  # dates, the latest first


def own_dates(owner: Account) -> list[CalendarText]:
    """List the dates to which an account comes, as far as it may read of them; perhaps, and waiting, are not sure."""
    with station().truth.connect() as connection:
        said = [one for one in reading.list_of_account(connection, owner.id) if one.wish.value != NO]
    found = ((one, door().occurrence(viewer(), one.about.page_id, one.about.date)) for one in said[:MOST])
    return [date_text(row, one.changed_at, _status(one)) for one, row in found if row is not None]


def _status(one: Answer) -> str:
    return CONFIRMED if one.takes_place else PLANNED
