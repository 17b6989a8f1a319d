"""Unicode's normal forms (UAX #15) at a cost that grows with the length: nobody may pile marks up without end.

Sorting the marks over one letter takes the square of their number, and holds up the whole process.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import Literal

from app.errors import N_, Invalid

MAX_MARKS = 30  # in a row; the Stream-Safe Text Format of the same annex allows as many
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

_FIRST, _LAST = 0x300, 0x1FFFF  # no combining mark stands outside
_HIDDEN = "\u0f73\u0f75\u0f81\uff9e\uff9f"  # no marks by themselves, and taken apart nothing but marks


def normalize(text: str, form: Form = "NFC") -> str:
    """Bring a text into a normal form; of more than 30 marks in a row those behind are left out."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _piles().sub(r"\1", text) if _may_pile().search(text) else text)


def check_marks(text: str) -> None:
    """Raise Invalid where more than 30 marks stand in a row: what somebody typed is not cut unseen."""
    if not text.isascii() and _may_pile().search(text) and _piles().search(text):
        raise Invalid(N_("One letter carries too many marks. Type it anew."))


@cache
def _marks(last: int) -> str:
    """Write the marks up to a code point as a class of a regular expression."""
    marks = [char for char in map(chr, range(_FIRST, last + 1)) if unicodedata.combining(char) or char in _HIDDEN]
    runs = ["".join(char for _, char in run) for _, run in groupby(enumerate(marks), lambda one: ord(one[1]) - one[0])]
    return "".join(f"{run[0]}-{run[-1]}" for run in runs)


@cache
def _piles() -> re.Pattern[str]:
    return re.compile(f"([{_marks(_LAST)}]{{{MAX_MARKS}}})[{_marks(_LAST)}]+")


@cache
def _may_pile() -> re.Pattern[str]:
    """Find what may be a pile, emoji too: classes with many ranges behind U+FFFF take thirty times as long."""
    mark = f"[{_marks(0xFFFF)}\U00010000-{chr(_LAST)}]"
    return re.compile(f"{mark}{mark}{{{MAX_MARKS}}}")  # the first one alone is what is looked for
