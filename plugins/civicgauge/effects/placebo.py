"""Placebo dates: the same estimate as if the programme had begun earlier, from the time before its start alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicgauge.effects.design import LEAST_EACH_SIDE, Design
from civicgauge.effects.its import Estimate, model_of

if TYPE_CHECKING:
    from civicgauge.effects.design import Floats

MOST_DATES = 9
LEAST_DATES = 3
MOST_APART = 0.2
"""Benefit or harm is not said where the intervals of more than so large a share of placebo dates leave out 0."""


@dataclass(frozen=True)
class Placebo:
    """The estimates at dates on which nothing began, by period number."""

    estimates: tuple[tuple[int, Estimate], ...]
    real: Estimate

    @property
    def as_large(self) -> int:
        """Dates whose estimate is as large as the real one, either way."""
        return sum(abs(each.value) >= abs(self.real.value) for _, each in self.estimates)

    @property
    def apart(self) -> int:
        """Dates whose interval leaves out 0."""
        return sum(each.is_apart_from_zero() for _, each in self.estimates)

    def objection(self) -> str | None:
        """Why a difference cannot be laid to the programme, in words; None where the placebos do not object."""
        count = len(self.estimates)
        if count < LEAST_DATES:
            return "the time before the start is too short for placebo dates to be held against the real one"
        if self.apart > MOST_APART * count:
            return (
                f"at {self.apart} of {count} placebo dates before the start, when nothing began, the interval "
                "leaves out 0 too: the series moves like this by itself"
            )
        return None


def placebo(design: Design, values: Floats, real: Estimate, level: float) -> Placebo:
    """The estimates at up to nine dates, evenly spread, with enough points on each side; none in short series."""
    n = design.n_before
    indexes, seasons = design.indexes[:n], design.seasons[:n]
    margin = max(LEAST_EACH_SIDE, -(-n // 4))  # as the simulations: within the middle half
    places = range(margin, n - margin + 1)
    if len(places) > MOST_DATES:
        places_kept = [places[round(k * (len(places) - 1) / (MOST_DATES - 1))] for k in range(MOST_DATES)]
    else:
        places_kept = list(places)
    found = []
    for place in places_kept:
        earlier = Design(indexes, indexes[place], seasons)
        if earlier.problem() is None:
            found.append((indexes[place], model_of(earlier).fit(values[:n]).mean_difference(level)))
    return Placebo(tuple(found), real)
