"""What is done about sign-ups by itself, run by a job: free places are given, people are told and reminded."""

import time
from typing import Final

from sqlalchemy import select

from app.answers import notices, poll_mails, reminding, telling, waiting
from app.answers.answer import WAITING
from app.answers.tables import answers
from app.answers.turns import taking
from app.catalog.catalog import CatalogDamaged
from app.locks import only_one
from app.station import Station

EVERY: Final = 60  # seconds
LOCK = "answers-teller"


def look_after(station: Station, now: float | None = None) -> str | None:
    """Do all that is due, one process at a time; says what was done, None where nothing was."""
    moment = time.time() if now is None else now
    with only_one(station.config.instance / LOCK) as is_mine:
        if not is_mine:
            return None
        try:
            done = {
                "moved up": move_up(station, moment),
                "told": telling.tell_changes(station, moment),
                "reminded": reminding.remind(station, moment),
                "organisers told": reminding.tell_organisers(station, moment),
                "written to about polls": poll_mails.look_after(station, moment),
            }
        except CatalogDamaged:
            return None  # once it is back
    return ", ".join(f"{count} {what}" for what, count in done.items() if count) or None


def move_up(station: Station, now: float) -> int:
    """Let those who wait have places that were added, or given back by who was erased; gives how many were told."""
    with station.truth.connect() as connection:
        query = select(answers.c.page_id, answers.c.date).where(answers.c.state == WAITING).distinct()
        full = connection.execute(query).all()
    return sum(_move_up(station, page_id, date, now) for page_id, date in full)


def _move_up(station: Station, page_id: str, date: str, now: float) -> int:
    row = notices.occurrence(station, page_id, date)
    settings = notices.signup_of(station, row) if row else None
    if row is None or settings is None or row.starts_at <= now:
        return 0
    with taking(station.truth) as connection:
        return notices.tell_moved_up(connection, station, waiting.move_up(connection, page_id, date, settings))
