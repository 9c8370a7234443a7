"""What holds for every indicator, also one added tomorrow: bounds, no gain by hiding, purity, no zero for nothing."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indicators.cities import NO_EVENTS, evidence, row
from tests.indicators.completing import completed
from tests.indicators.dressing import CITIES, SEEDS, City
from tests.indicators.hiding import CHANGES, changed

from civicgauge.indicators import CatalogueEvents, Indicator, discover, measure
from civicgauge.model import IndicatorValue, Status

INDICATORS = {indicator.id: indicator for indicator in discover()}
BOUNDED = {key: indicator for key, indicator in INDICATORS.items() if not indicator.is_count}
FOUND_BY_TITLE = {"days", "years", "stages", "signals"}
"""Units of what is found by its title: what is not found may be there, so that nothing is ever not applicable."""


def _values(city: City) -> dict[str, IndicatorValue]:
    return {value.indicator_id: value for value in measure(evidence(city), tuple(INDICATORS.values()))}


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
        if found.indicator_id in BOUNDED:
            assert (found.value_low is None) == (found.status is Status.NOT_APPLICABLE), found
        if found.value is not None and found.value_low is not None:
            assert _inside(found.value, found), found
        if found.unit == "share" and found.value is not None:
            assert found.value == pytest.approx(found.numerator / (found.denominator - found.n_unknown)), found
            assert found.n_unknown * 10 <= found.denominator * 3, found


@given(CITIES, SEEDS)
@settings(max_examples=150, deadline=None)
def test_every_completion_of_the_unknowns_lies_within_the_bounds(city: City, chance: random.Random) -> None:
    """What asks whether a fact is shown takes one that is not for a known no, which a completion leaves as it is."""
    before = _values(city)
    settled = _values([completed(dataset, chance, also_not_shown=True) for dataset in city])
    shown = _values([completed(dataset, chance, also_not_shown=False) for dataset in city])
    for key, indicator in BOUNDED.items():
        after = (shown if indicator.is_about_showing else settled)[key]
        if after.status is Status.NOT_APPLICABLE:
            continue
        if indicator.unit not in FOUND_BY_TITLE:
            assert (after.n_unknown, after.status) == (0, Status.OK), after
        number = after.value_low if after.value is None else after.value
        assert number is not None
        assert _inside(number, before[key]), (before[key], after)


@pytest.mark.parametrize("change", CHANGES)
@given(city=CITIES, chance=SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_way_of_hiding_betters_a_bound(change: str, city: City, chance: random.Random) -> None:
    """One way, with any of the datasets."""
    dressed = [changed(dataset, change, chance) if chance.random() < 0.7 else dataset for dataset in city]
    _assert_no_better(_values(city), _values(dressed))


@given(CITIES, SEEDS, st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_ways_of_hiding_betters_a_bound(city: City, chance: random.Random, times: int) -> None:
    dressed = list(city)
    for _ in range(times if city else 0):
        place = chance.randrange(len(dressed))
        dressed[place] = changed(dressed[place], chance.choice(list(CHANGES)), chance)
    _assert_no_better(_values(city), _values(dressed))


def _assert_no_better(before: dict[str, IndicatorValue], after: dict[str, IndicatorValue]) -> None:
    """The interval only becomes wider. An upper bound of null is without limit.

    What applied does not cease to apply. Where nothing applied, hiding may at most bring in what is not known, or known
    not to be: the lower bound is then 0. What asks whether a fact is shown may lose at the upper end by clearing it.
    """
    for key, indicator in BOUNDED.items():
        old, new = before[key], after[key]
        if old.value_low is None:
            assert new.value_low in (None, 0), (old, new)
            continue
        assert new.value_low is not None, (old, new)
        assert new.value_low <= old.value_low, (old, new)
        if not indicator.is_about_showing:
            assert _or_infinite(new.value_high) >= _or_infinite(old.value_high), (old, new)


@given(CITIES, SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_same_evidence_in_any_order_gives_the_same_values(city: City, chance: random.Random) -> None:
    shuffled = list(city)
    chance.shuffle(shuffled)
    assert _values(city) == _values(city) == _values(shuffled)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS.keys())
def test_an_empty_city_is_never_zero_per_cent(indicator: Indicator) -> None:
    for city in ([], [(row(dataset_id="view", is_counted=False, subjects="budget usage"), {})]):
        found = indicator.measure(evidence(city))
        if indicator.is_count:  # nothing of a catalogue that was read is a true count
            assert (found.status, found.value) == (Status.OK, 0.0)
        elif indicator.unit in {"days", "years"}:
            assert (found.status, found.value, found.reason) == (Status.NOT_MEASURED, None, "none_found")
            assert (found.value_low, found.value_high) == (0, None)
        elif indicator.unit in FOUND_BY_TITLE:
            assert (found.status, found.value, found.reason) == (Status.INSUFFICIENT, None, "none_found")
            assert (found.value_low, found.value_high) == (0, found.denominator)
            assert found.n_unknown == found.denominator > 0
        else:
            assert (found.status, found.value, found.n_unknown) == (Status.NOT_APPLICABLE, None, 0)
            assert (found.value_low, found.value_high) == (None, None)


@given(CITIES)
@settings(max_examples=40, deadline=None)
def test_a_portal_never_read_leaves_no_number_and_no_bound(city: City) -> None:
    for found in measure(evidence(city, NO_EVENTS, ("second",)), tuple(INDICATORS.values())):
        assert (found.value, found.value_low, found.value_high) == (None, None, None)
        assert found.status is (Status.NOT_MEASURED if found.unit == "datasets" else Status.INSUFFICIENT)
        assert found.reason == "portal_never_read"
        assert found.band is None


@given(CITIES)
@settings(max_examples=60, deadline=None)
def test_a_band_holds_both_bounds(city: City) -> None:
    for found in _values(city).values():
        bands, more = INDICATORS[found.indicator_id].bands, found.direction == "higher_is_better"
        if found.band is None:
            continue
        assert bands is not None
        assert found.value_low is not None
        assert bands.of(found.value_low, found.value_low, more_is_better=more) == found.band
        assert bands.of(_or_infinite(found.value_high), found.value_high, more_is_better=more) == found.band


def test_what_compares_days_is_not_measured_on_the_first_rather_than_zero() -> None:
    first = CatalogueEvents(added=None, found=None, removed=None, since=None)
    found = {v.indicator_id: v for v in measure(evidence([(row(dataset_id="a"), {})], first))}
    growth = {f"datasets_{what}_count" for what in ("added", "found", "removed", "missing")}
    for key in growth | {"promises_changed_late_count"}:
        assert (found[key].status, found[key].value, found[key].reason) == ("not_measured", None, "first_observation")
    assert found["datasets_counted_count"].value == 1
