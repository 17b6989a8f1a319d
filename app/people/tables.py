"""The truth tables of people; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Boolean, Column, Dialect, ForeignKey, Integer, String, Table, TypeDecorator

from app.database.truth import metadata


class Key(TypeDecorator[str]):
    """A text by which rows are found, cut to its length where it is written and where it is compared.

    Folding makes some names longer: one sign may become eighteen letters. PostgreSQL refuses what is too long.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Cut the text."""
        return value and value[: self.impl_instance.length]


authors = Table(
    "authors",
    metadata,
    Column("pseudonym", String(10), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("name_key", Key(200), nullable=False, index=True),
    Column("is_typed", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pseudonym", String(10), ForeignKey("authors.pseudonym"), nullable=False, unique=True),
    Column("session_key", String(40), nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

login_links = Table(
    "login_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("may_write", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
