"""Alembic's entry: runs the revisions on the connection that `upgrade` passes."""

from alembic import context

from central.storage.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
