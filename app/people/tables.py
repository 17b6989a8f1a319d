"""The truth tables of people; made and changed by the migrations of `app/database`."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from app.database.truth import metadata

authors = Table(
    "authors",
    metadata,
    Column("pseudonym", String(10), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(200), nullable=False, index=True),
    Column("is_typed", Boolean, nullable=False),
    Column("created_at", Integer, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pseudonym", String(10), ForeignKey("authors.pseudonym"), nullable=False, unique=True),
    Column("session_key", String(40), nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", Integer, nullable=False),
)

login_links = Table(
    "login_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", Integer, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("may_write", Boolean, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("used_at", Integer),
)
