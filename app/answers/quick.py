"""Read what somebody types from a sheet of paper, a line for each person: `k7 yes`, `Nadia 2`, `3 Karim`, `k7 no`."""

import re
from dataclasses import dataclass
from typing import Final

from app.answers.answer import MOST_PEOPLE
from app.answers.sheets import CODE, ROW
from app.wiki.page import fold

MOST_LINES, MOST_LETTERS = 300, 200  # lines at once, and letters of one
YES: Final = frozenset({"yes", "oui", "x", "ok", "present", "presente"})
NO: Final = frozenset({"no", "non", "absent", "absente"})
TICKS = "✓✔☑"
_BETWEEN = re.compile(r"[\s,;:\t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `code` names somebody on the list, `row` an empty row of the paper; `people` None: not said."""

    text: str
    code: str = ""
    row: str = ""
    name: str = ""
    people: int | None = None
    is_no: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is named."""
        return not (self.code or self.name)


def read(text: str) -> list[Line]:
    """Read the lines that hold something."""
    lines = [line.strip()[:MOST_LETTERS] for line in text.splitlines()[: MOST_LINES * 2]]
    return [_line(line) for line in lines if line][:MOST_LINES]


def _line(text: str) -> Line:
    words = [word for word in _BETWEEN.split(text) if word]
    code, row = "", ""
    if words and CODE.fullmatch(words[0].lower()):
        code = words.pop(0).lower()
    elif len(words) > 1 and ROW.fullmatch(words[0]):
        row = words.pop(0)
    is_no, people, words = _said(words)
    return Line(text, code, row, " ".join(words), people, is_no)


def _said(words: list[str]) -> tuple[bool, int | None, list[str]]:
    """Take from the end what is said of somebody: yes or no, and how many, in any order, each once."""
    is_no, people, is_told = False, None, False
    while words:
        last = words[-1]
        if last.isascii() and last.isdecimal() and people is None and 1 <= int(last[:3]) <= MOST_PEOPLE:
            people = int(last[:3])
        elif not is_told and (said := _answer(last)) is not None:
            is_no, is_told = not said, True
        else:
            break
        words = words[:-1]
    return is_no, people, words


def _answer(word: str) -> bool | None:
    folded = fold(word)
    if folded in YES or (word and all(sign in TICKS for sign in word)):
        return True
    return False if folded in NO else None
