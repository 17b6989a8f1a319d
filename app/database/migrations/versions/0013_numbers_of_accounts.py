"""SQLite gives the number of an account that was erased to nobody else, as PostgreSQL does anyway.

The table is copied; `app.database.engine.rebuilding` sees to it that no row goes that refers to it.
"""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table anew, with all that it holds."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("accounts", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
