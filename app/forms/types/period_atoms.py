"""The smallest words for a time: a day, a month, a season, a year, a decade, a century or a part of one, an age."""

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.forms.types.months import MONTHS
from app.wiki import nfc


@dataclass(frozen=True, slots=True)
class Span:
    """The earliest and the latest year, None where it is open; and the same in EDTF."""

    earliest: int | None
    latest: int | None
    edtf: str


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "\u00a0": " ", "\u202f": " "})
_LEADING = re.compile(r"^(?:le |la |les |l'|the |in |en |au |aux |a l'|a la |during )+")
_ERA = r"(?P<bc> ?(?:av(?:ant|\.)? ?j\.?-? ?c\.?|bce?|b\.c\.))?(?: ?(?:ap(?:res|r?\.)? ?j\.?-? ?c\.?|ad|ce))?"
_YEAR = re.compile(rf"(?:annee |year )?(?P<year>[0-9]{{3,4}}|[0-9]{{1,2}}(?= ?(?:av|bc|b\.c|ap|ad|ce))){_ERA}")
_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)? (?P<month>[a-z]+)\.?,? (?P<year>[0-9]{4})")
_DAY_US = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?, (?P<year>[0-9]{4})")
_NUMBERS = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_MONTH = re.compile(r"(?P<month>[a-z]+)\.? (?:de |of )?(?P<year>[0-9]{4})|(?P<number>[0-9]{1,2})/(?P<of>[0-9]{4})")
_PART = (
    r"(?:(?P<ordinal>[a-z0-9]+) (?P<piece>moitie|quart|tiers|half|quarter|third)|"
    r"(?P<third>debut|milieu|fin|early|mid|middle|late|beginning|end|courant|moitie))"
    r"(?: de la | de l'| du | des | de | d'| of the | of | |-)"
)
_DECADE = re.compile(rf"(?:{_PART})?(?:les |the )?(?:(?:annees |decennie )(?P<a>[0-9]{{3}}0)|(?P<b>[0-9]{{3}}0)'?s)")
_CENTURY = re.compile(
    rf"(?:{_PART})?(?:le |the )?(?P<number>[ivx]{{1,5}}|[0-9]{{1,2}})(?P<ending> ?(?:eme|er|e|th|st|nd|rd))?"
    rf"(?P<word> ?(?:siecles?|century|centuries|s\.|c\.))?{_ERA}"
)
_SEASONS = MappingProxyType(  # as EDTF numbers them
    {"printemps": 21, "spring": 21, "ete": 22, "summer": 22, "automne": 23, "autumn": 23, "fall": 23}
    | {"hiver": 24, "winter": 24}
)
_ORDINALS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "1er 1re 1ere premier premiere first 1st",
                "2e 2nd 2nde 2de 2eme deuxieme second seconde",
                "3e 3rd 3eme troisieme third",
                "4e 4th 4eme quatrieme fourth",
            ),
            1,
        )
        for name in names.split()
    }
    | {"dernier": -1, "derniere": -1, "last": -1}
)
_THIRDS = MappingProxyType(
    {"debut": 0, "early": 0, "beginning": 0, "milieu": 1, "mid": 1, "middle": 1, "fin": 2, "late": 2, "end": 2}
)
_PIECES = MappingProxyType({"moitie": 2, "half": 2, "tiers": 3, "third": 3, "quart": 4, "quarter": 4})
_ROMAN = MappingProxyType({"i": 1, "v": 5, "x": 10})
_AGES = MappingProxyType(
    {
        "moyen age": (476, 1492), "middle ages": (476, 1492), "haut moyen age": (476, 987),
        "early middle ages": (476, 987), "bas moyen age": (1300, 1492), "late middle ages": (1300, 1492),
        "renaissance": (1492, 1610), "revolution": (1789, 1799), "revolution francaise": (1789, 1799),
        "french revolution": (1789, 1799), "premier empire": (1804, 1815), "restauration": (1815, 1830),
        "second empire": (1852, 1870), "entre-deux-guerres": (1918, 1939), "interwar": (1918, 1939),
        "premiere guerre mondiale": (1914, 1918), "first world war": (1914, 1918),
        "seconde guerre mondiale": (1939, 1945), "second world war": (1939, 1945),
    }
)  # fmt: skip


def tidy(text: str) -> str:
    """Bring words into one spelling: small letters without accents, plain hyphens and apostrophes."""
    bare = nfc.normalize(text.translate(_DASHES).casefold(), "NFKD")
    return " ".join("".join(char for char in bare if char.isascii() and char.isprintable()).split())


def read_atom(text: str) -> Span | None:
    """Read the words for one time; None where they are none."""
    bare = _LEADING.sub("", text)
    if bare in _AGES:
        first, last = _AGES[bare]
        return Span(first, last, f"{first:04d}/{last:04d}")
    return _read_day(bare) or _read_month(bare) or _read_year(bare) or _read_decade(bare) or _read_century(bare)


def _read_day(text: str) -> Span | None:
    match = _DAY.fullmatch(text) or _DAY_US.fullmatch(text) or _NUMBERS.fullmatch(text) or _ISO.fullmatch(text)
    if not match or not match["day"]:
        return None
    month = int(match["month"]) if match["month"].isdecimal() else MONTHS.get(match["month"], 0)
    try:
        day = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None
    return Span(day.year, day.year, day.isoformat())


def _read_month(text: str) -> Span | None:
    match = _MONTH.fullmatch(text) or _ISO.fullmatch(text)
    if not match:
        return None
    found = match.groupdict()
    year, said = found.get("of") or found["year"], found.get("number") or found["month"]
    month = int(said) if said.isdecimal() else MONTHS.get(said, 0) or _SEASONS.get(said, 0)
    is_month = 1 <= month <= 12 or (month > 20 and not said.isdecimal())
    return Span(int(year), int(year), f"{year}-{month:02d}") if is_month and int(year) else None


def _read_year(text: str) -> Span | None:
    match = _YEAR.fullmatch(text)
    if not match or not int(match["year"]):
        return None
    year = 1 - int(match["year"]) if match["bc"] else int(match["year"])
    return Span(year, year, _edtf(year))


def _read_decade(text: str) -> Span | None:
    match = _DECADE.fullmatch(text)
    if not match:
        return None
    first = int(match["a"] or match["b"])
    if not match["ordinal"] and not match["third"]:
        return Span(first, first + 9, f"{first // 10:03d}X")
    return _take_part(match, first, 10)


def _read_century(text: str) -> Span | None:
    match = _CENTURY.fullmatch(text)
    if not match or not (match["ending"] or match["word"]):
        return None
    number = int(match["number"]) if match["number"].isdecimal() else _read_roman(match["number"])
    if not 0 < number <= 21 or (match["number"].isdecimal() and not match["word"]):
        return None
    first = 1 - 100 * number if match["bc"] else 100 * (number - 1) + 1
    if not match["ordinal"] and not match["third"]:
        return Span(first, first + 99, f"{_edtf(first)}/{_edtf(first + 99)}")
    return _take_part(match, first, 100)


def _take_part(match: re.Match[str], first: int, length: int) -> Span | None:
    if match["third"] in ("courant", "moitie"):
        return None
    if match["third"]:
        number, of, about = _THIRDS[match["third"]], 3, "~"
    else:
        of, about = _PIECES[match["piece"]], ""
        ordinal = _ORDINALS.get(match["ordinal"], 0)
        number = of - 1 if ordinal < 0 else ordinal - 1
    if not 0 <= number < of:
        return None
    start, end = first + length * number // of, first + length * (number + 1) // of - 1
    return Span(start, end, f"{_edtf(start)}{about}/{_edtf(end)}{about}")


def _read_roman(text: str) -> int:
    values = [_ROMAN[sign] for sign in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _edtf(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"
