"""What people judged, exported: to whom it was for, as of a date, the same from both databases and in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from civicgauge.pipeline import exporting
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting import meanings
from civicgauge.pipeline.exporting.reading import scope_of, tables_of
from civicgauge.warehouse.review_tables import MADE_TOGETHER, OF_STAFF
from tests.judged import ABANDONED, AT, CLAIM, DRAFT, FROZEN, PREVIEW, SIGNER, WAITS, judge
from tests.webpages.published import DECIDED, NAMES, OPEN, PRIVATE, SHARED, published

SECRETS = (SIGNER, CLAIM, WAITS, PREVIEW, DRAFT, ABANDONED, PRIVATE, NAMES[PRIVATE])
VIEW = "v_indicator_decided"


@pytest.fixture
def context(tmp_path: Path, warehouse_url: str) -> Iterator[Context]:
    """Three cities that were judged, on both databases in turn."""
    with published(tmp_path / "home", warehouse_url) as made:
        judge(made, DECIDED)
        yield made


def rows(context: Context, audience: str, as_of: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """By table of what people judge, and the view beside: what an export holds."""
    with context.warehouse() as warehouse:
        scope = scope_of(context, warehouse, as_of, audience)
        return {
            table.name: [
                dict(zip((c.name for c in table.columns), row, strict=True)) for some in table.batches() for row in some
            ]
            for table in tables_of(context, warehouse, scope, audience, history=False)
            if table.name in (*MADE_TOGETHER, VIEW)
        }


def counts(found: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    return {name: len(told) for name, told in found.items() if told}


PUBLIC = {"edition": 1, "edition_city": 1, "edition_value": 2, "erratum": 1, "decision": 2, "decided_value": 1, VIEW: 1}
CITY = {"edition": 1, "edition_city": 2, "edition_value": 4, "erratum": 2, "decision": 4, "decided_value": 2, VIEW: 2}
STAFF = {
    "edition": 4,
    "edition_city": 12,
    "edition_value": 24,
    "erratum": 3,
    "decision": 9,
    "decided_value": 3,
    VIEW: 3,
    "edition_signature": 4,
    "dispute": 6,
    "audit": 10,
}


def test_each_audience_and_each_date(context: Context) -> None:
    found = rows(context, "public")
    assert counts(found) == PUBLIC
    assert not set(found) & set(OF_STAFF)
    assert not [word for word in (*SECRETS, SHARED) if word in repr(found)]
    of_city = rows(context, "city")
    assert counts(of_city) == CITY
    assert not [word for word in SECRETS if word in repr(of_city)]
    assert counts(rows(context, "staff")) == STAFF
    _is_told_by_its_words(rows(context, "staff"))

    then = counts(rows(context, "public", "2026-06-30"))  # frozen and corrected a day later
    assert then == {"decision": 2, "decided_value": 1, VIEW: 1}
    assert rows(context, "public", "2026-07-01") == found
    for_staff = counts(rows(context, "staff", "2026-06-30"))
    assert for_staff == {
        "edition": 3,
        "edition_city": 9,
        "edition_value": 18,
        "decision": 6,
        "decided_value": 3,
        VIEW: 3,
    }
    assert counts(rows(context, "public", "2026-06-11")) == {}  # one of two had agreed

    (beside,) = found[VIEW]
    assert (beside["city_id"], beside["decided_value"], json.loads(beside["decisions"])) == (OPEN, 0.75, ["a-1"])
    assert beside["difference"] == pytest.approx(0.75 - beside["measured_value"])


def test_a_city_is_seen_as_it_was_for_then_and_as_it_is_for_now(context: Context) -> None:
    with context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        city = warehouse._tables["edition_city"]
        connection.execute(sa.update(city).where(city.c.city_id == OPEN).values(publication="private"))
    found = counts(rows(context, "public"))
    assert not {"edition", "edition_city", "edition_value", "erratum"} & set(found)
    assert counts(rows(context, "city"))["edition"] == 1  # of another city, which is shared with it
    assert counts(rows(context, "staff")) == STAFF


def test_a_decision_that_came_later_takes_its_number_with_it(context: Context) -> None:
    with context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        decision = warehouse._tables["decision"]
        late = sa.update(decision).where(decision.c.decision_id == "a-1")
        connection.execute(late.values(seconded_at=AT))
    assert counts(rows(context, "public", "2026-06-30")) == {"decision": 1}
    assert counts(rows(context, "public")) == PUBLIC


def _is_told_by_its_words(found: dict[str, list[dict[str, Any]]]) -> None:
    """Every word of an enumerated column is one of those that the dictionary tells."""
    told = set()
    for table, lines in found.items():
        for line in lines:
            for name, value in line.items():
                words = meanings.meanings(table, name)
                if words and value is not None:
                    told.add((table, name))
                    assert value in words, (table, name, value)
    states = {(name, "state") for name in ("edition", "dispute", "decision")}
    statuses = {("edition_value", "decided_status"), ("erratum", "new_status"), (VIEW, "measured_status")}
    assert told >= states | statuses | {("edition_city", "publication"), ("decision", "field"), ("dispute", "phase")}


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_every_file_of_every_audience(context: Context, tmp_path: Path) -> None:
    for audience in ("public", "staff"):
        folder = tmp_path / audience
        exporting.export(context, folder, None, audience)
        bodies = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
        texts = b"".join(body for name, body in bodies.items() if name.endswith((".csv", ".sqlite", ".json")))
        book = load_workbook(folder / "civicgauge.xlsx")
        cells = repr([row for sheet in book for row in sheet.iter_rows(values_only=True)])
        if audience == "public":
            assert not [word for word in (*SECRETS, SHARED) if word.encode() in texts or word in cells]
        lines = {name: list(book[name].iter_rows(min_row=3, values_only=True)) for name in ("editions", "errata")}
        sized = {"public": (2, 1), "staff": (6, 3)}[audience]
        assert (len(lines["editions"]), len(lines["errata"])) == sized
        assert {line[0] for line in lines["editions"]} == {FROZEN}
        assert len(list(book["decisions"].iter_rows(min_row=3))) == {"public": 2, "staff": 9}[audience]
    told = frictionless.validate(str(tmp_path / "staff" / "datapackage.json"))  # and references within an edition hold
    assert told.valid, told.flatten(["message"])
