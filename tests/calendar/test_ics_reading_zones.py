"""Time zones as other programs name them: of the database, of Windows, described only, or unknown."""

from datetime import datetime

import pytest

from app.calendar.ics_when import UNKNOWN_ZONE
from tests.calendar.foreign_calendars import PARIS, read_all, read_one

DESCRIBED = (
    "BEGIN:VTIMEZONE\nTZID:{name}\n{more}BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:{winter}\n"
    "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:{summer}\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


def described(name: str, winter: str = "+0100", summer: str = "+0200", more: str = "") -> str:
    return DESCRIBED.format(name=name, winter=winter, summer=summer, more=more)


@pytest.mark.parametrize(
    ("tzid", "head", "zone"),
    [
        ("Europe/Paris", "", PARIS),
        ("europe/paris", "", PARIS),
        ("/mozilla.org/20050126_1/Europe/Paris", "", PARIS),
        ("/freeassociation.sourceforge.net/America/Argentina/Ushuaia", "", "America/Argentina/Ushuaia"),
        ("Romance Standard Time", "", PARIS),
        ("Romance Standard Time 1", "", PARIS),
        ("SA Western Standard Time", "", "America/La_Paz"),
        ('"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"', "", PARIS),
        ("Customized Time Zone", described("Customized Time Zone"), PARIS),
        ("Notre heure", described("Notre heure", "-0400", "-0400"), "America/Martinique"),
        ("Zone 7", described("Zone 7", more="X-LIC-LOCATION:Europe/Berlin\n"), "Europe/Berlin"),
        ("Etc/UTC", "", PARIS),
        ("GMT", "", PARIS),
    ],
)
def test_a_zone_is_found_by_its_name_or_by_what_its_clocks_show(tzid: str, head: str, zone: str) -> None:
    read_ = read_all(f"UID:a\nDTSTART;TZID={tzid}:20260312T200000", head=head)

    assert read_.faults == []
    assert read_.events[0].schedule.timezone == zone


def test_of_an_unknown_zone_the_hours_are_taken_as_they_are() -> None:
    read_ = read_all("UID:a\nDTSTART;TZID=Heure du village:20260312T200000")

    assert read_.events[0].schedule.start == datetime(2026, 3, 12, 20)
    assert [(fault.msgid, fault.values) for fault in read_.faults] == [(UNKNOWN_ZONE, {"name": "Heure du village"})]


def test_a_calendar_names_the_zone_of_hours_that_name_none() -> None:
    head = "X-WR-TIMEZONE:America/Martinique\n"
    floating = read_one("UID:a\nDTSTART:20260312T200000", head=head).schedule
    in_utc = read_one("UID:a\nDTSTART:20260312T200000Z", head=head).schedule

    assert (floating.start.hour, floating.timezone) == (20, "America/Martinique")
    assert (in_utc.start.hour, in_utc.timezone) == (16, "America/Martinique")


def test_a_series_in_utc_keeps_its_hour_on_the_wall() -> None:
    schedule = read_one("UID:a\nDTSTART:20260312T190000Z\nRRULE:FREQ=WEEKLY;BYDAY=TH").schedule

    assert (schedule.start, schedule.timezone) == (datetime(2026, 3, 12, 20), PARIS)


def test_a_series_in_utc_whose_days_are_others_here_stays_in_utc() -> None:
    schedule = read_one("UID:a\nDTSTART:20260311T233000Z\nRRULE:FREQ=WEEKLY;BYDAY=WE").schedule

    assert (schedule.start, schedule.timezone) == (datetime(2026, 3, 11, 23, 30), "UTC")


def test_an_end_in_another_zone_is_brought_into_that_of_the_beginning() -> None:
    schedule = read_one(
        "UID:a\nDTSTART;TZID=Europe/Paris:20260312T200000\nDTEND;TZID=Europe/London:20260312T210000"
    ).schedule

    assert schedule.end == datetime(2026, 3, 12, 22)
