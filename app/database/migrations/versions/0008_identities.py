"""Accounts that another service vouches for, what a token opens, and whom somebody else has let in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of identities; the tokens that there are open the API, and nobody was let in by another."""
    op.add_column("tokens", sa.Column("scope", sa.String(10), nullable=False, server_default="api"))
    for table in ("login_links", "sessions"):
        op.add_column(table, sa.Column("is_beside", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
        sa.UniqueConstraint("account_id", "issuer"),
    )
    op.create_index("ix_identities_account_id", "identities", ["account_id"])
