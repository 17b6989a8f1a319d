"""Forget answers: of a page that is erased for good, and who sent what once it is long over."""

import time

from sqlalchemy import Connection, delete, select

from app.answers.answer import WITHDRAWN
from app.answers.tables import answer_mails, answer_objects, answers
from app.people import visitors

DAY = 86_400  # seconds
OVER_DAYS = 30  # that an answer is kept which was taken back
ADDRESS_DAYS = 400  # that a visitor's address is kept after the last change: a series may last a year


def erase_page(connection: Connection, page_id: str) -> None:
    """Erase all answers about a page, with the addresses of those who gave them without an account."""
    senders = select(answers.c.visitor_id).where(answers.c.page_id == page_id, answers.c.visitor_id.is_not(None))
    visitors.forget(connection, set(connection.execute(senders).scalars()))
    for table in (answers, answer_objects, answer_mails):
        connection.execute(delete(table).where(table.c.page_id == page_id))


def forget_over(connection: Connection) -> None:
    """Forget what was taken back long ago; of visitors, the addresses of old answers."""
    now = int(time.time())
    gone = (answers.c.state == WITHDRAWN, answers.c.changed_at < now - OVER_DAYS * DAY)
    senders = select(answers.c.visitor_id).where(answers.c.visitor_id.is_not(None))
    visitors.forget(connection, set(connection.execute(senders.where(*gone)).scalars()))
    connection.execute(delete(answers).where(*gone))
    old = senders.where(answers.c.changed_at < now - ADDRESS_DAYS * DAY)
    visitors.forget_addresses(connection, set(connection.execute(old).scalars()))
