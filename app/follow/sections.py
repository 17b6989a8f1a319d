"""The parts of the weekly mail that do not depend on what somebody follows; those of plugins come with them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.errors import N_
from app.follow.journal import Happening
from app.follow.rhythm import Told
from app.hooks import Line, Section
from app.people.tables import accounts, authors
from app.station import Station

Source = Callable[[Any, int, int], Section | Sequence[Section] | None]


def sources(station: Station) -> list[Source]:
    """List who is asked for a part, in the order of the mail."""
    return [*station.hooks.digest, lambda _viewer, since, until: new_members(station, since, until)]


def new_members(station: Station, since: int, until: int) -> Section:
    """List who came."""
    query = (
        select(authors.c.name, authors.c.pseudonym)
        .join(accounts, accounts.c.pseudonym == authors.c.pseudonym)
        .where(accounts.c.created_at >= since, accounts.c.created_at < until, ~accounts.c.is_blocked)
        .order_by(accounts.c.id)
    )
    with station.truth.connect() as connection:
        found = connection.execute(query).all()
    return Section(N_("New members"), tuple(Line(row.name, by=(row.pseudonym,)) for row in found))


def new_pages(happenings: Iterable[Happening], told: Told) -> Section:
    """List the pages that were made, the newest first."""
    made = {
        one.path: Line(one.title, one.path, (one.author,))
        for one in happenings
        if one.what == "created" and one.exists and not one.is_told(told) and not one.path.startswith("_")
    }
    return Section(N_("New pages"), tuple(made.values())[::-1])
