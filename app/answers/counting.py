"""How many come: counted by date, and what is still needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from app.answers.answer import ALIVE, COMING, NO, PERHAPS, STANDING, WAITING, YES, About
from app.answers.tables import answers
from app.forms.signup import Role, Signup

MOST_AT_ONCE = 400  # pages asked for in one query


@dataclass(frozen=True, slots=True)
class Counts:
    """People who come, perhaps come, wait; how many answers say no. `by_role` counts those who come."""

    yes: int = 0
    perhaps: int = 0
    no: int = 0
    waiting: int = 0
    by_role: Mapping[str, int] = field(default_factory=dict)

    def free(self, settings: Signup) -> int | None:
        """Give how many places are left; None where there is no limit. Nothing is free while somebody waits."""
        if settings.places is None:
            return None
        return 0 if self.waiting else max(0, settings.places - self.yes)

    def free_in(self, role: Role) -> int | None:
        """Give how many people a task still needs; None where it takes as many as come."""
        return None if role.places is None else max(0, role.places - self.by_role.get(role.key, 0))


NONE = Counts()


def counts(connection: Connection, abouts: Iterable[About]) -> dict[About, Counts]:
    """Count what stands and waits about each of these dates; those without any answer are left out."""
    wanted = set(abouts)
    pages = sorted({about.page_id for about in wanted})
    rows: dict[About, list[tuple[str, str, str, int, int]]] = {}
    for start in range(0, len(pages), MOST_AT_ONCE):
        for row in connection.execute(_query(pages[start : start + MOST_AT_ONCE])):
            about = About(row.page_id, row.date)
            if about in wanted:
                rows.setdefault(about, []).append((row.state, row.value, row.role, int(row.persons), row.number))
    return {about: _counted(found) for about, found in rows.items()}


def _query(pages: list[str]):  # type: ignore[no-untyped-def]
    columns = (answers.c.page_id, answers.c.date, answers.c.state, answers.c.value, answers.c.role)
    sums = (func.sum(answers.c.people).label("persons"), func.count().label("number"))
    which = (answers.c.page_id.in_(pages), answers.c.key == COMING, answers.c.state.in_(ALIVE))
    return select(*columns, *sums).where(*which).group_by(*columns)


def _counted(rows: list[tuple[str, str, str, int, int]]) -> Counts:
    sums: dict[str, int] = {}
    by_role: dict[str, int] = {}
    for state, value, role, persons, number in rows:
        kind = WAITING if state == WAITING else value
        sums[kind] = sums.get(kind, 0) + (number if kind == NO else persons)
        if state == STANDING and value == YES and role:
            by_role[role] = by_role.get(role, 0) + persons
    return Counts(sums.get(YES, 0), sums.get(PERHAPS, 0), sums.get(NO, 0), sums.get(WAITING, 0), by_role)


@dataclass(frozen=True, slots=True)
class Open:
    """What is needed of one date: places (None: no limit), and by task how many people."""

    places: int | None
    roles: tuple[tuple[Role, int], ...]


def open_places(connection: Connection, wanted: Mapping[About, Signup]) -> dict[About, Open]:
    """Find the dates for which hands are still needed: a task is not full, or of the places some are free."""
    known, found = counts(connection, wanted), {}
    for about, settings in wanted.items():
        here = known.get(about, NONE)
        roles = tuple((role, free) for role in settings.roles if (free := here.free_in(role)))
        places, is_full = here.free(settings), settings.places is not None and here.yes >= settings.places
        # Who waits for a task that is full keeps nobody from another one.
        if settings.is_open and not is_full and (roles or places):
            found[about] = Open(places, roles)
    return found


def mark(connection: Connection) -> str:
    """Give what is another when any answer is: their number, the last one, the last change."""
    ends = (func.count(), func.max(answers.c.id), func.max(answers.c.changed_at))
    return "-".join(str(end or 0) for end in connection.execute(select(*ends)).one())
