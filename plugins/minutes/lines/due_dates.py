"""Until when something is to be done, as the words of a line say it."""

import re
from datetime import date

from plugins.minutes.lines.days import WRITTEN, day_of
from plugins.minutes.lines.letters import fold

_ANNOUNCED = (
    r"(?:(?:a (?:faire|rendre|finir) )?(?:au plus tard|avant|pour|d'ici|jusqu'(?=a)|jusqu'(?:a|au))"
    r"|echeance|date limite|delai|deadline|no later than|by|before|until|till|due|for|on)"
    r" ?:? ?(?:by |on |avant )?(?:le |la |au |a la |a |the )?"
)
_BEFORE = re.compile(rf"\b{_ANNOUNCED}(?:{WRITTEN})(?![\w/])")
_ON = re.compile(
    rf"(?<!\w)(?:le )(?!(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?! \d))(?:{WRITTEN})(?![\w/])"
)
# Without a word before it, only the last words of a line are a day, and none that says of what something is.
_BARE = re.compile(
    rf"(?:(?<=[ (\[,;–—→:>-])|^)(?:{WRITTEN})(?![\w/])"
    r"(?= ?[.)\]!;]* ?$| (?:a |at )?\d{1,2} ?[h:]\d{0,2}[ .)]{0,3}$)"
)
_ANYWHERE = re.compile(rf"(?<![\w/])(?:{WRITTEN})(?![\w/])")
_OF = re.compile(r"(?:^| )(?:du|de|des|d'|d|au|aux|a|et|entre|depuis|des le|of|from|since|and|the|en|in) ?$")
# All days have a digit or one of these; most lines have none, and are asked no more.
_HINT = re.compile(
    r"\d|\b(?:demain|apres|tomorrow|today|aujourd|prochaine?|next|fin|end|mi|mid|dans|sous|in|within|d'ici"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
# What was received on a day is not to be done until then.
_PAST = re.compile(r"\b(?:recu|tenu|vote|signe|envoye|paru|publie|adopte|ecrit)e?s?(?: le)? $")
_DATED = re.compile(r"\d")
_FRACTION = re.compile(r"\d/\d{1,2}|\d{1,2}/\d")
_LEFT = re.compile(r"\( *\)|\[ *\]")
_SPACES = re.compile(r"\s+")
_EDGES = " \t,;:–—-→|·"


def take_due(text: str, day: date) -> tuple[date | None, str]:
    """Give the day until which something is to be done, and the words without it. No day: all words stay."""
    folded = fold(text)
    if not _HINT.search(folded):
        return None, text
    for pattern in (_BEFORE, _ON, _BARE):
        for found in pattern.finditer(folded):
            if pattern is _BARE and (_is_of(folded, found) or _FRACTION.fullmatch(found[0])):
                continue
            if pattern is not _BEFORE and _PAST.search(folded[max(0, found.start() - 15) : found.start()]):
                continue
            if (due := day_of(found, day)) is not None:
                return due, tidy(text[: found.start()] + " " + text[found.end() :])
    return None, text


def find_impossible(text: str, day: date) -> str:
    """Give the words that announce a day which does not exist, such as “31 février”; empty where none do."""
    folded = fold(text)
    if not _DATED.search(folded):
        return ""
    for pattern in (_BEFORE, _ON):
        for found in pattern.finditer(folded):
            written = _ANYWHERE.search(found[0])
            if written and _DATED.search(written[0]) and day_of(found, day) is None:
                start = found.start() + written.start()
                return text[start : start + len(written[0])]
    return ""


def read_due(cell: str, day: date) -> date | None:
    """Give the first day that the cell of a table names."""
    return next((due for found in _ANYWHERE.finditer(fold(cell)) if (due := day_of(found, day))), None)


def _is_of(folded: str, found: re.Match[str]) -> bool:
    """Tell whether the words before a day make it no end: the meeting of 3 April, each Thursday."""
    before = folded[max(0, found.start() - 8) : found.start()]
    return bool(_OF.search(before)) or (found["weekday"] is not None and before.endswith(" le "))


def tidy(text: str) -> str:
    """Take off what stands alone once something was taken out: brackets, dashes, spaces."""
    text = _SPACES.sub(" ", _LEFT.sub(" ", text)).replace(" ,", ",").replace(" .", ".").replace(",,", ",")
    return text.strip(_EDGES).removesuffix(" (").removesuffix("(").strip(_EDGES)
