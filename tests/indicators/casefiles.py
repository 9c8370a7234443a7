"""The worked cases in cases/<indicator id>.yml, readable by staff, as evidence.

A city is `datasets`, and where needed `events` and `portals_unread`. A dataset is `row` (columns of the landed table
that differ from an own Socrata table seen today) and `checks` (check id: outcome, or `outcome, failed of checked` for a
check on parts); `times` repeats it. A day in a column of times is its first moment, in UTC. Numbers may be fractions.

`cases` say what is expected of a city. `games` play what the indicator's `gaming` text names: a city `before`, the same
city `after`, and whether it `works`, with a `because`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from tests.indicators.cities import NO_EVENTS, evidence, result, row
from tests.indicators.dressing import Dataset

from civicgauge.indicators import CatalogueEvents, Evidence
from civicgauge.landing.tables import DATASETS
from civicgauge.model import CheckResult

FOLDER = Path(__file__).parent / "cases"


def entries(kind: str) -> list[Any]:
    """All `cases` or all `games`, as pytest parameters (indicator id, entry)."""
    return [
        pytest.param(file.stem, entry, id=f"{file.stem}: {entry['name']}")
        for file in sorted(FOLDER.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")).get(kind, ())
    ]


def city_of(given: Mapping[str, Any]) -> Evidence:
    """The city of a case, or one side of a game."""
    events = CatalogueEvents(**given["events"]) if "events" in given else NO_EVENTS
    return evidence(_datasets(given["datasets"]), events, tuple(given.get("portals_unread", ())))


def number(given: Any) -> float | None:
    """A number as people write it, such as 3/4."""
    return None if given is None else float(Fraction(str(given)))


def _datasets(given: list[Mapping[str, Any]]) -> list[Dataset]:
    made: list[Dataset] = []
    for entry in given:
        assert set(entry) <= {"row", "checks", "times"}, f"not of a dataset: {sorted(entry)}"
        for _ in range(entry.get("times", 1)):
            facts = {key: _moment(key, value) for key, value in entry.get("row", {}).items()}
            facts = row(dataset_id=f"d{len(made)}", **facts)
            made.append((facts, {key: _result(facts, key, said) for key, said in entry.get("checks", {}).items()}))
    return made


def _moment(column: str, value: Any) -> Any:
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    if is_day and pa.types.is_timestamp(DATASETS.field(column).type):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value


def _result(facts: Mapping[str, Any], check_id: str, said: str) -> CheckResult:
    outcome, _, parts = said.partition(", ")
    failed, _, of = parts.partition(" of ")
    return result(facts, check_id, outcome, (int(failed), int(of)) if parts else (int(outcome == "failed"), 1))
