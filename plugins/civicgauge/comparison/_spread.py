"""How the peers' values spread, and where a city's interval lies against their middle half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from civicgauge.comparison._facts import Value

BELOW, ABOVE, NOT_TOLD_APART = "below the middle half", "above the middle half", "not told apart from the middle half"


@dataclass(frozen=True, slots=True)
class Spread:
    """The 10, 25, 50, 75 and 90 % quantiles of the peers' values."""

    p10: float
    p25: float
    median: float
    p75: float
    p90: float


def spread(values: Sequence[float]) -> Spread:
    """Quantiles with linear interpolation between the sorted values, the q-th at place q * (n - 1), counted from 0.

    That is type 7 of Hyndman and Fan (1996), what NumPy, pandas and a spreadsheet's PERCENTILE.INC do. Needs two.
    """
    cut = quantiles(values, n=20, method="inclusive")
    return Spread(cut[1], cut[4], cut[9], cut[14], cut[17])


def position(city: Value, peers: Spread) -> str | None:
    """In words, only where the city's whole interval lies outside the middle half; None where nothing may be said.

    A neutral number has no better end and gets none. Which side is the better one is left to who shows it.
    """
    bounds = city.interval
    if city.direction == "neutral" or bounds is None:
        return None
    if bounds[1] < peers.p25:
        return BELOW
    return ABOVE if bounds[0] > peers.p75 else NOT_TOLD_APART
