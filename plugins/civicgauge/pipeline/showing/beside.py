"""An indicator of one city beside comparable ones; cities that may not be named stand in quantiles alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from civicgauge.comparison import CityFacts, Group, World, cohort_group, compared, ladder
from civicgauge.indicators import Indicator
from civicgauge.pipeline.cohorts import load_cohorts
from civicgauge.pipeline.comparing import meanings, value_of
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.across import Numbers, in_order
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, IndicatorPage, NotShown, Viewer
from civicgauge.pipeline.showing.lists import part

Row = Mapping[str, Any]
_QUANTILES = ("p10", "p25", "median", "p75", "p90")
_REASONS = {
    "too_few_for_quantiles": "Fewer than ten of these cities have a value that can be read: no quantiles are shown.",
    "too_few_peers": "Fewer than five comparable cities have a value that can be read: none is shown beside this one.",
    "hidden_by_platform": "The platform of this city shows this to nobody: nothing is compared.",
}


def beside(
    base: Base, viewer: Viewer, indicator: Indicator, asked: Asked, as_of: str | None, where: tuple[str, str | None]
) -> IndicatorPage:
    """The page of a city and a group (None: its own peer group); NotShown where the city was not measured for it."""
    city_id, group_id = where
    base.check(as_of)
    base.seeing.one(viewer, city_id)
    named = set(base.seeing.visible(viewer)) if viewer.audience == "staff" else base.seeing.public()
    numbers, world = world_of(base, indicator.id, as_of, named)
    if city_id not in world.cities:
        raise NotShown(city_id)
    groups = {group.id: group for group in _groups(base, viewer, world.cities[city_id])}
    chosen = groups.get(group_id) if group_id else world.group_of(world.cities[city_id])
    if chosen is None:
        raise NotShown(group_id)
    rows, strips = compared(world, city_id, meanings(), chosen)
    found = [row for row in rows if row["indicator_id"] == indicator.id]
    if not found:
        raise NotShown(indicator.id)
    return _page(numbers, indicator, found[-1], strips, (asked, as_of, chosen, groups))


def world_of(base: Base, indicator_id: str, as_of: str | None, named: Collection[str]) -> tuple[Numbers, World]:
    """All cities by one number, for the quantiles; who is not named is shown by no name, number or count of its own."""
    numbers = Numbers.read(base, indicator_id, as_of, base.seeing.everyone())
    return numbers, World(numbers.facts(set(named)), [value_of(row) for row in numbers.rows])


def _page(
    numbers: Numbers, indicator: Indicator, found: Row, strips: Sequence[Row], asked_for: tuple[Any, ...]
) -> IndicatorPage:
    asked, as_of, chosen, groups = asked_for
    version = found["indicator_version"]
    mine = {
        row["city_id"]: row
        for row in numbers.rows
        if row["indicator_id"] == indicator.id and row["indicator_version"] == version
    }
    peers = [
        row["peer_id"] for row in strips if (row["indicator_id"], row["indicator_version"]) == (indicator.id, version)
    ]
    ids = [found["city_id"], *peers]
    dots = {each: numbers.dot(mine[each], is_here=each == found["city_id"]) for each in ids}
    shown, place = part(in_order(dots, mine, asked), asked)
    return IndicatorPage(
        about=texts.about(indicator),
        dots=tuple(dots.values()),
        quantiles=None if found["median"] is None else {name: found[name] for name in _QUANTILES},
        group=chosen.title,
        groups=tuple((each.id, each.title) for each in groups.values()),
        rows=tuple(shown),
        range=place,
        asked=asked,
        as_of=as_of,
        notes=tuple(_notes(found)),
    )


def _groups(base: Base, viewer: Viewer, city: CityFacts) -> Iterator[Group]:
    """The city's own ladder, narrowest first; for staff their cohorts, whether or not it is in them."""
    yield from ladder(city)
    if viewer.audience == "staff":
        for each in load_cohorts(base.context.settings).values():
            yield cohort_group(each.id, each.title, each.cities)


def _notes(row: Row) -> Iterator[str]:
    if row["sentence"]:
        yield row["sentence"]
    if widened := json.loads(row["widened"]):
        yield f"To find enough comparable cities, these were let in: {', '.join(widened)}."
    if row["platform_only"]:
        yield f"Compared with cities on {row['platform_only'].replace('+', ' and ')} alone: others hide this."
    if row["reason"]:
        yield _REASONS[row["reason"]]
    if row["position"]:
        yield f"This city: {row['position']} of the group."
    if row["n_overlapping"]:
        yield f"Of {row['n_readable']} cities, {row['n_overlapping']} cannot be told apart from this one."
    if row["n_older"]:
        yield f"{row['n_older']} cities were left out: their newest day is too far from this city's."
    if row["n_other_version"]:
        yield f"{row['n_other_version']} cities were left out: they were measured by another version of the method."
