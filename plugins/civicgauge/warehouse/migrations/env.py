"""Alembic's entrance: migrations run on the connection that `civicgauge.warehouse.schema` hands over.

The version table is our own (DESIGN section 6): Airflow's `alembic_version` may lie in the same database.
"""

from __future__ import annotations

from alembic import context

from civicgauge.warehouse.tables import SCHEMA, VERSION_TABLE, tables_in

connection = context.config.attributes["connection"]
schema = SCHEMA if connection.dialect.name == "postgresql" else None
context.configure(
    connection=connection,
    target_metadata=tables_in(schema),
    version_table=VERSION_TABLE,
    version_table_schema=schema,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
