"""Derived tables about days: what changed, the datasets behind each number, and which versions hold which days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from civicgauge import comparison
from civicgauge.indicators import discover
from civicgauge.pipeline import changing, comparing, judging
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting.form import Derived, Row, key, may
from civicgauge.pipeline.exporting.reading import Cities
from civicgauge.warehouse import ColumnInfo, Warehouse

_APART = timedelta(days=28)
Columns = Sequence[tuple[str, str, bool, str]]


def _changes(context: Context, warehouse: Warehouse, cities: Cities, _audience: str) -> Iterator[Row]:
    """Each city's chosen day against its newest shown day at least four weeks before."""
    for city_id, day in sorted(cities.items()):
        earlier = warehouse.last_current_run(city_id, day - _APART + timedelta(days=1))
        if earlier is not None:
            yield from changing.changes(context, city_id, earlier.day, day, warehouse)


def _parts(context: Context, warehouse: Warehouse, cities: Cities, _audience: str) -> Iterator[Row]:
    for city_id, day in sorted(cities.items()):
        run = warehouse.current_run(city_id, day)
        attempt = run.results_attempt if run else None
        if attempt is None or context.lake.manifest(attempt) is None:
            continue  # of before the lake was kept, or pruned: the numbers stand, their datasets are in check_result
        rows = judging.read_parts(context, attempt)
        order = ("indicator_id", "indicator_version", "portal_id", "dataset_id")
        for row in sorted(rows, key=lambda row: tuple(row[name] for name in order)):
            yield {"city_id": city_id, "day": day, **row}


def _compared(context: Context, _warehouse: Warehouse, cities: Cities, audience: str) -> Iterator[Row]:
    return iter(_comparison(context, cities, audience)[0])


def _strips(context: Context, _warehouse: Warehouse, cities: Cities, audience: str) -> Iterator[Row]:
    return iter(_comparison(context, cities, audience)[1])


def _comparison(context: Context, cities: Cities, audience: str) -> tuple[list[Row], list[Row]]:
    """Every city shown beside its peers, on the newest of the chosen days."""
    if not cities:
        return [], []
    rows, strips = comparing.compare(context, audience, max(cities.values()).isoformat(), city_ids=set(cities))
    return _sorted(rows, comparison.COLUMNS), _sorted(strips, comparison.STRIP_COLUMNS)


def _sorted(rows: Iterable[Row], columns: Columns) -> list[Row]:
    key_names = [name for name, _, is_key, _ in columns if is_key]
    return sorted(rows, key=lambda row: tuple(row[name] for name in key_names))


def _crosswalk(_context: Context, warehouse: Warehouse, cities: Cities, _audience: str) -> Iterator[Row]:
    """Every version that was ever computed for a city that may be seen, or that is in force now."""
    now = {indicator.id: indicator for indicator in discover()}
    found: dict[tuple[str, int], tuple[date, date, int] | None] = dict.fromkeys((i.id, i.version) for i in now.values())
    found |= warehouse.versions(cities)
    for (indicator_id, version), held in sorted(found.items()):
        indicator = now.get(indicator_id)
        yield {
            "indicator_id": indicator_id,
            "indicator_version": version,
            "is_in_force": indicator is not None and indicator.version == version,
            "first_day": held[0] if held else None,
            "last_day": held[1] if held else None,
            "n_city_days": held[2] if held else 0,
            "what_changed": indicator.version_notes.get(version) if indicator else None,
        }


def _columns(told: Columns) -> tuple[ColumnInfo, ...]:
    return tuple((key if is_key else may)(name, comment, kind) for name, kind, is_key, comment in told)


OF_DAYS: tuple[Derived, ...] = (
    Derived(
        "indicator_change",
        "One row per city and indicator: its newest shown day against the newest one at least four weeks before, and "
        "how much of the change is the data's, how much is what could be seen, how much is the method's.",
        _columns(changing.COLUMNS),
        _changes,
    ),
    Derived(
        "indicator_dataset",
        "One row per indicator and dataset behind it, of each city's newest shown day: what the dataset brought to it.",
        (
            key("city_id", "the city"),
            key("indicator_id", "the indicator's id"),
            key("indicator_version", "its version", "integer"),
            key("portal_id", "the portal's id in the city file"),
            key("dataset_id", "the portal's own id of the entry"),
            may("day", "local date of the city", "date"),
            may("verdict", "passed, partly, failed, unknown, or undecided (nobody has settled whose it is)"),
            may("value", "the dataset's own share or number; null where it is not known", "number"),
            may("weight", "how many parts it has of a share", "number"),
        ),
        _parts,
    ),
    Derived(
        "comparison",
        "One row per city, indicator and peer group: its newest value beside the quantiles of comparable cities. "
        "No ranks; cities that are not public enter only in blocks of ten, unnamed.",
        _columns(comparison.COLUMNS),
        _compared,
    ),
    Derived(
        "comparison_strip",
        "One row per city, indicator and named peer of its group: the values behind a comparison that may be named.",
        _columns(comparison.STRIP_COLUMNS),
        _strips,
    ),
    Derived(
        "indicator_crosswalk",
        "One row per indicator and version: which days hold it, and what it changed. Only equal versions are compared.",
        (
            key("indicator_id", "the indicator's id"),
            key("indicator_version", "the version", "integer"),
            may("is_in_force", "whether it is the one that is computed now", "boolean"),
            may("first_day", "the first day that holds it, of any city shown", "date"),
            may("last_day", "the last such day", "date"),
            may("n_city_days", "on how many days of cities it was computed", "integer"),
            may("what_changed", "what it changed against the version before; null for the first"),
        ),
        _crosswalk,
    ),
)
"""The derived tables about days, in the order in which they are written."""
