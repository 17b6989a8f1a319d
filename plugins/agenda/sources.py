"""The agendas of others that this one shows: which there are, when each was asked for last and will be next."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.errors import N_, Invalid, NotFound
from app.plugin import is_web
from plugins.agenda.tables import sources

MOST = 100
MOST_LETTERS = 2000
GONE = N_("This agenda is not here any more.")
NO_ADDRESS = N_("Type the address of a calendar. Example: https://mairie.example/agenda.ics")
TOO_MANY = N_("There are %(most)s agendas already. Remove one first.")
KNOWN = N_("This agenda is here already.")
NO_TITLE = N_("Say whose agenda this is.")
_SHOWN = [column for column in sources.c if column.name != "snapshot"]


@dataclass(frozen=True, slots=True)
class Source:
    """An agenda of others. `error` is an English msgid, `""` where it went well; moments in seconds since 1970."""

    id: int
    address: str
    title: str
    space: str
    audience: str
    made_by: str
    made_at: int
    etag: str
    last_modified: str
    derived: str
    fetched_at: int | None
    next_at: int
    pause: int
    failures: int
    error: str
    error_values: dict[str, Any]
    events: int
    lost: int

    @property
    def host(self) -> str:
        """Whose server it is; the rest of an address may be a secret."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class Wish:
    """An agenda as an administrator wants it shown: `audience` is who sees it."""

    address: str
    title: str
    space: str = ""
    audience: str = "public"


def read_address(typed: str) -> str:
    """Give the address of a calendar as it is asked for; raises Invalid. `webcal:` is the web, encrypted."""
    address = "".join(typed.split())
    scheme, colon, rest = address.partition("://")
    if colon and scheme.lower() in ("webcal", "webcals"):
        address = f"https://{rest}"
    elif not colon and address:
        address = f"https://{address}"
    if len(address) > MOST_LETTERS or not is_web(address):
        raise Invalid(NO_ADDRESS)
    return address


def add(connection: Connection, wish: Wish, by: str) -> int:
    """Add an agenda, to be asked for at once; raises Invalid."""
    known = connection.execute(select(sources.c.address)).scalars().all()
    if wish.address in known:
        raise Invalid(KNOWN)
    if len(known) >= MOST:
        raise Invalid(TOO_MANY, most=MOST)
    now = int(time.time())
    row = {"made_by": by, "made_at": now, "next_at": now, **_row(wish)}
    return int(connection.execute(insert(sources), row).inserted_primary_key[0])


def change(connection: Connection, number: int, wish: Wish) -> None:
    """Change how an agenda is shown; its address stays."""
    values = {name: value for name, value in _row(wish).items() if name != "address"}
    connection.execute(update(sources).where(sources.c.id == number).values(values))


def _row(wish: Wish) -> dict[str, str]:
    if not wish.title.strip():
        raise Invalid(NO_TITLE)
    return {
        "address": wish.address,
        "title": " ".join(wish.title.split())[:200],
        "space": wish.space[:80],
        "audience": wish.audience[:80],
    }


def remove(connection: Connection, number: int) -> None:
    """Remove an agenda, and all that was read of it."""
    connection.execute(delete(sources).where(sources.c.id == number))


def every(connection: Connection) -> list[Source]:
    """List them by their titles."""
    return [_source(row) for row in connection.execute(select(*_SHOWN).order_by(sources.c.title, sources.c.id))]


def find(connection: Connection, number: int) -> Source:
    """Find one; raises NotFound."""
    row = connection.execute(select(*_SHOWN).where(sources.c.id == number)).first()
    if row is None:
        raise NotFound(GONE)
    return _source(row)


def snapshot_of(connection: Connection, number: int) -> bytes | None:
    """Give what was read last, packed."""
    return connection.execute(select(sources.c.snapshot).where(sources.c.id == number)).scalar()


def due(connection: Connection, now: int) -> Sequence[int]:
    """List those that are to be asked for, the one that waits longest first."""
    query = select(sources.c.id).where(sources.c.next_at <= now).order_by(sources.c.next_at)
    return connection.execute(query).scalars().all()


def claim(connection: Connection, number: int, now: int, until: int) -> bool:
    """Take it upon oneself to ask for one that is due: no other process does until then."""
    is_due = (sources.c.id == number, sources.c.next_at <= now)
    return bool(connection.execute(update(sources).where(*is_due).values(next_at=until)).rowcount)


def store(connection: Connection, number: int, **values: object) -> None:
    """Write down how it went."""
    connection.execute(update(sources).where(sources.c.id == number).values(**values))


def _source(row: Row[Any]) -> Source:
    return Source(**{**row._mapping, "error_values": json.loads(row.error_values)})
