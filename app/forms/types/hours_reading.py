"""Reading opening hours: `Mo-Fr 09:00-12:00`, “lundi au vendredi de 9h à 12h et de 14h à 18h30, fermé le samedi”."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from app.errors import N_, Invalid
from app.wiki.page import fold

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")  # PH: public holidays
WEEK = DAYS[:7]
MOST_LETTERS = 500
MOST_SPANS = 6
DAY_MINUTES = 24 * 60
Spans = tuple[tuple[int, int], ...]  # minutes after midnight; an end before its start is on the next day

NO_HOURS = N_("These hours cannot be read. Example: Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00")
OVERLAP = N_("Two opening times of the same day overlap. Change one of them.")

_NAMES = (
    ("Mo", "mo mon monday mondays lu lun lundi lundis"),
    ("Tu", "tu tue tues tuesday tuesdays ma mar mardi mardis"),
    ("We", "we wed wednesday wednesdays me mer mercredi mercredis"),
    ("Th", "th thu thur thurs thursday thursdays je jeu jeudi jeudis"),
    ("Fr", "fr fri friday fridays ve ven vendredi vendredis"),
    ("Sa", "sa sat saturday saturdays sam samedi samedis"),
    ("Su", "su sun sunday sundays di dim dimanche dimanches"),
    ("PH", "ph feries holidays"),
)
_DAY_OF = MappingProxyType({name: day for day, names in _NAMES for name in names.split()})
_TO = frozenset("- a au to until".split())
_AND = frozenset(", et and &".split())
_OFF = frozenset("off closed ferme fermee".split())
_EVERY = frozenset("tous every daily everyday".split())
_FILL = frozenset(": de du le la les the from on of jours day days jour public".split())
_TOKEN = re.compile(
    r"(?P<time>[0-9]{1,2}(?::[0-9]{2}| ?h ?(?:[0-9]{2})?(?!\w))?(?! ?[0-9]))"
    r"|(?P<word>[^\W\d_]+)\.?|(?P<sign>[-–—,:&])|(?P<blank>\s+)"
)
_TIME = re.compile(r"[0-9]{1,2}(?:[:h][0-9]{0,2})?")
_NOTE = re.compile(r'\|\|\s*"([^"]*)"|"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of each day that is named; a day without any is closed. `note` is said beside."""

    days: Mapping[str, Spans]
    note: str = ""

    @property
    def is_always(self) -> bool:
        """Tell whether it never closes."""
        return set(self.days) == set(WEEK) and all(spans == ((0, DAY_MINUTES),) for spans in self.days.values())

    def grouped(self) -> list[tuple[tuple[str, ...], Spans]]:
        """List days with the same hours together, in the order of the week; closed ones are named if all are."""
        groups: dict[tuple[bool, Spans], list[str]] = {}
        for day in DAYS:
            if day in self.days:
                groups.setdefault((day == "PH", self.days[day]), []).append(day)
        return [(tuple(days), spans) for (_, spans), days in groups.items()]


@lru_cache(maxsize=4096)  # when the records of a form are derived anew, nothing else costs as much
def read_week(text: str) -> Week:
    """Read opening hours; raises Invalid."""
    if len(text) > MOST_LETTERS:
        raise Invalid(NO_HOURS)
    notes = [first or second for first, second in _NOTE.findall(text)]
    bare = _NOTE.sub(";", text).replace("||", ";")
    days: dict[str, Spans] = {}
    for rule in re.split(r"[;\n]", bare):
        if rule.strip(" .,"):
            days.update(_Rule(rule.strip()).read())
    note = ", ".join(clean for note in notes if (clean := " ".join(note.split())))
    if not days and not note:
        raise Invalid(NO_HOURS)
    return Week({day: days[day] for day in DAYS if day in days}, note)


class _Rule:
    """One rule, which may name other days after a comma: “lundi 9h-12h, mardi 14h-18h”."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text)) if text != "24/7" else []
        self._is_always = text == "24/7"
        self._at = 0

    def read(self) -> dict[str, Spans]:
        if self._is_always:
            return dict.fromkeys(WEEK, ((0, DAY_MINUTES),))
        found: dict[str, Spans] = {}
        while self._at < len(self._tokens):
            closed_before = self._take(_OFF)  # “fermé le lundi”
            days = self._read_days()
            spans: Spans = () if closed_before or self._take(_OFF) else self._read_spans()
            found.update(dict.fromkeys(days, spans))
            while self._take(_AND):
                pass
        return found

    def _now(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, words: frozenset[str]) -> bool:
        if self._now() not in words:
            return False
        self._at += 1
        return True

    def _read_days(self) -> tuple[str, ...]:
        if self._take(_EVERY):
            return WEEK
        days: list[str] = []
        while first := _DAY_OF.get(self._now()):
            self._at += 1
            last = self._read_last() or first
            days.extend(_between(first, last))
            if not _DAY_OF.get(self._after(_AND)):
                break
            self._take(_AND)
        return tuple(days) or WEEK

    def _read_last(self) -> str:
        last = _DAY_OF.get(self._after(_TO), "")
        self._at += 2 if last else 0
        return last

    def _after(self, words: frozenset[str]) -> str:
        """Give the word behind the next one, if that is one of these."""
        is_there = self._now() in words and self._at + 1 < len(self._tokens)
        return self._tokens[self._at + 1] if is_there else ""

    def _read_spans(self) -> Spans:
        spans: list[tuple[int, int]] = []
        while True:
            start = self._read_time()
            if not self._take(_TO):
                raise Invalid(NO_HOURS)
            end = self._read_time()
            spans.append((start % DAY_MINUTES, end))
            if not _TIME.fullmatch(self._after(_AND)):
                return _checked(spans)
            self._take(_AND)

    def _read_time(self) -> int:
        token = self._now()
        if not _TIME.fullmatch(token):
            raise Invalid(NO_HOURS)
        self._at += 1
        hour, _, minute = token.replace("h", ":").partition(":")
        moment = int(hour) * 60 + int(minute or 0)
        if int(minute or 0) > 59 or moment > DAY_MINUTES:
            raise Invalid(NO_HOURS)
        return moment


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise Invalid(NO_HOURS)
        at = match.end()
        if match["time"]:
            found.append(match["time"].replace(" ", ""))
        elif match["word"] or match["sign"]:
            found.append(fold(match["word"]) if match["word"] else match["sign"].replace("–", "-").replace("—", "-"))
    return [token for token in found if token not in _FILL]


def _between(first: str, last: str) -> list[str]:
    if "PH" in (first, last):
        return list(dict.fromkeys([first, last]))
    start, end = WEEK.index(first), WEEK.index(last)
    return [WEEK[number % 7] for number in range(start, end + 1 if end >= start else end + 8)]


def _checked(spans: list[tuple[int, int]]) -> Spans:
    ordered = sorted(spans)
    ends = [end if end > start else end + DAY_MINUTES for start, end in ordered]
    if len(ordered) > MOST_SPANS or any(start == end for start, end in ordered):
        raise Invalid(NO_HOURS)
    if any(end > start for end, (start, _) in zip(ends, ordered[1:], strict=False)):
        raise Invalid(OVERLAP)
    return tuple(ordered)
