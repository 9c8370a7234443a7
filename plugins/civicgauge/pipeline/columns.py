"""The columns of every table that checks judge."""

from __future__ import annotations

from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.landing.tables import SCHEMAS

COLUMNS = {name: frozenset(schema.names) for name, schema in (SCHEMAS | LANDED_SCHEMAS).items()}
"""Table name to the names of its columns, the statistics that check files name apart."""
