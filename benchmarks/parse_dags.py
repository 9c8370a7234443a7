"""How long Airflow needs to read our DAG files, for 100 and for 1,000 cities.

    python benchmarks/parse_dags.py [COUNT...]

For each count, the best of three fresh processes with Airflow already imported: the whole folder, as the DAG processor
reads it, and the one file of a task, as every task process reads it. Wanted: under 2 s for the folder at 100 cities,
under 0.1 s for a task's own file at 1,000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from civicgauge.airflow.home import airflow_environment

PORTALS = "  - {{id: main, kind: socrata, url: 'https://data{0}.example.org'}}\n  - {{id: geo, kind: ckan, url: 'https://geo{0}.example.org'}}"
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")

MEASURE = """
import sys, time
import airflow.sdk
from airflow.dag_processing.dagbag import DagBag
began = time.perf_counter()
bag = DagBag(sys.argv[1])
print(f"{time.perf_counter() - began:.3f} {len(bag.dags)} {len(bag.import_errors)}")
"""


def write_cities(folder: Path, count: int) -> None:
    """Write `count` city files of two portals each."""
    for number in range(count):
        city_id, zone = f"city-{number:04}", ZONES[number % len(ZONES)]
        head = f"id: {city_id}\nname: City {number}\ncountry: US\nstate: MO\ntime_zone: {zone}"
        (folder / f"{city_id}.yml").write_text(f"{head}\nportals:\n{PORTALS.format(number)}\n")


def once(what: Path, environment: dict[str, str]) -> tuple[float, int]:
    """Seconds to read a DAG file or folder, and how many DAGs came of it, in a fresh process."""
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, str(what)], env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    took, dags, errors = said.split()
    if errors != "0":
        raise SystemExit(f"{what}: {errors} files could not be read")
    return float(took), int(dags)


def seconds(what: Path, environment: dict[str, str]) -> tuple[float, int]:
    """The best of three; what else the machine does only adds."""
    return min(once(what, environment) for _ in range(3))


def main() -> None:
    """Measure and print."""
    for count in [int(text) for text in sys.argv[1:]] or [100, 1000]:
        with tempfile.TemporaryDirectory() as name:
            folder, home = Path(name) / "cities", Path(name) / "airflow"
            folder.mkdir()
            write_cities(folder, count)
            environment = airflow_environment(home, os.environ) | {"CIVICGAUGE_CITIES": str(folder)}
            dags = Path(environment["AIRFLOW__CORE__DAGS_FOLDER"])
            whole, found = seconds(dags, environment)
            one, _ = seconds(
                dags / "observe.py", environment | {"_AIRFLOW_PARSING_CONTEXT_DAG_ID": "observe__city-0007"}
            )
        print(f"{count} cities: the folder {whole:.2f} s ({found} DAGs), a task's own file {one:.3f} s")


if __name__ == "__main__":
    main()
