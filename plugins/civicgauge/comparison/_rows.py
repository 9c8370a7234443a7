"""The rows of a comparison: one per city, indicator and group, and the named peers beside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from civicgauge.comparison._facts import CityFacts, Value
from civicgauge.comparison._groups import Group
from civicgauge.comparison._peers import Circle, Peers, World
from civicgauge.comparison._spread import Spread, position, spread

Row = dict[str, Any]
LEAST_OF_PLATFORM = 5
BETWEEN_BANDS = "between bands"

COLUMNS = (
    ("city_id", "text", True, "the city"),
    ("indicator_id", "text", True, "the indicator's id"),
    ("indicator_version", "integer", True, "the indicator's version; only equal versions are compared"),
    ("group_id", "text", True, "the peer group: tier/platform/size of catalogue, or cohort.<id>"),
    ("day", "date", False, "local date of the city"),
    ("group_title", "text", False, "the peer group in words"),
    ("widened", "text", False, "what was given up to find enough peers: a JSON list of words"),
    ("platform_only", "text", False, "the only platform compared, where another of the group hides the number"),
    ("value", "number", False, "the city's own value; null where the status is not ok"),
    ("value_low", "number", False, "the city's lowest value over every completion of its unknowns"),
    ("value_high", "number", False, "the city's highest value over every completion of its unknowns"),
    ("status", "text", False, "of the city's own value: ok, insufficient, not_measured, not_applicable or error"),
    ("unit", "text", False, "the unit of every number of the row"),
    ("direction", "text", False, "higher_is_better, lower_is_better or neutral"),
    ("n_peers", "integer", False, "peers whose newest day is at most 45 days from the city's"),
    ("n_readable", "integer", False, "of these, peers whose value may be read"),
    ("n_older", "integer", False, "peers left out because their newest day is further away"),
    ("n_other_version", "integer", False, "peers measured by another version only, hence not compared"),
    ("p10", "number", False, "10 % quantile of the peers' values; null below ten readable peers"),
    ("p25", "number", False, "25 % quantile; between p25 and p75 lies the middle half"),
    ("median", "number", False, "50 % quantile"),
    ("p75", "number", False, "75 % quantile"),
    ("p90", "number", False, "90 % quantile"),
    ("n_overlapping", "integer", False, "readable peers whose interval overlaps the city's: not told apart from it"),
    ("position", "text", False, "below, above or not told apart from the middle half; null for neutral numbers"),
    ("band", "text", False, "the band that holds the city's whole interval"),
    ("bands", "text", False, "how many readable peers are in each band: a JSON object"),
    ("platforms", "text", False, "where platforms are mixed, readable named peers and median of each: a JSON object"),
    ("sentence", "text", False, "what the platforms show differently; to be shown before the comparison"),
    ("reason", "text", False, "why there are no quantiles: too_few_for_quantiles, too_few_peers, hidden_by_platform"),
)
"""Name, kind, whether it is part of the key, comment: of the rows of a comparison."""

STRIP_COLUMNS = (
    ("city_id", "text", True, "the city that is looked at"),
    ("indicator_id", "text", True, "the indicator's id"),
    ("indicator_version", "integer", True, "the indicator's version"),
    ("group_id", "text", True, "the peer group"),
    ("peer_id", "text", True, "the peer"),
    ("peer_name", "text", False, "the peer's name"),
    ("peer_day", "date", False, "the day of the peer's value"),
    ("value", "number", False, "the peer's value"),
    ("value_low", "number", False, "the peer's lowest value over every completion of its unknowns"),
    ("value_high", "number", False, "the peer's highest value over every completion of its unknowns"),
)
"""The same of the named peers' rows, which go by the peers' ids and never by value."""


@dataclass(frozen=True)
class Meaning:
    """What a comparison must know of an indicator version.

    `sources` says for each kind of platform where the number comes from. `bands` are the names of its bands, in order.
    """

    sources: Mapping[str, str]
    bands: tuple[str, ...] = ()


def compared(
    world: World, city_id: str, meanings: Mapping[tuple[str, int], Meaning], group: Group | None = None
) -> tuple[list[Row], list[Row]]:
    """(comparison rows, strip rows) of one city, by indicator; in its own peer group unless another is given.

    `meanings` go by (indicator id, version); a version that has none there is compared without bands and sentence.
    KeyError for a city that is not part of `world`.
    """
    city = world.cities[city_id]
    circle = world.circle(city, group or world.group_of(city))
    rows, strips = [], []
    for value in world.values_of(city_id):
        meaning = meanings.get((value.indicator_id, value.version), Meaning({}))
        row, strip = _compared(world, circle, value, meaning)
        rows.append(row)
        strips += strip
    return rows, strips


def _compared(world: World, circle: Circle, value: Value, meaning: Meaning) -> tuple[Row, list[Row]]:
    city, platforms = circle.city, circle.platforms
    hidden = world.hidden_platforms(circle, value.indicator_id, value.version)
    is_mixed = len(platforms) > 1
    found: Row = {"sentence": platform_sentence(meaning, platforms) if is_mixed else None}
    beside = circle
    if is_mixed and hidden:  # what a platform hides is never held against another
        beside = world.circle(city, circle.group.on_platform(city.platform))
        found["platform_only"] = city.platform
    peers = world.peers(beside, value.indicator_id, value.version)
    if city.platform in hidden:
        return _row(circle, value, peers, found | {"reason": "hidden_by_platform"}), []
    found |= {"band": value.band, "reason": _reason(peers)}
    if peers.has_quantiles or peers.has_strip:
        found |= _beside(value, peers, meaning)
        if is_mixed and not hidden:
            found["platforms"] = _by_platform(world, peers)
    strip = [_strip(circle, world.cities[peer.city_id], peer) for peer in peers.named] if peers.has_strip else []
    return _row(circle, value, peers, found), strip


def _beside(value: Value, peers: Peers, meaning: Meaning) -> Row:
    """What is said once there are peers enough to be shown."""
    found: Row = {}
    if peers.has_quantiles:
        how: Spread = spread([_number(peer) for peer in peers.readable])
        found |= asdict(how) | {"position": position(value, how)}
    if value.interval is not None:
        found["n_overlapping"] = sum(value.overlaps(peer) for peer in peers.readable)
    if meaning.bands:
        counts = Counter(peer.band or BETWEEN_BANDS for peer in peers.readable)
        found["bands"] = _json({name: counts[name] for name in (*meaning.bands, BETWEEN_BANDS)})
    return found


def _reason(peers: Peers) -> str | None:
    if peers.has_quantiles:
        return None
    return "too_few_for_quantiles" if peers.has_strip else "too_few_peers"


def _row(circle: Circle, value: Value, peers: Peers, found: Row) -> Row:
    city, group = circle.city, circle.group
    told: Row = {
        "city_id": city.city_id,
        "indicator_id": value.indicator_id,
        "indicator_version": value.version,
        "group_id": group.id,
        "day": city.day,
        "group_title": group.title,
        "widened": _json(group.widened),
        "value": value.value,
        "value_low": value.low,
        "value_high": value.high,
        "status": value.status,
        "unit": value.unit,
        "direction": value.direction,
        "n_peers": peers.n_current,
        "n_readable": len(peers.readable),
        "n_older": peers.n_older,
        "n_other_version": peers.n_other_version,
    }
    return {name: (told | found).get(name) for name, *_ in COLUMNS}


def _strip(circle: Circle, peer: CityFacts, value: Value) -> Row:
    told = (
        *(circle.city.city_id, value.indicator_id, value.version, circle.group.id),
        *(peer.city_id, peer.name, peer.day, value.value, value.low, value.high),
    )
    return dict(zip((name for name, *_ in STRIP_COLUMNS), told, strict=True))


def _by_platform(world: World, peers: Peers) -> str:
    """Named peers alone: of an unnamed block the platforms may be fewer than ten each."""
    by: dict[str, list[float]] = {}
    for peer in peers.named:
        by.setdefault(world.cities[peer.city_id].platform, []).append(_number(peer))
    return _json(
        {
            platform: {"n_readable": len(found), "median": median(found) if len(found) >= LEAST_OF_PLATFORM else None}
            for platform, found in sorted(by.items())
        }
    )


def platform_sentence(meaning: Meaning, platforms: frozenset[str]) -> str | None:
    """What each kind of platform shows, in the indicator's own words; None where it says nothing of them."""
    kinds = sorted({kind for platform in platforms for kind in platform.split("+")} & meaning.sources.keys())
    if len({meaning.sources[kind] for kind in kinds}) < 2:
        return None
    return " ".join(f"On {kind}: {meaning.sources[kind]}" for kind in kinds)


def _number(value: Value) -> float:
    if value.value is None:
        raise ValueError(f"{value.city_id}: {value.indicator_id} has no readable value")
    return value.value


def _json(told: Sequence[str] | Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
