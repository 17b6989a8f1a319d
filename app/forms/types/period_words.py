"""What French and English words say of a time: “2e moitié du XVIIIe”, “vers 1850”, “before 1789”.

The years that a word stands for are conventions (those of the French inventories where they have one): a beginning and
an end are the first and the last third; “about” is five years each way, ten where the year is a round one.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from app.forms.types.period_atoms import Span, read_atom, tidy

MOST_DEPTH = 4
_ABOUT = re.compile(r"(?:vers|environ|env\.?|v\.|circa|ca\.?|c\.|around|about|autour de|aux environs de) (.+)")
_UNSURE = re.compile(r"(?:probablement|sans doute|peut-etre|probably|perhaps|possibly|maybe) (.+)|(.+?) ?\(?\?\)?")
_BEFORE = re.compile(r"(?:avant|before|anterieur a|anterieure a|prior to) (.+)")
_UNTIL = re.compile(r"(?:jusqu'en|jusqu'a|jusqu'au|until|up to) (.+)")
_AFTER = re.compile(r"(?:apres|after|posterieur a|posterieure a) (.+)")
_SINCE = re.compile(r"(?:depuis|a partir de|a partir du|since|from) (.+?)(?: on| onwards)?")
_BETWEEN = re.compile(r"(?:entre|between) (.+?) (?:et|and) (.+)")
_FROM_TO = re.compile(r"(?:de|du|des|d'|from) ?(.+?) (?:a|au|aux|to|until|jusqu'a|jusqu'en|jusqu'au) (.+)")
_JOINT = re.compile(r" ?[-/] ?| (?:a|au|to|ou|or|et|and) ")
_SHORT_END = re.compile(r"([0-9]{2})([0-9]{2}) ?[-/] ?([0-9]{2})")
_CENTURY = re.compile(r" (?:siecles?|century|centuries|s\.|c\.)$")


@lru_cache(maxsize=4096)  # the same few hundred phrases stand in all records of an inventory
def understand(text: str) -> Span | None:
    """Give the years that words say; None for what we do not understand: never a guess."""
    if len(text) > 200:
        return None
    span = _read(tidy(text), 0)
    return span if span and _is_ordered(span) else None


def _read(text: str, depth: int) -> Span | None:
    if depth > MOST_DEPTH or not text:
        return None
    for pattern, change in _QUALIFIED:
        match = pattern.fullmatch(text)
        if match and (inner := _read(next(filter(None, match.groups()), ""), depth + 1)):
            return change(inner)
    return read_atom(text) or _read_pair(text, depth)


def _read_pair(text: str, depth: int) -> Span | None:
    if match := _SHORT_END.fullmatch(text):  # 1914-18
        return _join(read_atom(match[1] + match[2]), read_atom(match[1] + match[3]))
    if match := _BETWEEN.fullmatch(text):
        span = _join_texts(match[1], match[2], depth)
        return span and Span(span.earliest, span.latest, f"[{_year(span.earliest)}..{_year(span.latest)}]")
    if match := _FROM_TO.fullmatch(text):
        return _join_texts(match[1], match[2], depth)
    for joint in list(_JOINT.finditer(text))[:6]:
        if span := _join_texts(text[: joint.start()], text[joint.end() :], depth):
            return span
    return None


def _join_texts(first: str, last: str, depth: int) -> Span | None:
    end = _read(last, depth + 1)
    if not end:
        return None
    century = _CENTURY.search(last)
    start = _read(first + century[0], depth + 1) if century and not _CENTURY.search(first) else None
    return _join(start or _read(first, depth + 1), end)


def _join(start: Span | None, end: Span | None) -> Span | None:
    if not start or not end or start.earliest is None or end.latest is None:
        return None
    first, last = start.edtf.split("/")[0], end.edtf.rsplit("/", 1)[-1]
    if {*first, *last} & {"[", "]"} or start.latest is None or end.earliest is None:
        return None
    return Span(start.earliest, end.latest, f"{_bound(first, start.earliest)}/{_bound(last, end.latest)}")


def _bound(edtf: str, year: int) -> str:
    return _year(year) if "X" in edtf else edtf  # EDTF: no digit may be left open in an interval of level 1


def _about(span: Span) -> Span | None:
    if span.earliest is None or span.latest is None:
        return None
    is_one_year = span.earliest == span.latest
    width = 5 if is_one_year and span.earliest % 10 else 10
    edtf = "/".join(part if part.endswith("~") else f"{part}~" for part in span.edtf.split("/"))
    return Span(span.earliest - width, span.latest + width, edtf)


def _unsure(span: Span) -> Span:
    if "[" in span.edtf:
        return span
    parts = [part if part.endswith(("?", "%")) else f"{part}?" for part in span.edtf.split("/")]
    return Span(span.earliest, span.latest, "/".join(parts).replace("~?", "%"))


def _before(span: Span) -> Span | None:
    return None if span.earliest is None else Span(None, span.earliest - 1, f"[..{_year(span.earliest - 1)}]")


def _until(span: Span) -> Span | None:
    return None if span.latest is None else Span(None, span.latest, f"../{_year(span.latest)}")


def _after(span: Span) -> Span | None:
    return None if span.latest is None else Span(span.latest + 1, None, f"[{_year(span.latest + 1)}..]")


def _since(span: Span) -> Span | None:
    return None if span.earliest is None else Span(span.earliest, None, f"{_year(span.earliest)}/..")


_QUALIFIED: tuple[tuple[re.Pattern[str], Callable[[Span], Span | None]], ...] = (
    (_UNSURE, _unsure),
    (_ABOUT, _about),
    (_BEFORE, _before),
    (_UNTIL, _until),
    (_AFTER, _after),
    (_SINCE, _since),
)


def _is_ordered(span: Span) -> bool:
    return span.earliest is None or span.latest is None or span.earliest <= span.latest


def _year(year: int | None) -> str:
    return "" if year is None else f"{'-' if year < 0 else ''}{abs(year):04d}"
