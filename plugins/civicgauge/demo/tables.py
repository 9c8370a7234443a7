"""A demo table as it stands now: its rows made, the planted defects in them. All ways of serving it begin here."""

from __future__ import annotations

from civicgauge.demo import rows
from civicgauge.demo.defects import Table, apply, planted
from civicgauge.demo.state import Entry, PortalState, columns_of

_PLAIN = {"columns": "id | Number | Number of the thing\nname | Text | Its name | Example; Sample"}


def table(portal: PortalState, entry: Entry, seed: str, part: Entry | None = None) -> Table:
    """The table of an entry, or of one part (a CKAN resource) of it; the platform's own columns are left out."""
    holder = entry if part is None else part
    columns = [column for column in columns_of(holder) if not column.is_system] or columns_of(_PLAIN)
    newest = portal.updated_at(entry, part) or portal.created_at(entry)
    pace, count = float(holder.get("pace", rows.PACE)), int(holder.get("rows", 30))
    made = rows.rows(seed, columns, count, newest, pace=pace, bounds=portal.bounds)
    return apply(Table(columns, made), planted(holder, portal.days_served()))
