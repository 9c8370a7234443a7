"""Releases, drops and silences leave a row in the audit, in the transaction in which they happen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from civicgauge.alerts.answering import Refused
from civicgauge.alerts.forms import Dispute, State
from civicgauge.cli import alerts
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting import answering, holding
from civicgauge.pipeline.alerting.records import incident_row
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse
from tests.answers.world import incident
from tests.homes import home_at
from tests.warehouse.days import city

from .worlds import AT

CITY = "demo-a"


def acts(warehouse: Warehouse) -> list[tuple[str, str, str, str, str | None]]:
    assert warehouse.reviews.broken_link() is None
    rows = warehouse.reviews.rows("audit")
    return [(row["action"], row["by"], row["city_id"], row["subject"], row["reason"]) for row in rows]


def hold(name: str) -> dict[str, Any]:
    return {"hold_id": name, "opened_at": AT, "state": "open", "reason": "40 openings", "cities_count": 9,
            "openings_count": 40, "days": [date(2026, 6, 30)], "about": "news", "decided_at": None,
            "decided_by": None, "decided_reason": None}  # fmt: skip


def test_holds(warehouse: Warehouse) -> None:
    warehouse.alerts.save_hold(hold("hold-1"))
    holding.release(warehouse, "hold-1", at=AT, by="operator", reason="it is right, says x@y.example")
    warehouse.alerts.save_hold(hold("hold-2"))
    holding.drop(warehouse, "hold-2", at=AT, by="operator")
    with pytest.raises(ConfigurationError, match="was dropped"):
        holding.drop(warehouse, "hold-2", at=AT, by="operator")
    assert acts(warehouse) == [
        ("hold.released", "operator", "", "hold-1", "it is right, says (address left out)"),
        ("hold.dropped", "operator", "", "hold-2", None),
    ]
    assert json.loads(warehouse.reviews.rows("audit")[0]["details"])["cities"] == 9
    assert not warehouse.alerts.end_hold("hold-2", {"state": "released"}, answering.Act(AT, "x", "hold.released", "y"))
    assert len(acts(warehouse)) == 2  # what did not happen is not told


def test_findings_and_silences(tmp_path: Path, warehouse: Warehouse, warehouse_url: str) -> None:
    own = warehouse_url if warehouse.dialect == "postgresql" else None
    with home_at(tmp_path / "home", own) as context:
        (context.settings.cities / f"{CITY}.yml").write_text(
            city(CITY).model_dump_json(exclude_none=True), encoding="utf-8"
        )
        _findings_and_silences(context)


def _findings_and_silences(context: Context) -> None:
    private, disputed = replace(incident(CITY, "a"), is_private=True), incident(CITY, "b")
    disputed = replace(disputed, state=State.DISPUTED, dispute=next(iter(Dispute)))
    with context.warehouse() as warehouse, warehouse.alerts.desk(CITY) as desk:
        rows = (incident_row(i, opened_at=AT, last_seen_at=AT, resolved_at=None) for i in (private, disputed))
        desk.save_incidents(rows)
    answering.release(context, private.incident_key, at=AT, by="privacy officer")
    with pytest.raises(Refused, match="was released"):
        answering.release(context, private.incident_key, at=AT, by="privacy officer")
    answering.settle(context, disputed.incident_key, agree=True, reason="it is", at=AT, by="staff")
    alerts.silence({"city_id": CITY, "portal_id": None, "dataset_id": "c", "rule_id": None},
                   until=str(date.today() + timedelta(days=9)), reason="it moves", by="operator")  # fmt: skip
    with context.warehouse() as warehouse:
        told, rows = acts(warehouse), warehouse.reviews.rows("audit")
    assert [each[:3] for each in told] == [
        ("finding.released", "privacy officer", CITY),
        ("silence.made", "staff", CITY),
        ("silence.made", "operator", CITY),
    ]
    assert [each[4] for each in told] == [None, "it is", "it moves"]
    assert [json.loads(row["details"]).get("dataset_id") for row in rows] == ["a", "b", "c"]
