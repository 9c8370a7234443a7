"""The sheet `datasets to mend`: what our checks did not find on each city's chosen day, and the first step to take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from civicgauge import registry
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._sheet import Column
from civicgauge.quality.form import Check

MEND = (
    Column("City", 20),
    Column("Dataset", 40, "wrapped"),
    Column("Its page", 40),
    Column("What was checked", 34, "wrapped"),
    Column("Part", 16, "wrapped"),
    Column("Found", 40, "wrapped"),
    Column("Expected", 40, "wrapped"),
    Column("How to mend it", 80, "wrapped"),
    Column("Severity", 10),
    Column("Day", 11, "date"),
)
_DATASET = ("city_id", "portal_id", "dataset_id")
_READ = (*_DATASET, "subject", "check_id", "observed", "expected", "severity", "day", "outcome")


def to_mend(context: Context, folder: Path, names: Mapping[str, str]) -> Iterator[list[Any]]:
    """What did not come out as expected, and nothing that did."""
    checks = {check.id: check for check in checks_of(context.settings.expectations)}
    kinds, datasets = _kinds_of_portals(context), _datasets(folder)
    for row in _tables.rows(folder, "check_result", _READ, where=("outcome", "failed")):
        check = checks.get(row["check_id"])
        title, permalink = datasets.get(tuple(row[name] for name in _DATASET), (row["dataset_id"], None))
        yield [
            names[row["city_id"]],
            title or row["dataset_id"],
            permalink,
            check.title if check else row["check_id"],
            row["subject"],
            row["observed"],
            row["expected"],
            _steps(check, kinds.get((row["city_id"], row["portal_id"]))),
            row["severity"],
            row["day"],
        ]


def _datasets(folder: Path) -> dict[tuple[str, ...], tuple[str | None, str | None]]:
    only = [*_DATASET, "title", "permalink"]
    return {
        tuple(row[name] for name in _DATASET): (row["title"], row["permalink"])
        for row in _tables.rows(folder, "dataset", only)
    }


def _kinds_of_portals(context: Context) -> dict[tuple[str, str], str]:
    """By city and portal, the kind of platform, as the city files say now."""
    cities = registry.load_registry(context.settings.cities)[0]
    return {(city_id, portal.id): portal.kind for city_id, city in cities.items() for portal in city.portals}


def _steps(check: Check | None, kind: str | None) -> str | None:
    """The steps on the city's platform; on each where the platform is not known; None for a check that is gone."""
    if check is None:
        return None
    if kind in check.fix:
        return _numbered(check.fix[kind])
    return "\n".join(f"On {platform}: {_numbered(steps)}" for platform, steps in check.fix.items())


def _numbered(steps: Sequence[str]) -> str:
    return "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1))
