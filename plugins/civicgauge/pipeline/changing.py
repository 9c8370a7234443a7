"""What changed in a city's numbers between two days, and why: its data, what could be seen of them, or the method.

    method    the number of the first day by today's version, minus the one by the version of then; none where both
              days have the same version
    data      the number over the datasets that are known on both days: second day minus first
    coverage  what is left: datasets that came, went, were hidden, or were decided on

The datasets behind each number are those that were kept with it (`parts.parquet`). Where the first day was never
computed by the second day's version, nothing is split; `civicgauge replay` computes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline import judging
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse

Row = Mapping[str, Any]
_KNOWN = {"passed", "partly", "failed"}
_MOST_NAMED = 10
COLUMNS: tuple[tuple[str, str, bool, str], ...] = (
    ("city_id", "text", True, "the city"),
    ("indicator_id", "text", True, "the indicator's id"),
    ("first_day", "date", True, "the day before"),
    ("second_day", "date", True, "the day after"),
    ("first_version", "integer", False, "the indicator's version on the first day"),
    ("second_version", "integer", False, "the same on the second"),
    ("first_value", "number", False, "the value on the first day; null where there was none to read"),
    ("second_value", "number", False, "the same on the second"),
    ("delta", "number", False, "second minus first; null where either is null"),
    ("delta_data", "number", False, "of it, what the data did: over the datasets that are known on both days"),
    (
        "delta_coverage",
        "number",
        False,
        "of it, what was seen more or less of: datasets came, went or were hidden",
    ),
    ("delta_method", "number", False, "of it, what another version of the indicator did"),
    ("n_better", "integer", False, "datasets that are better on the second day, of those known on both"),
    ("n_worse", "integer", False, "datasets that are worse"),
    ("moved", "text", False, "which they are, ten at the most: portal/dataset: from -> to"),
    ("note", "text", False, "why something is not told"),
)
"""Name, kind, whether it is part of the key, and meaning of each column of a change."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A city's day: its values by indicator and version, and the datasets behind them."""

    day: date
    values: dict[str, dict[int, Row]]
    parts: dict[tuple[str, int], dict[str, Row]]


def changes(context: Context, city_id: str, first: date, second: date) -> list[dict[str, Any]]:
    """One row (`COLUMNS`) per indicator of the second day. ConfigurationError where a day was not measured."""
    if first >= second:
        raise ConfigurationError(f"{first} is not before {second}; give two days, the earlier one first")
    with context.warehouse() as warehouse:
        sides = [_side(context, warehouse, city_id, day) for day in (first, second)]
    return [_change(city_id, indicator_id, *sides) for indicator_id in sorted(sides[1].values)]


def _side(context: Context, warehouse: Warehouse, city_id: str, day: date) -> _Side:
    run = warehouse.current_run(city_id, day)
    rows = warehouse.rows("indicator_value", city_ids=[city_id], day=day)
    if run is None or not rows:
        raise ConfigurationError(f"{city_id} was not measured on {day}; `civicgauge indicators {city_id}` shows days")
    values: dict[str, dict[int, Row]] = {}
    for row in rows:
        values.setdefault(row["indicator_id"], {})[row["indicator_version"]] = row
    parts: dict[tuple[str, int], dict[str, Row]] = {}
    for part in judging.read_parts(context, run.results_attempt) if run.results_attempt else ():
        key = f"{part['portal_id']}/{part['dataset_id']}"
        parts.setdefault((part["indicator_id"], part["indicator_version"]), {})[key] = part
    return _Side(day, values, parts)


def _change(city_id: str, indicator_id: str, first: _Side, second: _Side) -> dict[str, Any]:
    after = second.values[indicator_id][max(second.values[indicator_id])]
    version, then = after["indicator_version"], first.values.get(indicator_id, {})
    before = then[max(version for version in then if version <= after["indicator_version"])] if then else None
    row: dict[str, Any] = dict.fromkeys(name for name, *_ in COLUMNS)
    row |= {"city_id": city_id, "indicator_id": indicator_id, "first_day": first.day, "second_day": second.day}
    row |= {"second_version": version, "second_value": after["value"]}
    if before is None:
        return row | {"note": "not measured on the first day"}
    original = then[min(then)]
    row |= {"first_version": original["indicator_version"], "first_value": original["value"]}
    row["delta"] = _minus(after["value"], original["value"])
    if before["indicator_version"] != version:
        return row | {"note": "another version on the first day; replay that day to split the change"}
    row["delta_method"] = _minus(before["value"], original["value"])
    return row | _split(
        after, before, first.parts.get((indicator_id, version)), second.parts.get((indicator_id, version))
    )


def _split(after: Row, before: Row, old: Mapping[str, Row] | None, new: Mapping[str, Row] | None) -> dict[str, Any]:
    """Data and coverage, and the datasets that moved."""
    if old is None or new is None:
        return {"note": "the datasets behind the number were not kept on both days; replay them"}
    common = [key for key in old if key in new and {old[key]["verdict"], new[key]["verdict"]} <= _KNOWN]
    moved = [key for key in sorted(common) if old[key]["value"] != new[key]["value"]]
    told = [f"{key}: {old[key]['verdict']} -> {new[key]['verdict']}" for key in moved]
    more = len(moved) - _MOST_NAMED
    found: dict[str, Any] = {
        "moved": "; ".join([*told[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]) or None,
        **_directions(after, [(old[key]["value"], new[key]["value"]) for key in moved]),
    }
    total = _minus(after["value"], before["value"])
    if total is None:
        return found | {"note": "no value to read on one of the days; the bounds show what is known"}
    if after["unit"] == "datasets":
        return found | {"delta_data": total, "delta_coverage": 0.0}
    sides = [_number(after["unit"], [side[key] for key in common]) for side in (old, new)]
    data = _minus(sides[1], sides[0])
    if data is None:
        return found | {"delta_data": 0.0, "delta_coverage": total, "note": "no dataset is known on both days"}
    return found | {"delta_data": data, "delta_coverage": total - data}


def _directions(after: Row, pairs: Iterable[tuple[float, float]]) -> dict[str, int]:
    """How many datasets are better, how many worse; a part counts for the number, whichever of its ends is better."""
    up = [new > old for old, new in pairs]
    more_is_better = after["direction"] != "lower_is_better"
    return {
        "n_better": sum(each is more_is_better for each in up),
        "n_worse": sum(each is not more_is_better for each in up),
    }


def _number(unit: str, parts: list[Row]) -> float | None:
    """The indicator's number over these datasets alone, by its unit; None where they give none."""
    if not parts:
        return None
    if unit == "share":
        return float(sum(p["value"] * p["weight"] for p in parts) / sum(p["weight"] for p in parts))
    values = [float(part["value"]) for part in parts]
    if unit == "cycles":
        return float(median(values))
    if unit in ("days", "years"):
        return min(values)
    return None


def _minus(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before
