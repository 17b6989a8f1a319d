"""Opening hours said in words, in French and English."""

from app.forms.types.hours_reading import DAYS, WEEK, Spans, Week

_FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "jours fériés")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "public holidays")


def say(week: Week, language: str) -> str:
    """Say a week on one line."""
    is_french = language == "fr"
    if week.is_always:
        said = ["jour et nuit, tous les jours" if is_french else "day and night, every day"]
    else:
        said = [f"{say_days(days, language)} {say_spans(spans, language)}" for days, spans in week.grouped()]
    return ("\u202f; " if is_french else "; ").join([*said, week.note] if week.note else said)


def say_days(days: tuple[str, ...], language: str) -> str:
    """Say days: “du lundi au vendredi et dimanche”."""
    is_french = language == "fr"
    names = dict(zip(DAYS, _FRENCH if is_french else _ENGLISH, strict=True))
    if days == WEEK:
        return "tous les jours" if is_french else "every day"
    return join_days(days, "du {} au {}" if is_french else "{} to {}", ", ", names)


def say_spans(spans: Spans, language: str) -> str:
    """Say the hours of a day: “9 h–12 h et 14 h–18 h 30”."""
    if not spans:
        return "fermé" if language == "fr" else "closed"
    said = [f"{_time(start, language)}–{_time(end, language)}" for start, end in spans]
    joint = " et " if language == "fr" else " and "
    return joint.join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def join_days(days: tuple[str, ...], ranged: str, joint: str, names: dict[str, str] | None = None) -> str:
    """Join days; those in a row are said as a range, two in a row one by one."""
    called = names or {day: day for day in DAYS}
    runs: list[list[str]] = []
    for day in days:
        is_next = runs and day != "PH" and DAYS.index(runs[-1][-1]) + 1 == DAYS.index(day)
        runs[-1].append(day) if is_next else runs.append([day])
    said = [
        [ranged.format(called[run[0]], called[run[-1]])] if len(run) > 2 else [called[day] for day in run]
        for run in runs
    ]
    return joint.join(words for run in said for words in run)


def clock(minutes: int) -> str:
    """Write minutes after midnight as `09:00`; the end of the day is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _time(minutes: int, language: str) -> str:
    if language != "fr":
        return clock(minutes)
    hour, minute = divmod(minutes, 60)
    return f"{hour}\u00a0h\u00a0{minute:02d}" if minute else f"{hour}\u00a0h"
