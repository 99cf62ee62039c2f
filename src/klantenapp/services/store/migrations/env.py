"""Alembic's way in: runs the revisions on the connection that `migrate.py` hands over."""

from __future__ import annotations

from alembic import context

from klantenapp.models.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # One transaction around everything, begun and committed by `migrate.py`.
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
