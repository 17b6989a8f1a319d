"""Days as people write them, in French and English, counted from the day of a meeting."""

import calendar
import re
from datetime import date, timedelta

_MONTHS = (
    "janvier janv jan january", "fevrier fevr fev feb february", "mars mar march", "avril avr apr april", "mai may",
    "juin jun june", "juillet juil jul july", "aout aug august", "septembre sept sep september",
    "octobre oct october", "novembre nov november", "decembre dec december",
)  # fmt: skip
_WEEKDAYS = (
    "lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday",
    "dimanche sunday",
)  # fmt: skip
_COUNTS = (
    "un une one a", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven", "huit eight",
    "neuf nine", "dix ten", "onze eleven", "douze twelve", "treize thirteen", "quatorze fourteen", "quinze fifteen",
)  # fmt: skip
MONTH = {word: number for number, all_words in enumerate(_MONTHS, 1) for word in all_words.split()}
WEEKDAY = {word: number for number, all_words in enumerate(_WEEKDAYS) for word in all_words.split()}
COUNT = {word: number for number, all_words in enumerate(_COUNTS, 1) for word in all_words.split()}


def _any(all_words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(all_words, key=len, reverse=True)) + ")"


_M, _W, _N = _any(MONTH), _any(WEEKDAY), _any(COUNT)
# The whole of a day as it is written; the first alternative that fits is the longest.
WRITTEN = (
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<numbers>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?|\d{1,2}[.-]\d{1,2}[.-](?:\d{4}|\d{2}))"
    rf"|(?:{_W},? (?:the |le )?)?(?P<day>\d{{1,2}})(?:er|e|st|nd|rd|th)? (?:of )?(?P<month>{_M})\b\.?"
    r"(?:,? (?P<year>\d{4}))?"
    rf"|(?:{_W},? )?(?P<month_>{_M})\.? (?P<day_>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year_>\d{{4}}))?(?![\d/:h])"
    rf"|(?:la )?(?:fin|the end of|end of)(?: du| de| d'| the)? ?"
    rf"(?P<end>{_M}|mois|l'annee|annee|semaine|la semaine|month|year|week)\b"
    rf"|(?:la )?(?:mi|mid)[ -](?P<middle>{_M})\b"
    rf"|(?:next |this )?(?P<weekday>{_W})(?: prochain| qui vient| next)?(?! \d{{1,2}}(?! ?[h:\d]))\b"
    r"|(?P<near>aujourd'hui|today|apres-demain|apres demain|demain|tomorrow)\b"
    r"|(?P<next>(?:la )?semaine prochaine|next week|(?:le )?mois prochain|next month)\b"
    rf"|(?:dans|sous|in|within|d'ici) (?P<count>\d{{1,3}}|{_N}) (?P<unit>jours?|days?|semaines?|weeks?|mois|months?)\b"
)
_NEAR = {"aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1, "apres-demain": 2, "apres demain": 2}


def day_of(found: re.Match[str], day: date) -> date | None:
    """Give the day that a match of WRITTEN means; None where there is no such day."""
    said = {name: text for name, text in found.groupdict().items() if text}
    try:
        return _counted(said, day) if said.keys() & _RELATIVE else _fixed(said, day)
    except (ValueError, OverflowError):
        return None


_RELATIVE = {"end", "middle", "weekday", "near", "next", "count"}


def _fixed(said: dict[str, str], day: date) -> date | None:
    if "iso" in said:
        year, month, number = map(int, said["iso"].split("-"))
        return date(year, month, number)
    if "numbers" in said:
        number, month, *years = map(int, re.split(r"[/.-]", said["numbers"]))
        if month > 12 >= number:  # the English order, as the French one is impossible
            number, month = month, number
        return _dated(day, number, month, years[0] if years else None)
    year_ = said.get("year") or said.get("year_")
    number = int(said.get("day") or said["day_"])
    return _dated(day, number, MONTH[said.get("month") or said["month_"]], int(year_) if year_ else None)


def _dated(day: date, number: int, month: int, year: int | None) -> date | None:
    """Give that day of that year; without a year, the first one that is not before the meeting."""
    if year is not None:
        return date(year + 2000 if year < 100 else year, month, number)
    if not 1 <= month <= 12 or not 1 <= number <= calendar.monthrange(2000, month)[1]:
        return None
    is_over = (month, number) < (day.month, day.day)
    return date(day.year + is_over, month, number)  # a 29 February that the next one has not is none


def _counted(said: dict[str, str], day: date) -> date | None:
    if "weekday" in said:
        return day + timedelta((WEEKDAY[said["weekday"]] - day.weekday() - 1) % 7 + 1)
    if "near" in said:
        return day + timedelta(_NEAR[said["near"]])
    if "middle" in said:
        return _dated(day, 15, MONTH[said["middle"]], None)
    if "end" in said:
        return _end_of(said["end"], day)
    if "next" in said:
        is_week = "week" in said["next"] or "semaine" in said["next"]
        return _sunday(day) + timedelta(7) if is_week else _last(_months_later(day.replace(day=1), 1))
    count = COUNT.get(said["count"]) or int(said["count"])
    if said["unit"].startswith("mo"):
        return _months_later(day, count)
    return day + timedelta(count * (7 if said["unit"][0] in "sw" else 1))


def _end_of(what: str, day: date) -> date:
    if what in MONTH:
        year = day.year if MONTH[what] >= day.month else day.year + 1
        return _last(date(year, MONTH[what], 1))
    if what in ("mois", "month"):
        return _last(day)
    return _sunday(day) if what.endswith(("semaine", "week")) else date(day.year, 12, 31)


def _last(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _sunday(day: date) -> date:
    return day + timedelta(6 - day.weekday())


def _months_later(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
