"""Since when a mailbox cannot be read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column."""
    op.add_column("archive_mailboxes", sa.Column("failing_since", sa.BigInteger))
