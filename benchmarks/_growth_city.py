"""A made-up city of so many datasets over simulated days: what each stage costs, and what a day leaves behind.

    python -m benchmarks._growth_city days CITY FIRST LAST PORTAL      (in one process, by `observe`)
    python -m benchmarks._growth_city stage NAME < what it is called with, as JSON

The portal is the demo's, in a process of its own, grown to the wanted number of entries through its control address.
The clock is moved day by day; rows of five datasets are pulled, and links are asked for, as of any city.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from benchmarks._runs import ROOT, Run, run

CITY, KEY, FIRST, CHOSEN = "demo-alder-falls", "alder-falls", date(2026, 6, 1), 5
STAGES = ("plan", "snapshot", "pull", "links", "land", "validate", "measure", "commit", "verdict")


@dataclass(slots=True)
class Grown:
    """What was measured of a city of `datasets` entries over `days` days.

    `cpu` and `wall`: seconds of a stage by its name, median over days, imports apart; `alone`: the same stages, each
    a process of its own, as in Airflow. `tables` and `lake`: (bytes at one day, at the last day, days between), by
    table and by folder of the lake; `rows` a day by table, `files` a day by folder.
    """

    datasets: int
    days: int
    cpu: dict[str, float] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    alone: dict[str, list[Run]] = field(default_factory=dict)
    tables: dict[str, float] = field(default_factory=dict)
    lake: dict[str, float] = field(default_factory=dict)
    files: dict[str, float] = field(default_factory=dict)
    rows: dict[str, float] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)


def tell(portal: str, route: str, what: Mapping[str, Any]) -> None:
    """Ask a portal's control address for something."""
    body = json.dumps(what, default=str).encode()
    asked = urllib.request.Request(f"{portal}/__demo__/{route}", data=body, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as answer:
        answer.read()


@contextmanager
def portal_of(folder: Path, datasets: int) -> Iterator[str]:
    """The address of the demo's first portal, with so many entries; its city's file alone is left in `folder`."""
    command = [sys.executable, "-m", "civicgauge.demo.server", "--as-of", FIRST.isoformat(), "--port", "0", "--control"]
    with subprocess.Popen(
        [*command, "--cities", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as server:
        try:
            assert server.stdout is not None
            urls: dict[str, str] = {}
            for line in server.stdout:
                if line.startswith("wrote") and line.strip().endswith("cedar-junction.yml"):
                    break
                key, _, url = line.strip().partition("  ")
                urls[key] = url
            grow(urls[KEY], datasets)
            only_city(folder)
            yield urls[KEY]
        finally:
            server.terminate()


def grow(portal: str, datasets: int) -> None:
    """Add copies of the portal's own entries, under other ids and titles, until there are so many."""
    from civicgauge.demo.cities import load

    own = load(KEY)["portals"][0]["datasets"]
    for number in range(datasets - len(own)):
        entry = {**own[number % len(own)], "title": f"{own[number % len(own)]['title']} {number // len(own) + 2}"}
        dataset_id = f"{number // 10_000 + 1000:04d}-{number % 10_000:04d}"
        told = {key: value for key, value in entry.items() if key != "id"}
        tell(portal, "change", {"action": "add", "id": dataset_id, "set": told})
        undated = {"created_at": None, "updated_at": None, "touched_at": None}  # back to the days that the entry says
        tell(portal, "change", {"action": "edit", "id": dataset_id, "set": undated})


def only_city(folder: Path) -> None:
    """Leave the one city's file, with a few chosen datasets."""
    for path in folder.glob("*.yml"):
        if path.stem != CITY:
            path.unlink()
    path = folder / f"{CITY}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    told["datasets"] = told["datasets"][:CHOSEN]
    path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")


# ---------------------------------------------------------------- in a process of its own


def observe_days(city: str, first: date, last: date, portal: str) -> dict[str, dict[str, float]]:
    """Observe every day; by stage, the medians over days of CPU and wall seconds in this process."""
    from civicgauge import pipeline
    from civicgauge.pipeline import observing
    from civicgauge.pipeline.context import Context

    spent: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def timed(name: str) -> None:
        inner = getattr(pipeline, name)

        def outer(*given: Any, **named: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return inner(*given, **named)
            finally:
                spent[name].append((time.process_time() - cpu, time.perf_counter() - wall))

        setattr(pipeline, name, outer)

    for name in STAGES:
        timed(name)
    for ago in range((last - first).days + 1):
        day = first + timedelta(ago)
        tell(portal, "clock", {"as_of": day.isoformat()})
        (done,) = observing.observe(Context.from_environment(), [city], day.isoformat())
        if done.outcome != "complete":
            raise SystemExit(f"{day}: {done}")
    later = {name: found[1:] if len(found) > 1 else found for name, found in spent.items()}  # the first imports
    return {
        "cpu": {name: median(cpu for cpu, _ in found) for name, found in later.items()},
        "wall": {name: median(wall for _, wall in found) for name, found in later.items()},
    }


def stage(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Call one stage as a task does: {"result": ...}, with the most memory that the process held in `peak_mib`."""
    from civicgauge import pipeline
    from civicgauge.pipeline.context import utc_now

    more = {"now": utc_now()} if name == "plan" else {}
    result = getattr(pipeline, name)(**given, **more)
    return {"result": result, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


# ---------------------------------------------------------------- stage by stage, each a process


def one_by_one(city: str, day: date, portal: str, environment: Mapping[str, str], into: dict[str, list[Run]]) -> None:
    """A city-day as Airflow runs it, without Airflow: a fresh process for each task; what each came to in `into`."""

    def call(name: str, **given: Any) -> Any:
        command = [sys.executable, "-m", "benchmarks._growth_city", "stage", name, json.dumps(given)]
        done = run(command, environment)
        into.setdefault(name, []).append(done)
        return done.said["result"]

    tell(portal, "clock", {"as_of": day.isoformat()})
    plan = call("plan", city_id=city, as_of=day.isoformat())
    taken = {"main": call("snapshot", plan=plan, portal_id="main")}
    keys = [
        f"main/{chosen['id']}"
        for chosen in yaml.safe_load((Path(environment["CIVICGAUGE_CITIES"]) / f"{city}.yml").read_text())["datasets"]
    ]
    pulls = {key: call("pull", plan=plan, dataset_key=key, snapshot=taken["main"]) for key in keys}
    links = {"main": call("links", plan=plan, portal_id="main", snapshot=taken["main"])}
    found = {key: value for key, value in links.items() if value}
    catalog = call("land", plan=plan, snapshots=taken, problems={}, pulls=pulls, pull_problems={}, links=found)
    results = call("validate", plan=plan, catalog=catalog)
    loaded = call("commit", plan=plan, measured=call("measure", plan=plan, results=results))
    call("verdict", plan=plan, problems={}, outcome=loaded["outcome"])


def main() -> None:
    """One of the two children of a simulation."""
    what, *words = sys.argv[1:]
    if what == "days":
        said: Mapping[str, Any] = observe_days(
            words[0], date.fromisoformat(words[1]), date.fromisoformat(words[2]), words[3]
        )
    else:
        said = stage(words[0], json.loads(words[1]))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
