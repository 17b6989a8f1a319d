"""The short codes on the sheet of paper: whoever types it afterwards types those instead of names.

People on the list have a letter and a digit (`k7`), given when the sheet is first shown and theirs from then on; the
empty rows have plain numbers. Letters that look like digits by hand are left out.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import count

from sqlalchemy import Connection, select, update

from app.answers import waiting
from app.answers.answer import About, Answer
from app.answers.tables import answers

LETTERS = "abcdefhkmnprtuvwxy"
DIGITS = "23456789"
CODE = re.compile(r"[a-z][0-9]{1,3}")
ROW = re.compile(r"[0-9]{1,3}")


def coded(connection: Connection, about: About, listed: Sequence[Answer]) -> list[Answer]:
    """Give the answers about a date, each with its code; those that had none get one."""
    if all(one.code for one in listed):
        return list(listed)
    waiting.lock(connection, about)
    used = _used(connection, about)
    free = (code for code in _codes() if code not in used)
    made = []
    for one in listed:
        code = one.code if CODE.fullmatch(one.code) else next(free)
        if code != one.code:
            connection.execute(update(answers).where(answers.c.id == one.id).values(code=code))
        made.append(replace(one, code=code))
    return made


def _used(connection: Connection, about: About) -> Collection[str]:
    here = (answers.c.page_id == about.page_id, answers.c.date == about.date, answers.c.code != "")
    return set(connection.execute(select(answers.c.code).where(*here)).scalars())


def _codes() -> Iterator[str]:
    """List the codes, those that follow each other with different letters: a slip of the hand hits nobody else."""
    for number in count():
        digit, letter = divmod(number, len(LETTERS))
        tail, rest = DIGITS[digit % len(DIGITS)], digit // len(DIGITS)
        yield f"{LETTERS[letter]}{tail}{rest or ''}"


def keep_row(connection: Connection, number: int, code: str) -> None:
    """Keep from which empty row of the paper an answer was typed."""
    connection.execute(update(answers).where(answers.c.id == number).values(code=code))
