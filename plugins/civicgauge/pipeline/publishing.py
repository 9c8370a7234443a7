"""Publishing: tables for the city-days committed since the cursor."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any

from civicgauge.lake import canonical_json
from civicgauge.pipeline import exporting, keeping, mending
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.withdrawn import of_city

log = logging.getLogger("civicgauge.publish")
CURSOR, SITE_CURSOR = "publish", "site"


def publish(context: Context, now: datetime) -> dict[str, Any] | None:
    """Write the public tables anew where the committed city-days are not those of the last time; None where they are.

    The cursor is a digest of the current runs, of who is public and of what was withdrawn: commits may land in another
    order than their times, and a city made private leaves the tables at the next hour.
    """
    keeping.tidy(context, now)
    with context.warehouse() as warehouse:
        runs = [run for run in warehouse.runs(current_only=True) if run.outcome in {"complete", "partial"}]
        shown = sorted(exporting.shown_to(context, "public"))
        # with its attempt: a run whose tasks were cleared commits its day again under the same id
        told = [sorted([run.run_id, str(run.results_attempt)] for run in runs), shown, *_gone(context, shown)]
        state = hashlib.sha256(canonical_json(told)).hexdigest()
        if not runs or warehouse.cursor(CURSOR) == state:
            return None
    newest = {run.city_id: run for run in runs}  # they come by city and day
    if found := mending.keep_found(context, newest.values()):
        log.info("what would help most was found for %d city-days", found)
    folder = context.settings.home / "published"
    written = exporting.export(context, folder, None, "public")
    with context.warehouse() as warehouse:
        warehouse.set_cursor(CURSOR, state, at=now)
    log.info("tables of %d city-days published to %s", len(runs), folder)
    return {"city_days": len(runs), "cities": len({run.city_id for run in runs}), "rows": written}


def unwritten_site(context: Context) -> str | None:
    """The state of the published tables of which no site was written yet; None where there is none.

    Kept apart from the tables' own cursor, so that a site that could not be written is tried again at the next hour.
    """
    with context.warehouse() as warehouse:
        state = warehouse.cursor(CURSOR)
        return None if state == warehouse.cursor(SITE_CURSOR) else state


def site_written(context: Context, state: str, now: datetime) -> None:
    """Remember that the site of this state was written."""
    with context.warehouse() as warehouse:
        warehouse.set_cursor(SITE_CURSOR, state, at=now)


def _gone(context: Context, shown: list[str]) -> list[list[str]]:
    """What the cities that are shown have withdrawn; nothing where they have not."""
    return [[str(each), str(each.told["sha256"])] for city_id in shown for each in of_city(context.lake, city_id)]
