"""Comments of people without an account: sent twice by one press, and forgetting who sent what is over."""

import time

from sqlalchemy import Connection, select, update

from app.comments.comment import DELETED, REFUSED, SHOWN, UNCONFIRMED, WAITING, WITHDRAWN, Comment, comment_of
from app.comments.tables import comments
from app.comments.writing import DAY, SAME_SECONDS
from app.people import visitors
from app.people.addresses import email_key
from app.people.visitor_tables import visitors as visitors_table

ADDRESS_DAYS = 90  # that an address is kept of which a comment is shown


def find_same(connection: Connection, page_id: str, text: str, email: str, parent: int | None) -> Comment | None:
    """Find what an address has just sent in the same words."""
    of_address = select(visitors_table.c.id).where(visitors_table.c.email_key == email_key(email))
    place = comments.c.parent_id.is_(None) if parent is None else comments.c.parent_id == parent
    same = (comments.c.page_id == page_id, place, comments.c.text == text)
    is_new = (comments.c.created_at > int(time.time()) - SAME_SECONDS, comments.c.state.in_((UNCONFIRMED, WAITING)))
    query = select(comments).where(comments.c.visitor_id.in_(of_address), *same, *is_new).order_by(comments.c.id)
    row = connection.execute(query).first()
    return comment_of(row) if row else None


def forget_senders(connection: Connection) -> None:
    """Forget who sent what is erased; of what is shown for long, the address. The name stays below the page."""
    is_over = (comments.c.state.in_((WITHDRAWN, DELETED, REFUSED)), comments.c.text == "")
    gone = _senders(connection, *is_over)
    connection.execute(update(comments).where(comments.c.visitor_id.in_(gone)).values(visitor_id=None))
    visitors.forget(connection, gone)
    until = int(time.time()) - ADDRESS_DAYS * DAY
    visitors.forget_addresses(connection, _senders(connection, comments.c.state == SHOWN, comments.c.shown_at <= until))


def _senders(connection: Connection, *which: object) -> set[int]:
    query = select(comments.c.visitor_id).where(comments.c.visitor_id.is_not(None), *which)  # type: ignore[arg-type]
    return set(connection.execute(query).scalars())
