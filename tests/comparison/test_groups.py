"""Peer groups: their limits, how they are widened, and who is let in when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from civicgauge.comparison import ladder
from tests.comparison.worlds import DAY, PUBLIC, beside, place, places, world

SIZE, BESIDE, TIER, PLATFORM = (
    "any size of catalogue",
    "the population tiers beside its own",
    "any population",
    "any platform",
)


@pytest.mark.parametrize(
    ("population", "tier"),
    [
        (99_999, "under-100k"), (100_000, "100k-250k"), (249_999, "100k-250k"), (250_000, "250k-500k"),
        (500_000, "500k-1m"), (999_999, "500k-1m"), (1_000_000, "over-1m"), (None, "not-stated"),
    ],
)  # fmt: skip
def test_a_population_on_a_limit_belongs_to_the_tier_above(population: int | None, tier: str) -> None:
    assert replace(PUBLIC, population=population).tier == tier


@pytest.mark.parametrize(
    ("datasets", "size"),
    [
        (0, "under-100"),
        (99, "under-100"),
        (100, "100-299"),
        (300, "300-999"),
        (1000, "1000-more"),
        (None, "not-stated"),
    ],
)
def test_a_catalogue_on_a_limit_belongs_to_the_size_above(datasets: float | None, size: str) -> None:
    assert replace(PUBLIC, datasets=datasets).size == size


def test_a_group_is_widened_by_size_then_tiers_beside_then_tier_then_platform() -> None:
    groups = ladder(PUBLIC)
    assert [group.id for group in groups] == [
        "250k-500k/socrata/100-299",
        "250k-500k/socrata/any",
        "100k-250k_250k-500k_500k-1m/socrata/any",
        "any/socrata/any",
        "any/any/any",
    ]
    assert [group.widened for group in groups] == [
        (), (SIZE,), (SIZE, BESIDE), (SIZE, TIER), (SIZE, TIER, PLATFORM),
    ]  # fmt: skip
    assert groups[0].title == "250,000 to 499,999 people; socrata; 100 to 299 datasets"


def test_each_wider_group_holds_all_of_the_narrower_ones() -> None:
    every = [
        replace(PUBLIC, population=population, platforms=platforms, datasets=datasets)
        for population in (None, 1, 100_000, 300_000, 700_000, 5_000_000)
        for platforms in ((), ("ckan",), ("socrata",), ("ckan", "socrata"))
        for datasets in (None, 1, 100, 300, 1000)
    ]
    for city in every:
        held = [{n for n, other in enumerate(every) if group.holds(other)} for group in ladder(city)]
        assert all(group.holds(city) for group in ladder(city))
        assert all(narrow <= wide for narrow, wide in pairwise(held))


def test_a_population_that_is_not_stated_is_a_tier_of_its_own() -> None:
    unknown = replace(PUBLIC, population=None)
    assert [group.id for group in ladder(unknown)] == [
        "not-stated/socrata/100-299", "not-stated/socrata/any", "any/socrata/any", "any/any/any",
    ]  # fmt: skip
    assert not ladder(unknown)[0].holds(PUBLIC)


def test_the_narrowest_group_with_five_named_peers_is_taken() -> None:
    near, far = places(5, "n"), places(30, "f", datasets=500)
    row = beside([place("a"), *near, *far])
    assert (row["group_id"], row["widened"], row["n_peers"]) == ("250k-500k/socrata/100-299", "[]", 5)
    row = beside([place("a"), *near[:4], *far])
    assert (row["group_id"], json.loads(row["widened"]), row["n_peers"]) == ("250k-500k/socrata/any", [SIZE], 34)


@pytest.mark.parametrize(
    ("facts", "widened"),
    [
        ({"datasets": 500}, [SIZE]),
        ({"population": 120_000}, [SIZE, BESIDE]),
        ({"population": 2_000_000}, [SIZE, TIER]),
        ({"platforms": ("ckan",)}, [SIZE, TIER, PLATFORM]),
    ],
)
def test_what_was_given_up_is_said(facts: dict[str, object], widened: list[str]) -> None:
    assert json.loads(beside([place("a"), *places(5, **facts)])["widened"]) == widened


def test_too_few_in_all_say_so_and_show_nothing() -> None:
    row = beside([place("a"), *places(4)])
    assert (row["group_id"], row["n_readable"], row["reason"]) == ("any/any/any", 4, "too_few_peers")
    shown = ("p10", "p25", "median", "p75", "p90", "n_overlapping", "position", "bands", "platforms")
    assert {row[name] for name in shown} == {None}


def test_peers_measured_long_before_or_after_are_left_out_and_counted() -> None:
    near = [place(f"n{days}", day=DAY - timedelta(days=days)) for days in (0, 1, 44, 45)]
    far = [place(f"f{days}", day=DAY - timedelta(days=days)) for days in (46, 400)]
    row = beside([place("a"), *near, place("later", day=DAY + timedelta(days=45)), *far])
    assert (row["n_peers"], row["n_readable"], row["n_older"]) == (5, 5, 2)


def test_an_older_city_does_not_make_a_group_large_enough() -> None:
    old = places(8, "o", day=DAY - timedelta(days=46))
    row = beside([place("a"), *places(4), *old, *places(5, "w", datasets=500)])
    assert json.loads(row["widened"]) == [SIZE]
    assert (row["n_peers"], row["n_older"]) == (9, 8)


def test_only_equal_versions_are_compared() -> None:
    other = [place(f"v{n}", value={"version": 2}) for n in range(3)]
    row = beside([place("a"), *places(6), *other])
    assert (row["n_peers"], row["n_readable"], row["n_other_version"]) == (9, 6, 3)


def test_who_stands_beside_a_city_is_the_same_for_every_indicator() -> None:
    some = [place("a"), *places(12)]
    group = world(some).group_of(some[0].city)
    unreadable = [replace(each, value=None) for each in some[4:]]
    assert world([*some[:4], *unreadable]).group_of(some[0].city) == group
