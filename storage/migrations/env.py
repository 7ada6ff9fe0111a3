"""Alembic's entry: runs the revisions on the connection that ``storage.migrate`` hands over.

The transaction is the caller's, so that an upgrade happens whole or not at all, on both databases.
"""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
