"""Which headings say that a list or a table below them holds decisions or actions."""

import re
from typing import Literal

from plugins.minutes.lines.letters import fold, words

# "either": under "Décisions et actions" each line says by itself which it is.
Section = Literal["decision", "action", "either"]

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s+|$)(?P<words>.{0,200})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_NUMBER = re.compile(r"^[\W_]*(?:(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivx]{1,4})[.):] ?)?[\W_]*")
_AFTER = r"(?: (?:prises?|adoptees?|du jour|de la reunion|taken|made|a prendre))?"
_ACTIONS = (
    r"(?:plan d'actions?|(?:prochaines |liste des )?actions?"
    r"(?: a mener| a faire| decidees?| items?| plan| points?)?"
    r"|(?:choses )?a faire"
    r"|todo(?: list)?|to do|to-do|(?:liste des )?taches?(?: a faire)?|tasks?|qui fait quoi|next steps"
    r"|prochaines etapes)"
)
_DECISIONS = r"(?:(?:releve (?:de |des )|registre des |liste des |les |nos )?decisions?|resolutions?)"
_KINDS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    ("either", re.compile(rf"{_DECISIONS}{_AFTER} ?(?:et|and|&|/|,|\+) ?(?:d'|les |des )?{_ACTIONS}{_AFTER}")),
    ("decision", re.compile(rf"{_DECISIONS}{_AFTER}")),
    ("action", re.compile(rf"{_ACTIONS}{_AFTER}")),
)


def read_heading(line: str, following: str = "") -> str | None:
    """Give the words of a heading, None where the line is none. `following` may underline it."""
    if found := _HEADING.match(line):
        return found["words"].rstrip(" #")
    is_underlined = bool(line[:1].strip()) and line[0] not in "-*+>|" and bool(_UNDERLINE.match(following[:200]))
    return line[:200] if is_underlined else None


def section_of(heading: str) -> Section | None:
    """Give what a list below these words holds."""
    said = _NUMBER.sub("", fold(words(heading)), count=1).rstrip(" :.!?*_#\ufe0f✅")
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(said)), None)
