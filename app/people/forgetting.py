"""Forget what has had its time: links, codes, sessions, invitations, counted attempts, unconfirmed contributions."""

import time

from sqlalchemy import Connection, delete

from app.people import throttle, visitors
from app.people.tables import invitations, login_links, sessions, signin_codes

EVERY = 3600  # seconds


def forget_expired(connection: Connection) -> None:
    """Delete everything that opens nothing any more."""
    for table in (login_links, signin_codes, sessions, invitations):
        connection.execute(delete(table).where(table.c.expires_at <= int(time.time())))
    throttle.forget(connection)
    visitors.forget_expired(connection)
