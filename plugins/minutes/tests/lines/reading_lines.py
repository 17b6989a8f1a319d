"""The day of the fictional meetings, and the short form in which tests say what was found."""

from datetime import date

from plugins.minutes.lines.finding import Found, find_lines

DAY = date(2026, 3, 12)  # a Thursday


def found_in(text: str, *names: str) -> list[Found]:
    return find_lines(text, DAY, names)


def said(text: str, *names: str) -> list[tuple[str, str, str]]:
    """Give kind, words and person of each."""
    return [(one.kind, one.what, one.who) for one in found_in(text, *names)]


def due_of(words: str) -> tuple[str, str]:
    """Give the day and the words of an action."""
    (one,) = found_in(f"Action : {words}")
    return (one.due.isoformat() if one.due else "", one.what)
