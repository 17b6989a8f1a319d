"""Telephone numbers by our own rules (decision 0032): exact for France and its neighbours, E.164 for the others."""

import re
from dataclasses import dataclass

from app.errors import N_, Invalid

HOME = "33"
NO_PHONE = N_("This is no telephone number. Example: 04 75 12 34 56")
WRONG_LENGTH = N_("This number has too few or too many digits. Example: %(example)s")
_TYPED = re.compile(r"(?P<plus>\+|00)?(?P<digits>[0-9 ().\-/\u00a0\u2009\u202f\u2010\u2011]+)")
_NOT_DIGIT = re.compile(r"[^0-9]")
_OPTIONAL_TRUNK = re.compile(r"\(0\)")
_MARK = re.compile(r"^\s*(?:t[ée]l(?:[ée]phone)?|phone|mobile|fixe|fax)?[\s.:]*", re.IGNORECASE)
MOST_DIGITS = 15  # E.164
FEWEST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Country:
    """The numbers of a country: `national` are its significant ones (without the trunk digit), `short` those for all.

    `groups` says by length how the digits are grouped, the trunk digit being one of the first group.
    """

    name: str
    national: re.Pattern[str]
    trunk: str = ""
    short: re.Pattern[str] = re.compile(r"11[0-9]|116[0-9]{3}")
    groups: tuple[tuple[int, ...], ...] = ()
    example: str = "+33 4 75 12 34 56"


# Sources: the numbering plans as the ITU publishes them (E.164 national numbering plans).
COUNTRIES = {
    "33": Country(
        "fr",
        re.compile(r"[1-9][0-9]{8}"),
        "0",
        re.compile(r"1[578]|1[19][0-9]|10[0-9]{2}|118[0-9]{3}|116[0-9]{3}|3[0-9]{3}"),
        ((2, 2, 2, 2, 2),),
        "04 75 12 34 56",
    ),
    "32": Country("be", re.compile(r"[1-9][0-9]{7}|4[5-9][0-9]{7}"), "0", groups=((3, 2, 2, 2), (4, 2, 2, 2))),
    "41": Country("ch", re.compile(r"[2-9][0-9]{8}"), "0", groups=((3, 3, 2, 2),)),
    "352": Country("lu", re.compile(r"[2-9][0-9]{3,10}"), groups=((2, 2, 2), (3, 3, 3), (2, 2, 2, 2))),
    "377": Country("mc", re.compile(r"[3-9][0-9]{7,8}"), groups=((2, 2, 2, 2), (3, 3, 3))),
    "376": Country("ad", re.compile(r"[1-9][0-9]{5}(?:[0-9]{2,3})?"), groups=((3, 3), (3, 3, 3))),
    "34": Country("es", re.compile(r"[5-9][0-9]{8}"), groups=((3, 3, 3),)),
    "39": Country("it", re.compile(r"0[0-9]{5,10}|3[0-9]{8,10}|[1489][0-9]{5,9}"), groups=((3, 3, 4), (2, 4, 4))),
    "49": Country("de", re.compile(r"[1-9][0-9]{5,12}"), "0"),
    "44": Country("gb", re.compile(r"[1-9][0-9]{8,9}"), "0", groups=((5, 3, 3), (5, 6))),
    "353": Country("ie", re.compile(r"[1-9][0-9]{6,9}"), "0"),
    "31": Country("nl", re.compile(r"[1-9][0-9]{8}"), "0", groups=((2, 4, 4),)),
    "1": Country("us", re.compile(r"[2-9][0-9]{9}"), groups=((3, 3, 4),)),  # and all of North America
    "7": Country("ru", re.compile(r"[3-9][0-9]{9}"), groups=((3, 3, 2, 2),)),
    "351": Country("pt", re.compile(r"[2-9][0-9]{8}"), groups=((3, 3, 3),)),
}
# French overseas departments have codes of their own and are dialled like France: 0590 12 34 56 is +590 590 12 34 56.
_OVERSEAS = {
    "262": re.compile(r"(?:262|263|269|639|69[23]|97[69])[0-9]{6}"),
    "590": re.compile(r"(?:590|69[01]|97[56])[0-9]{6}"),
    "594": re.compile(r"(?:594|694|97[56])[0-9]{6}"),
    "596": re.compile(r"(?:596|69[67]|97[56])[0-9]{6}"),
    "508": re.compile(r"(?:508|708)[0-9]{6}"),
}
# Country codes of two digits that are given (ITU E.164, list of assigned codes); 1 and 7 have one, all others three.
_TWO_DIGITS = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86"
    " 90 91 92 93 94 95 98".split()
)
_BY_NAME = {country.name: code for code, country in COUNTRIES.items()}


def country_code(name: str) -> str:
    """Give the code of a country named as in `fr` or `+33`; France's where it is not known."""
    bare = name.strip().lower().removeprefix("+")
    return bare if bare in COUNTRIES else _BY_NAME.get(bare, HOME)


def read(text: str, home: str = HOME) -> str:
    """Bring a typed number into its stored form: `+33475123456`, or a short one as it is dialled. Raises Invalid."""
    bare = _OPTIONAL_TRUNK.sub("", text) if text.lstrip().startswith(("+", "00")) else text.replace("(0)", "0")
    match = _TYPED.fullmatch(_MARK.sub("", bare).strip())
    if not match:
        raise Invalid(NO_PHONE)
    digits = _NOT_DIGIT.sub("", match["digits"])
    return _read_international(digits) if match["plus"] else _read_national(digits, home)


def _read_national(digits: str, home: str) -> str:
    country = COUNTRIES[home]
    if country.short.fullmatch(digits):
        return digits
    if not digits.startswith(country.trunk):
        raise Invalid(WRONG_LENGTH, example=country.example)
    bare = digits[len(country.trunk) :]
    overseas = next((code for code, numbers in _OVERSEAS.items() if numbers.fullmatch(bare)), "")
    if home == HOME and overseas and bare[0] in "5":  # 0590 …: never dialled so but there
        return f"+{overseas}{bare}"
    if not country.national.fullmatch(bare):
        raise Invalid(WRONG_LENGTH, example=country.example)
    return f"+{home}{bare}"


def _read_international(digits: str) -> str:
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS or digits.startswith("0"):
        raise Invalid(NO_PHONE)
    code = code_of(digits)
    country = COUNTRIES.get(code)
    if not country:
        return f"+{digits}"
    bare = digits[len(code) :]
    if country.trunk and bare.startswith(country.trunk):  # +33 04 …: many write it so
        bare = bare[len(country.trunk) :]
    if not country.national.fullmatch(bare):
        raise Invalid(WRONG_LENGTH, example=country.example)
    return f"+{code}{bare}"


def code_of(digits: str) -> str:
    """Give the country code that international digits begin with."""
    if digits[:1] in {"1", "7"}:
        return digits[:1]
    return digits[:2] if digits[:2] in _TWO_DIGITS else digits[:3]


def say(stored: str, home: str = HOME) -> str:
    """Write a stored number as people write it: at home in the national form, else with `+` and its code."""
    if not re.fullmatch(r"\+[0-9]{6,15}", stored):
        return stored
    code = code_of(stored[1:])
    bare, country = stored[1 + len(code) :], COUNTRIES.get(code)
    if country and code == home:
        return _group(country.trunk + bare, country)
    if not country:
        return f"+{code} {_in_pairs(bare)}"
    grouped = _group(country.trunk + bare, country)
    return f"+{code} {grouped[len(country.trunk) :].strip()}"


def _group(digits: str, country: Country) -> str:
    lengths = next((one for one in country.groups if sum(one) == len(digits)), None)
    if not lengths:
        return _in_pairs(digits)
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    return " ".join(digits[start : start + length] for start, length in zip(starts, lengths, strict=True))


def _in_pairs(digits: str) -> str:
    head = len(digits) % 2 + 2 if len(digits) > 3 else len(digits)
    return " ".join([digits[:head], *(digits[at : at + 2] for at in range(head, len(digits), 2))])
