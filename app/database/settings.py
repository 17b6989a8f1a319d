"""What an administrator sets in the browser: kept in the truth database, the same for every process."""

from dataclasses import dataclass, fields, replace

from sqlalchemy import Column, Connection, String, Table, Text, delete, insert, select

from app.database.truth import metadata

LANGUAGES = ("fr", "en")
ACCENTS = ("blue", "green", "ochre", "plum")
READING = ("public", "members")
WRITING = ("all", "members", "admins")

table = Table(
    "settings",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The site as its administrators named and dressed it."""

    title: str = "Gare Centrale"
    language: str = "fr"
    accent: str = "blue"
    menu: str = ""  # one `words = page` a line; empty: the spaces
    reading: str = "public"  # who reads pages of which nothing is said: public, members
    writing: str = "all"  # who changes them: all, members, admins


def load(connection: Connection) -> Settings:
    """Read the settings; what was never set has its default."""
    known = {field.name for field in fields(Settings)}
    rows = connection.execute(select(table.c.key, table.c.value))
    return replace(Settings(), **{key: value for key, value in rows if key in known})


def store(connection: Connection, settings: Settings) -> None:
    """Write the settings."""
    names = [field.name for field in fields(Settings)]
    connection.execute(delete(table).where(table.c.key.in_(names)))
    connection.execute(insert(table), [{"key": name, "value": getattr(settings, name)} for name in names])
