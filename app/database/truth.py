"""The truth database `gare.db`: its table registry, its migrations, the check that they have been run.

Plugins have tables, migrations and a version of their own in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, inspect, text

from app.database.engine import rebuilding
from app.errors import N_, Conflict, Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0014"  # the newest migration; tests/database compares it with the folder

VERSIONS = "alembic_version"  # the table that holds the version; those of plugins end so


def new_metadata() -> MetaData:
    """Make a registry of tables, in which the names of constraints are fixed.

    So that a migration can name what it drops on every database.
    """
    return MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


metadata = new_metadata()


@dataclass(frozen=True, slots=True)
class Part:
    """Tables that are migrated by themselves: those of the program, under `""`, or of one plugin."""

    name: str
    metadata: MetaData
    migrations: Path

    @property
    def versions(self) -> str:
        """The table that holds its version."""
        return f"{self.name}_{VERSIONS}" if self.name else VERSIONS

    @property
    def head(self) -> str:
        """Its newest migration: the file's name begins with it."""
        return max(file.name.partition("_")[0] for file in self.migrations.glob("[0-9]*.py"))


CORE = Part("", metadata, MIGRATIONS / "versions")


def parts_of(plugins: Iterable[Any]) -> list[Part]:
    """List the parts of those plugins that have tables."""
    owners = [plugin for plugin in plugins if plugin.tables is not None]
    return [Part(plugin.name, plugin.tables, plugin.folder / "migrations") for plugin in owners]


def migrate(engine: Engine, plugins: Iterable[Any] = ()) -> None:
    """Run the migrations that are missing; running it again changes nothing."""
    for part in (CORE, *parts_of(plugins)):
        migrate_to(engine, "head", part)


def migrate_to(engine: Engine, wanted: str, part: Part = CORE) -> None:
    """Bring a part to a version."""
    # Alembic takes 0.3 s to import and is needed at set-up and upgrade only.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(part.migrations).replace("%", "%%"))
    with rebuilding(engine) as connection:
        config.attributes.update(connection=connection, part=part)
        command.upgrade(config, wanted)


def version(engine: Engine, part: Part = CORE) -> str | None:
    """Give the migration that a part stands at, or None when it is not there."""
    if not inspect(engine).has_table(part.versions):
        return None
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT version_num FROM {part.versions}")).scalar()  # noqa: S608


def is_current(engine: Engine, plugins: Iterable[Any] = ()) -> bool:
    """Tell whether no migration is missing."""
    return version(engine) == HEAD and all(version(engine, part) == part.head for part in parts_of(plugins))


def check_empty(engine: Engine) -> None:
    """Raise Conflict where the database holds tables already."""
    if inspect(engine).get_table_names():
        raise Conflict(N_("The database is not empty. Name another one in GARE_DATABASE_URL."))


def check(engine: Engine, plugins: Iterable[Any] = ()) -> None:
    """Raise Misconfigured when the database was made by another version of the program or of a plugin."""
    found = version(engine)
    if found != HEAD:
        state = "older than" if found is None or found < HEAD else "newer than"
        raise Misconfigured([f"The database is {state} this program ({found}, not {HEAD}). Run: gare upgrade"])
    for part in parts_of(plugins):
        if (found := version(engine, part)) != part.head:
            state = "are missing" if found is None else f"are of another version ({found}, not {part.head})"
            raise Misconfigured([f"The tables of the plugin “{part.name}” {state}. Run: gare upgrade"])
