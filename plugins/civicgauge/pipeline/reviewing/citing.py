"""Which folders of values as decided are cited, and so are kept: by the measured values of their day, or an edition."""

from __future__ import annotations

from civicgauge.lake import Lake
from civicgauge.warehouse import Warehouse


def folders_of(lake: Lake, decided: str | None) -> tuple[str, ...]:
    """The folders behind the values as decided: themselves, their check results and their landed catalogue."""
    if decided is None:
        return ()
    manifest = lake.manifest(decided) or {}
    return (decided, *(str(manifest[name]) for name in ("checks", "catalog") if manifest.get(name)))


def by_editions(warehouse: Warehouse) -> frozenset[str]:
    """The folders of values as decided that editions hold."""
    rows = warehouse.reviews.rows("edition_city")
    return frozenset(row["decided_attempt"] for row in rows if row["decided_attempt"])
