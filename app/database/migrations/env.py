"""Alembic's entry: runs the migrations on the connection that `app.database.truth.migrate` hands over."""

from alembic import context

from app.database.truth import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,  # for its naming convention: a migration can drop a constraint on every database
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
