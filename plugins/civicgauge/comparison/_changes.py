"""What changed in a city's peer set between two days, and what of the median's move is due to that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from civicgauge.comparison._facts import Value
from civicgauge.comparison._peers import LEAST_FOR_QUANTILES, Circle, World


@dataclass(frozen=True, slots=True)
class PeerSetChange:
    """For one indicator version: who joined and left a city's group, and the medians with and without them.

    Ids of cities that the audience may see by name; the others stand in no number here, as one that comes or goes
    could be worked out. A median is None below ten readable peers. `common` are those readable on both days.
    """

    city_id: str
    indicator_id: str
    indicator_version: int
    group_before: str
    group_after: str
    joined: tuple[str, ...]
    left: tuple[str, ...]
    n_common: int
    median_before: float | None
    median_after: float | None
    common_before: float | None
    common_after: float | None

    @property
    def moved_by_peer_set(self) -> float | None:
        """The part of the median's move that the common peers did not make; None where a median is missing."""
        known = (self.median_before, self.median_after, self.common_before, self.common_after)
        before, after, common_before, common_after = known
        if before is None or after is None or common_before is None or common_after is None:
            return None
        return (after - before) - (common_after - common_before)


def peer_set_changes(before: World, after: World, city_id: str) -> list[PeerSetChange]:
    """One for each indicator version measured for the city on both days, by id; none where it is in one world only."""
    if city_id not in before.cities or city_id not in after.cities:
        return []
    versions = {(value.indicator_id, value.version) for value in before.values_of(city_id)}
    return [
        _change(before, after, city_id, value)
        for value in after.values_of(city_id)
        if (value.indicator_id, value.version) in versions
    ]


def _change(before: World, after: World, city_id: str, value: Value) -> PeerSetChange:
    then, now = _circle(before, city_id), _circle(after, city_id)
    then_all, now_all = _numbers(before, then, value), _numbers(after, now, value)
    were, are = {peer.city_id for peer in then.current}, {peer.city_id for peer in now.current}
    common = sorted(then_all.keys() & now_all.keys())
    return PeerSetChange(
        city_id=city_id,
        indicator_id=value.indicator_id,
        indicator_version=value.version,
        group_before=then.group.id,
        group_after=now.group.id,
        joined=tuple(sorted(are - were)),
        left=tuple(sorted(were - are)),
        n_common=len(common),
        median_before=_median(then_all.values()),
        median_after=_median(now_all.values()),
        common_before=_median(then_all[peer] for peer in common),
        common_after=_median(now_all[peer] for peer in common),
    )


def _circle(world: World, city_id: str) -> Circle:
    city = world.cities[city_id]
    return world.circle(city, world.group_of(city))


def _numbers(world: World, circle: Circle, value: Value) -> dict[str, float]:
    """The named peers' readable values by city."""
    peers = world.peers(circle, value.indicator_id, value.version)
    return {peer.city_id: peer.value for peer in peers.named if peer.value is not None}


def _median(numbers: Iterable[float]) -> float | None:
    found = list(numbers)
    return median(found) if len(found) >= LEAST_FOR_QUANTILES else None
