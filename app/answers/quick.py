"""Read what somebody types from a sheet of paper, a line for each person: `k7 yes`, `Nadia 2`, `3 Karim`, `k7 no`."""

import re
from dataclasses import dataclass
from typing import Final

from app.answers import answer as answers
from app.answers.answer import MOST_PEOPLE
from app.answers.sheets import ROW
from app.wiki.page import fold

MOST_LINES, MOST_LETTERS = 300, 200  # lines at once, and letters of one
YES: Final = frozenset({"yes", "oui", "x", "ok", "present", "presente"})
NO: Final = frozenset({"no", "non", "absent", "absente"})
PERHAPS: Final = frozenset({"perhaps", "maybe", "peut-etre"})
TICKS = "✓✔☑"
# What is meant as a code, though none reads so: two letters, or the digit first. Longer names may end with a digit.
LIKE_CODE = re.compile(r"[a-z]{1,2}[0-9]{1,3}|[0-9]{1,3}[a-z]")
_TWO_WORDS = re.compile(r"\bpeut\s+[eê]tre\b", re.IGNORECASE)
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
    is_perhaps: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is named."""
        return not (self.code or self.name)


def read(text: str) -> list[Line]:
    """Read the lines that hold something."""
    lines = [line.strip()[:MOST_LETTERS] for line in text.splitlines()[: MOST_LINES * 2]]
    return [_line(line) for line in lines if line][:MOST_LINES]


def _line(text: str) -> Line:
    words = [word for word in _BETWEEN.split(_TWO_WORDS.sub("peut-être", text)) if word]
    code, row = "", ""
    if words and LIKE_CODE.fullmatch(words[0].lower()):
        code = words.pop(0).lower()
    elif len(words) > 1 and ROW.fullmatch(words[0]):
        row = words.pop(0)
    answer, people, words = _said(words)
    return Line(text, code, row, " ".join(words), people, answer == answers.NO, answer == answers.PERHAPS)


def _said(words: list[str]) -> tuple[str, int | None, list[str]]:
    """Take from the end what is said of somebody: yes, no or perhaps, and how many, in any order, each once."""
    answer, people = "", None
    while words:
        last = words[-1]
        if last.isascii() and last.isdecimal() and people is None and 1 <= int(last[:3]) <= MOST_PEOPLE:
            people = int(last[:3])
        elif not answer and (said := _answer(last)):
            answer = said
        else:
            break
        words = words[:-1]
    return answer, people, words


def _answer(word: str) -> str:
    folded = fold(word)
    if folded in YES or (word and all(sign in TICKS for sign in word)):
        return answers.YES
    return answers.NO if folded in NO else answers.PERHAPS if folded in PERHAPS else ""
