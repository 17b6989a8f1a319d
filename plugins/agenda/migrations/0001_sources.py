"""Other agendas, their events and dates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "agenda_sources",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("space", sa.String(80), nullable=False),
        sa.Column("audience", sa.String(80), nullable=False),
        sa.Column("made_by", sa.String(10), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("etag", sa.Text, nullable=False, server_default=""),
        sa.Column("last_modified", sa.Text, nullable=False, server_default=""),
        sa.Column("snapshot", sa.LargeBinary),
        sa.Column("derived", sa.String(80), nullable=False, server_default=""),
        sa.Column("fetched_at", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("pause", sa.Integer, nullable=False, server_default="3600"),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sa.Column("error_values", sa.Text, nullable=False, server_default="{}"),
        sa.Column("events", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lost", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "agenda_foreign_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source_id", sa.Integer, sa.ForeignKey("agenda_sources.id", ondelete="CASCADE"), nullable=False),
        sa.Column("uid", sa.String(300), nullable=False),
        sa.Column("page_id", sa.String(40), nullable=False, server_default=""),
        sa.Column("said", sa.Text, nullable=False),
        sa.UniqueConstraint("source_id", "uid"),
    )
    _make_dates()


def _make_dates() -> None:
    op.create_table(
        "agenda_foreign",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "event_id", sa.Integer, sa.ForeignKey("agenda_foreign_events.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("original", sa.String(10), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("start", sa.String(16), nullable=False),
        sa.Column("end", sa.String(16), nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("first_day", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Integer, nullable=False),
        sa.Column("is_all_day", sa.Boolean, nullable=False),
        sa.Column("is_series", sa.Boolean, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.UniqueConstraint("event_id", "original"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agenda_foreign_days", "agenda_foreign", ["last_day", "first_day"])
