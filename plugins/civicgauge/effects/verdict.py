"""One of four verdicts, each with its reason, what could have been seen, and what would change it.

A difference that is not apart from 0 is no proof of none: `no effect of practical size` is said only where the whole
interval lies inside the band that was registered; everything else that is not apart from 0 is `insufficient data`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from civicgauge.effects.its import Estimate
from civicgauge.errors import ConfigurationError

BENEFIT = "evidence of benefit"
HARM = "evidence of harm"
NO_PRACTICAL_EFFECT = "no effect of practical size"
INSUFFICIENT = "insufficient data"
VERDICTS = (BENEFIT, HARM, NO_PRACTICAL_EFFECT, INSUFFICIENT)
_FOUR_IN_FIVE = NormalDist().inv_cdf(0.8)


@dataclass(frozen=True)
class Bounds:
    """The band of practical size in the outcome's unit; `is_higher_better` says which way benefit lies."""

    low: float
    high: float
    unit: str
    is_higher_better: bool = True


@dataclass(frozen=True)
class Verdict:
    """What is said. `smallest_seen`: the smallest effect that would have been told from 0 four times in five."""

    verdict: str
    reason: str
    would_change: str
    smallest_seen: float | None = None


def number(value: float) -> str:
    """Three figures, as 1e+15 only where figures would fill the line."""
    if value == 0:
        return "0"
    if abs(value) >= 1e15:
        return f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def smallest_seen(estimate: Estimate, level: float = 0.95) -> float:
    """The smallest effect that an interval of this width and level would tell from 0 four times in five.

    Half of the interval, and as much more as lets 80 % of estimates pass it.
    """
    half = (estimate.high - estimate.low) / 2
    return half * (1 + _FOUR_IN_FIVE / NormalDist().inv_cdf((1 + level) / 2))


def say(estimate: Estimate, band: Bounds, level: float = 0.95) -> Verdict:
    """What one interval says, against the band."""
    seen = smallest_seen(estimate, level)
    shown = f"{level:.4g}" if level == round(level, 4) else f"{level:.4f}"
    held = (
        f"the mean difference is {number(estimate.value)} {band.unit} ({float(shown) * 100:.4g} % interval "
        f"{number(estimate.low)} to {number(estimate.high)})"
    )
    inside = f"the band of practical size ({number(band.low)} to {number(band.high)})"
    if band.low < estimate.low and estimate.high < band.high:
        return Verdict(
            NO_PRACTICAL_EFFECT,
            f"{held}; the whole interval lies inside {inside}",
            "a smaller band, or a longer series whose interval reaches beyond the band",
            seen,
        )
    if estimate.is_apart_from_zero():
        is_good = (estimate.low > 0) == band.is_higher_better
        is_sure = estimate.low >= band.high or estimate.high <= band.low
        size = (
            f"all of it lies beyond {inside}"
            if is_sure
            else f"whether it is of practical size is open: it reaches into {inside}"
        )
        return Verdict(
            BENEFIT if is_good else HARM,
            f"{held}; the interval leaves out 0, and {size}",
            "something else that began at the same time; comparison cities where the same happened; revised data",
            seen,
        )
    return Verdict(
        INSUFFICIENT,
        f"{held}; the interval holds 0 and does not lie inside {inside}: it tells neither an effect nor its absence",
        f"more periods, a steadier series or comparison cities; an effect below about {number(seen)} {band.unit} would "
        "have been told from 0 less than four times in five",
        seen,
    )


def insufficient(reason: str, would_change: str, seen: float | None = None) -> Verdict:
    """`insufficient data`, with why."""
    return Verdict(INSUFFICIENT, reason, would_change, seen)


def published(estimate: float, low: float | None, high: float | None, band: Bounds) -> Verdict:
    """What a published estimate says by the same rules; without an interval it is `insufficient data`.

    ConfigurationError where a number is none or endless, the interval is crossed or does not hold the estimate, or the
    band does not hold 0.
    """
    told = {"estimate": estimate, "low": low, "high": high, "band-low": band.low, "band-high": band.high}
    for name, value in told.items():
        if value is not None and not math.isfinite(value):
            raise ConfigurationError(f"--{name} {value}: give a number with an end")
    if not band.low < 0 < band.high:
        raise ConfigurationError(f"--band-low {band.low:g} --band-high {band.high:g}: the band must hold 0 inside it")
    if low is None or high is None:
        given = "no interval given" if low is None and high is None else "only one end of the interval given"
        return insufficient(
            f"{given}: an estimate of {number(estimate)} {band.unit} alone says nothing of what else it may be",
            "the interval, or the standard error, from the publication",
        )
    if not low <= estimate <= high:
        raise ConfigurationError(f"--low {low:g} --high {high:g}: the interval must hold the estimate, {estimate:g}")
    return say(Estimate(estimate, low, high), band)
