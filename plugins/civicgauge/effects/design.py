"""The columns of an interrupted time series: y = b0 + b1*t + b2*post + b3*(t - t0)*post, and months or quarters.

t counts periods and t0 is the programme's start, so that b2 is the change of level at the start and b3 that of slope.
(With t*post in place of (t - t0)*post, b2 would be no change at the start.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_EACH_SIDE = 4
"""A line and its scatter need so many points on each side of the start."""
MOST_POINTS = 1_200
"""More would ask for hundreds of MiB; longer periods say the same."""


@dataclass(frozen=True)
class Design:
    """Which periods there are, the first one after the start, and the season of each (empty: none is fitted)."""

    indexes: tuple[int, ...]
    start: int
    seasons: tuple[int, ...] = ()

    @property
    def n_before(self) -> int:
        """Points before the start."""
        return sum(index < self.start for index in self.indexes)

    @cached_property
    def matrix(self) -> Floats:
        """One row for each period; t runs from the start, in tens of periods, which keeps the numbers alike."""
        import numpy as np

        t = (np.array(self.indexes, dtype=float) - self.start) / 10
        post = (t >= 0).astype(float)
        columns = [np.ones_like(t), t, post, t * post]
        kinds = sorted(set(self.seasons))[1:]
        columns += [np.array([float(season == kind) for season in self.seasons]) for kind in kinds]
        return np.column_stack(columns)

    @cached_property
    def contrasts(self) -> dict[str, Floats]:
        """What is asked of the coefficients: the mean difference after the start, the changes of level and slope."""
        import numpy as np

        x = self.matrix
        blank = np.zeros(x.shape[1])
        level, slope, mean = blank.copy(), blank.copy(), blank.copy()
        level[2], slope[3] = 1, 0.1
        mean[2:4] = x[self.n_before :, 2:4].mean(axis=0)
        return {"mean": mean, "level": level, "slope": slope}

    def without_programme(self) -> Floats:
        """The rows after the start as if nothing had begun: times the coefficients, the counterfactual."""
        rows = self.matrix[self.n_before :].copy()
        rows[:, 2:4] = 0
        return rows

    def problem(self) -> str | None:
        """Why nothing can be estimated, in words; None where it can."""
        import numpy as np

        if len(self.indexes) > MOST_POINTS:
            return f"{len(self.indexes):,} points, of which {MOST_POINTS:,} at most are taken: register longer periods"
        before, after = self.n_before, len(self.indexes) - self.n_before
        if min(before, after) < LEAST_EACH_SIDE:
            return f"{before} points before the start and {after} after it; each side needs {LEAST_EACH_SIDE} at least"
        rank = int(np.linalg.matrix_rank(self.matrix))
        if rank < self.matrix.shape[1] or len(self.indexes) - rank < LEAST_EACH_SIDE:
            return "the season cannot be told from the trend in so few points"
        return None


def steps(design: Design) -> Any:
    """How many periods lie between each point and the one before it."""
    import numpy as np

    return np.diff(np.array(design.indexes))
