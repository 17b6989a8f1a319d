"""Which reminders of actions went out."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "minutes_told",
        sa.Column("page_id", sa.String(40), primary_key=True),
        sa.Column("action", sa.String(16), primary_key=True),
        sa.Column("what", sa.String(20), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
