"""The facts and numbers worked out by hand in docs/demo.md are what civicgauge's own stages find, on any day."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from civicgauge import indicators
from civicgauge.demo.server import DemoPortals
from civicgauge.landing.catalogue import Landed, Reading, land_portal
from civicgauge.landing.freshness import holiday_dates
from civicgauge.landing.tables import SCHEMAS
from civicgauge.model import City, IndicatorValue, Portal
from civicgauge.portals import ckan, socrata
from civicgauge.quality.checks import load_checks
from civicgauge.quality.judge import judge
from tests.demo.asking import ask

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yml").read_text(encoding="utf-8"))
OF_ROWS = {"rows_sound_share", "rows_recent_share", "cells_filled_share"}  # they are in rows_expected.yml
OF_LINKS = {"links_working_share", "links_available_share"}  # they are in links_expected.yml
WORDS = ("status", "reason", "band", "evidence")  # of a value, beside its numbers
EXPECTATIONS = Path(__file__).parents[2] / "expectations"
FACTS = {
    "kind": "kind",
    "counted": "is_counted",
    "frequency": "declared_frequency",
    "period": "expected_period_days",
    "age": "age_days",
    "freshness": "freshness_status",
    "licence": "licence_class",
    "contact": "contact_state",
    "machine_readable": "is_machine_readable",
}


def _cities(demo: DemoPortals, folder: Path) -> Iterator[City]:
    for path in demo.write_cities(folder):
        yield City.model_validate_json(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))


def _key(city: City, portal: Portal) -> str:
    key = city.id.removeprefix("demo-")
    return key if portal.id == "main" else f"{key}-{portal.id}"


def _answers(portal: Portal) -> dict[str, bytes]:
    if portal.kind == "socrata":
        query = {"search_context": portal.host, "limit": 10000}
        return {
            "catalog-0001": ask(f"{portal.base_url}/api/catalog/v1", query).body,
            "data-json": ask(f"{portal.base_url}/data.json").body,
        }
    root = "/data" if portal.id == "maps" else ""
    query = {"rows": 1000, "sort": "id asc"}
    return {"catalog-0001": ask(f"{portal.base_url}{root}/api/3/action/package_search", query).body}


def _land(city: City, portal: Portal, day: date) -> tuple[Landed, dict[str, str]]:
    """The landed rows, and each dataset's id by the key that expected.yml uses."""
    reader = socrata.READER if portal.kind == "socrata" else ckan.READER
    answers = _answers(portal)
    entries = reader.entries(answers)
    names = {str(e.get("name") or reader.entry_id(e)): reader.entry_id(e) for e in entries}
    as_of = datetime.combine(day, time(23, 59), city.zone).astimezone(UTC)
    holidays = holiday_dates(city.holidays, range(day.year - 2, day.year + 1))
    reading = Reading(city, portal, day, as_of, reader.datasets(entries, answers, portal), {}, (), holidays)
    return land_portal(reading), names


@pytest.mark.parametrize("text", ["2026-06-30", "2026-01-01", "2026-11-29", "2024-02-29", "2026-12-31"])
def test_facts_of_every_dataset(text: str, tmp_path: Path) -> None:
    day, wrong = date.fromisoformat(text), []
    with DemoPortals(day) as demo:
        for city in _cities(demo, tmp_path):
            for portal in city.portals:
                landed, names = _land(city, portal, day)
                rows = {row["dataset_id"]: row for row in landed.datasets}
                expected = EXPECTED["datasets"][_key(city, portal)]
                assert set(names) == set(expected)
                wrong += [
                    told for name, facts in expected.items() for told in _differences(name, facts, rows[names[name]])
                ]
    assert wrong == []


def _differences(name: str, facts: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    found = {fact: row[column] for fact, column in FACTS.items()}
    found["columns"] = None if row["columns_count"] is None else [row["columns_described"], row["columns_count"]]
    for fact, value in facts.items():
        if value != "series" and found[fact] != value:
            yield f"{name}: {fact} should be {value!r} and is {found[fact]!r}"


@pytest.mark.slow
def test_indicators_of_every_city(tmp_path: Path) -> None:
    day = date(2026, 6, 30)
    checks = load_checks(EXPECTATIONS, {name: frozenset(schema.names) for name, schema in SCHEMAS.items()})
    wrong: list[str] = []
    with DemoPortals(day) as demo:
        for city in _cities(demo, tmp_path):
            landed, keys = Landed(), dict[str, str]()
            for portal in city.portals:
                rows, names = _land(city, portal, day)
                landed.extend(rows)
                keys |= {f"{portal.id}/{dataset_id}": f"{portal.id}/{key}" for key, dataset_id in names.items()}
            tables = {"datasets": landed.datasets, "resources": landed.resources, "columns": landed.columns}
            results: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
            for result in judge(checks, tables):
                results[result.portal_id, result.dataset_id][result.check_id] = result
            none = indicators.CatalogueEvents(None, None, None, None)
            evidence = indicators.Evidence(
                city.id, day, datetime(2026, 7, 1, tzinfo=UTC), tuple(landed.datasets), results, none
            )
            wrong += _indicator_differences(city.id, _by_key(indicators.measure(evidence), keys))
    assert wrong == []


def _by_key(values: Sequence[IndicatorValue], keys: Mapping[str, str]) -> list[IndicatorValue]:
    """The values with the datasets of their evidence named as expected.yml names them."""
    named = [v.evidence and ", ".join(sorted(keys[place] for place in v.evidence.split(", "))) for v in values]
    return [replace(value, evidence=evidence) for value, evidence in zip(values, named, strict=True)]


def _indicator_differences(city_id: str, values: Sequence[IndicatorValue]) -> Iterator[str]:
    expected = EXPECTED["indicators"][city_id]
    found = {v.indicator_id: v for v in values}
    assert set(found) == set(expected) | OF_ROWS | OF_LINKS
    yield from indicator_differences(city_id, expected, found)


def indicator_differences(city_id: str, expected: dict[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """What differs between the numbers worked out by hand and the indicator values found, by indicator id."""
    names = {"n": "numerator", "d": "denominator", "u": "n_unknown"} | {word: word for word in WORDS}
    names |= {"value": "value", "low": "value_low", "high": "value_high"}
    for indicator_id, numbers in expected.items():
        for short, told in numbers.items():
            seen = getattr(found[indicator_id], names[short])
            if not (seen == told if short in WORDS else _is_same(told, seen)):
                yield f"{city_id} {indicator_id}: {short} should be {told} and is {seen}"


def _is_same(told: str | int | None, seen: float | None) -> bool:
    """Equal; cycles late are stored with four digits."""
    if told is None or seen is None:
        return told is None and seen is None
    return abs(float(Fraction(told)) - seen) < 6e-5
