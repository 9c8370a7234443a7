"""What a day's pulls say of each chosen dataset in its landed row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from civicgauge.lake import Lake
from civicgauge.model import DatasetChoice, Portal
from civicgauge.pipeline import rowfacts, rowhistory
from civicgauge.pipeline.parts import Part
from civicgauge.pipeline.rowfacts import RowFacts

DAY = date(2026, 6, 30)
PORTAL = Portal.model_validate({"id": "main", "kind": "socrata", "url": "https://data.example.org"})
CHOICE = DatasetChoice.model_validate({"portal": "main", "id": "aaaa-0001"})


def _part(version: str | None, resource: str = "r", **told: Any) -> Part:
    """What asking for a resource came to: this version of its rows, with the portal's own date and the entry's."""
    usual = {"validators": {"rows_updated_at": "1"}, "touched": "1", "problem": None, "notes": []}
    usual |= {"stated_rows_count": None, "promised": None, "title": "Budget", "rows": "", "conditional": {}}
    usual |= {"key_field": None, "resource_id": resource, "version": version}
    return Part(PORTAL, CHOICE, usual | told, manifest=None, profiled=None)


def _before(*parts: Part) -> dict[str, Any]:
    """The history in which the last day held these."""
    last = {part.key: {name: part.told[name] for name in ("version", "validators", "touched")} for part in parts}
    return {key: {"versions": [], "last": told} for key, told in last.items()}


def _outcome(tmp_path: Path, before: dict[str, Any], *parts: Part) -> str | None:
    facts = RowFacts(history=before)
    for part in parts:
        rowfacts.add(facts, part, Lake(f"file://{tmp_path}"), DAY)
    return facts.chosen("main")[CHOICE.id]["pull_outcome"]


NEWER = {"validators": {"rows_updated_at": "2"}}


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({}, "unchanged"),
        (NEWER, "touched_unchanged"),
        ({"touched": "2"}, "unchanged"),  # only the description was edited
        (NEWER | {"touched": "2"}, "touched_unchanged"),
        ({"problem": "no table in it"}, "failed"),
    ],
)
def test_rows_that_stayed_the_same(tmp_path: Path, told: dict[str, Any], outcome: str) -> None:
    assert _outcome(tmp_path, _before(_part("v1")), _part("v1", **told)) == outcome


def test_other_rows_are_changed_none_are_failed_and_on_the_first_day_nobody_can_tell(tmp_path: Path) -> None:
    assert _outcome(tmp_path, _before(_part("v1")), _part("v2")) == "changed"
    assert _outcome(tmp_path, _before(_part("v1")), _part(None)) == "failed"
    assert _outcome(tmp_path, {}, _part("v1")) == "first"


def test_of_several_resources_what_moved_most(tmp_path: Path) -> None:
    before = _before(_part("v1", "a"), _part("v1", "b"))
    same, dated, new = _part("v1", "a"), _part("v1", "b", **NEWER), _part("v2", "b")
    assert _outcome(tmp_path, before, same, dated) == "touched_unchanged"
    assert _outcome(tmp_path, before, same, new) == "changed"
    assert _outcome(tmp_path, before, same, _part(None, "b")) == "failed"
    assert _outcome(tmp_path, before, same, _part("v1", "c")) == "first"


def test_a_chosen_dataset_that_came_to_no_resource_is_failed() -> None:
    facts = RowFacts()
    rowfacts.without_parts(facts, PORTAL, CHOICE, "not_in_catalogue", is_failure=False)
    assert facts.chosen("main")[CHOICE.id]["pull_outcome"] == "failed"
    assert facts.chosen("other") == {}


def test_the_pull_itself_is_told_as_before(tmp_path: Path) -> None:
    """An edit of the description stays in the pulls, for those who look at them."""
    facts = RowFacts(history=_before(_part("v1")))
    rowfacts.add(facts, _part("v1", touched="2"), Lake(f"file://{tmp_path}"), DAY)
    assert [pull["outcome"] for pull in facts.pulls] == ["touched_unchanged"]
    assert rowhistory.past(facts.history, _part("v1").key).last is not None


def _column(header: str, **facts: Any) -> dict[str, Any]:
    ids = {"portal_id": "main", "dataset_id": CHOICE.id, "resource_id": "r"}
    return {**ids, "header": header, "type": "text", "role": None, "as_of_day": DAY, **facts}


def _told(*columns: dict[str, Any]) -> dict[str, Any]:
    table = {"portal_id": "main", "dataset_id": CHOICE.id, "cells_count": 8, "cells_filled_count": 6}
    return RowFacts(tables=[table], columns=list(columns)).chosen("main")[CHOICE.id]


@pytest.mark.parametrize(
    ("facts", "year"),
    [
        ({"highest_number": 2025.0}, 2025),
        ({"newest_day": date(2024, 7, 1)}, 2024),
        ({"highest_number": 2027.0}, 2027),
        ({"highest_number": 2028.0}, None),  # a forecast or a slip: it does not say which is the newest
        ({"newest_day": date(2099, 1, 1)}, None),
        ({"highest_number": 25.0}, None),
        ({}, None),
    ],
)
def test_the_newest_year_is_that_of_the_column_of_fiscal_years(facts: dict[str, Any], year: int | None) -> None:
    assert _told(_column("FY", role="fiscal_year", **facts))["newest_year"] == year


def test_of_several_columns_the_newest_and_of_other_roles_none() -> None:
    years = [_column("FY", role="fiscal_year", highest_number=n) for n in (2019.0, 2024.0)]
    assert _told(*years, _column("Year built", role="amount", highest_number=2026.0))["newest_year"] == 2024
    assert _told(_column("Year", highest_number=2026.0))["newest_year"] is None


def test_landed_columns_are_counted_by_what_they_break_down() -> None:
    told = _told(_column("Ward"), _column("Victim Age"), _column(""), _column("Where", type="geometry"))
    assert (told["place_columns_count"], told["people_columns_count"]) == (2, 1)
    assert "place_columns_count" not in _told()
