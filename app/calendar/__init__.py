"""Dates of events: schedules, the rules by which they repeat, holidays, calendars of other programs. Plain Python."""
