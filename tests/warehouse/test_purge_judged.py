"""What a city withdraws takes judgements on it along; editions stay as they were signed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act
from tests.judged import decision

AT = datetime(2026, 7, 2, tzinfo=UTC)
HERE, THERE = "a-city", "b-city"
Key = tuple[str, str | None, str | None, str | None]


def attestation(city_id: str) -> dict[str, Any]:
    who = {"by": "clerk", "said_on": date(2026, 7, 1), "valid_until": date(2027, 7, 1), "source": "command"}
    what = {"standard": "what-works-cities-2022", "criterion": "DM1", "stance": "in_line", "state": "approved"}
    return {"attestation_id": f"t-{city_id}", "city_id": city_id, **what, **who, "made_at": AT}


def plan(plan_id: str, city_id: str, source: dict[str, Any], *compared: dict[str, Any]) -> dict[str, Any]:
    days = {"first_on": date(2024, 1, 1), "starts_on": date(2025, 1, 1), "last_on": date(2026, 1, 1)}
    words = {"programme": "a programme", "outcome": "an outcome", "unit": "cases", "frequency": "month"}
    judged = {"direction": "lower_is_better", "band_low": -1.0, "band_high": 1.0, "digest": "0" * 64, "spec": "{}"}
    made = {"registered_at": AT, "registered_by": "analyst", "series_tried": 1}
    series = {"source": json.dumps(source), "comparison": json.dumps(list(compared))}
    return {"plan_id": plan_id, "city_id": city_id, **words, **days, **judged, **made, **series}


def result(plan_id: str, city_id: str) -> dict[str, Any]:
    told = {"verdict": "insufficient data", "reason": "too short", "n_before": 3, "n_after": 3, "details": "{}"}
    made = {"series_digest": "0" * 64, "series_tried": 1, "answered_at": AT, "by": "analyst", "method_version": "1"}
    return {"plan_id": plan_id, "number": 1, "city_id": city_id, **told, **made}


def dataset(dataset_id: str, **more: Any) -> dict[str, Any]:
    return {"dataset": {"id": dataset_id, "date_column": "day", "aggregate": "count", **more}}


PLANS = {
    "of-a": (HERE, dataset("calls")),
    "of-a-part": (HERE, dataset("calls", portal="main", resource="r1")),
    "of-other": (HERE, dataset("permits")),
    "of-maps": (HERE, dataset("calls", portal="maps")),
    "of-file": (HERE, {"csv": {"path": "series.csv", "date_column": "day", "value_column": "n"}}),
    "beside": (THERE, dataset("calls"), dataset("calls", city=HERE)),
    "elsewhere": (THERE, dataset("calls")),
}


@pytest.mark.parametrize(
    ("key", "gone", "attested"),
    [
        ((HERE, "main", "calls", None), {"of-a", "of-a-part", "beside"}, 2),
        ((HERE, "main", "calls", "r2"), {"of-a", "beside"}, 2),
        ((HERE, "maps", None, None), {"of-maps"}, 2),
        ((HERE, None, None, None), set(PLANS) - {"elsewhere"}, 1),
    ],
)
def test_what_goes_and_what_stays(warehouse: Warehouse, key: Key, gone: set[str], attested: int) -> None:
    with warehouse.reviews.desk() as desk:
        desk.add("attestation", attestation(HERE), attestation(THERE))
        desk.add("effect_plan", *(plan(name, *told) for name, told in PLANS.items()))
        desk.add("effect_result", *(result(name, told[0]) for name, told in PLANS.items()))
        desk.add("decision", decision("d-1", (HERE, "main", "calls")), decision("d-2", (THERE, "main", "calls")))
        for name, told in PLANS.items():
            desk.note(Act(AT, "analyst", "effect.registered", name, told[0], "a reason that names calls"))
    before = warehouse.withdrawn_counts(key)
    assert (before["effect_plan"], before["effect_result"]) == (len(gone), len(gone))
    warehouse.withdraw(key, "withdrawn", Act(AT, "steward", "evidence.withdrawn", "all", key[0], "asked", {}))
    reviews = warehouse.reviews
    assert {row["plan_id"] for row in reviews.rows("effect_plan")} == set(PLANS) - gone
    assert {row["plan_id"] for row in reviews.rows("effect_result")} == set(PLANS) - gone
    assert len(reviews.rows("attestation")) == attested
    assert "d-2" in {row["decision_id"] for row in reviews.rows("decision")}
    told = Counter(row["subject"] for row in reviews.rows("audit") if row["reason"] is None)
    assert set(told) >= {name for name in gone if PLANS[name][0] == HERE}
    assert reviews.broken_link() is None
    again = warehouse.withdrawn_counts(key)
    assert not again["effect_plan"]
    assert not again["effect_result"]
