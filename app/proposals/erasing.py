"""Erase proposals: those of a page that is erased, those that were decided long ago, with who made them."""

import time
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from app.catalog.history import find_lineage
from app.people import visitors
from app.proposals import enclosures
from app.proposals.proposals import ACCEPTED, REFUSED, WITHDRAWN
from app.proposals.tables import proposal_notes, proposals

DAY = 86_400  # seconds
DECIDED_DAYS = 90  # that whoever proposed may read what became of it


def erase_of_page(
    connection: Connection, catalog: Connection, paths: Collection[str], lineages: Collection[int], page_id: str
) -> None:
    """Delete what was proposed for a page under any of its paths, whatever became of it.

    Another page may have stood at one of these paths: a proposal of which that is known stays.
    """
    bears = proposals.c.text.contains(page_id, autoescape=True) if page_id else proposals.c.id < 0
    query = select(proposals.c.id, proposals.c.path, proposals.c.base).where(or_(proposals.c.path.in_(paths), bears))
    ours = [
        row.id
        for row in connection.execute(query).all()
        if row.base is None or find_lineage(catalog, row.path, row.base) in {None, *lineages}
    ]
    connection.execute(delete(proposals).where(proposals.c.id.in_(ours)))


def forget_decided(connection: Connection) -> None:
    """Forget proposals that were taken back, refused ones with who made them, and of accepted ones words and address.

    The history goes on saying who wrote what was accepted.
    """
    now = int(time.time())
    is_old = proposals.c.changed_at <= now - DECIDED_DAYS * DAY
    is_withdrawn = and_(proposals.c.state == WITHDRAWN, proposals.c.changed_at <= now - DAY)
    gone = or_(is_withdrawn, and_(proposals.c.state == REFUSED, is_old))
    visitors.forget(connection, _visitors(connection, gone))
    connection.execute(delete(proposals).where(gone))
    _drop_words(connection, and_(proposals.c.state == ACCEPTED, is_old, proposals.c.text != ""))


def _drop_words(connection: Connection, which: ColumnElement[bool]) -> None:
    visitors.forget_addresses(connection, _visitors(connection, which))
    numbers = list(connection.execute(select(proposals.c.id).where(which)).scalars())
    connection.execute(delete(proposal_notes).where(proposal_notes.c.proposal_id.in_(numbers)))
    enclosures.forget(connection, numbers)
    connection.execute(update(proposals).where(proposals.c.id.in_(numbers)).values(text="", summary=""))


def _visitors(connection: Connection, which: ColumnElement[bool]) -> Iterable[int]:
    query = select(proposals.c.visitor_id).where(which, proposals.c.visitor_id.is_not(None))
    return set(connection.execute(query).scalars())
