"""What is shown of registered questions: lists, kept answers in words, and what their pictures are drawn from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from civicgauge.effects.analysis import design_of, shown_placebo
from civicgauge.effects.its import Fit, model_of
from civicgauge.effects.plan import Plan
from civicgauge.effects.plot import Picture
from civicgauge.effects.series import Series, Span, periods_of
from civicgauge.effects.verdict import number
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.effectrows import NO_STANCE
from civicgauge.pipeline.reviewing.effects import Answered, Looked, plan_of
from civicgauge.pipeline.reviewing.effectsaid import tried
from civicgauge.warehouse.cityday import Row


def registered(context: Context, city_id: str | None) -> list[Row]:
    """Every plan (of a city), with the verdict of its newest answer (None: there is none), and how many there are."""
    with context.warehouse() as warehouse:
        plans = warehouse.reviews.rows("effect_plan", **({"city_id": city_id} if city_id else {}))
        answers = warehouse.reviews.rows("effect_result")
    newest = {row["plan_id"]: row["verdict"] for row in answers}
    times = Counter(row["plan_id"] for row in answers)
    return [{**plan, "verdict": newest.get(plan["plan_id"]), "n_answers": times[plan["plan_id"]]} for plan in plans]


def kept(context: Context, plan_id: str) -> Answered:
    """The newest answer as it was kept; ConfigurationError where there is none."""
    with context.warehouse() as warehouse:
        plan, _ = plan_of(warehouse.reviews, plan_id)
        rows = warehouse.reviews.rows("effect_result", plan_id=plan_id)
        count = tried(warehouse.reviews, plan.city, plan.programme, plan.question())
    if not rows:
        raise ConfigurationError(f"{plan_id}: not answered yet; `civicgauge effect answer {plan_id}`")
    return Answered(plan, rows[-1], json.loads(rows[-1]["details"]), tuple(rows[:-1]), count)


def looked(found: Looked) -> dict[str, Any]:
    """What may be told before registration: nothing of it is from a day after the start."""
    every = (found.read.treated, *found.read.comparison)
    return {
        "plan_id": found.plan.id,
        "city_id": found.plan.city,
        "digest": found.plan.digest(),
        "series_tried": found.series_tried,
        "said": list(found.notes),
        "periods": found.read.treated.series.labels,
        "series": [
            {
                "name": each.name,
                "values": list(each.series.values),
                "mean": sum(each.series.values) / len(each.series.values),
                "notes": list(each.series.notes),
            }
            for each in every
        ],
    }


def answered(found: Answered) -> Iterator[tuple[str, str]]:
    """The answer in words, line by line."""
    plan, row, told = found.plan, found.row, found.details
    yield "Plan", f"{plan.id}: {plan.programme}; {plan.outcome}"
    yield "Verdict", row["verdict"]
    if found.earlier:
        told_before = (f"{each['verdict']} ({each['answered_at']:%Y-%m-%d})" for each in found.earlier)
        yield "Earlier answers", "; ".join(told_before)
    yield "Why", row["reason"]
    yield "Would change it", told["would_change"]
    if told["smallest_seen"] is not None:
        yield "Could be seen", f"an effect of about {number(told['smallest_seen'])} {plan.unit}, four times in five"
    yield "Points", f"{row['n_before']} before the start, {row['n_after']} after it"
    if row["estimate"] is not None:
        yield from _figures(plan, row, told)
    count = row["series_tried"]
    wider = "" if count == 1 else f"; the interval that is judged is of {told.get('level', 0.95):.2%}"
    since = f"; {found.tried_now} by now: answer it again, for an interval that counts them" * (found.tried_now > count)
    yield "Series tried", f"{count} of this programme{wider}{since}"
    for series in told["series"]:
        yield "Read", series["origin"]
        yield from (("", note) for note in series["notes"])
    yield from (("Said", note) for note in told["said"])
    yield "Stance", NO_STANCE


def _figures(plan: Plan, row: Row, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Mean difference", _interval(row["estimate"], row["estimate_low"], row["estimate_high"]) + f" {plan.unit}"
    yield "Level, slope", f"{_of(told['level_change'])}; {_of(told['slope_change'])} by {plan.frequency}"
    rho = told["autocorrelation"]
    yield "Autocorrelation", f"{rho['estimate']:.2f} ({rho['low']:.2f} to {rho['high']:.2f})"
    if told["expected_coverage"] is not None:
        yield "Simulated", f"such 95 % intervals held the truth in {told['expected_coverage']:.1%} of simulations"
    if (beside := told["controlled"]) is not None:
        before = f"the difference was {number(beside['mean_before'])}, its trend {_of(beside['trend_before'])}"
        yield "Less comparison", f"{_of(beside)}; before the start {before} by {plan.frequency}"
    yield "Placebo dates", shown_placebo(dict(told))
    beside = told["sensitivity"]
    yield "Other ways", f"HAC {_of(beside['hac'])}; GLS {_of(beside['gls'])}; OLS {_of(beside['ols'])}; none is judged"
    tests = told["residuals"]
    yield "What is left", f"Ljung-Box p {tests['ljung_box_p']:.3f}, Jarque-Bera p {tests['jarque_bera_p']:.3f}"


def _of(told: Mapping[str, float]) -> str:
    return _interval(told["estimate"], told["low"], told["high"])


def _interval(estimate: float, low: float, high: float) -> str:
    return f"{number(estimate)} ({number(low)} to {number(high)})"


# ---------------------------------------------------------------- pictures


def picture(found: Answered) -> Picture:
    """The picture of an answer, from what was kept."""
    plan, told = found.plan, found.details
    treated, *others = told["series"]
    fit = _fit(plan, treated["values"]) if found.row["estimate"] is not None else None
    return Picture(
        title=f"{plan.programme}: {plan.outcome}",
        unit=plan.unit,
        periods=told["periods"],
        values=treated["values"],
        n_before=found.row["n_before"],
        start=plan.start.isoformat(),
        source=f"{treated['origin']}; answered {found.row['answered_at']:%Y-%m-%d}; plan {plan.id}",
        comparison=[(each["name"], each["values"]) for each in others],
        fit=fit,
        verdict=found.row["verdict"],
        reason=found.row["reason"],
    )


def _fit(plan: Plan, values: list[float]) -> Fit:
    span = Span(plan.window.first, plan.window.last, plan.start, plan.window.last, plan.frequency)
    whole, start, _ = periods_of(span)
    series = Series(plan.frequency, tuple(whole), tuple(values), start)
    return model_of(design_of(series, plan.season)).fit(values)


def before_picture(found: Looked) -> Picture:
    """The picture of a look: the time before the start alone."""
    plan, read = found.plan, found.read
    series = read.treated.series
    return Picture(
        title=f"{plan.programme}: {plan.outcome}, before the start",
        unit=plan.unit,
        periods=series.labels,
        values=series.values,
        n_before=len(series.values),
        start=plan.start.isoformat(),
        source=f"{read.treated.name}; up to {series.labels[-1]}; nothing after the start was read",
        comparison=[(each.name, each.series.values) for each in read.comparison],
    )


__all__ = ["answered", "before_picture", "kept", "looked", "picture", "registered"]
