"""What is kept of other agendas; made and changed by `migrations/`. Times are seconds since 1970, days ordinals."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.plugin import new_metadata

metadata = new_metadata()

# A calendar of somebody else's. `audience` is one word: public, members, group:NAME, admins. `snapshot` is what was
# read last, packed; `derived` the day (ISO) and the zone for which its dates were worked out. `pause` are the seconds
# between two times that it is asked for; `failures` counts those since it went well. `error` is an English msgid and
# `error_values` its values as JSON.
sources = Table(
    "agenda_sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("title", String(200), nullable=False),
    Column("space", String(80), nullable=False),
    Column("audience", String(80), nullable=False),
    Column("made_by", String(10), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("etag", Text, nullable=False, server_default=""),
    Column("last_modified", Text, nullable=False, server_default=""),
    Column("snapshot", LargeBinary),
    Column("derived", String(80), nullable=False, server_default=""),
    Column("fetched_at", BigInteger),
    Column("next_at", BigInteger, nullable=False),
    Column("pause", Integer, nullable=False, server_default="3600"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("error_values", Text, nullable=False, server_default="{}"),
    Column("events", Integer, nullable=False, server_default="0"),
    Column("lost", Integer, nullable=False, server_default="0"),
)

# What a source says of an event, whatever its dates: JSON. `page_id` is the identity of the page that it has become,
# by being adopted or imported.
foreign_events = Table(
    "agenda_foreign_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Integer, ForeignKey(sources.c.id, ondelete="CASCADE"), nullable=False),
    Column("uid", String(300), nullable=False),
    Column("page_id", String(40), nullable=False, server_default=""),
    Column("said", Text, nullable=False),
    UniqueConstraint("source_id", "uid"),
)

# Its dates, as far as they are worked out. `id` stands in their addresses.
foreign = Table(
    "agenda_foreign",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", Integer, ForeignKey(foreign_events.c.id, ondelete="CASCADE"), nullable=False),
    Column("original", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("start", String(16), nullable=False),
    Column("end", String(16), nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("is_all_day", Boolean, nullable=False),
    Column("is_series", Boolean, nullable=False),
    Column("place", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("event_id", "original"),
    Index("ix_agenda_foreign_days", "last_day", "first_day"),
    sqlite_autoincrement=True,
)
