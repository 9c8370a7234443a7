"""The pull stage itself on two days: its first pull of a table, and the day after, on which nothing changed.

    python -m benchmarks._unchanged ADDRESS HOME DAY

Run it once for each day, with one HOME. The catalogue is read before the clock starts. Says the seconds, and what the
portal was asked for.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from benchmarks._table import DATASET

CITY = "bench"
_FILE = """
id: {city}
name: Benchmark
country: US
state: MO
time_zone: America/Chicago
portals:
  - {{kind: socrata, url: '{address}', requests_per_second: 50, concurrency: 1}}
datasets:
  - {{id: {dataset}, family: service_requests}}
"""


def counts(address: str) -> dict[str, list[int]]:
    """Requests and bytes by path since this was last asked."""
    with urllib.request.urlopen(f"{address}/counts", timeout=10) as answer:
        return dict(json.load(answer))


def main(address: str, home: Path, day: str) -> None:
    """Take the day's snapshot, then pull the one dataset."""
    (home / "cities").mkdir(parents=True, exist_ok=True)
    (home / "cities" / f"{CITY}.yml").write_text(_FILE.format(city=CITY, address=address, dataset=DATASET))
    os.environ |= {
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
    }
    from civicgauge.pipeline import pulling, snapshots
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.days import plan

    context = Context.from_environment()
    today = plan(CITY, as_of=day, now=datetime.now(UTC))
    snapshot = snapshots.take(context, today, "main")
    counts(address)
    began = time.perf_counter()
    folder = pulling.pull(context, today, "main", DATASET, snapshot)
    took = time.perf_counter() - began
    asked = counts(address)
    part = context.lake.manifest(folder)["resources"][0]
    requests, size = (sum(numbers) for numbers in zip(*asked.values(), strict=True))
    said = {"seconds": took, "asked": part["asked"], "problem": part["problem"], "requests": requests, "bytes": size}
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
