"""`make bench-rows`: measures pulling and checking, and writes docs/benchmarks.md.

python -m benchmarks._page [--rows 1000000] [--rounds 5] [--dlt PYTHON] [--to docs/benchmarks.md]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import rows_checking, rows_pulling
from benchmarks._runs import ROOT, Run, load, machine, table, today
from benchmarks.rows_checking import Checked
from benchmarks.rows_pulling import Pulled

_HEAD = """# Benchmarks of the rows

Written by `make bench-rows` on {date}: {machine}.
During the minute before the run and the minute before its end, {before:.1f} and {after:.1f} processes wanted a core.

## How to read it

- **Ratios, not seconds.** The ways took turns in one run, each a whole process of its own, and what is told is their
  median; from-to shows how much the turns differed. Seconds are this machine's on that day. Where other work shares the
  machine, seconds of CPU are the steadier measure; they leave out that some ways use two cores.
- **The table** is made up, the same for everyone who makes it: city service requests in twenty columns of text,
  numbers, dates, places and yes or no, a tenth of the cells empty, some forty values wrong, texts with commas, quotes
  and line breaks. It is served on loopback from files on disk, without compression and faster than any way reads it,
  so that a network and a portal's own slowness are left out: on a real portal all ways wait, and those that read pages
  of JSON wait longest.
- **Against others**: each as its documentation shows it, in its favour where there was a choice (pages of 50,000 rows
  instead of sodapy's 1,000; frames of only the columns that are looked at). They were not tuned further, and do other
  things that are not measured here.
- **Peak memory** is the most that the process held at once, as the operating system counts it (`ru_maxrss`); below
  about 17 MiB it is that of the process that started it.
- All ways have to bring the same values, and come to the same verdicts, or there is no page.
"""


def page(pulled: Pulled, checked: Checked, before: float) -> str:
    """The whole page."""
    head = _HEAD.format(date=today(), machine=machine(), before=before, after=load())
    parts = [
        head,
        "## To reach\n",
        targets(pulled, checked),
        "\n## Pulling to typed Parquet\n",
        rows_pulling.page(pulled),
        "\n## Checking by 25 expectations\n",
        rows_checking.page(checked),
    ]
    return "\n".join(parts) + "\n"


def targets(pulled: Pulled, checked: Checked) -> str:
    """What was to be reached, and what was."""
    ours, judged = pulled.ways["civicgauge"], checked.ways["civicgauge"]
    after, cpu_after = rows_checking.after_imports, rows_checking.cpu_after_imports
    faster = pulled.ways["sodapy"].middle() / ours.middle()
    faster_cpu = pulled.ways["sodapy"].middle(cpu) / ours.middle(cpu)
    than_gx = checked.ways["gx"].middle(after) / judged.middle(after)
    than_gx_cpu = checked.ways["gx"].middle(cpu_after) / judged.middle(cpu_after)
    by_hand = judged.middle(after) / checked.ways["sql"].middle(after)
    by_hand_cpu = judged.middle(cpu_after) / checked.ways["sql"].middle(cpu_after)
    pull_peak = max(ours.most(), pulled.larger.peak_mib)
    check_peak = max(judged.most(), *(run.peak_mib for run in (checked.shipped, *checked.larger.values())))
    asked = pulled.unchanged.said
    rows = [
        [
            "pulling, against sodapy to pandas to Parquet",
            "at least 5 times faster",
            f"{faster:.1f} ({faster_cpu:.1f})",
            faster >= 5,
        ],
        ["pulling, peak memory at any number of rows", "under 400 MiB", f"{pull_peak:.0f} MiB", pull_peak < 400],
        [
            "checking, against GX on a pandas frame",
            "at least 25 times faster",
            f"{than_gx:.1f} ({than_gx_cpu:.1f})",
            than_gx >= 25,
        ],
        [
            "checking, against the hand-written query",
            "within 1.5 times",
            f"{by_hand:.2f} ({by_hand_cpu:.2f})",
            by_hand <= 1.5,
        ],
        ["checking, peak memory", "under 800 MiB", f"{check_peak:.0f} MiB", check_peak < 800],
        [
            "a run in which nothing changed",
            "one small request",
            f"{asked['requests']} of {asked['bytes']:,} bytes",
            asked["requests"] == 1,
        ],
    ]
    told = [[what, wanted, found, "reached" if is_met else "**missed**"] for what, wanted, found, is_met in rows]
    return table(["", "wanted", "found (of CPU seconds)", ""], told)


def cpu(run: Run) -> float:
    """Seconds of CPU of the whole process."""
    return run.cpu


def main(words: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dlt")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "benchmarks.md")
    told = parser.parse_args(words)
    before = load()
    with tempfile.TemporaryDirectory(prefix="civicgauge-bench-") as folder:
        pulled = rows_pulling.measure(told.rows, told.rounds, Path(folder), told.dlt)
        checked = rows_checking.measure(told.rows, told.rounds, Path(folder))
    told.to.write_text(page(pulled, checked, before), encoding="utf-8")
    print(f"written: {told.to}", file=sys.stderr)


if __name__ == "__main__":
    main()
