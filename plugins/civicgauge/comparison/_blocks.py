"""Blocks of cities that an audience may not see by name: each of ten or more, none cut by any group.

A group takes a block whole or not at all. So whatever two groups one holds against each other, they differ by no
unnamed city or by ten at least, and none can be worked out by difference. The fewer than ten that a split leaves over
enter no group of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from civicgauge.comparison._facts import CityFacts

LEAST_UNNAMED = 10
_KEYS = ("platform", "tier", "size")


def blocks(cities: Sequence[CityFacts]) -> tuple[tuple[CityFacts, ...], ...]:
    """The blocks of these cities, split by platform, then tier, then size, as far as ten remain in each part."""
    return tuple(_split(tuple(sorted(cities, key=lambda city: city.city_id)), _KEYS))


def _split(cities: tuple[CityFacts, ...], keys: Sequence[str]) -> Iterator[tuple[CityFacts, ...]]:
    if len(cities) < LEAST_UNNAMED:
        return
    if not keys:
        yield cities
        return
    parts: dict[str, list[CityFacts]] = {}
    for city in cities:
        parts.setdefault(getattr(city, keys[0]), []).append(city)
    rest: list[CityFacts] = []
    for _, part in sorted(parts.items()):
        if len(part) < LEAST_UNNAMED:
            rest += part
        else:
            yield from _split(tuple(part), keys[1:])
    if len(rest) >= LEAST_UNNAMED:
        yield tuple(rest)
