"""Visitors (people without an account), their proposals, and what is reviewed after publication."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _visitors()
    _proposals()
    _reviewed()


def _visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pseudonym", sa.String(10), sa.ForeignKey("authors.pseudonym"), nullable=False, index=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False, index=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger),
    )
    visitor = sa.ForeignKey("visitors.id", ondelete="CASCADE")
    op.create_table(
        "visitor_links",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("visitor_id", sa.Integer, visitor, nullable=False, index=True),
    )


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("visitor_id", sa.Integer, sa.ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
        sa.Column("pseudonym", sa.String(10), nullable=False),
        sa.Column("path", sa.String(1000), nullable=False),
        sa.Column("base", sa.String(64)),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("summary", sa.String(300), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
    )
    proposal = sa.ForeignKey("proposals.id", ondelete="CASCADE")
    op.create_table(
        "proposal_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("proposal_id", sa.Integer, proposal, nullable=False, index=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("pseudonym", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _reviewed() -> None:
    op.create_table(
        "reviewed",
        sa.Column("pseudonym", sa.String(10), primary_key=True),
        sa.Column("folder", sa.String(200), primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
    )
