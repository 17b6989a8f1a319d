"""The truth table of comments; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from app.database.truth import metadata
from app.people.visitor_tables import visitors

# `page_id` is the identity in the head of the page: it outlives renaming and deletion. `parent_id` is the comment that
# is answered, never itself an answer; no foreign key, because an answer outlives what it answers, and a backup comes
# back in any order. `ended_at`: since when the words wait to be erased.
comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False, index=True),
    Column("parent_id", Integer, index=True),
    Column("pseudonym", String(10), nullable=False, index=True),
    Column("visitor_id", Integer, ForeignKey(visitors.c.id, ondelete="CASCADE"), index=True),
    Column("text", Text, nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("is_answered", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("shown_at", BigInteger, index=True),
    Column("ended_at", BigInteger, index=True),
    Column("moderator", String(10), nullable=False),
    Column("reason", String(300), nullable=False),
)
