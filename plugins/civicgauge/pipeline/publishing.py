"""Publishing: tables for the city-days committed since the cursor."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from civicgauge.pipeline import exporting
from civicgauge.pipeline.context import Context

log = logging.getLogger("civicgauge.publish")
CURSOR = "publish"


def publish(context: Context, now: datetime) -> dict[str, Any] | None:
    """Write the public tables anew where city-days were committed since the last time; None where none were."""
    with context.warehouse() as warehouse:
        since = warehouse.cursor(CURSOR)
        runs = [run for run in warehouse.runs(current_only=True) if run.outcome in {"complete", "partial"}]
        fresh = [run for run in runs if since is None or run.ended_at > datetime.fromisoformat(since)]
    if not fresh:
        return None
    folder = context.settings.home / "published"
    written = exporting.export(context, folder, None, "public")
    with context.warehouse() as warehouse:
        warehouse.set_cursor(CURSOR, max(run.ended_at for run in fresh).isoformat(), at=now)
    log.info("%d city-days published to %s", len(fresh), folder)
    return {"city_days": len(fresh), "cities": sorted({run.city_id for run in fresh}), "rows": written}
