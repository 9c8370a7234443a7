"""A band is named only where the whole interval lies in it."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.indicators.cities import evidence, result, row

from civicgauge.indicators import Bands, discover

MORE = Bands(("nearly all", "most", "few"), (0.9, 0.6))
LESS = Bands(("this quarter", "this year", "older"), (92, 366))


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        (0.9, 1.0, "nearly all"),
        (0.9, 0.9, "nearly all"),  # a limit belongs to the better side
        (0.89, 1.0, None),
        (0.6, 0.89, "most"),
        (0.59, 0.6, None),
        (0.0, 0.59, "few"),
        (0.0, 1.0, None),
        (0.95, None, "nearly all"),
    ],
)
def test_where_more_is_better(low: float, high: float | None, name: str | None) -> None:
    assert MORE.of(low, high, more_is_better=True) == name


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [
        (0, 92, "this quarter"),
        (92, 93, None),
        (93, 366, "this year"),
        (366, 367, None),
        (367, 367, "older"),
        (367, None, "older"),  # without limit is the worse end here
        (0, None, None),
    ],
)
def test_where_less_is_better(low: float, high: float | None, name: str | None) -> None:
    assert LESS.of(low, high, more_is_better=False) == name


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_wider_interval_never_gets_a_band_that_a_narrower_has_not(first: float, second: float) -> None:
    low, high = sorted((first, second))
    for bands, more in ((MORE, True), (LESS, False)):
        name = bands.of(low, high, more_is_better=more)
        assert name in (None, bands.of(low, low, more_is_better=more))
        assert bands.of(low, high, more_is_better=more) in (None, bands.of(high, high, more_is_better=more))


@pytest.mark.parametrize("indicator", [i for i in discover() if i.bands], ids=lambda indicator: indicator.id)
def test_the_bands_of_each_indicator_go_from_its_better_end_to_its_worse(indicator) -> None:
    more, bands = indicator.direction == "higher_is_better", indicator.bands
    edges = [math.inf if more else -math.inf, *bands.limits, -math.inf if more else math.inf]
    middles = [max(-1e9, min(1e9, (better + worse) / 2)) for better, worse in pairwise(edges)]
    assert [bands.of(each, each, more_is_better=more) for each in middles] == list(bands.names)


def test_no_band_where_the_value_may_not_be_read() -> None:
    facts = [row(dataset_id=f"d{n}") for n in range(10)]
    said = ["failed"] * 9 + ["unknown"]
    city = [(f, {"licence_stated": result(f, "licence_stated", s)}) for f, s in zip(facts, said, strict=True)]
    share = next(i for i in discover() if i.id == "licence_stated_share")
    assert share.measure(evidence(city)).band == "few"  # from 0 to 10 %
    unread = [(facts | {"is_observed": False}, results) for facts, results in city]
    assert share.measure(evidence(unread)).band is None
    assert share.measure(evidence(city, portals_unread=("second",))).band is None
