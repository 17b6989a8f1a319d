"""A comment as it is read, and the states that it passes through."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from app.catalog.rows import moment

UNCONFIRMED: Final = "unconfirmed"  # whoever wrote it has not opened the link in the mail
WAITING: Final = "waiting"  # for a moderator
SHOWN: Final = "shown"
HIDDEN: Final = "hidden"  # by a moderator, who may show it again for three months; then it is deleted
DELETED: Final = "deleted"  # by a moderator; its words are erased after a day
REFUSED: Final = "refused"  # never shown; its words are erased after a month
WITHDRAWN: Final = "withdrawn"  # by whoever wrote it; its words are erased after a day


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a page. `parent_id` is what it answers; `visitor_id` is set for who has no account.

    `text` is empty once its words are erased; `reason` is why a moderator took it away.
    """

    id: int
    page_id: str
    parent_id: int | None
    pseudonym: str
    visitor_id: int | None
    text: str
    state: str
    is_answered: bool
    at: datetime
    reason: str


def comment_of(row: Row[Any]) -> Comment:
    """Make a comment of a row that holds its columns."""
    return Comment(
        row.id, row.page_id, row.parent_id, row.pseudonym, row.visitor_id, row.text, row.state, row.is_answered,
        moment(row.shown_at or row.created_at), row.reason,
    )  # fmt: skip
