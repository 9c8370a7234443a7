"""The estimate against known answers: a planted effect, statsmodels at a known autocorrelation, simulations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from benchmarks.effects import Cell, covered, verdicts
from civicgauge.effects import coverage
from civicgauge.effects.analysis import analyse, design_of, difference
from civicgauge.effects.checks import sensitivity
from civicgauge.effects.design import Design
from civicgauge.effects.its import model_of, quantiles
from civicgauge.effects.verdict import BENEFIT, HARM, INSUFFICIENT, NO_PRACTICAL_EFFECT, Bounds
from civicgauge.errors import ConfigurationError
from tests.conftest import IN_FULL
from tests.effects.simulated import FIRST, errors, series

RUNS = 1000 if IN_FULL else 200
BAND = Bounds(-1, 1, "days")


def test_a_planted_effect_is_found() -> None:
    found = series(120, -6, slope=0.1)
    truth = -6 + 0.1 * 29.5
    fit = model_of(design_of(found, "none")).fit(found.values)
    mean = fit.mean_difference()
    assert mean.low < truth < mean.high
    assert mean.high - mean.low < 4
    level, slope = fit.intervals(np.array([fit.model.design.contrasts[name] for name in ("level", "slope")]))
    assert level.low < -6 < level.high
    assert slope.low < 0.1 < slope.high
    rho = fit.autocorrelation()
    assert rho.low < 0.3 < rho.high


@pytest.mark.parametrize("seasons", [(), tuple(i % 12 for i in range(60))])
def test_at_a_known_autocorrelation_it_is_what_statsmodels_says(seasons: tuple[int, ...]) -> None:
    """A month is left out at the start, as where a programme begins in mid-month."""
    indexes = tuple(i for i in range(61) if i != 30)
    design, y = Design(indexes, 31, seasons), errors(60, 0.5, 3) + 20
    model = model_of(design)
    fit = model.fit(y)
    times, contrast = np.array(indexes), design.contrasts["mean"]
    for place in (len(model.rho) // 2, 70, 80):
        rho = model.rho[place]
        apart = np.abs(times[:, None] - times[None, :])
        told = sm.GLS(y, design.matrix, sigma=rho**apart if rho > 0.05 else np.eye(60)).fit()
        close = 1e-6 if rho > 0.05 else 0.02
        assert fit.coefficients[place] @ contrast == pytest.approx(float(told.params @ contrast), rel=close, abs=close)
        spread = np.linalg.norm(contrast @ model.r_inverse[place]) * fit.scale[place]
        error = float(np.ravel(told.t_test(contrast).sd)[0]) * np.sqrt(1 - rho**2)
        assert spread * np.sqrt(1 - rho**2) == pytest.approx(error, rel=max(close, 1e-6))


def test_the_interval_and_what_lies_below_are_one() -> None:
    found = series(48, 3)
    fit = model_of(design_of(found, "none")).fit(found.values)
    mean = fit.mean_difference()
    assert [fit.below(x) for x in (mean.low, mean.value, mean.high)] == pytest.approx([0.025, 0.5, 0.975], abs=1e-6)


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(-50, 50), st.floats(1e-4, 50)), min_size=1, max_size=9),
    st.integers(4, 60),
)
def test_quantiles_of_mixtures_have_their_share_below(parts: list[tuple[float, float, float]], freedom: int) -> None:
    weights, centres, spans = (np.array(each) for each in zip(*parts, strict=True))
    weights = weights / weights.sum()
    tails = np.array([0.0005, 0.025, 0.5, 0.975])
    found = quantiles(weights, centres[:, None], spans[:, None], freedom, tails)[:, 0]
    below = [float(weights @ stdtr(freedom, (x - centres) / spans)) for x in found]
    assert below == pytest.approx(tails, abs=1e-8)


def test_nothing_depends_on_unit_or_trend() -> None:
    found = series(48, 3)
    t = np.arange(48)
    moved = tuple(float(v) for v in 1e6 * (np.array(found.values) + 5 * t - 77))
    one = model_of(design_of(found, "none")).fit(found.values).mean_difference()
    other = model_of(design_of(found, "none")).fit(moved).mean_difference()
    assert np.array([other.low, other.value, other.high]) / 1e6 == pytest.approx(
        [one.low, one.value, one.high], rel=1e-5
    )


def test_the_interval_holds_the_truth_in_every_cell_that_was_asked_for() -> None:
    """A cell at 0.95 falls below 0.91 in 200 runs once in 200 times, and the seeds are fixed; taking the likeliest
    autocorrelation as known is noticed."""
    least = 0.93 if IN_FULL else 0.91
    shares = {(n, rho): covered(Cell(n, rho), RUNS) for n in (24, 48, 120) for rho in (0.0, 0.3, 0.6)}
    assert min(shares.values()) >= least, shares
    plain, cell = 0, Cell(24, 0.6)
    model = model_of(Design(tuple(range(24)), 12))
    for run in range(100):
        told = sensitivity(model.fit(cell.series(run)))
        plain += told["hac"]["low"] <= 0 <= told["hac"]["high"]
    assert plain < 85, "what a broken interval would be like"


def test_the_verdict_is_rarely_wrong_where_nothing_happened() -> None:
    runs = 1000 if IN_FULL else 50
    for n, rho in ((24, 0.6), (48, 0.3)):
        found, held = verdicts(Cell(n, rho), runs)
        assert held >= 0.9
        assert found[BENEFIT] <= 0.05 * runs + 1
        assert found[HARM] <= 0.05 * runs + 1
    found, _ = verdicts(Cell(48, 0.0, effect=4.0), 20)
    assert found[BENEFIT] >= 14
    assert found[HARM] == 0


def test_what_verdicts_ask_is_what_the_simulations_give() -> None:
    cells = {(cell["season"], cell["n"], cell["rho"]): cell for cell in coverage.table()["cells"]}
    for season, n, rho in (("none", 24, 0.9), ("month", 48, 0.6)):
        stored = cells[season, n, rho]
        assert stored["covered"] == min(stored["by_start"])
        again = covered(Cell(n, rho, 0.5, season), coverage.table()["runs"])
        assert again == pytest.approx(stored["by_start"][1], abs=0.003)


def test_a_wandering_series_is_no_better_known_than_the_last_cell() -> None:
    """A random walk of 120 points: at 0.95 the interval held the truth in 94 % of simulations, near 1 in 87 %."""
    cells = coverage.table()["cells"]
    nearly_one = float(model_of(Design(tuple(range(24)), 12)).rho[-1])
    assert max(cell["rho"] for cell in cells) > 0.998, f"the grid goes on to {nearly_one:.4f}"
    walk = np.cumsum(np.random.default_rng(5).standard_normal(120))
    fit = model_of(Design(tuple(range(120)), 60)).fit(walk)
    assert fit.autocorrelation().value > 0.95
    assert "93% are asked for" in (coverage.objection(fit, "none") or "")


# ---------------------------------------------------------------- verdicts on whole series


def test_benefit_and_harm_go_by_direction() -> None:
    found = series(60, 8)
    told = analyse(found, "none", BAND)
    assert told.verdict.verdict == BENEFIT
    assert "all of it lies beyond the band" in told.verdict.reason
    assert analyse(found, "none", Bounds(-1, 1, "days", is_higher_better=False)).verdict.verdict == HARM
    assert told.details["sensitivity"]["hac"]["estimate"] == pytest.approx(told.effect.value, abs=1)


def test_no_effect_is_said_only_inside_the_band() -> None:
    found = series(120, 0, rho=0.0)
    assert analyse(found, "none", Bounds(-3, 3, "days")).verdict.verdict == NO_PRACTICAL_EFFECT
    told = analyse(found, "none", Bounds(-0.1, 0.1, "days")).verdict
    assert told.verdict == INSUFFICIENT
    assert "neither an effect nor its absence" in told.reason
    assert told.smallest_seen > 0


def test_where_the_simulations_do_not_reach_nothing_is_said() -> None:
    short = series(16, 30)
    told = analyse(short, "none", BAND).verdict
    assert told.verdict == INSUFFICIENT
    assert "16 points; the simulations (docs/effects.md" in told.reason
    wandering = series(48, 0, rho=0.99, seed=7)
    told = analyse(wandering, "none", BAND).verdict
    assert told.verdict == INSUFFICIENT
    assert "a 95 % interval held the truth in" in told.reason
    late = replace(series(60, 8), start=FIRST + 52)
    assert "within the middle half" in analyse(late, "none", BAND).verdict.reason
    assert "register longer periods" in analyse(series(1300, 3), "none", BAND).verdict.reason
    assert "each side needs 4" in analyse(series(6, 3), "none", BAND).verdict.reason


def test_placebo_dates_that_do_the_same_stop_a_verdict() -> None:
    """A step before the start, and a larger one at the start."""
    found = series(240, 30)
    stepped = replace(found, values=tuple(v + (3 if t >= 60 else 0) for t, v in enumerate(found.values)))
    told = analyse(stepped, "none", BAND)
    assert told.judged.low > 0
    assert told.verdict.verdict == INSUFFICIENT
    assert "placebo dates before the start, when nothing began" in told.verdict.reason
    assert all(at < found.start for at, _ in told.placebo.estimates)
    assert analyse(found, "none", BAND).verdict.verdict == BENEFIT


def test_a_comparison_that_contradicts_stops_a_verdict_and_one_that_agrees_does_not() -> None:
    found = series(60, 8)
    same = replace(found, values=tuple(v + 3 for v in series(60, 8, seed=2).values))
    told = analyse(found, "none", BAND, difference(found, [same], is_scaled=False))
    assert told.verdict.verdict == INSUFFICIENT
    assert "both have to say the same" in told.verdict.reason
    calm = replace(found, values=tuple(10 * v for v in series(60, 0, seed=2).values))
    told = analyse(found, "none", BAND, difference(found, [calm], is_scaled=True))
    assert told.verdict.verdict == BENEFIT
    assert abs(told.details["controlled"]["mean_before"]) < 1e-9, "brought to the same mean before"
    below = replace(calm, values=tuple(-v for v in calm.values))
    with pytest.raises(ConfigurationError, match="means above 0 before the start"):
        difference(found, [below], is_scaled=True)


def test_series_that_were_tried_widen_what_is_judged() -> None:
    found = series(60, 2.2, seed=4)
    alone, fifth = (analyse(found, "none", Bounds(-0.1, 0.1, "days"), tried=tried) for tried in (1, 20))
    assert alone.effect == fifth.effect
    assert fifth.judged.low < alone.judged.low < alone.judged.high < fifth.judged.high
    assert "99.75 % interval" in fifth.verdict.reason


def test_errors_that_the_model_does_not_describe() -> None:
    t = np.arange(72)
    values = 5 * np.sin(2 * np.pi * t / 5) + errors(72, 0, 1)
    cycle = replace(series(72, 0), values=tuple(float(v) for v in values))
    told = analyse(cycle, "none", BAND).verdict
    assert told.verdict == INSUFFICIENT
    assert "still correlated over time (Ljung-Box" in told.reason


def test_a_line_that_goes_on_below_zero_is_no_counterfactual() -> None:
    """Days that fall to none and stay there: nothing began, and the line before goes on to -37."""
    t = np.arange(48)
    values = np.maximum(0, 40 - 1.6 * t + 2 * np.random.default_rng(7).standard_normal(48))
    falling = replace(series(48, 0), values=tuple(float(value) for value in values))
    found = analyse(falling, "none", BAND)
    assert found.effect is not None
    assert found.effect.low > BAND.high, "against that line there would be an effect"
    assert found.verdict.verdict == INSUFFICIENT
    assert "falls below 0" in found.verdict.reason
    lower = replace(falling, values=tuple(value - 100 for value in falling.values))
    assert "falls below 0" not in analyse(lower, "none", BAND).verdict.reason, "what can be negative may go on"
