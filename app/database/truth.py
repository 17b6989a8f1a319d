"""The truth database `gare.db`: its table registry, its migrations, the check that they have been run."""

from pathlib import Path

from sqlalchemy import Engine, MetaData, inspect, text

from app.errors import N_, Conflict, Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0008"  # the newest migration; tests/database compares it with the folder

# Constraint names are fixed, so that a migration can name what it drops on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing; running it again changes nothing."""
    # Alembic takes 0.3 s to import and is needed at set-up and upgrade only.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version(engine: Engine) -> str | None:
    """Give the migration that the database stands at, or None when it is empty."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check_empty(engine: Engine) -> None:
    """Raise Conflict where the database holds tables already."""
    if inspect(engine).get_table_names():
        raise Conflict(N_("The database is not empty. Name another one in GARE_DATABASE_URL."))


def check(engine: Engine) -> None:
    """Raise Misconfigured when the database was made by another version of the program."""
    found = version(engine)
    if found != HEAD:
        state = "older than" if found is None or found < HEAD else "newer than"
        raise Misconfigured([f"The database is {state} this program ({found}, not {HEAD}). Run: gare upgrade"])
