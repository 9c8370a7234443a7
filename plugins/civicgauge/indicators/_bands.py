"""Bands: a few words for a number, so that nobody reads a rank or a decimal into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Bands:
    """Names from the better end to the worse, and the limits between them (one fewer).

    Where more is better a value belongs to the first name whose limit it reaches; where less is better, to the first
    whose limit it does not exceed; else to the last name.
    """

    names: tuple[str, ...]
    limits: tuple[float, ...]

    def of(self, low: float, high: float | None, *, more_is_better: bool) -> str | None:
        """The name that holds the whole interval; None where it spans several. `high` None: without limit."""
        first = self._index(low, more_is_better=more_is_better)
        last = self._index(high, more_is_better=more_is_better)
        return self.names[first] if first == last else None

    def _index(self, value: float | None, *, more_is_better: bool) -> int:
        if value is None:
            return 0 if more_is_better else len(self.limits)
        reached = (value >= limit if more_is_better else value <= limit for limit in self.limits)
        return next((place for place, inside in enumerate(reached) if inside), len(self.limits))

    def problems(self, *, more_is_better: bool) -> Iterator[str]:
        """What contradicts itself, in words."""
        if len(self.names) != len(self.limits) + 1:
            yield f"bands: {len(self.names)} names need {len(self.names) - 1} limits, there are {len(self.limits)}"
        if len(set(self.names)) != len(self.names):
            yield "bands: a name is given twice"
        for better, worse in pairwise(self.limits):
            if better <= worse if more_is_better else better >= worse:
                yield f"bands: the limits {better:g} and {worse:g} are out of order; begin at the better end"


SHARE = Bands(("nearly all", "most", "some", "few"), (0.9, 0.6, 0.3))
"""Of a share in which more is better."""

SHARE_LESS = Bands(("hardly any", "some", "many", "most"), (0.05, 0.3, 0.6))
"""Of a share in which less is better."""

CYCLES = Bands(("on time", "one behind", "several behind"), (0, 1))
"""Of the periods by which the middle dataset is late."""

AGE = Bands(("this quarter", "this year", "older"), (92, 366))
"""Of an age in days."""

YEARS = Bands(("this fiscal year", "last fiscal year", "older"), (0, 1))
"""Of the fiscal years by which the newest edition is behind."""
