"""Pulling a table of city service requests into typed Parquet: our way against others, and its memory as rows grow.

    python -m benchmarks.rows_pulling [--rows 1000000] [--rounds 5] [--dlt PYTHON]

`--dlt` is a Python that has dlt (`make bench-rows` makes one). Prints a part of docs/benchmarks.md. The figures are
ratios within one run; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks._runs import Run, Way, run, seconds, serving, table, take_turns
from benchmarks._table import DATASET, FIELDS

_DLT_TYPES = {"text": "text", "number": "double", "calendar_date": "timestamp", "checkbox": "bool", "point": "json"}
LARGER = 3  # times the rows, for memory alone


@dataclass(frozen=True, slots=True)
class Pulled:
    """The figures: ways by name, our way with more rows, and the pull stage on its first and its second day."""

    rows: int
    csv_mib: float
    ways: dict[str, Way]
    larger: Run
    first: Run
    unchanged: Run


def measure(rows: int, rounds: int, folder: Path, dlt: str | None = None) -> Pulled:
    """Everything, in `folder`, which needs room: about 2 KB for each row."""
    small, large = folder / "table", folder / "larger"
    _make(rows, small)
    with serving(small) as address:
        ways = _ways(address, folder, dlt)
        take_turns(list(ways.values()), rounds)
        _hold_against(ways, rows, folder)
        first, unchanged = _two_days(address, folder)
    csv_mib = (small / "rows.csv").stat().st_size / 2**20
    shutil.rmtree(small)
    _make(rows * LARGER, large, "--export-only")
    with serving(large) as address:
        (ours,) = [way for name, way in _ways(address, folder, None).items() if name == "civicgauge"]
        ours.once()
    shutil.rmtree(large)
    return Pulled(rows, csv_mib, ways, ours.runs[0], first, unchanged)


def _make(rows: int, folder: Path, *more: str) -> None:
    print(f"making {rows:,} rows", file=sys.stderr)
    run([sys.executable, "-m", "benchmarks._table", str(rows), str(folder), *more])


def _ways(address: str, folder: Path, dlt: str | None) -> dict[str, Way]:
    export = f"{address}/api/views/{DATASET}/rows.csv?accessType=DOWNLOAD"
    ours, sodapy, other = (folder / name for name in ("civicgauge", "sodapy", "dlt"))
    call = [sys.executable, "-m", "benchmarks._pulling_ways"]
    ways = {
        "curl": Way("curl", ["curl", "--silent", "--fail", "--output", "/dev/null", export]),
        "civicgauge": Way("civicgauge", [*call, "civicgauge", address, str(ours)], partial(_emptied, ours)),
        "sodapy": Way("sodapy", [*call, "sodapy", address, str(sodapy)], partial(_emptied, sodapy)),
    }
    if dlt:
        types = json.dumps({field.name: _DLT_TYPES[field.datatype] for field in FIELDS})
        command = [dlt, "benchmarks/_dlt_way.py", address, str(other), types]
        ways["dlt"] = Way("dlt", command, partial(_emptied, other))
    return ways


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _hold_against(ways: dict[str, Way], rows: int, folder: Path) -> None:
    """SystemExit unless all ways brought the same rows, and the same sums of numbers and dates."""
    places = {"civicgauge": "civicgauge", "sodapy": "sodapy", "dlt": "dlt/out/rows/requests"}
    call = [sys.executable, "-m", "benchmarks._pulling_ways", "facts"]
    found = {name: run([*call, str(folder / place)]).said for name, place in places.items() if name in ways}
    if any(facts != found["civicgauge"] or facts["rows"] != rows for facts in found.values()):
        raise SystemExit(f"the ways did not bring the same: {json.dumps(found, indent=1)}")


def _two_days(address: str, folder: Path) -> tuple[Run, Run]:
    call = [sys.executable, "-m", "benchmarks._unchanged", address, str(folder / "home")]
    first, second = (run([*call, day]) for day in ("2026-01-05", "2026-01-06"))
    if (first.said["asked"], second.said["asked"]) != ("received", "not_modified"):
        raise SystemExit(f"not what two days should come to: {first.said}, {second.said}")
    return first, second


# ---------------------------------------------------------------- the page

_TOLD = {
    "curl": "`curl` to /dev/null: the bytes of the export, and nothing else",
    "civicgauge": "**civicgauge**: peek, bulk export, count, peek; typed values and received texts as Parquet",
    "sodapy": "sodapy `get_all` in pages of 50,000, pandas, Parquet",
    "dlt": "dlt `rest_api` in pages of 50,000, Parquet",
}


def page(found: Pulled) -> str:
    """The figures as Markdown."""
    ours = found.ways["civicgauge"]
    rows = [
        [
            _TOLD[name],
            seconds(way.middle()),
            f"{min(r.wall for r in way.runs):.1f}-{max(r.wall for r in way.runs):.1f}",
            seconds(way.middle(lambda r: r.cpu)),
            f"{way.most():.0f}",
            f"{way.middle() / ours.middle():.2f}",
            f"{way.middle(lambda r: r.cpu) / ours.middle(lambda r: r.cpu):.2f}",
        ]
        for name, way in found.ways.items()
    ]
    head = ["way", "s", "from-to", "CPU s", "peak MiB", "s against ours", "CPU against ours"]
    lines = [
        (
            f"{found.rows:,} rows of {len(FIELDS)} columns ({found.csv_mib:.0f} MiB as CSV), whole processes with their"
            f" imports, medians of {len(ours.runs)} turns. All ways brought the same values."
        ),
        "",
        table(head, rows),
        "",
        (
            f"Our peak memory at {found.rows * LARGER:,} rows: {found.larger.peak_mib:.0f} MiB"
            f" (at {found.rows:,}: {ours.most():.0f})."
        ),
        "",
        "The pull stage itself, with the lake, the profile of all statistics and the screen for personal data:",
        "",
        table(
            ["", "requests", "bytes", "s", "peak MiB"],
            [_day("first day", found.first), _day("the day after, nothing changed", found.unchanged)],
        ),
    ]
    return "\n".join(lines)


def _day(name: str, day: Run) -> list[str]:
    said = day.said
    return [name, f"{said['requests']}", f"{said['bytes']:,}", seconds(said["seconds"]), f"{day.peak_mib:.0f}"]


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dlt")
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="civicgauge-bench-") as folder:
        print(page(measure(told.rows, told.rounds, Path(folder), told.dlt)))


if __name__ == "__main__":
    main()
