"""A series, its comparison and its placebo dates, brought to one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from civicgauge.effects import checks, coverage
from civicgauge.effects.design import Design
from civicgauge.effects.its import LEVEL, Estimate, Fit, model_of
from civicgauge.effects.periods import Season, label, season_of
from civicgauge.effects.placebo import Placebo, placebo
from civicgauge.effects.series import Series
from civicgauge.effects.verdict import BENEFIT, HARM, Bounds, Verdict, insufficient, number, say, smallest_seen
from civicgauge.errors import ConfigurationError

if TYPE_CHECKING:
    from civicgauge.effects.design import Floats


@dataclass(frozen=True)
class Analysis:
    """Everything that was found. `effect` has a 95 % interval; `judged` one that is widened for the series tried."""

    verdict: Verdict
    fit: Fit | None = None
    effect: Estimate | None = None
    judged: Estimate | None = None
    controlled: Fit | None = None
    placebo: Placebo | None = None
    details: dict[str, Any] = field(default_factory=dict)


def design_of(series: Series, season: Season) -> Design:
    """The design of a series."""
    kinds = () if season == "none" else tuple(season_of(i, series.frequency, season) for i in series.indexes)
    return Design(series.indexes, series.start, kinds)


def level_for(tried: int) -> float:
    """The level of the interval that is judged: 95 % shared out over all series that were tried (Bonferroni)."""
    return 1 - (1 - LEVEL) / max(1, tried)


def difference(series: Series, comparison: Sequence[Series], *, is_scaled: bool) -> Floats:
    """The series less the plain mean of the comparison series; scaled: each brought to the series' own mean before.

    The plain mean, not the convex combination that fits best before the start: weights that were fitted to the scatter
    before the start make that time look calmer than it is, and the interval too narrow.
    """
    import numpy as np

    n, own = series.n_before, np.array(series.values)
    others = np.array([other.values for other in comparison])
    if is_scaled:
        if own[:n].mean() <= 0 or (others[:, :n].mean(axis=1) <= 0).any():
            raise ConfigurationError("comparison_scale: mean_before needs means above 0 before the start; take as_is")
        others = others * (own[:n].mean() / others[:, :n].mean(axis=1))[:, None]
    return own - others.mean(axis=0)  # type: ignore[no-any-return]


def analyse(series: Series, season: Season, band: Bounds, others: Floats | None = None, tried: int = 1) -> Analysis:
    """The verdict on a series; `others` is its difference from the comparison, where there is one."""
    found = judge(series, season, band, others, tried)
    if found.fit is None or found.placebo is None:
        return found
    return replace(found, details=found.details | _told(series, season, found.fit, found.controlled, found.placebo))


def judge(series: Series, season: Season, band: Bounds, others: Floats | None = None, tried: int = 1) -> Analysis:
    """As `analyse`, without what is only shown beside: what simulations repeat."""
    import numpy as np

    design = design_of(series, season)
    if problem := design.problem():
        return Analysis(insufficient(problem, "more periods on both sides of the start"))
    level = level_for(tried)
    fit = model_of(design).fit(series.values)
    judged = fit.mean_difference(level)
    controlled = model_of(design).fit(others) if others is not None else None
    tests = checks.residuals(fit)
    false_dates = placebo(design, np.asarray(series.values), judged, level)
    verdict = _verdict((fit, controlled), season, band, (tests, false_dates), level)
    effect = judged if level == LEVEL else fit.mean_difference()
    return Analysis(verdict, fit, effect, judged, controlled, false_dates, {"residuals": tests, "level": level})


def _verdict(
    fits: tuple[Fit, Fit | None], season: Season, band: Bounds, held: tuple[dict[str, Any], Placebo], level: float
) -> Verdict:
    fit, controlled = fits
    tests, false_dates = held
    beside_tests = checks.residuals(controlled) if controlled is not None else None
    real = false_dates.real
    seen, longer = smallest_seen(real, level), "a longer or steadier series"
    for name, each in (("", fit), ("the difference from the comparison: ", controlled)):
        if each is not None and (why := coverage.objection(each, season)):
            return insufficient(name + why, longer, seen)
    for name, each_tests in (("", tests), ("the difference from the comparison: ", beside_tests)):
        if each_tests is not None and (why := checks.objection(each_tests)):
            other = "a model that is registered for such a series: another season or frequency"
            return insufficient(name + why, other, seen)
    if why := checks.below_zero(fit):
        return insufficient(why, "a time before the start whose trend can go on, or another outcome", seen)
    said = say(real, band, level)
    if controlled is not None:
        beside = say(controlled.mean_difference(level), band, level)
        if beside.verdict != said.verdict:
            return insufficient(
                f"the series alone says {said.verdict} ({said.reason}); against the comparison it is {beside.verdict} "
                f"({beside.reason}); both have to say the same",
                "more periods, or a comparison that moved more like the city before the start",
                seen,
            )
    if said.verdict in (BENEFIT, HARM) and (why := false_dates.objection()):
        return insufficient(f"{said.reason}; but {why}", "a longer time before the start, or a steadier series", seen)
    return said


def _told(series: Series, season: Season, fit: Fit, controlled: Fit | None, false_dates: Placebo) -> dict[str, Any]:
    """What is kept and shown beside the verdict."""
    import numpy as np

    contrasts = fit.model.design.contrasts
    level, slope = fit.intervals(np.array([contrasts["level"], contrasts["slope"]]))
    rho = fit.autocorrelation()
    told: dict[str, Any] = {
        "level_change": level.as_dict(),
        "slope_change": slope.as_dict(),
        "autocorrelation": rho.as_dict(),
        "expected_coverage": coverage.expected(fit, season),
        "placebo": {
            "dates": [{"at": label(at, series.frequency), **each.as_dict()} for at, each in false_dates.estimates],
            "as_large": false_dates.as_large,
            "apart": false_dates.apart,
        },
        "sensitivity": checks.sensitivity(fit),
        "controlled": None,
    }
    if controlled is not None:
        trend = np.zeros(fit.model.n_coefficients)
        trend[1] = 0.1
        told["controlled"] = {
            **controlled.mean_difference().as_dict(),
            "mean_before": float(controlled.values[: series.n_before].mean()),
            "trend_before": controlled.intervals(trend[None])[0].as_dict(),
            "expected_coverage": coverage.expected(controlled, season),
        }
    return told


def shown_placebo(details: dict[str, Any]) -> str:
    """The placebo dates in words."""
    told = details["placebo"]
    count = len(told["dates"])
    if not count:
        return "no placebo date was possible: too few points before the start"
    return (
        f"{told['as_large']} of {count} placebo dates before the start give an estimate as large as the real one; at "
        f"{told['apart']} the interval leaves out 0 (largest {number(max(abs(d['estimate']) for d in told['dates']))})"
    )
