"""Withdrawn rows, incidents and messages leave the warehouse on both databases; the rest stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.pipeline.alerting.records import incident_row
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.purge import WITHDRAWN, Key
from tests.answers.world import incident
from tests.warehouse.days import check_result, city_day, contents, dataset_day_row, landing_row, pull_row, run

CITY, AT = "demo-a", datetime(2026, 6, 30, tzinfo=UTC)
DAYS = (date(2026, 1, 12), date(2026, 1, 13))
IDS = ("a", "B", "100%_a")
LONG = 'The "whole" list of what was said about everybody, in 2026, by street'
NOTICE = "withdrawn by the city (0123)"
ACT = Act(AT, "data steward", WITHDRAWN, "0123", CITY, "asked by the city", {"files": 3})


def message(name: str, state: str, says: str) -> tuple[dict[str, Any], dict[str, Any]]:
    row = {
        "notification_id": name, "city_id": CITY, "contact_id": "c", "channel": "mail", "kind": "digest",
        "state": state, "day": DAYS[0], "created_at": AT, "due_at": AT, "message_id": f"<{name}>", "attempts": 0,
    }  # fmt: skip
    return row, {"recipient": {"address": "x"}, "rendered": {"subject": says, "text": says, "html": says}}


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    for day in DAYS:
        warehouse.commit(city_day(run(f"r{day}", day, problem="main/100%_a: refused" if day == DAYS[0] else None), IDS))
    other = city_day(
        run("more", DAYS[1], notes=()), IDS,
        landings=[landing_row("a", resource_id=r) for r in ("r1", "r2")],
        pulls=[pull_row("a", resource_id=r) for r in ("r1", "r2")],
        check_results=[check_result(i) for i in IDS], dataset_days=[dataset_day_row(i) for i in IDS],
    )  # fmt: skip
    warehouse.commit(other)
    with warehouse.alerts.desk(CITY) as desk:
        for dataset_id in IDS:
            told = incident(CITY, dataset_id)
            desk.save_incidents([incident_row(told, opened_at=AT, last_seen_at=AT, resolved_at=None)])
            item = {"notification_id": dataset_id, "incident_key": told.incident_key, "notice": "opened",
                    "city_id": CITY, "episode": 1, "severity": "error"}  # fmt: skip
            row, content = message(dataset_id, "queued" if dataset_id == "a" else "sent", f"Title of {dataset_id}")
            desk.queue(row, [item], content)
        row, content = message("baseline", "sent", "A list: 100%_a and others")
        desk.queue(row, [], content)
        # what is still open stands in a digest by its title and address alone; operators' messages are of no city
        row, content = message("still", "sent", f"Still open: {LONG} and others")
        desk.queue(row, [], content)
        for name, says in (("ops", f"observe__{CITY} failed: main/100%_a"), ("others", "observe__demo-b: main/100%_a")):
            row, content = message(name, "sent", says)
            desk.queue(row | {"city_id": ""}, [], content)
    with warehouse.reviews.desk() as review:
        for dataset_id in IDS:
            review.add("decision", decision(dataset_id))
            told = {"portal_id": "main", "dataset_id": dataset_id}
            review.note(Act(AT, "data steward", "decision.proposed", f"d-{dataset_id}", CITY, "it was read", told))
        review.note(Act(AT, "operator", "silence.made", "silence-1", CITY, "100%_a moves", {"rule_id": "x"}))
        review.note(Act(AT, "operator", "hold.released", "hold-1", "", "100%_a is right"))
    table = warehouse._tables["dataset"]
    with warehouse.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.dataset_id == "100%_a").values(title=LONG))
    return warehouse


def decision(dataset_id: str) -> dict[str, Any]:
    return {
        "decision_id": f"d-{dataset_id}", "city_id": CITY, "portal_id": "main", "dataset_id": dataset_id,
        "field": "ownership", "decided": "own", "reason": "it was read", "evidence_digest": "0" * 64,
        "by": "data steward", "valid_from": DAYS[0], "state": "proposed", "made_at": AT,
    }  # fmt: skip


def audit(warehouse: Warehouse) -> dict[str, str | None]:
    """What the audit says of each act, by subject."""
    return {row["subject"]: row["reason"] for row in warehouse.reviews.rows("audit")}


def ids(warehouse: Warehouse, table: str) -> set[str]:
    return {row["dataset_id"] for row in warehouse.rows(table)}


def states(warehouse: Warehouse) -> dict[str, str]:
    return {row["notification_id"]: row["state"] for row in warehouse.rows("notification")}


def says(warehouse: Warehouse, name: str) -> str:
    content = warehouse.alerts.content(name)
    assert content is not None
    return str(content["rendered"]["text"])


def test_an_entry_leaves_every_table_and_no_other_does(filled: Warehouse) -> None:
    before, key = contents(filled), (CITY, "main", "100%_a", None)
    counted = filled.withdrawn_counts(key)
    assert counted == {"dataset_day": 2, "check_result": 3, "pull": 1, "dataset": 1, "landing": 1, "incident": 1,
                       "silence": 0, "message": 4, "decision": 1, "dispute": 0, "attestation": 0, "effect_look": 0,
                       "effect_plan": 0, "effect_result": 0, "audit": 2, "words": 0}  # fmt: skip
    for _ in range(2):  # twice is once
        filled.withdraw(key, NOTICE, ACT)
        filled.remark(CITY, DAYS, NOTICE)
    assert set(filled.withdrawn_counts(key).values()) == {0}
    for table in ("dataset", "dataset_day", "check_result", "incident", "decision"):
        assert ids(filled, table) == {"a", "B"}, table
    assert audit(filled) == {
        "d-a": "it was read", "d-B": "it was read", "d-100%_a": None, "silence-1": None,
        "hold-1": "100%_a is right", "0123": "asked by the city",
    }  # fmt: skip
    assert filled.reviews.broken_link() is None
    assert says(filled, "100%_a") == says(filled, "baseline") == NOTICE
    assert says(filled, "still") == says(filled, "ops") == NOTICE
    assert says(filled, "B") == "Title of B"
    assert "main/100%_a" in says(filled, "others")
    assert contents(filled)["indicator_value"] == before["indicator_value"]
    runs = filled.runs(CITY, current_only=True)
    assert [each.notes.count(NOTICE) for each in runs] == [1, 1]
    assert [each.problem for each in runs] == [NOTICE, None]


def test_one_resource_and_a_message_that_waits(filled: Warehouse) -> None:
    filled.withdraw((CITY, "main", "a", "r1"), NOTICE, ACT)
    assert {r["resource_id"] for r in filled.rows("landing") if r["dataset_id"] == "a"} == {"a", "r2"}
    assert {r["resource_id"] for r in filled.rows("pull") if r["dataset_id"] == "a"} == {"a", "r2"}
    assert ids(filled, "dataset_day") == ids(filled, "dataset") == ids(filled, "decision") == set(IDS)
    assert ids(filled, "check_result") == ids(filled, "incident") == {"B", "100%_a"}
    assert states(filled) == {"a": "dropped"} | dict.fromkeys(states(filled).keys() - {"a"}, "sent")
    assert says(filled, "a") == NOTICE


@pytest.mark.parametrize("key", [(CITY, None, None, None), (CITY, "main", None, None)])
def test_a_city_keeps_its_numbers_alone(filled: Warehouse, key: Key) -> None:
    filled.withdraw(key, NOTICE, ACT)
    left = {name for name, rows in contents(filled).items() if rows}
    assert {audit(filled)[f"d-{i}"] for i in IDS} == {None}
    assert left == {
        "audit",
        "city",
        "indicator_value",
        "indicator_revision",
        "criterion_evidence",
        "run",
        "notification",
    } - ({"indicator_revision"} if not filled.rows("indicator_revision") else set())
    with filled.engine.connect() as connection:
        dot = "civicgauge." if filled.dialect == "postgresql" else ""
        told = [row[0] for row in connection.execute(sa.text(f"SELECT content FROM {dot}message ORDER BY 1"))]
    assert sum(NOTICE in each for each in told) == (5 if key[1] is None else 3)


def test_a_local_file_holds_no_byte_of_it_either(filled: Warehouse) -> None:
    if filled.dialect == "sqlite":  # some builds of SQLite overwrite what is deleted, most do not
        sa.event.listen(filled.engine, "connect", lambda file, _: file.execute("PRAGMA secure_delete = OFF"))
    filled.withdraw((CITY, "main", "100%_a", None), NOTICE, ACT)
    filled.scrub()
    file = Path(filled.engine.url.database or "")
    held = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*")) if file.is_absolute() else b""
    assert (b"list of what was said" in held, b"Title of B" in held) == (False, filled.dialect == "sqlite")
