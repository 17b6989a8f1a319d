"""Accounts: addresses, passwords, sessions, sign-in codes, throttles, invitations, administrators' acts.

Columns are added and dropped in place: a table that SQLite copies would take the rows that refer to it along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give accounts what they need to be signed in by mail; everybody signs in again."""
    op.add_column("accounts", sa.Column("email", sa.String(254)))
    op.add_column("accounts", sa.Column("email_key", sa.String(254)))
    op.add_column("accounts", sa.Column("password", sa.String(200), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("is_blocked", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("accounts", sa.Column("seen_at", sa.BigInteger))
    op.drop_column("accounts", "session_key")
    op.create_index("ix_accounts_email_key", "accounts", ["email_key"], unique=True)
    _sign_in()
    _invite()


def _sign_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        sa.Column("device", sa.String(80), nullable=False),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "signin_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE")),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("ask", sa.String(64), nullable=False, unique=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("ix_signin_codes_link", "signin_codes", ["link"])
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_attempts_key", "attempts", ["key"])


def _invite() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("email", sa.String(254)),
        sa.Column("group_id", sa.Integer),
        sa.Column("made_by", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("ceiling", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("pseudonym", sa.String(10), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("object", sa.String(300), nullable=False),
    )
