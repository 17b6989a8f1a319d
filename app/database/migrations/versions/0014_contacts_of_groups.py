"""Groups say whom to talk to, also where nobody of them has an account."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column; the groups that there are name nobody."""
    op.add_column("groups", sa.Column("contact", sa.String(200), nullable=False, server_default=""))
