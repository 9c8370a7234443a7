"""What is said of a city beside its peers: quantiles, strip, bands, overlap, position, platforms."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.comparison import COLUMNS, STRIP_COLUMNS, World, cohort_group, compared
from tests.comparison.worlds import (
    ID,
    KNOWN,
    MEANINGS,
    Place,
    any_places,
    beside,
    place,
    places,
    renamed,
    strip_of,
    world,
)

QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}
NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)


@given(st.lists(NUMBERS, min_size=10, max_size=60))
def test_the_quantiles_are_those_of_numpy_and_pandas(numbers: list[float]) -> None:
    row = beside([place("a"), *(place(f"p{n:02}", number) for n, number in enumerate(numbers))])
    found = [row[name] for name in QUANTILES]
    for theirs in (
        np.quantile(numbers, list(QUANTILES.values())),
        pd.Series(numbers).quantile(list(QUANTILES.values())),
    ):
        assert all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(found, theirs, strict=True))


def test_the_quantiles_of_eleven_even_steps() -> None:
    row = beside([place("a"), *places(11)])
    assert [row[name] for name in QUANTILES] == pytest.approx([0.1, 0.25, 0.5, 0.75, 0.9])


@pytest.mark.parametrize(("count", "reason"), [(5, "too_few_for_quantiles"), (9, "too_few_for_quantiles"), (10, None)])
def test_quantiles_from_ten_readable_peers_on(count: int, reason: str | None) -> None:
    unreadable = [place(f"u{n}", None) for n in range(7)]
    row = beside([place("a"), *places(count), *unreadable])
    assert (row["n_peers"], row["n_readable"], row["reason"]) == (count + 7, count, reason)
    assert all((row[name] is None) is (count < 10) for name in (*QUANTILES, "position"))


@pytest.mark.parametrize("count", [4, 5])
def test_a_strip_from_five_readable_peers_on_by_id(count: int) -> None:
    some = [
        place("a"),
        *reversed(places(count, value={"low": 0.25, "high": 0.75})),
        *places(3, "u", value={"status": "error", "value": None}),
    ]
    strip = strip_of(some)
    assert [row["peer_id"] for row in strip] == ([f"p{n:02}" for n in range(count)] if count == 5 else [])
    assert all((row["value_low"], row["value_high"]) == (0.25, 0.75) for row in strip)


@given(any_places(), st.randoms(use_true_random=False))
def test_the_order_of_cities_does_not_matter(some: list[Place], chance: Any) -> None:
    first = compared(world(some), "c00", MEANINGS)
    chance.shuffle(some)
    assert compared(world(some), "c00", MEANINGS) == first


@given(any_places(), any_places())
def test_no_peer_changes_the_city_s_own_value(some: list[Place], more: list[Place]) -> None:
    own = some[0].value
    assert own is not None
    others = [renamed(each, f"x{n}") for n, each in enumerate(more)]
    for of in (some, [*some, *others], [*others, some[0]]):
        rows, _ = compared(world(of), "c00", MEANINGS)
        assert [(r["city_id"], r["indicator_version"], r["status"]) for r in rows] == [("c00", own.version, own.status)]
        assert [(r["value"], r["value_low"], r["value_high"]) for r in rows] == [(own.value, own.low, own.high)]


@given(any_places(most=25))
def test_what_is_said_agrees_with_itself(some: list[Place]) -> None:
    rows, strips = compared(world(some), "c00", MEANINGS)
    for row in rows:
        assert list(row) == [name for name, *_ in COLUMNS]
        assert (row["p25"] is not None) is (row["reason"] is None)
        assert row["n_readable"] <= row["n_peers"]
        assert row["bands"] is None or sum(json.loads(row["bands"]).values()) == row["n_readable"]
        assert (row["n_overlapping"] or 0) <= row["n_readable"]
        if row["p25"] is not None:
            assert row["n_readable"] >= 10
            assert row["p10"] <= row["p25"] <= row["median"] <= row["p75"] <= row["p90"]
    assert len(strips) == 0 or len(strips) >= 5
    for strip in strips:
        assert list(strip) == [name for name, *_ in STRIP_COLUMNS]
        assert strip["peer_id"] != "c00"


def position(low: float | None, high: float | None, **value: Any) -> str | None:
    """Where an interval lies beside eleven even steps from 0 to 1: their middle half is 0.25 to 0.75."""
    own = place("a", 0.5, value={"low": low, "high": high, **value})
    found: str | None = beside([own, *places(11)])["position"]
    return found


def test_a_position_is_told_where_the_whole_interval_lies_outside() -> None:
    apart = "not told apart from the middle half"
    assert position(0.1, 0.2) == "below the middle half"
    assert position(0.1, 0.25) == apart
    assert position(0.8, 0.9) == "above the middle half"
    assert position(0.75, 0.9) == apart
    assert position(0.0, 1.0) == apart
    assert position(0.8, None) == "above the middle half"
    assert position(None, 0.2) == "below the middle half"
    assert position(0.1, None) == apart
    assert position(0.8, 0.9, status="insufficient", value=None) == "above the middle half"


def test_nothing_is_said_of_a_place_where_there_is_none_to_say() -> None:
    assert position(0.8, 0.9, direction="neutral") is None
    assert position(0.0, 1.0, status="not_measured", value=None) is None
    assert position(None, None, status="insufficient", value=None) is None


def test_a_count_is_what_was_seen_and_more_where_some_could_not_be_looked_at() -> None:
    count = replace(KNOWN, low=None, high=None, value=12.0, unit="datasets")
    assert count.interval == (12, 12)
    assert replace(count, n_unknown=1).interval == (12, math.inf)


def test_intervals_that_overlap_are_counted() -> None:
    bounds = [(0.0, 0.2), (0.1, 0.3), (0.3, 0.4), (0.4, 0.6), (0.61, 0.7), (0.5, None)]
    peers = [place(f"p{n}", 0.5, value={"low": low, "high": high}) for n, (low, high) in enumerate(bounds)]
    assert beside([place("a", value={"low": 0.3, "high": 0.6}), *peers])["n_overlapping"] == 4


def test_bands_are_counted_and_hold_no_rank() -> None:
    named = ["most", "most", "few", None, "nearly all", "few", "few"]
    peers = [place(f"p{n}", value={"band": band}) for n, band in enumerate(named)]
    row = beside([place("a", value={"band": "most"}), *peers])
    assert row["band"] == "most"
    assert json.loads(row["bands"]) == {"nearly all": 1, "most": 2, "few": 3, "between bands": 1}
    assert not any("rank" in name for name, *_ in (*COLUMNS, *STRIP_COLUMNS))


def mixed(n_ckan: int, n_socrata: int, **ckan: Any) -> list[Place]:
    """The city looked at is on socrata, and alone in its narrower groups."""
    own = place("a", population=5_000_000, platforms=("socrata", "opendatasoft"))
    on_ckan = [
        place(f"k{n:02}", ckan.get("number", n / 10), platforms=("ckan",), value=ckan.get("value"))
        for n in range(n_ckan)
    ]
    return [own, *on_ckan, *places(n_socrata, "s", platforms=("socrata",))]


def test_mixed_platforms_are_said_with_the_median_of_each() -> None:
    some = mixed(6, 4)
    row = beside(some)
    assert row["group_id"] == "any/any/any"
    assert row["sentence"] == "On ckan: Its extras. On socrata: Its custom fields."
    assert json.loads(row["platforms"]) == {
        "ckan": {"n_readable": 6, "median": pytest.approx(median(n / 10 for n in range(6)))},
        "socrata": {"n_readable": 4, "median": None},
    }


def test_one_platform_needs_no_sentence() -> None:
    row = beside([place("a"), *places(12)])
    assert (row["sentence"], row["platforms"], row["platform_only"]) == (None, None, None)


def test_texts_that_are_alike_make_no_sentence() -> None:
    alike = {(ID, 1): replace(MEANINGS[(ID, 1)], sources={"ckan": "The same.", "socrata": "The same."})}
    rows, _ = compared(world(mixed(6, 6)), "a", alike)
    assert rows[0]["sentence"] is None
    assert rows[0]["platforms"] is not None


HIDDEN = {"status": "not_measured", "value": None, "reason": "hidden_by_platform", "low": 0.0, "high": 1.0}


def test_what_a_platform_hides_is_never_held_against_another() -> None:
    own = place("a", population=5_000_000)
    near = places(4, "s", population=50_000)
    ckan = [place(f"k{n}", platforms=("ckan",), value=HIDDEN) for n in range(8)]
    row = beside([own, *near, *ckan])
    assert (row["group_id"], row["platform_only"], row["n_peers"]) == ("any/any/any", "socrata", 4)
    assert (row["reason"], row["platforms"]) == ("too_few_peers", None)
    assert row["sentence"]
    seen = [*ckan[:7], place("k9", platforms=("ckan",))]
    assert beside([own, *near, *seen])["platform_only"] is None  # one that shows it: the platform does not hide it


def test_a_city_on_the_hiding_platform_is_not_compared() -> None:
    ckan = [place(f"k{n}", platforms=("ckan",), value=HIDDEN) for n in range(3)]
    some = [*ckan, *places(20)]
    row = beside(some, "k0")
    assert (row["reason"], row["n_readable"], row["median"], row["bands"]) == ("hidden_by_platform", 0, None, None)
    assert strip_of(some, "k0") == []


def test_a_cohort_is_compared_as_it_is() -> None:
    some = [place("a"), *places(12), *places(6, "m", population=50_000, platforms=("ckan",))]
    group = cohort_group("mine", "My cities", {each.city.city_id for each in some[-6:]})
    rows, strips = compared(world(some), "a", MEANINGS, group)
    assert (rows[0]["group_id"], rows[0]["group_title"], rows[0]["n_peers"]) == ("cohort.mine", "My cities", 6)
    assert {row["peer_id"] for row in strips} == {f"m{n:02}" for n in range(6)}


def test_versions_that_nobody_knows_any_more_are_compared_without_words() -> None:
    rows, _ = compared(world([place("a"), *places(10)]), "a", {})
    assert rows[0]["median"] == pytest.approx(0.5)
    assert json.loads(rows[0]["bands"] or "{}") == {}


def test_an_empty_world_is_none() -> None:
    with pytest.raises(KeyError):
        compared(World([], []), "a", MEANINGS)
