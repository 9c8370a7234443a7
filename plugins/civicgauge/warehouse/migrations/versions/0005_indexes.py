"""Indexes for pages: the attempts that ended last, those of a day by what came of them, and the newest event.

This file is history: it stays as it is, whatever becomes of `civicgauge.warehouse.tables`.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make them; no row changes."""
    schema = "civicgauge" if op.get_bind().dialect.name == "postgresql" else None
    op.create_index("ix_run_ended_at", "run", ["ended_at"], schema=schema)
    op.create_index("ix_run_outcome_day", "run", ["outcome", "day"], schema=schema)
    op.create_index("ix_incident_event_at", "incident_event", ["at"], schema=schema)
