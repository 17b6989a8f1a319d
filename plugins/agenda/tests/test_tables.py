"""The tables of the plugin are those that its migrations make."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.database.engine import make_engine, sqlite_url
from app.database.truth import Part, migrate_to
from plugins.agenda.plugin import Agenda
from plugins.agenda.tables import metadata


def test_the_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    engine = make_engine(sqlite_url(tmp_path / "truth.db"))
    migrate_to(engine, "head", Part(Agenda.name, metadata, Path(__file__).parent.parent / "migrations"))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert [one for one in found if one[0] != "remove_table"] == []  # but for the table of versions
