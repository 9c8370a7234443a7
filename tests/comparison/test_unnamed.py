"""Cities that an audience may not see by name: inside aggregates of ten or nowhere, and never by difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from civicgauge.comparison import compared, ladder
from tests.comparison.worlds import (
    DAY,
    ID,
    MEANINGS,
    Place,
    any_places,
    beside,
    crowds,
    place,
    places,
    renamed,
    strip_of,
    world,
)


def private(count: int, name: str = "x", **facts: Any) -> list[Place]:
    return [place(f"{name}{n:02}", 0.9, is_named=False, **facts) for n in range(count)]


@given(any_places(most=20, only_named=True), any_places(most=9))
def test_fewer_than_ten_change_nothing(some: list[Place], more: list[Place]) -> None:
    hidden = [renamed(each, f"x{n}") for n, each in enumerate(more)]
    hidden = [replace(each, city=replace(each.city, is_named=False)) for each in hidden]
    assert compared(world([*some, *hidden]), "c00", MEANINGS) == compared(world(some), "c00", MEANINGS)


def test_ten_enter_as_an_aggregate_without_names() -> None:
    some = [place("a"), *places(6), *private(10)]
    row = beside(some)
    assert (row["n_peers"], row["n_readable"]) == (16, 16)
    assert {strip["peer_id"] for strip in strip_of(some)} == {f"p{n:02}" for n in range(6)}
    nine = beside([place("a"), *places(6), *private(9)])
    assert nine == beside([place("a"), *places(6)])


def test_ten_of_which_nine_are_readable_stay_out() -> None:
    unreadable = place("y", None, is_named=False)
    some = [place("a"), *places(6), *private(9), unreadable]
    assert beside(some) == beside([place("a"), *places(6)]) | {"n_peers": 16}


def test_they_make_no_strip_and_no_median_of_a_platform() -> None:
    own = place("a", platforms=("opendatasoft",))
    row = beside([own, *places(4), *private(12, platforms=("ckan",))])
    assert row["median"] is not None
    assert row["platforms"] == '{"socrata": {"n_readable": 4, "median": null}}'
    assert strip_of([own, *places(4), *private(12, platforms=("ckan",))]) == []


def test_one_that_is_long_ago_neither_enters_nor_is_counted() -> None:
    old = place("x99", is_named=False, day=DAY - timedelta(days=60))
    some = [place("a"), *places(6), *private(12)]
    assert beside([*some, old]) == beside(some)


def unnamed_of(some: Sequence[Place]) -> list[frozenset[str]]:
    """For each named city, group of its ladder and version: the unnamed cities whose values stand in its numbers."""
    whole = world(some)
    circles = [whole.circle(e.city, group) for e in some if e.city.is_named for group in ladder(e.city)]
    peers = [whole.peers(circle, ID, version) for circle in circles for version in (1, 2)]
    return [frozenset(value.city_id for value in each.unnamed) for each in peers]


def blocks_of(some: Sequence[Place]) -> bool:
    """Whether any group has ten unnamed cities at all."""
    whole = world(some)
    return any(whole.circle(some[0].city, group).unnamed for group in ladder(some[0].city))


@given(crowds())
def test_no_two_numbers_differ_by_fewer_than_ten_of_them(some: list[Place]) -> None:
    sets = set(unnamed_of(some))
    event(f"{len(sets) - 1} different aggregates of unnamed cities")
    assert all(len(each) == 0 or len(each) >= 10 for each in sets)
    for one, other in combinations(sets, 2):
        assert all(len(part) == 0 or len(part) >= 10 for part in (one - other, other - one, one & other))


@given(crowds(), st.data())
def test_one_more_or_less_shows_only_where_ten_are(some: list[Place], data: st.DataObject) -> None:
    hidden = [each for each in some if not each.city.is_named]
    assume(hidden)
    gone = data.draw(st.sampled_from(hidden))
    rest = [each for each in some if each is not gone]
    before, after = (compared(world(of), "c00", MEANINGS) for of in (some, rest))
    if not any(blocks_of(of) for of in (some, rest)):
        assert before == after


def test_those_of_a_block_that_a_group_would_cut_stay_out_of_it() -> None:
    some = [place("a"), *places(5), *private(6), *private(6, "y", datasets=500)]
    assert beside(some) == beside(some[:6])
    wider = [place("a"), *places(4), *private(6), *private(6, "y", datasets=500)]
    assert (beside(wider)["group_id"], beside(wider)["n_readable"]) == ("250k-500k/socrata/any", 16)


def test_a_part_of_ten_out_of_a_larger_block_does_not_enter_either() -> None:
    tiers = {"x": 120_000, "y": 300_000, "z": 2_000_000}
    hidden = [each for name, people in tiers.items() for each in private(6, name, population=people)]
    row = beside([place("a"), *places(4), *hidden])
    assert (row["group_id"], row["n_readable"]) == ("any/socrata/any", 22)


def test_an_unnamed_city_s_day_decides_nothing_for_the_others() -> None:
    some = [place("a"), *places(6), *private(12, day=DAY - timedelta(days=40))]
    newer = place("x99", is_named=False, day=DAY + timedelta(days=10))
    assert beside(some)["n_readable"] == 18
    assert beside([*some, newer])["n_readable"] == 19
    assert beside([*some, place("x99", is_named=False, day=DAY + timedelta(days=50))]) == beside(some)
