"""`gare export ics`."""

from collections.abc import Callable
from pathlib import Path

import icalendar

FORM = """\
title: Event
fields:
  - {name: title, type: text, label: Name}
  - {name: when, type: schedule, label: When}
"""
WHEN = "when: {start: 2026-03-25T20:00, timezone: Europe/Paris}"


def test_all_events_are_written_as_a_calendar(done: Callable[..., str], tmp_path: Path) -> None:
    done("page", "put", "_forms/event", input=FORM)
    for name, lines in (("loto", ""), ("conseil", "audience: members\n")):
        done("page", "put", f"agenda/2026/{name}", input=f"---\nform: event\ntitle: {name}\n{lines}{WHEN}\n---\n")
    done("export", "ics", tmp_path / "agenda.ics")
    calendar = icalendar.Calendar.from_ical((tmp_path / "agenda.ics").read_bytes())

    assert sorted(str(event["SUMMARY"]) for event in calendar.events) == ["conseil", "loto"]
