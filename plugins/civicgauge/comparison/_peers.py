"""Who stands beside whom: the cities of a comparison, their values, and the peers of each city in a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from civicgauge.comparison._blocks import LEAST_UNNAMED, blocks
from civicgauge.comparison._facts import CityFacts, Value
from civicgauge.comparison._groups import Group, ladder

MOST_DAYS_APART = 45
LEAST_FOR_QUANTILES = 10
LEAST_FOR_STRIP = 5


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers of a city for one indicator version.

    `named` and `unnamed` hold readable values; `n_current` are the peers whose newest day is near the city's,
    `n_older` the named ones whose day is not, `n_other_version` the current ones measured by another version.
    """

    named: tuple[Value, ...]
    unnamed: tuple[Value, ...]
    n_current: int
    n_older: int
    n_other_version: int

    @property
    def readable(self) -> tuple[Value, ...]:
        """All readable values."""
        return self.named + self.unnamed

    @property
    def has_quantiles(self) -> bool:
        """Whether there are enough to say how they spread."""
        return len(self.readable) >= LEAST_FOR_QUANTILES

    @property
    def has_strip(self) -> bool:
        """Whether there are enough to be shown one by one."""
        return len(self.named) >= LEAST_FOR_STRIP


@dataclass(frozen=True, slots=True)
class Circle:
    """A city among the cities of a group: the named ones near its day, the blocks of unnamed ones that lie whole in it.

    `n_older` counts the named ones whose newest day is more than 45 days from the city's.
    """

    city: CityFacts
    group: Group
    current: tuple[CityFacts, ...]
    unnamed: tuple[tuple[CityFacts, ...], ...]
    n_older: int

    @property
    def is_enough(self) -> bool:
        """Whether there are five with a name, or ten in all."""
        return len(self.current) >= LEAST_FOR_STRIP or self.n_current >= LEAST_FOR_QUANTILES

    @property
    def n_current(self) -> int:
        """How many they are, whatever may be read of them."""
        return len(self.current) + sum(len(block) for block in self.unnamed)

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms of the city and of its peers."""
        unnamed = (peer for block in self.unnamed for peer in block)
        return frozenset(peer.platform for peer in (self.city, *self.current, *unnamed))


class World:
    """All cities of one comparison and their values. The order in which they are given does not matter."""

    def __init__(self, cities: Iterable[CityFacts], values: Iterable[Value]) -> None:
        self.cities = {city.city_id: city for city in sorted(cities, key=lambda city: city.city_id)}
        self._values: dict[tuple[str, int], dict[str, Value]] = {}
        self._measured: dict[str, set[str]] = {}
        self._of_city: dict[str, list[Value]] = {}
        for value in values:
            self._values.setdefault((value.indicator_id, value.version), {})[value.city_id] = value
            self._measured.setdefault(value.indicator_id, set()).add(value.city_id)
            self._of_city.setdefault(value.city_id, []).append(value)
        self._named = tuple(city for city in self.cities.values() if city.is_named)
        # reckoned from one day for all, that of a named city: no unnamed one comes and goes with who is looked at
        newest = max((city.day for city in self._named), default=None)
        others = (city for city in self.cities.values() if not city.is_named)
        self._blocks = blocks([city for city in others if newest and abs(newest - city.day) <= _APART])

    def values_of(self, city_id: str) -> list[Value]:
        """The values of a city, by indicator and version."""
        return sorted(self._of_city.get(city_id, []), key=lambda value: (value.indicator_id, value.version))

    def group_of(self, city: CityFacts) -> Group:
        """The narrowest group with enough peers: five with a name, or ten in all; the widest where none has."""
        groups = ladder(city)
        return next((group for group in groups if self.circle(city, group).is_enough), groups[-1])

    def circle(self, city: CityFacts, group: Group) -> Circle:
        """The peers of a city in a group, whatever they were measured for."""
        every = [peer for peer in self._named if peer.city_id != city.city_id and group.holds(peer)]
        current = tuple(peer for peer in every if _is_near(peer, city))
        whole = (b for b in self._blocks if all(group.holds(peer) and _is_near(peer, city) for peer in b))
        others = (tuple(peer for peer in block if peer.city_id != city.city_id) for block in whole)
        unnamed = tuple(block for block in others if len(block) >= LEAST_UNNAMED)
        return Circle(city, group, current, unnamed, len(every) - len(current))

    def peers(self, circle: Circle, indicator_id: str, version: int) -> Peers:
        """The peers of a city in a group for one version of one indicator."""
        known = self._values.get((indicator_id, version), {})
        measured = self._measured.get(indicator_id, set())
        blocks_of = (_readable(block, known) for block in circle.unnamed)
        unnamed = tuple(value for block in blocks_of if len(block) >= LEAST_UNNAMED for value in block)
        return Peers(
            named=_readable(circle.current, known),
            unnamed=unnamed,
            n_current=circle.n_current,
            n_older=circle.n_older,
            n_other_version=sum(p.city_id in measured and p.city_id not in known for p in circle.current),
        )

    def hidden_platforms(self, circle: Circle, indicator_id: str, version: int) -> frozenset[str]:
        """The platforms that show this to nobody: hidden for each city on them that was measured."""
        known = self._values.get((indicator_id, version), {})
        seen: dict[str, list[bool]] = {}
        for peer in (circle.city, *circle.current):
            if peer.city_id in known:
                seen.setdefault(peer.platform, []).append(known[peer.city_id].is_hidden)
        return frozenset(platform for platform, hidden in seen.items() if all(hidden))


_APART = timedelta(days=MOST_DAYS_APART)


def _is_near(peer: CityFacts, city: CityFacts) -> bool:
    return abs(peer.day - city.day) <= _APART


def _readable(cities: Sequence[CityFacts], known: dict[str, Value]) -> tuple[Value, ...]:
    found = (known.get(city.city_id) for city in cities)
    return tuple(value for value in found if value is not None and value.is_readable)
