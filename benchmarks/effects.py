"""Simulated series, for which the truth is known: coverage of the 95 % interval, false verdicts, power.

`python -m benchmarks.effects` writes `plugins/civicgauge/effects/coverage.json` (which the verdicts ask) and the tables
of docs/effects.md between its marks; `--tables` writes the page alone, `--print` prints it. Seeds are fixed.
About eight minutes on one core.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from civicgauge.effects import coverage
from civicgauge.effects.analysis import judge
from civicgauge.effects.checks import sensitivity
from civicgauge.effects.design import Design
from civicgauge.effects.its import Model, model_of
from civicgauge.effects.series import Series
from civicgauge.effects.verdict import BENEFIT, HARM, INSUFFICIENT, NO_PRACTICAL_EFFECT, Bounds

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "effects.md"
DATA = ROOT / "plugins" / "civicgauge" / "effects" / "coverage.json"
BEGIN, END = "<!-- simulations: written by python -m benchmarks.effects -->", "<!-- end of simulations -->"
RUNS = 1000
LENGTHS, RHOS = (24, 48, 120), (0.0, 0.3, 0.6)
ALL_LENGTHS, ALL_RHOS = (24, 36, 48, 72, 120), (-0.6, 0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99, 0.999)
SEASONS = {"none": 0, "quarter": 4, "month": 12}
STARTS = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Cell:
    """One kind of series: points, autocorrelation, where the start lies, season, and the true effect in its own
    standard deviations."""

    n: int
    rho: float
    start: float = 0.5
    season: str = "none"
    effect: float = 0.0

    @property
    def first_after(self) -> int:
        """The place of the first point after the start."""
        return int(self.n * self.start)

    def series(self, run: int, second: float = 0.0) -> np.ndarray:
        """A simulated series of unit standard deviation; `second` makes its errors AR(2), which the model is not."""
        told = f"{self.n} {self.rho} {self.start} {self.season} {self.effect} {second} {run}"
        errors = np.random.default_rng(zlib.crc32(told.encode())).standard_normal(self.n + 200)
        y = np.zeros(self.n + 200)
        for t in range(2, len(y)):
            y[t] = self.rho * y[t - 1] + second * y[t - 2] + errors[t]
        first = self.rho / (1 - second)
        y = y[200:] * np.sqrt(1 - self.rho * first - second * (self.rho * first + second))
        y[self.first_after :] += self.effect
        return y


def covered(cell: Cell, runs: int, second: float = 0.0) -> float:
    """The share of runs whose 95 % interval holds the true mean difference."""
    kinds = SEASONS[cell.season]
    indexes = tuple(range(cell.n))
    seasons = tuple((i if kinds == 12 else i // 3) % kinds for i in indexes) if kinds else ()
    model = Model(Design(indexes, cell.first_after, seasons))
    held = (0.025 <= model.fit(cell.series(run, second)).below(cell.effect) <= 0.975 for run in range(runs))
    return sum(held) / runs


def gate(runs: int = RUNS) -> Iterator[dict[str, object]]:
    """The cells that verdicts ask: of each the least share over starts at a quarter, half and three quarters."""
    for season, kinds in SEASONS.items():
        for n in LENGTHS if kinds else ALL_LENGTHS:
            for rho in ALL_RHOS:
                shares = [covered(Cell(n, rho, start, season), runs) for start in STARTS]
                yield {"season": season, "n": n, "rho": rho, "covered": min(shares), "by_start": shares}
            print(f"{season} {n}", file=sys.stderr, flush=True)


def verdicts(cell: Cell, runs: int) -> tuple[Counter[str], float]:
    """How often each verdict is given, and the coverage, by the whole way that a real series goes."""
    found: Counter[str] = Counter()
    held = 0
    band = Bounds(-1.0, 1.0, "standard deviations")
    for run in range(runs):
        series = Series("month", tuple(range(cell.n)), tuple(cell.series(run)), cell.first_after)
        told = judge(series, "none", band)
        found[told.verdict.verdict] += 1
        held += told.effect is not None and told.effect.low <= cell.effect <= told.effect.high
    return found, held / runs


# ---------------------------------------------------------------- the page


def tables(runs: int = RUNS) -> str:
    """The simulations as Markdown."""
    parts = [f"{runs:,} series a cell; no true effect, the start in the middle, no season:\n"]
    parts += _headline(runs)
    told = "a change of level, in standard deviations of the series"
    parts += [f"\nWith a true effect ({told}), autocorrelation 0.3, {runs // 2:,} series a cell:\n"]
    parts += _power(runs)
    parts += [
        "\nCoverage that verdicts ask (`coverage.json`): the least of starts at a quarter, half and three quarters.\n",
        "| season | points | " + " | ".join(f"{rho:g}" for rho in ALL_RHOS) + " |",
        "|---|---|" + "---|" * len(ALL_RHOS),
    ]
    cells = coverage.table()["cells"]
    for season, n in dict.fromkeys((cell["season"], cell["n"]) for cell in cells):
        row = [cell["covered"] for cell in cells if (cell["season"], cell["n"]) == (season, n)]
        shown = " | ".join(f"{v:.1%}" if v >= coverage.LEAST else f"**{v:.1%}**" for v in row)
        parts.append(f"| {season} | {n} | {shown} |")
    parts += ["\nThe same cells by plainer ways of statsmodels, which are shown beside an answer and never judged:\n"]
    parts += _plainer(runs)
    parts += ["\nErrors that are not what the model assumes (AR(2), coefficients 0.4 and 0.3), start in the middle:\n"]
    parts += ["| points | coverage |", "|---|---|"]
    parts += [f"| {n} | {covered(Cell(n, 0.4), runs, 0.3):.1%} |" for n in LENGTHS]
    return "\n".join(parts)


def _headline(runs: int) -> Iterator[str]:
    yield (
        "| points | autocorrelation | coverage of the 95 % interval | evidence of benefit (false) | evidence of harm "
        f"(false) | {NO_PRACTICAL_EFFECT} | {INSUFFICIENT} |"
    )
    yield "|---|---|---|---|---|---|---|"
    for n in LENGTHS:
        for rho in RHOS:
            found, held = verdicts(Cell(n, rho), runs)
            shares = " | ".join(f"{found[v] / runs:.1%}" for v in (BENEFIT, HARM, NO_PRACTICAL_EFFECT, INSUFFICIENT))
            yield f"| {n} | {rho:g} | {held:.1%} | {shares} |"
            print(f"verdicts {n} {rho}", file=sys.stderr, flush=True)


def _plainer(runs: int) -> Iterator[str]:
    yield "| points | autocorrelation | GLS at the likeliest autocorrelation | OLS with HAC errors | OLS |"
    yield "|---|---|---|---|---|"
    for n in LENGTHS:
        model = model_of(Design(tuple(range(n)), n // 2))
        for rho in RHOS:
            told = [sensitivity(model.fit(Cell(n, rho).series(run))) for run in range(runs)]
            shares = (sum(each[way]["low"] <= 0 <= each[way]["high"] for each in told) for way in ("gls", "hac", "ols"))
            yield f"| {n} | {rho:g} | {' | '.join(f'{share / runs:.1%}' for share in shares)} |"


def _power(runs: int) -> Iterator[str]:
    yield "| points | true effect | coverage | evidence of benefit | evidence of harm | insufficient data |"
    yield "|---|---|---|---|---|---|"
    for n in LENGTHS:
        for effect in (1.0, 2.0, 4.0):
            found, held = verdicts(Cell(n, 0.3, effect=effect), runs // 2)
            shares = " | ".join(f"{found[v] / (runs // 2):.1%}" for v in (BENEFIT, HARM, INSUFFICIENT))
            yield f"| {n} | {effect:g} | {held:.1%} | {shares} |"


def main(words: list[str]) -> int:
    """Simulate, and write or print."""
    if not {"--print", "--tables"} & set(words):
        cells = list(gate())
        head = json.dumps({"runs": RUNS, "made_by": "python -m benchmarks.effects"})[:-1]
        lines = ",\n  ".join(json.dumps(cell) for cell in cells)
        DATA.write_text(f'{head}, "cells": [\n  {lines}\n]}}\n', encoding="utf-8")
        coverage.table.cache_clear()
    told = tables()
    if "--print" in words:
        print(told)
        return 0
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
