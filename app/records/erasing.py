"""What goes of the life of records: with a page that is erased, and when it has had its time."""

from sqlalchemy import Connection

from app.records import asking, contact, reports, twins


def erase_page(connection: Connection, page_id: str) -> None:
    """Erase all that was reported, written and asked about a page."""
    for part in (reports, contact, twins, asking):
        part.erase_page(connection, page_id)


def forget_old(connection: Connection) -> None:
    """Forget who reported what was dealt with long ago, who wrote to whom, and what was asked."""
    reports.forget_done(connection)
    contact.forget_sent(connection)
    asking.forget_asked(connection)
