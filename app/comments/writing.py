"""Write comments, and what becomes of them. Every deed tells whether it was done: two people may press at once."""

import time

from sqlalchemy import Connection, and_, func, insert, or_, select, update
from sqlalchemy import delete as delete_rows

from app.comments.comment import (
    DELETED,
    HIDDEN,
    REFUSED,
    SHOWN,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Comment,
    comment_of,
)  # fmt: skip
from app.comments.reading import find
from app.comments.tables import comments
from app.comments.words import clean_reason, clean_text
from app.errors import N_, NotFound

DAY = 86_400  # seconds
REFUSED_DAYS = 30
HIDDEN_DAYS = 90
SAME_SECONDS = 600  # the same words again within this time are one comment: a button was pressed twice
_GONE = N_("The comment that you answer is gone. Go back to the comments.")


def add(
    connection: Connection, page_id: str, typed: str, pseudonym: str, *, parent: int | None = None, state: str = SHOWN,
    visitor_id: int | None = None,
) -> Comment:  # fmt: skip
    """Keep a comment, below the one that it answers, on two levels; raises Invalid, NotFound."""
    text, place = clean_text(typed), _place(connection, page_id, parent) if parent else None
    now = int(time.time())
    if found := _same(connection, page_id, text, pseudonym, place, now):
        return found
    row = {
        "page_id": page_id, "parent_id": place, "pseudonym": pseudonym, "visitor_id": visitor_id, "text": text,
        "state": state, "is_answered": False, "created_at": now, "shown_at": now if state == SHOWN else None,
        "moderator": "", "reason": "",
    }  # fmt: skip
    made = connection.execute(insert(comments).returning(comments), row).one()
    return comment_of(made)


def _place(connection: Connection, page_id: str, parent: int) -> int:
    answered = find(connection, parent)
    if answered is None or answered.page_id != page_id or answered.state != SHOWN:
        raise NotFound(_GONE)
    return answered.parent_id or answered.id


def _same(
    connection: Connection, page_id: str, text: str, pseudonym: str, place: int | None, now: int
) -> Comment | None:
    of_writer = (comments.c.page_id == page_id, comments.c.pseudonym == pseudonym, comments.c.parent_id.is_(place)
                 if place is None else comments.c.parent_id == place)  # fmt: skip
    is_new = (comments.c.created_at > now - SAME_SECONDS, comments.c.state == SHOWN)
    row = connection.execute(select(comments).where(*of_writer, *is_new, comments.c.text == text)).first()
    return comment_of(row) if row else None


def _move(connection: Connection, comment: Comment, before: tuple[str, ...], **values: object) -> bool:
    """Bring a comment from one of these states into another one."""
    place = (comments.c.id == comment.id, comments.c.state.in_(before))
    return connection.execute(update(comments).where(*place).values(**values)).rowcount == 1


def set_answered(connection: Connection, comment: Comment, *, is_answered: bool) -> bool:
    """Say that a question has its answer, or that it has not."""
    return _move(connection, comment, (SHOWN,), is_answered=is_answered)


def confirm(connection: Connection, comment: Comment) -> bool:
    """Let a comment wait for a moderator: its writer has shown that the address is his."""
    return _move(connection, comment, (UNCONFIRMED,), state=WAITING)


def show(connection: Connection, comment: Comment, moderator: str) -> bool:
    """Show what waits, or what a moderator took away, as long as its words are there."""
    if not comment.text:
        return False
    first = func.coalesce(comments.c.shown_at, int(time.time()))
    values = {"state": SHOWN, "shown_at": first, "moderator": moderator, "reason": "", "ended_at": None}
    return _move(connection, comment, (WAITING, HIDDEN, DELETED), **values)


def refuse(connection: Connection, comment: Comment, moderator: str, reason: str) -> bool:
    """Not show what waits; raises Invalid without a reason."""
    return _end(connection, comment, (WAITING,), REFUSED, moderator, reason)


def hide(connection: Connection, comment: Comment, moderator: str, reason: str) -> bool:
    """Take a comment from the page; a moderator may show it again. Raises Invalid without a reason."""
    return _end(connection, comment, (SHOWN,), HIDDEN, moderator, reason)


def delete(connection: Connection, comment: Comment, moderator: str, reason: str) -> bool:
    """Take a comment from the page for good; raises Invalid without a reason."""
    return _end(connection, comment, (SHOWN, HIDDEN), DELETED, moderator, reason)


def _end(
    connection: Connection, comment: Comment, before: tuple[str, ...], state: str, moderator: str, reason: str
) -> bool:
    values = {"state": state, "moderator": moderator, "reason": clean_reason(reason), "ended_at": int(time.time())}
    return _move(connection, comment, before, **values)


def withdraw(connection: Connection, comment: Comment) -> bool:
    """Take one's own words back, also those that a moderator has hidden."""
    before = (SHOWN, WAITING, UNCONFIRMED, HIDDEN)
    return _move(connection, comment, before, state=WITHDRAWN, ended_at=int(time.time()))


def put_back(connection: Connection, comment: Comment) -> bool:
    """Undo `withdraw` of what was shown, as long as its words are there; what a moderator had hidden stays away."""
    gone = (comments.c.id == comment.id, comments.c.state == WITHDRAWN, comments.c.text != "", comments.c.reason == "")
    shown = update(comments).where(*gone)
    back = connection.execute(shown.where(comments.c.shown_at.is_not(None)).values(state=SHOWN, ended_at=None))
    return back.rowcount == 1


def erase_page(connection: Connection, page_id: str) -> None:
    """Erase all comments of a page, whatever became of them."""
    connection.execute(delete_rows(comments).where(comments.c.page_id == page_id))


def erase_ended(connection: Connection) -> int:
    """Erase the words that were taken back or away long enough ago; gives their number."""
    now = int(time.time())
    was_hidden = (comments.c.state == HIDDEN, comments.c.ended_at < now - HIDDEN_DAYS * DAY)
    connection.execute(update(comments).where(*was_hidden).values(state=DELETED))  # no moderator shows it any more
    is_over = or_(
        and_(comments.c.state.in_((WITHDRAWN, DELETED)), comments.c.ended_at < now - DAY),
        and_(comments.c.state == REFUSED, comments.c.ended_at < now - REFUSED_DAYS * DAY),
    )
    return connection.execute(update(comments).where(is_over, comments.c.text != "").values(text="")).rowcount
