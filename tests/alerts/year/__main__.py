"""`python -m tests.alerts.year`: live through a simulated year, print its figures; 1 where anything is amiss."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

from .checking import check_all
from .judging import Verdicts, judge
from .report import markdown
from .running import Year, live


def simulate(cities: int, days: int, seed: int) -> tuple[Year, Verdicts]:
    """The year and what came of it, in a home in memory where there is one: a million commits would wait for a disk."""
    memory = Path("/dev/shm")
    home = tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
    with home as folder, live(Path(folder), cities, days, seed) as year:
        verdicts = judge(year)
        check_all(year, verdicts)
    return year, verdicts


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts.year")
    parser.add_argument("--cities", type=int, default=200)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path)
    told = parser.parse_args()
    logging.disable(logging.ERROR)
    year, verdicts = simulate(told.cities, told.days, told.seed)
    page = markdown(year, verdicts, told.seed)
    print(page)
    for line in verdicts.wrong[:50]:
        print(line, file=sys.stderr)
    if told.write:
        told.write.write_text(page, encoding="utf-8")
    return int(bool(verdicts.wrong))


if __name__ == "__main__":
    sys.exit(main())
