"""Times of messages in the words of the reader."""

from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import gettext

from app.plugin import spoken
from plugins.archive.masking import MASK, mask

_DAY = 86_400  # seconds
FIRST_YEAR, LAST_YEAR = 1970, 9999


def moment(at: int) -> datetime:
    """Give a second since 1970 as a moment; one that no calendar has becomes the nearest."""
    return datetime.fromtimestamp(min(max(at, 0), 253_402_214_400), UTC)


def odd_date(row: Any) -> datetime | None:
    """Give the date that a message bears where it is another than the one by which it is kept."""
    try:
        said = datetime.fromisoformat(row.dated) if row.dated else None
    except ValueError:
        return None
    if said is None or said.tzinfo is None or abs(said.timestamp() - row.at) < _DAY:
        return None
    return said.astimezone(UTC) if FIRST_YEAR < said.year < LAST_YEAR else None


def month_words(month: int) -> str:
    """Say a month: “Mars 2026”."""
    words = format_date(date(month // 100, month % 100, 1), "LLLL y", spoken())
    return words[:1].upper() + words[1:]


def month_name(month: int) -> str:
    """Say a month below its year: “mars”."""
    return str(format_date(date(month // 100, month % 100, 1), "LLLL", spoken()))


def who(author: str, *, is_masked: bool) -> str:
    """Name an author; of one who is known by the address alone, those who may not see it learn nothing."""
    said = mask(author) if is_masked else author
    return gettext("Somebody") if not said.strip() or said.strip(" <>\"'") == MASK else said


def subject(said: str, *, is_masked: bool) -> str:
    """Say a subject, or that there is none."""
    return (mask(said) if is_masked else said).strip() or gettext("(no subject)")
