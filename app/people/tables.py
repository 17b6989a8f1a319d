"""The truth tables of people; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)

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
    Column("is_admin", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("email", String(254)),
    Column("email_key", String(254), unique=True, index=True),
    Column("password", String(200), nullable=False, server_default=""),
    Column("is_blocked", Boolean, nullable=False, server_default=false()),
    Column("seen_at", BigInteger),
    sqlite_autoincrement=True,  # who was erased leaves the number to nobody
)

login_links = Table(
    "login_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("is_beside", Boolean, nullable=False, server_default=false()),  # somebody else made it
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
    Column("scope", String(10), nullable=False, server_default="api"),  # `api`, or `feed`
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("device", String(80), nullable=False),
    Column("is_beside", Boolean, nullable=False, server_default=false()),  # begun by a link that somebody else made
)

# Who another service says that somebody is: `issuer` is its address or the name of a proxy's header.
identities = Table(
    "identities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issuer", String(300), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("issuer", "subject"),
    UniqueConstraint("account_id", "issuer"),
)

# Digests: `address` of the typed address, `link` of the link in the message, `ask` of what the asking browser holds,
# `code` of both the code and what that browser holds. Without an account it answers for an address nobody here has.
signin_codes = Table(
    "signin_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("address", String(64), nullable=False),
    Column("link", String(64), nullable=False, index=True),
    Column("ask", String(64), nullable=False, unique=True),
    Column("code", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(80), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("email", String(254)),
    Column("group_id", Integer),
    Column("made_by", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("ceiling", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("pseudonym", String(10), nullable=False),
    Column("what", String(40), nullable=False),
    Column("object", String(300), nullable=False),
)
