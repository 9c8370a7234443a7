"""What changed in a city's peer set, and how much of the median's move is due to that."""

from __future__ import annotations

import pytest

from civicgauge.comparison import PeerSetChange, peer_set_changes
from tests.comparison.worlds import Place, place, places, world


def change(before: list[Place], after: list[Place]) -> PeerSetChange:
    """The only change of the city `a`."""
    found = peer_set_changes(world([place("a"), *before]), world([place("a"), *after]), "a")
    assert len(found) == 1
    return found[0]


def test_the_same_peers_move_nothing_by_themselves() -> None:
    moved = [place(f"p{n:02}", n / 10 + 0.1) for n in range(11)]
    found = change(places(11), moved)
    assert (found.joined, found.left, found.n_common) == ((), (), 11)
    assert (found.median_before, found.median_after) == (0.5, pytest.approx(0.6))
    assert found.moved_by_peer_set == pytest.approx(0)


def test_who_joined_and_left_is_named_and_their_part_told() -> None:
    joined = [place(f"q{n}", 1.0) for n in range(4)]
    found = change(places(11), [*places(11)[1:], *joined])
    assert found.joined == ("q0", "q1", "q2", "q3")
    assert found.left == ("p00",)
    assert (found.n_common, found.common_before, found.common_after) == (10, pytest.approx(0.55), pytest.approx(0.55))
    assert found.moved_by_peer_set == pytest.approx(found.median_after - found.median_before)  # type: ignore[operator]


def test_a_median_of_fewer_than_ten_is_not_told() -> None:
    found = change(places(11), places(9))
    assert (found.median_before, found.median_after, found.common_after) == (0.5, None, None)
    assert found.moved_by_peer_set is None


def test_a_widened_group_is_another_one() -> None:
    found = change([*places(5), *places(5, "w", datasets=500)], [*places(4), *places(5, "w", datasets=500)])
    assert found.group_before == "250k-500k/socrata/100-299"
    assert found.group_after == "250k-500k/socrata/any"
    assert (found.joined, found.left) == (("w00", "w01", "w02", "w03", "w04"), ("p04",))


def test_unnamed_cities_stand_in_no_number_of_it() -> None:
    some = places(11)
    hidden = places(14, "x", is_named=False)
    assert change([*some, *hidden], [*some, *hidden[:12]]) == change(some, some)


def test_nothing_is_told_of_a_city_or_version_that_is_there_once() -> None:
    one, other = world([place("a"), *places(11)]), world(places(11))
    assert peer_set_changes(one, other, "a") == []
    newer = world([place("a", value={"version": 2}), *places(11)])
    assert peer_set_changes(one, newer, "a") == []
