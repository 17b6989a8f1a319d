"""Who was there, noted by who organises once it has begun."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, update

from app.answers.answer import About
from app.answers.tables import answers

THERE: Final = "yes"
AWAY: Final = "no"


def note(connection: Connection, about: About, numbers: Iterable[int], said: str) -> int:
    """Note of some answers about a date who was there; gives how many there are."""
    ours = (answers.c.page_id == about.page_id, answers.c.date == about.date, answers.c.id.in_(set(numbers)))
    return connection.execute(update(answers).where(*ours).values(attended=said)).rowcount


def set_people(connection: Connection, number: int, people: int) -> None:
    """Keep with how many somebody came, once places are not given any more."""
    connection.execute(update(answers).where(answers.c.id == number).values(people=people))
