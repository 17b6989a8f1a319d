"""Places: who has one, who waits for one, and who moves up when one is free.

The rule is one and strict: whoever asked first comes first. A group that does not fit waits for as many places as it
is, and nobody behind it takes those in the meantime. What is waited for counts: where only a task is full, those who
wait for it do not hold up people who take on another one.
"""

import time

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.answers.answer import COMING, STANDING, WAITING, YES, About
from app.answers.tables import answer_objects, answers
from app.forms.signup import Signup


def lock(connection: Connection, about: About) -> None:
    """Let nobody else take or give a place of this date until the transaction ends.

    SQLite's transactions that write come one after the other anyway; PostgreSQL waits at the row.
    """
    here = (answer_objects.c.page_id == about.page_id, answer_objects.c.date == about.date)
    row = select(answer_objects.c.id).where(*here).with_for_update()
    if connection.execute(row).first():
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(answer_objects), {"page_id": about.page_id, "date": about.date})
    except IntegrityError:  # somebody else has just made it, and holds it
        pass
    connection.execute(row)


def move_up(connection: Connection, page_id: str, date: str, settings: Signup) -> list[int]:
    """Give free places to those who wait, in their order; gives the numbers of their answers."""
    about = About(page_id, date)
    lock(connection, about)
    return settle(connection, about, settings)


def settle(connection: Connection, about: About, settings: Signup) -> list[int]:
    """Do as `move_up` where the lock is held already."""
    moved = _who_fits(connection, about, settings)
    if moved:
        connection.execute(update(answers).where(answers.c.id.in_(moved)).values(state=STANDING))
    return moved


def next_turn(connection: Connection, about: About) -> int:
    """Give the moment at which somebody asks: after everybody who waits, also within the same second."""
    last = select(func.max(answers.c.asked_at)).where(*_at(about), answers.c.state == WAITING)
    return max(int(time.time()), (connection.execute(last).scalar() or 0) + 1)


def _who_fits(connection: Connection, about: About, settings: Signup) -> list[int]:
    taken = _taken(connection, about)
    everybody, full, moved = sum(taken.values()), set[str](), list[int]()
    for row in _waiting(connection, about):
        if settings.places is not None and everybody + row.people > settings.places:
            break  # whoever is behind waits for the same places
        role = settings.find_role(row.role)
        if row.role in full:
            continue
        if role and role.places is not None and taken.get(row.role, 0) + row.people > role.places:
            full.add(row.role)
            continue
        taken[row.role] = taken.get(row.role, 0) + row.people
        everybody += row.people
        moved.append(row.id)
    return moved


def _taken(connection: Connection, about: About) -> dict[str, int]:
    """Count the people who have a place, by task."""
    having = (*_at(about), answers.c.state == STANDING, answers.c.value == YES)
    query = select(answers.c.role, func.sum(answers.c.people)).where(*having).group_by(answers.c.role)
    return {role: int(people) for role, people in connection.execute(query)}


def _waiting(connection: Connection, about: About):  # type: ignore[no-untyped-def]
    query = select(answers.c.id, answers.c.people, answers.c.role).where(*_at(about), answers.c.state == WAITING)
    return connection.execute(query.order_by(answers.c.asked_at, answers.c.id)).all()


def _at(about: About):  # type: ignore[no-untyped-def]
    return answers.c.page_id == about.page_id, answers.c.date == about.date, answers.c.key == COMING
