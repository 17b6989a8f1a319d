"""Dates as mail names them, and the one that decides order and month."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_DAY = 86_400
_OLDEST = 315_532_800  # 1980: nobody wrote to a list before; clocks that were never set say 1970
_MONTHS = (
    (r"janv?(?:ier)?", "Jan"), (r"f[ée]v(?:rier)?", "Feb"), (r"mars", "Mar"), (r"avr(?:il)?", "Apr"), (r"mai", "May"),
    (r"juin", "Jun"), (r"juil(?:let)?", "Jul"), (r"ao[uû]t", "Aug"), (r"sept(?:embre)?", "Sep"), (r"octobre", "Oct"),
    (r"novembre", "Nov"), (r"d[ée]c(?:embre)?", "Dec"),
)  # fmt: skip
_FRENCH = [(re.compile(rf"\b{name}\b\.?", re.IGNORECASE), english) for name, english in _MONTHS]
_FRENCH_DAY = re.compile(r"^\s*(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|manche)?\b[.,]*\s*", re.IGNORECASE)
_OFFSET = re.compile(r"\b(?:GMT|UTC?)\s?([+-]\d\d):?(\d\d)\b")


def parse(text: str) -> datetime | None:
    """Read a Date header: RFC 5322 and its bad habits, French month names, ISO 8601. None where it says no date."""
    text = _OFFSET.sub(r"\1\2", text[:200])
    return _mail_date(text) or _iso(text.strip()) or _mail_date(_in_english(text))


def _mail_date(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
        if parts is None or not 1 <= parts[0] <= 9998:
            return None
        zone = timezone(timedelta(seconds=parts[9] or 0))
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None


def _in_english(text: str) -> str:
    text = _FRENCH_DAY.sub("", text)
    for name, english in _FRENCH:
        text = name.sub(english, text)
    return text


def seconds(date: datetime | None) -> int | None:
    """Give a date in seconds since 1970, None where that cannot be said."""
    try:
        return None if date is None else int(date.timestamp())
    except (OverflowError, ValueError, OSError):
        return None


def order(dated: int | None, received: str, received_at: int | None, now: int) -> int:
    """Give the time that decides order: what it says if its delivery allows it, else its delivery.

    Delivery is what the topmost Received says, else `received_at`; a Date from 30 days before to one day after holds.
    """
    delivered = _plausible(seconds(parse(received.rpartition(";")[2].strip())) if received else None, now)
    if delivered is None:
        delivered = _plausible(received_at, now)
    if delivered is None:
        dated = _plausible(dated, now)
        return now if dated is None else dated
    if dated is not None and delivered - 30 * _DAY <= dated <= delivered + _DAY:
        return dated
    return delivered


def _plausible(at: int | None, now: int) -> int | None:
    return at if at is not None and _OLDEST <= at <= now + _DAY else None
