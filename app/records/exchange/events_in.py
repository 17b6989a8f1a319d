"""Events of another calendar as records, known again by their UID: taking the same in again changes nothing.

The head of a page that comes so keeps the UID. By it the page is found again whatever its path has become; an event
that was exported from here names its page itself.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.calendar import ics_child, stored
from app.calendar.event import CANCELLED, Event
from app.calendar.ics_reading import Fault, Read
from app.catalog.editing import Edit
from app.catalog.readers import PUBLIC, meet
from app.catalog.rows import PageRow
from app.catalog.uids import UID
from app.errors import N_, GareError, Invalid, Refused
from app.forms import filling
from app.forms.form import Form, Values
from app.forms.record import values_of
from app.people.viewer import Viewer
from app.records import saving
from app.records.exchange.report import CHANGED, CREATED, REFUSED, UNCHANGED, Entry, Report
from app.records.exchange.taking_in import Prepared, Progress, carry_out
from app.records.saving import RecordDraft
from app.station import Station
from app.wiki import frontmatter
from app.wiki.frontmatter import Value
from app.wiki.page import fold

OWN = "@gare-centrale"  # ends the UIDs of events that were written here
NO_SCHEDULE = N_("These records have no dates. Import a calendar as events.")
FOR_MEMBERS = N_("Only members whose events appear at once adopt others. Ask one of them.")
_TWICE = N_("An earlier event of the file has the same name for programs.")
_LINKS = re.compile(r"(https?://\S+)")
_SPECIAL = re.compile(r"[\\`*_\[\]{}<]")
_AT_START = re.compile(r"^([#>=~|-])(?=[#>=~|-]*\s|[=~-]+$)")


def page_ids_of(station: Station, form: str, names: Collection[str]) -> dict[str, str]:
    """Give the ids of the pages of events by their UIDs: these name a page of this site, or stand in the head of one.

    Whether such a page is there, and for whom, `door.identified` says.
    """
    known = station.door.ids_by_uid(form)
    own = {uid: uid.removesuffix(OWN) for uid in names if uid.endswith(OWN)}
    return own | {uid: known[uid] for uid in names if uid in known}


def pages_of(station: Station, viewer: Viewer, form: Form, names: Collection[str]) -> dict[str, PageRow]:
    """Find the pages of events that a viewer may read, by their UIDs."""
    ids = page_ids_of(station, form.name, names)
    rows = station.door.identified(viewer, set(ids.values()))
    return {uid: rows[page_id] for uid, page_id in ids.items() if page_id in rows and rows[page_id].form == form.name}


def is_calendar(content: bytes) -> bool:
    """Tell whether a file is a calendar, by its beginning."""
    return b"BEGIN:VCALENDAR" in content[:4000].replace(b"\0", b"").upper()


def read_file(station: Station, content: bytes) -> Read:
    """Read the file of a calendar, in a process with a budget; raises Invalid, TooLarge, OverBudget."""
    return ics_child.read_calendar_events(content, station.config.timezone)


def prepare(
    station: Station, viewer: Viewer, form: Form, found: Read, today: date, spaces: Sequence[str] = (),
    progress: Progress = lambda _done, _all: None,
) -> Prepared:  # fmt: skip
    """Say what would become of each event, and make it ready; nothing is saved. Whether the viewer may is not asked.

    Raises Invalid where the form has no dates.
    """
    if not form.of_type("schedule"):
        raise Invalid(NO_SCHEDULE)
    known = pages_of(station, viewer, form, [event.uid for event in found.events])
    taker = _Taker(station, viewer, form, today, tuple(spaces), known)
    taken: list[_Taken] = []
    for number, event in enumerate(found.events, 1):
        taken.append(taker.take(number, event))
        progress(number, len(found.events))
    lost = [_lost(fault) for fault in found.faults if fault.is_lost]
    notes = [(fault.msgid, dict(fault.values)) for fault in found.faults if not fault.is_lost]
    once = {repr(note): note for note in notes}
    report = Report([*(one.entry for one in taken), *lost], notes=list(once.values())[:20])
    return Prepared(report, [one.edit for one in taken if one.edit])


def _lost(fault: Fault) -> Entry:
    return Entry(fault.line, REFUSED, fault.title, errors=[("", Invalid(fault.msgid, **fault.values))])


@dataclass(frozen=True, slots=True)
class _Taken:
    entry: Entry
    edit: Edit | None = None


@dataclass(slots=True)
class _Taker:
    """Takes the events of one file. `taken` are the paths that are not free, `numbers` those given last by wish."""

    station: Station
    viewer: Viewer
    form: Form
    today: date
    spaces: tuple[str, ...]
    known: dict[str, PageRow]
    seen: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, number: int, event: Event) -> _Taken:
        """Say what becomes of an event."""
        try:
            page = self.known.get(event.uid)
            name = page.path if page else event.uid
            if name in self.seen:
                raise Invalid(_TWICE)
            self.seen.add(name)
            return self._update(number, event, page) if page else self._create(number, event)
        except GareError as error:
            return _Taken(Entry(number, REFUSED, event.title, errors=[("", error)], schedule=event.schedule))

    def _update(self, number: int, event: Event, page: PageRow) -> _Taken:
        _, old_text = self.station.door.text(self.viewer, page.path)
        old = values_of(self.form, frontmatter.parse(old_text).values)
        values, body = self._filled(event, old), body_of(event)
        kept = body or frontmatter.split(old_text)[1]
        text = saving.text_of(self.station, self.form, RecordDraft(values, body=kept), old_text)
        what = UNCHANGED if text == old_text else CHANGED
        edit = Edit(page.path, text, page.revision, "") if what == CHANGED else None
        return _Taken(Entry(number, what, page.title, page.path, schedule=event.schedule), edit)

    def _create(self, number: int, event: Event) -> _Taken:
        values = self._filled(event, {})
        title = saving.title_of(self.station, self.form, values)
        path = self._free_path(filling.path_of_record(self.form, title, values, self.today.year))
        draft = RecordDraft(values, body=body_of(event))
        text = saving.text_of(self.station, self.form, draft, today=self.today, more={UID: event.uid})
        entry = Entry(number, CREATED, title, path, schedule=event.schedule)
        return _Taken(entry, Edit(path, text, None, "", readers=self.form.audience))

    def _filled(self, event: Event, old: Values) -> Values:
        """Give all answers of a record; what the event does not say stays as it was. Raises the first fault."""
        said = {**old, **answers(self.form, event, self.station.wiki.language())}
        if self.spaces and (fields := self.form.of_type("spaces")):
            said[fields[0].name] = list(self.spaces)
        filled = filling.check(self.form, said, old=old)
        if fault := next(iter(filled.errors.values()), None):
            raise fault
        return filled.values

    def _free_path(self, wanted: str) -> str:
        """Give a path that neither a page nor an earlier event of the file has."""
        if not self.taken and self.form.folder:
            self.taken = self.station.door.keys_below(self.form.folder)
        number = self.numbers.get(wanted, 0)
        while True:
            number += 1
            path = wanted if number == 1 else f"{wanted}-{number}"
            is_taken = fold(path) in self.taken or (not self.form.folder and self.station.door.free_path(path) != path)
            if not is_taken:
                break
        self.numbers[wanted] = number
        self.station.wiki.check_address(path)
        self.taken.add(fold(path))
        return path


def answers(form: Form, event: Event, language: str) -> dict[str, Value]:
    """Give what an event says as answers to the questions of a form, where it asks for them."""
    said: dict[str, Value] = {form.of_type("schedule")[0].name: dict(stored.write(event.schedule))}
    named: dict[str, Value] = {
        "title": event.title or event.place or _name_of_form(form, language),
        "online": event.link,
        "organiser": event.organiser,
        "status": event.status,
        "reason": event.reason if event.status == CANCELLED else "",
    }
    said |= {name: value for name, value in named.items() if value and form.find(name)}
    if event.tags and (fields := form.of_type("tags")):
        said[fields[0].name] = list(event.tags)
    if (event.place or event.point) and (fields := form.of_type("place")):
        said[fields[0].name] = _place(event)
    return said


def _name_of_form(form: Form, language: str) -> str:
    """Name an event that has no name: as its form is called."""
    return filling.title_of(form, {}, language)


def _place(event: Event) -> Value:
    place: dict[str, Value] = {"address": event.place} if event.place else {}
    if event.point:
        place |= {"lat": f"{event.point[0]:.6f}", "lon": f"{event.point[1]:.6f}"}
    return place


def body_of(event: Event) -> str:
    """Write the description as the text of a page: it reads there as it read in the calendar."""
    lines = [_line(one.strip()) for one in event.description.split("\n")]
    text = "\n".join(
        f"{one}  " if one and following else one for one, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    return (
        f"{text}\n\n{event.address}".strip()
        if event.address and event.address not in event.description
        else text.strip()
    )


def _line(text: str) -> str:
    parts = _LINKS.split(text)
    quiet = "".join(part if number % 2 else _SPECIAL.sub(r"\\\g<0>", part) for number, part in enumerate(parts))
    return _AT_START.sub(r"\\\1", quiet)


# -- one event, by one press -----------------------------------------------------------------------------------------


def may_adopt(station: Station, viewer: Viewer, form: Form) -> bool:
    """Tell whether somebody may make a page of an event of another calendar: members whose records stand at once."""
    return viewer.is_signed_in and viewer.may_write and station.door.is_direct(viewer, form)


def check_may_adopt(station: Station, viewer: Viewer, form: Form) -> None:
    """Do as `may_adopt`; raises Refused."""
    if not may_adopt(station, viewer, form):
        raise Refused(FOR_MEMBERS)


def adopt_event(
    station: Station, viewer: Viewer, form: Form, event: Event, author: str, summary: str, readers: str
) -> str:
    """Make a page of an event; gives its path, that of the page which is there already. Raises Refused, Invalid.

    It is for nobody who is not among `readers`, those of the other calendar.
    """
    check_may_adopt(station, viewer, form)
    if page := pages_of(station, viewer, form, [event.uid]).get(event.uid):
        return page.path
    prepared = prepare(station, viewer, form, Read([event], []), station.today())
    if refused := prepared.report.refused:
        raise refused[0].errors[0][1]
    edits = [replace(one, readers=meet(readers, one.readers or PUBLIC)) for one in prepared.edits]
    carry_out(station, viewer, replace(prepared, edits=edits), author, summary)
    return prepared.report.entries[0].path
