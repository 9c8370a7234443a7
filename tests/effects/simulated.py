"""Series whose truth is known, and plans about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from civicgauge.effects.series import Series

FIRST = 2021 * 12  # January 2021
PLAN = """\
id: alder-potholes
city: demo-alder-falls
programme: Pothole patrol
outcome: days to close a pothole request
source:
  csv: {path: days.csv, date_column: month, value_column: days, aggregate: mean}
unit: days
frequency: month
window: {first: 2021-01-01, last: 2024-12-31}
start: 2023-01-01
direction: lower_is_better
band: {low: -5, high: 5}
registered_by: performance lead
why: two years on each side; residents notice five days
"""


def errors(n: int, rho: float, seed: int, spread: float = 1.0) -> np.ndarray:
    """A stationary AR(1) with innovations of that spread."""
    drawn = np.random.default_rng(seed).standard_normal(n) * spread
    y = np.empty(n)
    y[0] = drawn[0] / np.sqrt(1 - rho**2)
    for t in range(1, n):
        y[t] = rho * y[t - 1] + drawn[t]
    return y


def series(n: int, effect: float, *, rho: float = 0.3, seed: int = 1, slope: float = 0.0) -> Series:
    """Months with a change of level (and slope) in the middle, around a rising line."""
    t = np.arange(n)
    after = (t >= n // 2).astype(float)
    values = 50 + 0.2 * t + effect * after + slope * after * (t - n // 2) + errors(n, rho, seed)
    return Series("month", tuple(range(FIRST, FIRST + n)), tuple(float(v) for v in values), FIRST + n // 2)


def write_csv(path: Path, effect: float, *, rho: float = 0.3, seed: int = 1, months: int = 48) -> None:
    """A CSV of months from January 2021 on, for `PLAN`."""
    values = 100 + errors(months, rho, seed, 3.0) + effect * (np.arange(months) >= 24)
    rows = [f"{2021 + t // 12}-{t % 12 + 1:02},{v:.2f}" for t, v in enumerate(values)]
    path.write_text("month,days\n" + "\n".join(rows) + "\n", encoding="utf-8")


def write_plan(folder: Path, *changes: tuple[str, str], name: str = "plan.yml") -> Path:
    """`PLAN` with some of its text replaced."""
    text = PLAN
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
