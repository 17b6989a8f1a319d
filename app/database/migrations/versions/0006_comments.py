"""Comments on pages."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("page_id", sa.String(40), nullable=False, index=True),
        sa.Column("parent_id", sa.Integer, index=True),
        sa.Column("pseudonym", sa.String(10), nullable=False, index=True),
        sa.Column("visitor_id", sa.Integer, sa.ForeignKey("visitors.id", ondelete="CASCADE"), index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("is_answered", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("shown_at", sa.BigInteger, index=True),
        sa.Column("ended_at", sa.BigInteger, index=True),
        sa.Column("moderator", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
    )
