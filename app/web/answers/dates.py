"""The dates of a record to which people can say that they come, and whether they still can."""

import time
from dataclasses import dataclass

from app.answers.answer import NO, About
from app.calendar.sentences import say_date
from app.catalog.dated import has_schedule
from app.catalog.occurrence_rows import OccurrenceRow
from app.catalog.record_rows import RecordRow
from app.errors import N_, NotFound, Refused
from app.forms import signup
from app.forms.form import SHOWN, Form
from app.forms.signup import Signup
from app.web.addresses import url
from app.web.kit import door, say, station, viewer
from app.web.language import spoken
from app.web.life.states import day_words

_NO_SIGNUP = N_("One does not sign up for this.")
_NO_DATE = N_("There is no such date. Choose another one on its page.")


@dataclass(frozen=True, slots=True)
class Thing:
    """A record in which people take part."""

    record: RecordRow
    form: Form
    settings: Signup


@dataclass(frozen=True, slots=True)
class Date:
    """One date of it; `row` is None of what has no dates at all."""

    thing: Thing
    row: OccurrenceRow | None

    @property
    def about(self) -> About:
        """Give what answers are about."""
        return About(self.thing.record.id, self.day)

    @property
    def day(self) -> str:
        """Give the day by which its series knows it."""
        return self.row.original if self.row else ""

    @property
    def title(self) -> str:
        """Give the title of this date."""
        return self.row.title if self.row else self.thing.record.title

    @property
    def words(self) -> str:
        """Say when it is."""
        row = self.row
        if row is None:
            return ""
        is_far = row.start.year != station().today().year
        return say_date(row.start, row.end, row.is_all_day, spoken(), with_year=is_far)

    @property
    def address(self) -> str:
        """Give the address of its answers."""
        return url("answers.show", path=self.thing.record.path, day=self.day or None)

    @property
    def is_over(self) -> bool:
        """Tell whether it has ended."""
        return self.row is not None and self.row.ends_at <= time.time()

    @property
    def has_begun(self) -> bool:
        """Tell whether it has begun; a whole day has, when it is over: one signs up on the day itself."""
        row = self.row
        return row is not None and (row.ends_at if row.is_all_day else row.starts_at) <= time.time()


def thing_of(form: Form | None, record: RecordRow) -> Thing | None:
    """Find out how one takes part in a record; None where its form does not ask.

    Where a record says nothing of it one cannot sign up, and what was said before is shown still.
    """
    if form is None or not record.id or signup.field_of(form) is None:
        return None
    return Thing(record, form, signup.of_record(form, record.values) or Signup(is_open=False))


def find_thing(path: str) -> Thing:
    """Find a record that the viewer may read, in which people take part; raises NotFound."""
    record = door().record(viewer(), path)
    thing = thing_of(door().find_form(viewer(), record.form), record)
    if thing is None:
        raise NotFound(_NO_SIGNUP)
    return thing


def find_date(thing: Thing, day: str) -> Date | None:
    """Find one date; None where there is none of that day."""
    if not has_schedule(thing.form):
        return None if day else Date(thing, None)
    row = door().occurrence(viewer(), thing.record.id, day)
    return Date(thing, row) if row else None


def get_date(thing: Thing, day: str) -> Date:
    """Do as `find_date`; raises NotFound."""
    found = find_date(thing, day)
    if found is None:
        raise NotFound(_NO_DATE)
    return found


def next_dates(thing: Thing, most: int) -> list[Date]:
    """List the next dates that are not over."""
    if not has_schedule(thing.form):
        return [Date(thing, None)]
    rows = door().dates_of(viewer(), thing.record.path, station().today())
    return [date for row in rows if not (date := Date(thing, row)).is_over][:most]


def closed(date: Date) -> str:
    """Say why nobody can sign up any more; nothing where one can."""
    obstacle = _obstacle(date)
    return say(obstacle) if obstacle else ""


def check_open(date: Date, value: str) -> None:
    """Refuse to sign up where one cannot any more; that one does not come may be said until it is over."""
    obstacle = _obstacle(date)
    if obstacle and (value != NO or date.is_over):
        raise obstacle


def _obstacle(date: Date) -> Refused | None:
    settings, row = date.thing.settings, date.row
    if row and row.status == "cancelled":
        return Refused(N_("This date is cancelled."))
    if date.is_over:
        return Refused(N_("It is over."))
    if date.has_begun:
        return Refused(N_("It has begun. Signing up is closed."))
    if not settings.is_open or date.thing.record.state not in SHOWN:
        return Refused(N_("Signing up is closed."))
    if settings.until and station().today() > settings.until:
        return Refused(N_("One could sign up until %(day)s."), day=day_words(settings.until.isoformat()))
    return None
