"""Checking a landed table by 25 expectations: our way against Great Expectations on a frame and SQL by hand.

    python -m benchmarks.rows_checking [--rows 1000000] [--rounds 5]

Prints a part of docs/benchmarks.md. The figures are ratios within one run; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks._runs import Run, Way, run, seconds, table, take_turns

LARGER = 3  # times the rows, for memory alone
_CALL = (sys.executable, "-m", "benchmarks._checking_ways")
_WAYS = ("sql", "civicgauge", "gx_brief", "gx")
_BRIEF = "gx_brief"  # counts nothing: its verdicts alone can be held against the others'


@dataclass(frozen=True, slots=True)
class Checked:
    """The figures: ways by name, all statistics that ship, and memory with more rows."""

    rows: int
    parquet_mib: float
    ways: dict[str, Way]
    shipped: Run
    larger: dict[str, Run]


def measure(rows: int, rounds: int, folder: Path) -> Checked:
    """Everything, in `folder`, which needs room: about 2 KB for each row."""
    small, large = folder / "landed", folder / "landed-larger"
    _land(rows, small)
    ways = {name: Way(name, [*_CALL, name, str(small)]) for name in _WAYS}
    take_turns(list(ways.values()), rounds)
    _hold_against(ways)
    shipped = run([*_CALL, "shipped", str(small)])
    parquet_mib = (small / "rows.parquet").stat().st_size / 2**20
    shutil.rmtree(small)
    _land(rows * LARGER, large)
    larger = {name: run([*_CALL, name, str(large)]) for name in ("civicgauge", "shipped")}
    shutil.rmtree(large)
    return Checked(rows, parquet_mib, ways, shipped, larger)


def _land(rows: int, folder: Path) -> None:
    print(f"making and landing {rows:,} rows", file=sys.stderr)
    run([sys.executable, "-m", "benchmarks._table", str(rows), str(folder), "--export-only"])
    run([*_CALL, "land", str(folder)])
    (folder / "rows.csv").unlink()


def _hold_against(ways: dict[str, Way]) -> None:
    """SystemExit unless all ways came to the same verdicts, and found the same numbers."""
    said = {name: way.runs[-1].said for name, way in ways.items()}
    for name, each in said.items():
        same = each["holds"] == said["sql"]["holds"]
        if not same or (name != _BRIEF and each["numbers"] != said["sql"]["numbers"]):
            wrong = {key: (value, said["sql"]["numbers"][key]) for key, value in each["numbers"].items()}
            raise SystemExit(f"{name} and sql differ: {wrong}, {each['holds']}")


# ---------------------------------------------------------------- the page

_TOLD = {
    "sql": "one hand-written DuckDB aggregate",
    "civicgauge": "**civicgauge**: DuckDB counts, Great Expectations judges the counts",
    "gx_brief": "Great Expectations on a pandas frame, `BOOLEAN_ONLY` (verdicts alone)",
    "gx": "Great Expectations on a pandas frame, `SUMMARY` (its default)",
}


def after_imports(run: Run) -> float:
    """Seconds of the work alone."""
    return float(run.said["seconds"])


def cpu_after_imports(run: Run) -> float:
    """The same of CPU."""
    return float(run.said["cpu"])


def page(found: Checked) -> str:
    """The figures as Markdown."""
    hand, ours = found.ways["sql"], found.ways["civicgauge"]
    rows = [
        [
            _TOLD[name],
            seconds(way.middle(after_imports)),
            f"{min(map(after_imports, way.runs)):.1f}-{max(map(after_imports, way.runs)):.1f}",
            seconds(way.middle(cpu_after_imports)),
            seconds(way.middle()),
            f"{way.most():.0f}",
            f"{way.middle(after_imports) / hand.middle(after_imports):.2f}",
            f"{way.middle(after_imports) / ours.middle(after_imports):.2f}",
            f"{way.middle() / ours.middle():.2f}",
        ]
        for name, way in found.ways.items()
    ]
    head = [
        "way",
        "s",
        "from-to",
        "CPU s",
        "s with imports",
        "peak MiB",
        "against by hand",
        "against ours",
        "with imports",
    ]
    shipped, larger = found.shipped, found.larger
    more = [
        ["25 expectations", seconds(ours.middle(after_imports)), f"{ours.most():.0f}", *_larger(larger["civicgauge"])],
        [
            f"all statistics that ship ({shipped.said['numbers']['values']:.0f} numbers)",
            seconds(after_imports(shipped)),
            f"{shipped.peak_mib:.0f}",
            *_larger(larger["shipped"]),
        ],
    ]
    failing = sum(not holds for holds in hand.runs[-1].said["holds"].values())
    told = (
        f"{found.rows:,} landed rows ({found.parquet_mib:.0f} MiB of Parquet), from the file to the verdicts, medians"
        f" of {len(ours.runs)} turns. All ways came to the same verdicts ({failing} of 25 do not hold) and found the"
        " same numbers."
    )
    sizes = [f"s at {found.rows:,}", "peak MiB", f"s at {found.rows * LARGER:,}", "peak MiB"]
    return "\n".join([told, "", table(head, rows), "", "Our way as rows grow:", "", table(["", *sizes], more)])


def _larger(one: Run) -> list[str]:
    return [seconds(after_imports(one)), f"{one.peak_mib:.0f}"]


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="civicgauge-bench-") as folder:
        print(page(measure(told.rows, told.rounds, Path(folder))))


if __name__ == "__main__":
    main()
