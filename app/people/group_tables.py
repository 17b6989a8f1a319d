"""The truth tables of groups. `name` is what pages say (`audience: group:NAME`); it stays as long as the group."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table

from app.database.truth import metadata

groups = Table(
    "groups",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("space", String(200), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("contact", String(200), nullable=False, server_default=""),
)

# `state` is `member`, or `asked` while nobody has accepted yet.
memberships = Table(
    "memberships",
    metadata,
    Column("group_id", Integer, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("state", String(10), nullable=False),
    Column("is_referent", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
)
