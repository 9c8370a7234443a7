"""What runs by the clock over all cities: reading the registry, publishing, turns of alerts; each in its own process.

    python -m benchmarks._growth_clock registry|publish|export|baseline|turn

The environment (CIVICGAUGE_*) leads to a big world. `publish` is the whole hourly job, once where everything is new and
once where nothing is; `export` its tables alone. `baseline` lets alerts see every city for the first time, with a few
findings each; `turn` is a turn of alerts that finds nothing new, as nearly all of the 96 of a day.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks._big_rows import DAY, checks
from civicgauge.pipeline.context import Context

NOW = datetime(DAY.year, DAY.month, DAY.day, 15, tzinfo=UTC)


def registry(context: Context) -> dict[str, Any]:
    """Read every city file."""
    from civicgauge.registry import load_registry

    return {"cities": len(load_registry(context.settings.cities)[0])}


def export(context: Context) -> dict[str, Any]:
    """The public tables in every format."""
    from civicgauge.pipeline import exporting

    with tempfile.TemporaryDirectory(prefix="civicgauge-growth-") as name:
        rows = exporting.export(context, Path(name) / "out", None, "public")
        files = [path for path in Path(name).rglob("*") if path.is_file()]
        sizes = {path.name: path.stat().st_size for path in files}
    return {"rows": rows, "bytes": sum(sizes.values()), "largest": max(sizes, key=lambda each: sizes[each])}


def publish(context: Context) -> dict[str, Any]:
    """The hourly job twice: seconds of CPU of each, without the imports."""
    from civicgauge.pipeline import publishing

    def once(at: datetime) -> float:
        began = time.process_time()
        publishing.publish(context, at)
        return time.process_time() - began

    return {"new": once(NOW), "nothing_new": once(NOW + timedelta(hours=1))}


def _turn(context: Context, at: datetime) -> dict[str, Any]:
    from civicgauge.alerts.forms import DayFacts, Finding
    from civicgauge.model import City, RunRecord
    from civicgauge.pipeline.alerting import rules
    from civicgauge.pipeline.alerting.running import turn_with
    from civicgauge.pipeline.alerting.source import Stored

    told = [check for check in checks() if rules.is_told(check) and check.table == "datasets"]

    @dataclass(frozen=True)
    class Made(Stored):
        """The stored days, but for what a day found, which would lie in a lake."""

        def facts(self, city: City, run: RunRecord) -> DayFacts:
            found = tuple(
                Finding(
                    "main", f"set-{number}", check.id, "", "failed", rules.severity_of(check, {}), "late", "on time",
                    None, DAY - timedelta(30), DAY - timedelta(400),
                )
                for number, check in enumerate(told)
            )  # fmt: skip
            portals = frozenset(portal.id for portal in city.portals)
            return DayFacts(
                city.id,
                run.day,
                is_timely=True,
                findings=found,
                gone=frozenset(),
                seen_at=run.started_at,
                portal_ids=portals,
            )

    began = time.process_time()
    with context.warehouse() as warehouse:
        result = turn_with(Made(context), warehouse, context.settings, at)
    return {"decided": result.decided, "queued": len(result.queued), "cpu": time.process_time() - began}


def baseline(context: Context) -> dict[str, Any]:
    """Every city's first day of alerts."""
    return _turn(context, NOW)


def turn(context: Context) -> dict[str, Any]:
    """A turn that finds nothing new: the second of two, for the first may still meet contacts."""
    _turn(context, NOW + timedelta(minutes=15))
    return _turn(context, NOW + timedelta(minutes=30))


WHAT: dict[str, Callable[[Context], dict[str, Any]]] = {
    each.__name__: each for each in (registry, export, publish, baseline, turn)
}

if __name__ == "__main__":
    print(json.dumps(WHAT[sys.argv[1]](Context.from_environment()), default=str))
