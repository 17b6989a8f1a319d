"""Files that are broken, too large, or made to harm: the good event beside them is always read, and soon."""

import time

import pytest

from app.calendar import ics_lines
from app.calendar.expansion import expand
from app.calendar.ics_events import PRIVATE
from app.calendar.ics_lines import NO_CALENDAR
from app.calendar.ics_reading import TOO_MANY, read
from app.errors import Invalid
from tests.calendar.foreign_calendars import PARIS, calendar

GOOD = "UID:good@x\nSUMMARY:Bon\nDTSTART;TZID=Europe/Paris:20260312T200000\nDTEND;TZID=Europe/Paris:20260312T220000"
BEGIN = "UID:bad@x\nSUMMARY:Mauvais\nDTSTART;TZID=Europe/Paris:20260311T080000\n"
LOST = {
    "interval zero": BEGIN + "RRULE:FREQ=WEEKLY;INTERVAL=0",
    "every second": BEGIN + "RRULE:FREQ=SECONDLY",
    "every hour": BEGIN + "RRULE:FREQ=HOURLY;COUNT=3",
    "no frequency": BEGIN + "RRULE:BYDAY=WE",
    "rule of rubbish": BEGIN + "RRULE:tous les mercredis",
    "rule of many letters": BEGIN + "RRULE:FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 100_000),
    "set position without sense": BEGIN + "RRULE:FREQ=MONTHLY;BYSETPOS=400;BYDAY=WE",
    "set position of nothing": BEGIN + "RRULE:FREQ=DAILY;BYSETPOS=1",
    "another hour too": BEGIN + "RRULE:FREQ=DAILY;BYHOUR=8,20",
    "a day that never comes": BEGIN + "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "hebrew years": BEGIN + "RRULE:RSCALE=HEBREW;FREQ=YEARLY",
    "negative count": BEGIN + "RRULE:FREQ=DAILY;COUNT=-1",
    "until rubbish": BEGIN + "RRULE:FREQ=DAILY;UNTIL=demain",
    "no beginning": "UID:bad@x\nSUMMARY:Mauvais",
    "beginning of rubbish": "UID:bad@x\nDTSTART:demain",
    "thirteenth month": "UID:bad@x\nDTSTART:20261312T200000",
    "year 9999": "UID:bad@x\nDTSTART:99991231T235959Z\nDTEND:99991231T235959Z",
    "year 0": "UID:bad@x\nDTSTART:00000101T000000",
    "empty beginning": "UID:bad@x\nDTSTART:",
    "end of rubbish": BEGIN + "DTEND:never",
    "length of rubbish": BEGIN + "DURATION:long",
    "a year for each date": BEGIN + "DURATION:P400D\nRRULE:FREQ=DAILY",
    "replaces rubbish": BEGIN + "RECURRENCE-ID:rubbish",
    "nobody's business": BEGIN + "CLASS:PRIVATE",
}
READ = {
    "empty rule": BEGIN + "RRULE:",
    "without end": BEGIN + "DTEND:",
    "until long ago": BEGIN + "RRULE:FREQ=DAILY;UNTIL=19000101",
    "for ever": BEGIN + "RRULE:FREQ=DAILY;COUNT=999999",
    "ten thousand exceptions": BEGIN
    + "RRULE:FREQ=DAILY\n"
    + "\n".join(f"EXDATE:2026{n % 12 + 1:02d}{n % 28 + 1:02d}T070000Z" for n in range(10_000)),
    "ten thousand dates": BEGIN
    + "RDATE:"
    + ",".join(f"{2000 + n // 336}{n // 28 % 12 + 1:02d}{n % 28 + 1:02d}T080000" for n in range(10_000)),
    "an end before": BEGIN + "DTEND;TZID=Europe/Paris:20250311T080000",
    "an endless duration": BEGIN + "DURATION:P99999999W",
    "numbers that are none": BEGIN + "SEQUENCE:¹²³\nGEO:nan;inf\nGEO:1;2;3",
    "a picture inside": BEGIN + "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 300_000,
    "a word of many letters": BEGIN + "DESCRIPTION:" + "x" * 150_000,
    "unfinished parameters": BEGIN + 'LOCATION;X="oui:là',
    "parts within parts": BEGIN + "BEGIN:A\n" * 5000,
    "an alarm without end": BEGIN + "BEGIN:VALARM\nTRIGGER:-PT5M",
    "ends of nothing": BEGIN + "END:VALARM\nEND:X",
    "quotes": BEGIN + 'SUMMARY;LANGUAGE="' * 3,
    "control signs": BEGIN + "LOCATION:\x00\x01\u2028\ud7ff",
}


def read_beside(lines: str) -> tuple[list[str], list[bool]]:
    began = time.monotonic()
    found = read(calendar(lines, GOOD), PARIS)

    assert time.monotonic() - began < 2
    assert "Bon" in [event.title for event in found.events]
    return [event.title for event in found.events], [fault.is_lost for fault in found.faults]


@pytest.mark.parametrize("lines", LOST.values(), ids=LOST.keys())
def test_a_broken_event_is_left_out_with_a_sentence(lines: str) -> None:
    titles, lost = read_beside(lines)

    assert titles == ["Bon"] and lost == [True]


@pytest.mark.parametrize("lines", READ.values(), ids=READ.keys())
def test_a_strange_event_is_read_as_far_as_it_can_be(lines: str) -> None:
    titles, lost = read_beside(lines)

    assert len(titles) == 2 and True not in lost
    for event in read(calendar(lines), PARIS).events:
        assert len(expand(event.schedule, event.schedule.start.date(), event.schedule.start.date(), 10)) <= 10


UNCLOSED = calendar(BEGIN, GOOD).replace(b"END:VEVENT\r\nBEGIN", b"BEGIN")
WHOLE = calendar(GOOD)
FILES = {
    "an event that is not closed": UNCLOSED,
    "nothing is closed": UNCLOSED.replace(b"END:VEVENT\r\n", b"").replace(b"END:VCALENDAR\r\n", b""),
    "cut off": WHOLE[:-20],
    "no calendar around it": WHOLE.replace(b"BEGIN:VCALENDAR\r\n", b"").replace(b"END:VCALENDAR\r\n", b""),
    "two calendars": WHOLE + calendar(BEGIN),
    "an alarm that is not closed": calendar(BEGIN + "BEGIN:VALARM", GOOD),
    "ends of line of Unix": WHOLE.replace(b"\r\n", b"\n"),
    "ends of line of old Macs": WHOLE.replace(b"\r\n", b"\r"),
    "two ends of line each": WHOLE.replace(b"\r\n", b"\r\r\n"),
    "blank lines": WHOLE.replace(b"\r\n", b"\r\n\r\n"),
    "a mark of bytes": b"\xef\xbb\xbf" + WHOLE,
    "UTF-16": WHOLE.decode().encode("utf-16"),
    "UTF-16 without a mark": WHOLE.decode().encode("utf-16-le"),
    "spaces before names": WHOLE.replace(b"DTSTART", b"\x0bDTSTART"),
    "small letters": WHOLE.replace(b"BEGIN:", b"begin:").replace(b"SUMMARY", b"Summary"),
    "zones without sense": calendar(
        GOOD, head="BEGIN:VTIMEZONE\nTZID:Europe/Paris\nTZOFFSETTO:rubbish\nEND:VTIMEZONE\n"
    ),
    "zones never closed": calendar(GOOD, head="BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n"),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_a_broken_file_gives_its_good_event(data: bytes) -> None:
    found = read(data, PARIS)

    assert "Bon" in [event.title for event in found.events]
    assert not found.faults


@pytest.mark.parametrize("data", [b"", b"\0" * 1000, b"<!doctype html><title>503</title>", b"%PDF-1.4", b"BEGIN:VCARD\nEND:VCARD",
                                  b"DTSTART:20260101", b"\xff\xfe", b"PK\x03\x04" * 100, b":" * 10_000])  # fmt: skip
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(data, PARIS)

    assert refused.value.msgid == NO_CALENDAR


def test_letters_of_old_computers_and_folds_within_a_letter_are_read() -> None:
    old = calendar("UID:a\nSUMMARY:Été\nDTSTART:20260401T080000").replace("Été".encode(), "Été".encode("cp1252"))
    folded = calendar("UID:a\nSUMMARY:Été\nDTSTART:20260401T080000").replace("É".encode(), b"\xc3\r\n \x89")

    assert [read(data, PARIS).events[0].title for data in (old, folded)] == ["Été", "Été"]


def test_a_description_broken_over_lines_is_put_together() -> None:
    data = calendar("UID:a\nDESCRIPTION:Un\ndeux points perdus\n-- trois\nDTSTART:20260401T080000")

    assert read(data, PARIS).events[0].description == "Un\ndeux points perdus\n-- trois"


def test_what_is_private_is_not_shown() -> None:
    assert [fault.msgid for fault in read(calendar(LOST["nobody's business"]), PARIS).faults] == [PRIVATE]


def test_only_so_many_events_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_lines, "MOST_EVENTS", 2)
    found = read(calendar(*(f"UID:{number}\nDTSTART:20260401T080000" for number in range(5))), PARIS)

    assert len(found.events) == 2
    assert [(fault.msgid, fault.values["left"]) for fault in found.faults] == [(TOO_MANY, 3)]


def test_where_an_event_stands_in_the_file_is_said() -> None:
    (fault,) = read(calendar(GOOD, LOST["no beginning"]), PARIS).faults

    assert (fault.line, fault.uid, fault.title) == (9, "bad@x", "Mauvais")
