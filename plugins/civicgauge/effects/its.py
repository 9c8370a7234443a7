"""Interrupted time series with AR(1) errors, by likelihood; the interval holds what is unknown of the autocorrelation.

The likelihood of the autocorrelation r is restricted (REML: freed of the regression's coefficients). Taking its best r
as if it were known makes intervals too narrow in short series, and HAC errors make them far too narrow. So nothing is
fixed: for each r the estimate has a t distribution, and these are averaged with the weight that the restricted
likelihood gives to r, under a prior that is even in arcsin(r): Jeffreys' prior of a stationary AR(1),
1/sqrt(1 - r^2). docs/effects.md holds the simulations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from civicgauge.effects.design import Design, steps

if TYPE_CHECKING:
    from civicgauge.effects.design import Floats

LEVEL = 0.95
_LEAST_GRID = 90
_MOST_STEPS, _CLOSE = 120, 1e-10
_EDGE = 1.5507  # arcsin(0.9998)


@dataclass(frozen=True)
class Estimate:
    """A number with its interval."""

    value: float
    low: float
    high: float

    def is_apart_from_zero(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0

    def as_dict(self) -> dict[str, float]:
        """Plain values."""
        return {"estimate": self.value, "low": self.low, "high": self.high}


class Model:
    """One design, made ready for many series: for each r on a grid the design is whitened and decomposed."""

    def __init__(self, design: Design) -> None:
        import numpy as np

        self.design = design
        x, apart = design.matrix, steps(design)
        n, self.n_coefficients = x.shape
        self.freedom = n - self.n_coefficients
        size = max(_LEAST_GRID, int(8 * n**0.5))
        edges = np.linspace(-_EDGE, _EDGE, size + 1)
        self.rho = np.sin((edges[1:] + edges[:-1]) / 2)
        self._by_step = self.rho[:, None] ** apart[None, :]
        unit = np.sqrt(1 - self.rho**2)
        self._first = unit
        self._scale = unit[:, None] / np.sqrt(1 - self._by_step**2)
        q, r = np.linalg.qr(self.whiten(x[None, :, :]))
        self.q, self.r_inverse = q, np.linalg.inv(r)
        logs = np.log(self._first) + np.log(self._scale).sum(axis=1)
        self._log_fixed = logs - np.log(np.abs(np.diagonal(r, axis1=1, axis2=2))).sum(axis=1)

    def whiten(self, columns: Floats) -> Floats:
        """For each r, the columns freed of the autocorrelation: (r, time, column)."""
        import numpy as np

        first = self._first[:, None, None] * columns[:, :1]
        rest = self._scale[:, :, None] * (columns[:, 1:] - self._by_step[:, :, None] * columns[:, :-1])
        return np.concatenate([first, rest], axis=1)

    def fit(self, values: Sequence[float] | Floats) -> Fit:
        """The series' own weights of r, with coefficients and scale at each."""
        import numpy as np

        y = np.asarray(values, dtype=float)
        centre, spread = float(y.mean()), float(y.std()) or 1.0
        white = self.whiten(((y - centre) / spread)[None, :, None])[:, :, 0]
        z = np.einsum("gnp,gn->gp", self.q, white)
        squares = np.maximum((white**2).sum(axis=1) - (z**2).sum(axis=1), 1e-12)
        log = self._log_fixed - self.freedom / 2 * np.log(squares)
        weights = np.exp(log - log.max())
        coefficients = np.einsum("gij,gj->gi", self.r_inverse, z) * spread
        coefficients[:, 0] += centre
        return Fit(self, weights / weights.sum(), coefficients, np.sqrt(squares / self.freedom) * spread, y)


@dataclass(frozen=True)
class Fit:
    """A fitted series. `weights` are how far the series speaks for each autocorrelation of the model's grid."""

    model: Model
    weights: Floats
    coefficients: Floats
    scale: Floats
    values: Floats

    def intervals(self, contrasts: Floats, level: float = LEVEL) -> list[Estimate]:
        """The median and the interval of each row of contrasts, over all that is not known."""
        import numpy as np

        keep = self.weights > self.weights.max() * 1e-9
        weights = self.weights[keep] / self.weights[keep].sum()
        centres = self.coefficients[keep] @ contrasts.T
        spans = np.linalg.norm(np.einsum("kp,gpq->gkq", contrasts, self.model.r_inverse[keep]), axis=2)
        spans = np.maximum(spans * self.scale[keep][:, None], 1e-12)
        tails = np.array([(1 - level) / 2, 0.5, 1 - (1 - level) / 2])
        found = quantiles(weights, centres, spans, self.model.freedom, tails)
        return [Estimate(float(found[1, k]), float(found[0, k]), float(found[2, k])) for k in range(contrasts.shape[0])]

    def below(self, value: float) -> float:
        """The weight of mean differences below a value: the interval of a level holds those from (1 - level) / 2 on."""
        import numpy as np
        from scipy.special import stdtr

        contrast = self.model.design.contrasts["mean"]
        spans = np.linalg.norm(contrast @ self.model.r_inverse, axis=1) * self.scale
        return float(self.weights @ stdtr(self.model.freedom, (value - self.coefficients @ contrast) / spans))

    def mean_difference(self, level: float = LEVEL) -> Estimate:
        """The effect: the mean difference from the counterfactual over the window after the start."""
        return self.intervals(self.model.design.contrasts["mean"][None], level)[0]

    def autocorrelation(self) -> Estimate:
        """The median and the middle 95 % of what the series says of its autocorrelation."""
        import numpy as np

        places = np.searchsorted(np.cumsum(self.weights), [0.5, 0.025, 0.975])
        middle, low, high = (float(self.model.rho[min(place, len(self.model.rho) - 1)]) for place in places)
        return Estimate(middle, low, high)

    def most_likely(self) -> int:
        """The place on the grid of the autocorrelation that the series speaks for most."""
        return int(self.weights.argmax())

    def innovations(self) -> Floats:
        """What is left of the series at the most likely autocorrelation, freed of it."""
        place = self.most_likely()
        left = self.values - self.model.design.matrix @ self.coefficients[place]
        white: Any = self.model.whiten(left[None, :, None])[place, :, 0]
        return white  # type: ignore[no-any-return]

    def fitted(self) -> Floats:
        """The line through the points: coefficients averaged over what is not known."""
        return self.model.design.matrix @ (self.weights @ self.coefficients)


def quantiles(weights: Floats, centres: Floats, spans: Floats, freedom: int, tails: Floats) -> Floats:
    """Quantiles (tail, column) of mixtures of t distributions: for each column its centres and spans, one a weight.

    Newton's steps, each kept within the bracket, which every step narrows.
    """
    import numpy as np
    from scipy.special import gammaln, stdtr

    constant = np.exp(gammaln((freedom + 1) / 2) - gammaln(freedom / 2)) / np.sqrt(freedom * np.pi)
    low = np.repeat((centres - 200 * spans).min(axis=0)[None], len(tails), axis=0)
    high = np.repeat((centres + 200 * spans).max(axis=0)[None], len(tails), axis=0)
    x = np.repeat((weights @ centres)[None], len(tails), axis=0)
    for _ in range(_MOST_STEPS):
        z = (x[None] - centres[:, None]) / spans[:, None]
        below = np.einsum("g,gtk->tk", weights, stdtr(freedom, z))
        density = constant * (1 + z**2 / freedom) ** (-(freedom + 1) / 2) / spans[:, None]
        excess = below - tails[:, None]
        low, high = np.where(excess < 0, x, low), np.where(excess < 0, high, x)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = x - excess / np.einsum("g,gtk->tk", weights, density)
        nearer = np.where((step > low) & (step < high), step, (low + high) / 2)
        if np.all(np.abs(excess) < _CLOSE):
            break
        x = nearer
    return x


@lru_cache(maxsize=32)
def model_of(design: Design) -> Model:
    """The model of a design; simulations and placebo dates ask for the same one many times."""
    return Model(design)
