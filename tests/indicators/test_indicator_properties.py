"""What holds for every indicator, also one added tomorrow: bounds, no gain by hiding, purity, no zero for nothing."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indicators.cities import CLASSES, NO_EVENTS, evidence, result, row

from civicgauge.indicators import CatalogueEvents, Indicator, discover, measure
from civicgauge.model import CheckResult, IndicatorValue, Outcome, Status

INDICATORS = discover()
CHECKS = sorted({check for indicator in INDICATORS for check in indicator.checks} | {"frequency_declared"})
# Measures what can be told: not being able to tell is a known no, which a completion leaves as it is.
ABOUT_EVIDENCE = {"promises_testable_share"}
PROMISES = (*CLASSES, "daily", "weekly", "undeclared", "untestable", "unmapped", "not_periodic")
OUTCOMES = ("passed", "passed", "failed", "failed", "unknown", "not_applicable", "errored", "missing")

Dataset = tuple[dict[str, Any], dict[str, CheckResult]]
City = list[Dataset]

FACTS = st.fixed_dictionaries(
    {
        "is_counted": st.sampled_from([True, True, True, None, False]),
        "is_observed": st.sampled_from([True, True, True, True, False]),
        "promise": st.sampled_from(PROMISES),
        "superseded": st.sampled_from([False, False, False, False, True]),
        "dated": st.sampled_from([True, True, True, False]),
        "quarters_late": st.integers(0, 12),
        "outcomes": st.lists(
            st.sampled_from(OUTCOMES),
            min_size=len(CHECKS), max_size=len(CHECKS),
        ),
        "columns": st.integers(0, 5),
        "has_columns": st.booleans(),
    }
)  # fmt: skip


def _dataset(number: int, facts: dict[str, Any]) -> Dataset:
    """A dataset whose row and results agree with one another, as landing and checks would leave them."""
    periodic, observed = facts["promise"] in CLASSES, facts["is_observed"]
    cycles = facts["quarters_late"] / 4 if periodic and facts["dated"] and observed else None
    applies = facts["promise"] != "not_periodic" and not facts["superseded"]
    verdict = ("passed" if cycles <= 1 else "failed") if cycles is not None else "unknown"
    outcomes = dict(zip(CHECKS, facts["outcomes"], strict=True))
    if outcomes["update_on_time"] != "errored":
        outcomes["update_on_time"] = verdict if applies else "not_applicable"
    outcomes["frequency_declared"] = "failed" if facts["promise"] == "undeclared" else "passed"
    made = row(
        dataset_id=f"d{number}",
        is_counted=facts["is_counted"],
        is_observed=observed,
        period_source="declared" if periodic else facts["promise"],
        period_class=facts["promise"] if periodic else None,
        series_role="superseded" if facts["superseded"] else None,
        data_updated_at=facts["dated"] or None,
        touched_at=facts["dated"] or None,
        cycles_late=cycles,
        freshness_status=_freshness(cycles) if applies else "not_applicable",
        contact_state=None if outcomes.get("contact_usable") == "unknown" else "absent",
        columns_count=facts["columns"] if facts["has_columns"] else None,
        has_columns_in_catalogue=facts["has_columns"],
    )
    return made, {
        check: _outcome(made, check, outcome if observed or outcome == "not_applicable" else "unknown")
        for check, outcome in outcomes.items()
        if outcome != "missing"
    }


def _freshness(cycles: float | None) -> str:
    return "unknown" if cycles is None else "fresh" if cycles == 0 else "due" if cycles <= 1 else "overdue"


def _outcome(made: dict[str, Any], check: str, outcome: str) -> CheckResult:
    columns = max(1, made["columns_count"] or 1) if check == "columns_described" else 1
    return result(made, check, outcome, ((columns + 1) // 2 if outcome == "failed" else 0, columns))


CITIES = st.lists(FACTS, max_size=8).map(lambda city: [_dataset(i, facts) for i, facts in enumerate(city)])
SEEDS = st.integers(0, 10**6).map(random.Random)


def _values(city: City) -> dict[str, IndicatorValue]:
    return {value.indicator_id: value for value in measure(evidence(city), INDICATORS)}


def _completed(dataset: Dataset, chance: random.Random, *, promises: bool) -> Dataset:
    """The same dataset with all that is unknown of it settled at random; `promises`: also the verdicts on promises."""
    old, results = dict(dataset[0]), dict(dataset[1])
    if old["is_counted"] is None:
        old["is_counted"] = chance.choice([True, False])
    if not old["is_observed"]:
        old["touched_at"] = chance.choice([True, None])
    if old["period_source"] != "not_periodic" and old["period_class"] is None:
        old["period_class"] = chance.choice(CLASSES)
    if old["cycles_late"] is None:
        old["cycles_late"] = chance.choice([0.0, 0.5, 3.0, 1000.0])
    for check in CHECKS:
        said = results[check].outcome if check in results else None
        if said in (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_APPLICABLE) and check != "columns_described":
            continue
        if check == "columns_described":
            results[check] = _described(old, chance, said) or results[check]
        elif check == "update_on_time":
            results[check] = _kept(old, chance, said, promises=promises)
        else:
            results[check] = result(old, check, chance.choice(["passed", "failed"]))
    return old | {"is_observed": True}, results


def _described(made: dict[str, Any], chance: random.Random, said: Outcome | None) -> CheckResult | None:
    """A settled result, or None where the given one is already known."""
    has_columns = made["is_observed"] and made["has_columns_in_catalogue"] and made["columns_count"]
    if said in (Outcome.PASSED, Outcome.FAILED) or (said is Outcome.NOT_APPLICABLE and has_columns):
        return None
    columns = chance.randint(1, 6)
    failed = chance.randint(0, columns)
    return result(made, "columns_described", "failed" if failed else "passed", (failed, columns))


def _kept(made: dict[str, Any], chance: random.Random, said: Outcome | None, *, promises: bool) -> CheckResult:
    """A settled verdict on the promise; without `promises`, what could not be told by looking stays untold."""
    could_not_tell = made["is_observed"] and said is Outcome.UNKNOWN
    choices = ["passed", "failed"] if promises else ["unknown"] if could_not_tell else ["passed", "failed", "unknown"]
    outcome = chance.choice(choices)
    made["freshness_status"] = chance.choice(["fresh", "due"]) if outcome == "passed" else "overdue"
    return result(made, "update_on_time", outcome)


def _inside(value: float, bounds: IndicatorValue) -> bool:
    assert bounds.value_low is not None
    return bounds.value_low <= value <= _or_infinite(bounds.value_high)


def _or_infinite(number: float | None) -> float:
    return math.inf if number is None else number


@given(CITIES)
@settings(max_examples=120, deadline=None)
def test_a_value_lies_within_its_bounds_and_follows_from_its_counts(city: City) -> None:
    for found in _values(city).values():
        assert found.status is not Status.ERROR, found
        assert (found.value is None) == (found.status is not Status.OK), found
        if found.unit != "datasets":
            assert (found.value_low is None) == (found.status is Status.NOT_APPLICABLE), found
        if found.value is not None and found.value_low is not None:
            assert _inside(found.value, found), found
        if found.unit == "share" and found.value is not None:
            assert found.value == pytest.approx(found.numerator / (found.denominator - found.n_unknown)), found
            assert found.n_unknown * 10 <= found.denominator * 3, found


@given(CITIES, SEEDS)
@settings(max_examples=150, deadline=None)
def test_every_completion_of_the_unknowns_lies_within_the_bounds(city: City, chance: random.Random) -> None:
    before = _values(city)
    state = chance.getstate()
    settled = _values([_completed(dataset, chance, promises=True) for dataset in city])
    chance.setstate(state)
    seen = _values([_completed(dataset, chance, promises=False) for dataset in city])
    for key, found in before.items():
        after = (seen if key in ABOUT_EVIDENCE else settled)[key]
        if found.unit == "datasets" or after.value is None:
            continue
        assert after.n_unknown == 0, after
        assert _inside(after.value, found), (found, after)


@given(CITIES, SEEDS)
@settings(max_examples=200, deadline=None)
def test_hiding_what_is_bad_never_betters_the_worse_bound(city: City, chance: random.Random) -> None:
    before, after = _values(city), _values([_hidden(dataset, chance) for dataset in city])
    for key, old in before.items():
        new = after[key]
        if old.unit == "datasets":
            assert old == new
        if old.value_low is None or old.unit == "datasets":
            continue
        assert new.value_low is not None, (old, new)  # what applied does not cease to apply
        assert new.value_low <= old.value_low, (old, new)
        if old.direction == "lower_is_better":
            assert _or_infinite(new.value_high) >= _or_infinite(old.value_high), (old, new)


def _hidden(dataset: Dataset, chance: random.Random) -> Dataset:
    """The dataset as a city would dress it: late ones relabelled, cleared or undated, failed checks made unknowable."""
    made, results = dict(dataset[0]), dict(dataset[1])
    for check, found in dataset[1].items():
        may_hide = found.outcome is Outcome.FAILED and check not in ("update_on_time", "frequency_declared")
        if may_hide and chance.random() < 0.5:
            results[check] = replace(found, outcome=Outcome.UNKNOWN)
            if check == "contact_usable":
                made["contact_state"] = None
            if check == "columns_described" and chance.random() < 0.7:
                made["has_columns_in_catalogue"], made["columns_count"] = chance.choice([(False, None), (True, 0)])
                results.pop(check)
    on_time = results.get("update_on_time")
    if made["is_observed"] and on_time and on_time.outcome is Outcome.FAILED and chance.random() < 0.7:
        results["update_on_time"] = replace(on_time, outcome=Outcome.UNKNOWN)
        made["cycles_late"], made["freshness_status"] = None, "unknown"
        chance.choice(_DISGUISES)(made, results)
    return made, results


def _as_needed(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["period_source"], made["period_class"] = "untestable", None


def _cleared(made: dict[str, Any], results: dict[str, CheckResult]) -> None:
    made["period_source"], made["period_class"] = "undeclared", None
    results["frequency_declared"] = result(made, "frequency_declared", "failed")


def _undated(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["data_updated_at"] = None


def _undated_wholly(made: dict[str, Any], _results: dict[str, CheckResult]) -> None:
    made["data_updated_at"] = made["touched_at"] = None


Disguise = Callable[[dict[str, Any], dict[str, CheckResult]], None]
_DISGUISES: list[Disguise] = [_as_needed, _cleared, _undated, _undated_wholly]


@given(CITIES, SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_same_evidence_in_any_order_gives_the_same_values(city: City, chance: random.Random) -> None:
    shuffled = list(city)
    chance.shuffle(shuffled)
    assert _values(city) == _values(city) == _values(shuffled)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_an_empty_city_is_never_zero_per_cent(indicator: Indicator) -> None:
    for city in ([], [(row(dataset_id="view", is_counted=False), {})]):
        found = indicator.measure(evidence(city))
        if indicator.unit == "datasets":  # nothing of a catalogue that was read is a true count
            assert (found.status, found.value) == (Status.OK, 0.0)
        else:
            assert (found.status, found.value, found.n_unknown) == (Status.NOT_APPLICABLE, None, 0)
            assert (found.value_low, found.value_high) == (None, None)


@given(CITIES)
@settings(max_examples=40, deadline=None)
def test_a_portal_never_read_leaves_no_number_and_no_bound(city: City) -> None:
    for found in measure(evidence(city, NO_EVENTS, ("second",)), INDICATORS):
        assert (found.value, found.value_low, found.value_high) == (None, None, None)
        assert found.status is (Status.NOT_MEASURED if found.unit == "datasets" else Status.INSUFFICIENT)
        assert found.reason == "portal_never_read"


def test_growth_on_the_first_day_is_not_measured_rather_than_zero() -> None:
    first = CatalogueEvents(added=None, found=None, removed=None, since=None)
    found = {v.indicator_id: v for v in measure(evidence([(row(dataset_id="a"), {})], first), INDICATORS)}
    for key in ("datasets_added_count", "datasets_found_count", "datasets_removed_count"):
        assert (found[key].status, found[key].value, found[key].reason) == ("not_measured", None, "first_observation")
    assert found["datasets_counted_count"].value == 1
