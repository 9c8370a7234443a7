"""How often the 95 % interval held the truth in simulations, and whether it can be relied on for a series.

`coverage.json` is written by `python -m benchmarks.effects`; it is data, and part of the method.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civicgauge.effects.its import Fit

LEAST = 0.93
"""Where simulated intervals held the truth less often, the verdict is `insufficient data`."""
SIMULATION = "docs/effects.md, `python -m benchmarks.effects`"


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The simulations: `runs`, and `cells` with n, season, rho, and the least share over starts at 1/4, 1/2, 3/4."""
    return dict(json.loads(files("civicgauge.effects").joinpath("coverage.json").read_text(encoding="utf-8")))


def expected(fit: Fit, season: str) -> float | None:
    """The simulated coverage, averaged over what the series leaves open of its autocorrelation.

    Of the largest simulated number of points that is not above the series'; None where there is none.
    """
    import numpy as np

    n = len(fit.values)
    cells = [cell for cell in table()["cells"] if cell["season"] == season and cell["n"] <= n]
    if not cells:
        return None
    at = max(cell["n"] for cell in cells)
    points = sorted((cell["rho"], cell["covered"]) for cell in cells if cell["n"] == at)
    rho, covered = zip(*points, strict=True)
    return float(fit.weights @ np.interp(fit.model.rho, rho, covered))


def objection(fit: Fit, season: str) -> str | None:
    """Why the interval cannot be relied on, in words that name the simulation; None where it can."""
    design, n = fit.model.design, len(fit.values)
    if not n / 4 <= design.n_before <= 3 * n / 4:
        return (
            f"the start leaves {design.n_before} points before and {n - design.n_before} after it; the simulations "
            f"({SIMULATION}) hold starts within the middle half of the window alone"
        )
    found, rho = expected(fit, season), fit.autocorrelation()
    if found is None:
        least = min(cell["n"] for cell in table()["cells"] if cell["season"] == season)
        return f"{n} points; the simulations ({SIMULATION}) begin at {least}, and what was not tried is not relied on"
    if found < LEAST:
        return (
            f"with {n} points and an autocorrelation of {rho.value:.2f} ({rho.low:.2f} to {rho.high:.2f}) a 95 % "
            f"interval held the truth in {found:.1%} of simulations ({SIMULATION}), and {LEAST:.0%} are asked for"
        )
    return None
