"""Alembic's entry: runs the migrations of a part on the connection that `app.database.truth` hands over with it."""

from alembic import context

part = context.config.attributes["part"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=part.metadata,  # for its naming convention: a migration can drop a constraint on every database
    render_as_batch=True,
    version_table=part.versions,
)
with context.begin_transaction():
    context.run_migrations()
