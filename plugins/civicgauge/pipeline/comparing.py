"""Cities beside comparable ones, from the warehouse: what each audience may see, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge import registry
from civicgauge.comparison import (
    CityFacts,
    Cohort,
    Group,
    Meaning,
    PeerSetChange,
    Value,
    World,
    cohort_group,
    compared,
    peer_set_changes,
)
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.cohorts import cohort, load_cohorts
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after, moment_of
from civicgauge.warehouse import Warehouse

Row = dict[str, Any]
SIZE = "datasets_counted_count"
"""The indicator that tells how large a city's catalogue is."""


def compare(
    context: Context,
    audience: str,
    as_of: str | None = None,
    *,
    city_ids: Collection[str] | None = None,
    cohort_id: str | None = None,
) -> tuple[list[Row], list[Row]]:
    """(rows of `comparison`, rows of `comparison_strip`) of each city that the audience may see, on its newest day.

    The columns are `comparison.COLUMNS` and `STRIP_COLUMNS`. `city_ids` leaves out other cities as the one looked at,
    never as peers. Staff get each city in its own peer group and in each cohort that it is in, or in `cohort_id` alone.
    Days after `as_of` are left out. ConfigurationError for a cohort that is not there, or asked for by others.
    """
    chosen = _one_cohort(context, audience, cohort_id) if cohort_id else None
    cohorts = [chosen] if chosen else list(load_cohorts(context.settings).values()) if audience == "staff" else []
    world, looked_at = world_of(context, audience, as_of)
    known = meanings()
    rows: list[Row] = []
    strips: list[Row] = []
    for city_id in sorted(looked_at if city_ids is None else looked_at & set(city_ids)):
        for group in _groups(city_id, chosen, cohorts):
            more, peers = compared(world, city_id, known, group)
            rows += more
            strips += peers
    return rows, strips


def changes_of_peers(context: Context, audience: str, city_id: str, before: str, after: str) -> list[PeerSetChange]:
    """How a city's own peer group differs between two dates, by indicator; empty where one date shows no such city.

    Who is public, and on which platforms cities are, is taken from today's city files for both.
    """
    worlds = [world_of(context, audience, as_of) for as_of in (before, after)]
    if any(city_id not in looked_at for _, looked_at in worlds):
        return []
    return peer_set_changes(worlds[0][0], worlds[1][0], city_id)


def world_of(context: Context, audience: str, as_of: str | None) -> tuple[World, set[str]]:
    """(all cities with their newest values, the ids of those that the audience may look at)."""
    from civicgauge.pipeline.exporting import shown_to  # it writes Parquet, whose library takes long to import

    looked_at = shown_to(context, audience)
    named = looked_at if audience == "staff" else shown_to(context, "public")
    platforms = {
        city_id: tuple(sorted({portal.kind for portal in city.portals}))
        for city_id, city in registry.load_registry(context.settings.cities)[0].items()
    }
    with context.warehouse() as warehouse:
        cities = {row["city_id"]: row for row in warehouse.iter_rows("city")}
        days = _newest_days(warehouse, cities, as_of)
        values = list(_values(warehouse, days))
    sizes = {v.city_id: v.value for v in values if v.indicator_id == SIZE and v.is_readable}
    facts = [
        CityFacts(
            city_id=city_id,
            name=cities[city_id]["name"],
            day=day,
            population=cities[city_id]["population"],
            platforms=platforms.get(city_id, ()),
            datasets=sizes.get(city_id),
            is_named=city_id in named,
        )
        for city_id, day in days.items()
    ]
    return World(facts, values), looked_at & days.keys()


def _newest_days(warehouse: Warehouse, cities: dict[str, Row], as_of: str | None) -> dict[str, date]:
    """The newest shown day of each city, not after `as_of`; cities without one are left out."""
    found = {}
    for city_id, row in cities.items():
        run = warehouse.last_current_run(city_id, _limit(ZoneInfo(row["time_zone"]), as_of))
        if run is not None:
            found[city_id] = run.day
    return found


def _limit(zone: ZoneInfo, as_of: str | None) -> date:
    """The first day that is left out."""
    return day_after(moment_of(as_of, zone).astimezone(zone).date()) if as_of else date.max


def _values(warehouse: Warehouse, days: dict[str, date]) -> Iterator[Value]:
    """The values of those city-days, by one question for each day."""
    by_day: dict[date, list[str]] = {}
    for city_id, day in days.items():
        by_day.setdefault(day, []).append(city_id)
    asked = (warehouse.iter_rows("indicator_value", city_ids=ids, day=day) for day, ids in sorted(by_day.items()))
    for row in chain.from_iterable(asked):
        yield value_of(row)


def value_of(row: Mapping[str, Any]) -> Value:
    """A row of `indicator_value` as what is compared."""
    return Value(
        city_id=row["city_id"],
        indicator_id=row["indicator_id"],
        version=row["indicator_version"],
        status=row["status"],
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        n_unknown=row["n_unknown"],
        unit=row["unit"],
        direction=row["direction"],
        reason=row["reason"],
        band=row["band"],
    )


def meanings() -> dict[tuple[str, int], Meaning]:
    """What the indicators of this version of civicgauge say of themselves."""
    from civicgauge.indicators import discover

    return {
        (indicator.id, indicator.version): Meaning(indicator.sources, indicator.bands.names if indicator.bands else ())
        for indicator in discover()
    }


def _one_cohort(context: Context, audience: str, cohort_id: str) -> Cohort:
    if audience != "staff":
        raise ConfigurationError(f"--cohort {cohort_id}: who is in a cohort is for staff alone; add --audience staff")
    return cohort(context.settings, cohort_id)


def _groups(city_id: str, chosen: Cohort | None, cohorts: list[Cohort]) -> Iterator[Group | None]:
    """None is the city's own peer group. A cohort that was asked for also stands beside a city outside of it."""
    if chosen is None:
        yield None
    for each in cohorts:
        if chosen is not None or city_id in each.cities:
            yield cohort_group(each.id, each.title, each.cities)
