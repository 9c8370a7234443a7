"""The demo's own tables: each planted defect strikes on any day, and every way of serving a table shows the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from civicgauge.demo import cities, tables
from civicgauge.demo.clock import Clock
from civicgauge.demo.defects import Table
from civicgauge.demo.server import DemoPortals
from civicgauge.demo.state import PortalState
from tests.demo.asking import action, ask


def states(start: date, days_later: int) -> Iterator[PortalState]:
    """The portals as they stand some days after their start, without serving them."""
    clock = Clock(start)
    clock.set(start + timedelta(days=days_later))
    for name in cities.NAMES:
        told = cities.load(name)
        for spec in told["portals"]:
            yield PortalState(spec["key"], spec, ZoneInfo(told["city"]["time_zone"]), clock, told["city"]["bounds"])


def chosen(state: PortalState) -> Iterator[tuple[dict[str, Any], Callable[[], Table]]]:
    """What the data say of each table that is pulled, and what makes it."""
    for entry in state.entries.values():
        for part in entry.get("resources") or [None]:
            if {"made", "defects"} & set(part or entry):
                yield part or entry, partial(tables.table, state, entry, entry["id"], part)


@pytest.mark.parametrize("start", [date(2026, 6, 27), date(2024, 2, 29), date(2025, 12, 31), date(2026, 11, 1)])
@pytest.mark.parametrize("days_later", [0, 4, 40])
def test_every_planted_defect_strikes_on_any_day(start: date, days_later: int) -> None:
    """Making a table raises ValueError for a defect that finds too few rows, or not its column."""
    for state in states(start, days_later):
        for holder, make in chosen(state):
            told = holder.get("defects") or []
            struck = make()
            holder["defects"] = []
            assert (struck != make()) == any(defect.get("from_day", 0) <= days_later for defect in told)
            assert len(struck.rows) <= 400


def test_cities_name_their_tables_and_bounds() -> None:
    told = {name: cities.load(name)["city"] for name in cities.NAMES}
    counts = {name: len(city["datasets"]) for name, city in told.items()}
    assert counts == {"alder-falls": 11, "birchport": 9, "cedar-junction": 6}
    assert len({choice.get("family") for city in told.values() for choice in city["datasets"]} - {None}) == 8
    assert all(city["bounds"]["west"] < city["bounds"]["east"] for city in told.values())


def of_csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode())))


@pytest.mark.parametrize(
    ("dataset_id", "columns", "count", "stated"),
    [("w9jb-46pe", 7, 90, 90), ("h3nd-7vse", 8, 80, 80), ("j4ky-9gwr", 5, 78, 90), ("k7qw-3fzn", 8, 60, 60)],
)
def test_exports_and_pages_show_the_same(
    portals: DemoPortals, dataset_id: str, columns: int, count: int, stated: int
) -> None:
    url = portals.urls["alder-falls"]
    export = of_csv(ask(f"{url}/api/views/{dataset_id}/rows.csv").body)
    pages = of_csv(ask(f"{url}/resource/{dataset_id}.csv", {"$order": ":id", "$limit": 1000}).body)
    assert {len(row) for row in export} == {len(row) for row in pages} == {columns}
    assert len(export) == len(pages) == count + 1
    assert [row[0] for row in export[1:]] == [row[0] for row in pages[1:]]
    counted = ask(f"{url}/resource/{dataset_id}.json", {"$select": "count(*)"}).json()
    assert counted == [{"count": str(stated)}]


def test_a_column_may_be_listed_and_not_delivered(portals: DemoPortals) -> None:
    listed = ask(f"{portals.urls['alder-falls']}/api/views/w9jb-46pe.json").json()["columns"]
    assert "cleared" in {c["fieldName"] for c in listed}
    assert "Cleared" not in of_csv(ask(f"{portals.urls['alder-falls']}/api/views/w9jb-46pe/rows.csv").body)[0]


def test_dumps_and_searches_show_the_same(portals: DemoPortals) -> None:
    url = portals.urls["birchport"]
    part = action(url, "package_show", id="food-inspections").json()["result"]["resources"][0]
    dump = of_csv(ask(f"{url}/datastore/dump/{part['id']}").body)
    found = action(url, "datastore_search", resource_id=part["id"], limit=1000).json()["result"]["records"]
    assert [row[1] for row in dump[1:]].count("") == [r["inspection"] for r in found].count(None) == 2


def test_planted_personal_data_are_nobodys() -> None:
    """Addresses lie in example.com, which RFC 2606 keeps for examples; nothing else could be a person's."""
    for state in states(date(2026, 6, 30), 4):
        for _, make in chosen(state):
            texts = [cell for row in make().rows for cell in row if isinstance(cell, str)]
            assert all(cell.endswith("@example.com") for cell in texts if "@" in cell)
            assert not any(re.search(r"\d{3}-\d{2}-\d{4}|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{13}", cell) for cell in texts)
