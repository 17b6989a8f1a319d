"""The lines of an iCalendar file and the parts that they make up (RFC 5545, 3.1), read leniently.

Files of other programs are folded in the middle of a letter, written in the encoding of somebody's computer, cut off,
or broken over lines where nothing may be. What can be made out of them is; a part that is broken spoils no other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar import Parameters
from icalendar.parser import Contentline

from app.errors import N_, Invalid

NO_CALENDAR = N_("This is no calendar. The name of a calendar file ends in .ics.")
MOST_EVENTS = 20_000
MOST_LETTERS = 200_000  # of a line; pictures inside of events are longer
_DEEPEST = 10  # parts within parts
_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*[;:]")
_TEXTS = frozenset({"DESCRIPTION", "COMMENT", "LOCATION", "SUMMARY"})
_READ = frozenset({
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "CLASS",
    "LOCATION", "GEO", "URL", "CONFERENCE", "ORGANIZER", "CONTACT", "CATEGORIES", "SEQUENCE", "CREATED", "DTSTAMP",
    "LAST-MODIFIED", "IMAGE", "X-MICROSOFT-CDO-ALLDAYEVENT", "X-GOOGLE-CONFERENCE", "X-WR-TIMEZONE", "X-WR-CALNAME",
    "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "X-LIC-LOCATION", "TZOFFSETTO", *_TEXTS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters, its value as it is written."""

    name: str
    params: Parameters
    value: str


@dataclass(slots=True)
class Part:
    """A component: its name, the number of the line on which it begins, its lines as they are written, by name."""

    name: str
    number: int
    lines: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""  # the property that was read last, to which a broken line belongs

    def first(self, name: str) -> Line | None:
        """Give the first property of a name, None where there is none that can be read."""
        return next(self.every(name), None)

    def every(self, name: str) -> Iterator[Line]:
        """Give the properties of a name, as far as they say anything."""
        for text in self.lines.get(name, ()):
            try:
                _, params, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
            except ValueError:
                params, value = Parameters(), text.partition(":")[2]
            if value.strip():
                yield Line(name, params, value.strip())


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file holds: its calendars' own properties, its events and zones. `left` events were too many."""

    head: Part
    events: list[Part]
    zones: list[Part]
    left: int = 0


def parts_of(data: bytes) -> Parts:
    """Read a file; raises Invalid where it is no calendar."""
    found, stack = _Found(), list[Part]()
    for number, text in _lines(data):
        match = _NAME.match(text)
        name = match[1].upper() if match else ""
        if name == "BEGIN":
            found.begin(stack, text.partition(":")[2].strip().upper(), number)
        elif name == "END":
            _end(stack, text.partition(":")[2].strip().upper())
        elif stack:
            _add(stack[-1], name, text)
    if not (found.is_calendar or found.parts.events):
        raise Invalid(NO_CALENDAR)
    return Parts(found.parts.head, found.parts.events, found.parts.zones, found.left)


class _Found:
    """What has been read so far. Parts that are not of use are read and forgotten."""

    def __init__(self) -> None:
        self.parts = Parts(Part("VCALENDAR", 1), [], [])
        self.is_calendar, self.left = False, 0

    def begin(self, stack: list[Part], name: str, number: int) -> None:
        """Open a part; what should have ended before it, ends."""
        if name in ("VCALENDAR", "VEVENT", "VTIMEZONE"):
            del stack[_depth(stack, name) :]
        if len(stack) < _DEEPEST:
            stack.append(self._part(stack, name, number))

    def _part(self, stack: list[Part], name: str, number: int) -> Part:
        if name == "VCALENDAR":
            self.is_calendar = True
            return self.parts.head
        if name in ("STANDARD", "DAYLIGHT") and stack and stack[-1].name == "VTIMEZONE":
            return stack[-1]  # its offsets are those of its zone
        made = Part(name, number)
        if name == "VEVENT" and len(self.parts.events) == MOST_EVENTS:
            self.left += 1
        elif name in ("VEVENT", "VTIMEZONE"):
            (self.parts.events if name == "VEVENT" else self.parts.zones).append(made)
        return made


def _depth(stack: list[Part], name: str) -> int:
    """Tell how many of the open parts may hold one of this name: a calendar none, all others a calendar."""
    return int(name != "VCALENDAR" and bool(stack) and stack[0].name == "VCALENDAR")


def _end(stack: list[Part], name: str) -> None:
    names = [part.name for part in stack]
    if name in ("STANDARD", "DAYLIGHT") and names[-2:] == ["VTIMEZONE", "VTIMEZONE"]:
        stack.pop()
    elif name in names:
        del stack[len(names) - 1 - names[::-1].index(name) :]


def _add(part: Part, name: str, text: str) -> None:
    if name in _READ:
        part.last = name
        if len(text) <= MOST_LETTERS or name not in _TEXTS:
            part.lines.setdefault(name, []).append(text)
    elif not name and part.last in _TEXTS and part.lines.get(part.last):
        part.lines[part.last][-1] = f"{part.lines[part.last][-1]}\\n{text}"[
            :MOST_LETTERS
        ]  # broken, where no line may be
    elif name:
        part.last = ""


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Give the lines, unfolded before they are decoded: a fold may stand within a letter. With their numbers."""
    held, since = list[bytes](), 1
    for number, line in enumerate(_as_utf8(data).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        if line[:1] in (b" ", b"\t") and held:
            held.append(line[1:])
            continue
        if held:
            yield since, _decoded(b"".join(held))
        held, since = ([line], number) if line.strip() else ([], number)
    if held:
        yield since, _decoded(b"".join(held))


def _as_utf8(data: bytes) -> bytes:
    for start, name in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"B\0E\0", "utf-16-le"),
        (b"\0B\0E", "utf-16-be"),
    ):
        if data.startswith(start):
            return data.decode(name, "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _decoded(line: bytes) -> str:
    """Decode a line: programs that paste texts together mix encodings within one file."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
