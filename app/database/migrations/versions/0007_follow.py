"""Who follows what, and how often they hear of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "subscriptions",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("what", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(300), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "rhythms",
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("rhythm", sa.String(10), nullable=False),
        sa.Column("last_sent", sa.BigInteger, nullable=False),
        sa.Column("last_change", sa.BigInteger, nullable=False),
        sa.Column("next_due", sa.BigInteger, nullable=False, index=True),
    )
