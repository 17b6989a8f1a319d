"""Files that were sent with a form and wait: taken away after two days, unless a page or a proposal names them."""

import time

from sqlalchemy import Connection, delete, insert, select

from app.proposals.record_tables import proposal_files, waiting_uploads
from app.proposals.unnamed import remove_files
from app.station import Station

EVERY = 6 * 3600  # seconds
KEPT_SECONDS = 2 * 86_400


def note(connection: Connection, oid: str) -> None:
    """Note that a file was sent now."""
    connection.execute(delete(waiting_uploads).where(waiting_uploads.c.oid == oid))
    connection.execute(insert(waiting_uploads), {"oid": oid, "at": int(time.time())})


def list_over(connection: Connection) -> set[str]:
    """Name the files that have waited long enough, and that no proposal names."""
    of_proposals = select(proposal_files.c.oid)
    is_over = waiting_uploads.c.at <= int(time.time()) - KEPT_SECONDS
    query = select(waiting_uploads.c.oid).where(is_over, waiting_uploads.c.oid.not_in(of_proposals))
    return set(connection.execute(query).scalars())


def remove_over(station: Station) -> str | None:
    """Remove the files that were sent with a form and became part of nothing; gives a sentence for the log."""
    with station.truth.connect() as connection:
        over = list_over(connection)
    if not over:
        return None
    removed = remove_files(station, over)
    with station.truth.begin() as connection:
        connection.execute(delete(waiting_uploads).where(waiting_uploads.c.oid.in_(over)))
    return f"{len(removed)} files removed" if removed else None
