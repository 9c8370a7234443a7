"""What holds for every indicator, also one added tomorrow: bounds, no gain by hiding, purity, no zero for nothing."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from tests.indicators.cities import NO_EVENTS, evidence, row
from tests.indicators.dressing import CITIES, SEEDS, City, completed, hidden

from civicgauge.indicators import CatalogueEvents, Indicator, discover, measure
from civicgauge.model import IndicatorValue, Status

INDICATORS = discover()
# Measures what can be told: not being able to tell is a known no, which a completion leaves as it is.
ABOUT_EVIDENCE = {"promises_testable_share"}


def _values(city: City) -> dict[str, IndicatorValue]:
    return {value.indicator_id: value for value in measure(evidence(city), INDICATORS)}


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
    settled = _values([completed(dataset, chance, promises=True) for dataset in city])
    chance.setstate(state)
    seen = _values([completed(dataset, chance, promises=False) for dataset in city])
    for key, found in before.items():
        after = (seen if key in ABOUT_EVIDENCE else settled)[key]
        if found.unit == "datasets" or after.value is None:
            continue
        assert after.n_unknown == 0, after
        assert _inside(after.value, found), (found, after)


@given(CITIES, SEEDS)
@settings(max_examples=200, deadline=None)
def test_hiding_what_is_bad_never_betters_the_worse_bound(city: City, chance: random.Random) -> None:
    before, after = _values(city), _values([hidden(dataset, chance) for dataset in city])
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
