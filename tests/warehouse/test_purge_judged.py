"""What a city withdraws takes judgements on it along; editions stay as they were signed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from civicgauge.pipeline.alerting.editionreading import told_of
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act
from tests.judged import decision, edition
from tests.keeping.test_purge_warehouse import message
from tests.warehouse.days import MONDAY, city_day, criterion_row, dataset_row, run

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
    assert set(told) >= gone, "of another city's plan, too: it held values of what is withdrawn"
    assert "elsewhere" not in told
    assert reviews.broken_link() is None
    again = warehouse.withdrawn_counts(key)
    assert not again["effect_plan"]
    assert not again["effect_result"]


CALLS = "Calls for service"
TWICE = f"{CALLS} was counted twice"


def judged(warehouse: Warehouse) -> None:
    """Words of people about an entry, in rows that are on something else; and a message of a dispute on it."""
    named = {"edition_id": "e", "city_id": HERE, "portal_id": "", "dataset_id": "", "made_at": AT, "by": "clerk"}
    on = {**named, "portal_id": "main", "dataset_id": "calls"}
    moved = {"indicator_id": "i", "indicator_version": 1, "old_status": "ok", "new_status": "ok", "second_by": "head"}
    with warehouse.reviews.desk() as desk:
        desk.add("edition", edition("e", "frozen", "E"))
        for dispute_id, words in (("e-d1", f"see {CALLS}, not maps"), ("e-d2", "recalls are another matter")):
            told = {**named, "dispute_id": dispute_id, "phase": "appeal", "state": "rejected", "claim": words}
            desk.add("dispute", {**told, "evidence_url": "https://a.example/calls", "answer": "the entry calls is old"})
            desk.note(Act(AT, "clerk", "dispute.made", dispute_id, HERE, words))
        desk.add("dispute", {**on, "dispute_id": "e-d3", "phase": "appeal", "state": "upheld", "claim": "x"})
        for city_id in (HERE, THERE):
            made = {**moved, "edition_id": "e", "city_id": city_id, "made_at": AT, "by": "clerk"}
            desk.add("erratum", {**made, "erratum_id": f"e-{city_id}", "reason": TWICE})
        desk.add("decision", decision("d-9", (HERE, "main", "maps"), reason="as main/calls", evidence_url=None))
        desk.add("attestation", {**attestation(HERE), "statement": f"we publish {CALLS} weekly"})
    row, content = message("note", "sent", "You said: x")
    content["rendered"]["facts"] = {"edition": {"news": "decided", "ids": ["e-d3"], "errata": [{"old": 1}]}}
    with warehouse.alerts.desk(HERE) as queue:
        queue.queue({**row, "city_id": HERE, "kind": "edition"}, [], content)
        other, content = message("other", "sent", "You said: y")
        content["rendered"]["facts"] = {"edition": {"news": "decided", "ids": ["e-d2"]}}
        queue.queue({**other, "city_id": HERE, "kind": "edition"}, [], content)


def words_of(warehouse: Warehouse, table: str, *columns: str) -> dict[str, list[Any]]:
    key = f"{table}_id"
    return {row[key]: [row[name] for name in columns] for row in warehouse.reviews.rows(table)}


def test_what_people_wrote_of_it_elsewhere_goes_too(warehouse: Warehouse) -> None:
    datasets = [dataset_row(each, MONDAY, title=title) for each, title in (("calls", CALLS), ("maps", "Maps"))]
    warehouse.commit(city_day(run(city_id=HERE), ("calls", "maps"), datasets=datasets))
    judged(warehouse)
    key, gone = (HERE, "main", "calls", None), "withdrawn by the city (0)"
    assert warehouse.withdrawn_counts(key)["words"] == 5
    warehouse.withdraw(key, gone, Act(AT, "steward", "evidence.withdrawn", "0", HERE, "asked", {}))
    assert words_of(warehouse, "dispute", "claim", "answer", "evidence_url") == {
        "e-d1": [gone, gone, None],
        "e-d2": ["recalls are another matter", gone, None],
    }
    assert words_of(warehouse, "erratum", "reason") == {
        f"e-{HERE}": [gone],
        f"e-{THERE}": [TWICE],
    }
    assert words_of(warehouse, "decision", "reason", "evidence_url") == {"d-9": [gone, None]}
    assert words_of(warehouse, "attestation", "statement") == {f"t-{HERE}": [gone]}
    assert warehouse.withdrawn_counts(key)["words"] == 0
    told = {name: (warehouse.alerts.content(name) or {})["rendered"] for name in ("note", "other")}
    assert (told["note"]["text"], told["other"]["text"]) == (gone, "You said: y")
    assert told["note"]["facts"] == {"edition": {"news": "decided", "ids": ["e-d3"]}}
    with warehouse.alerts.desk(HERE) as queue:
        known = dict(told_of(queue.facts("c", "edition")))
    assert set(known) == {("decided", "e-d3"), ("decided", "e-d2")}, "nobody is told of it once more"
    assert warehouse.reviews.broken_link() is None


def test_of_a_whole_city_words_of_errata_and_copies_of_attestations_go_as_well(warehouse: Warehouse) -> None:
    told = {"attested_stance": "in_line", "attested_url": "https://a.example", "expires_at": MONDAY}
    criteria = [criterion_row("DM1", **told, is_contradicted=False)]
    warehouse.commit(city_day(run(city_id=HERE), criteria=criteria))
    judged(warehouse)
    act = Act(AT, "steward", "evidence.withdrawn", "0", HERE, "asked", {})
    warehouse.withdraw((HERE, None, None, None), "gone", act)
    assert words_of(warehouse, "erratum", "reason") == {f"e-{HERE}": ["gone"], f"e-{THERE}": [TWICE]}
    (row,) = warehouse.rows("criterion_evidence")
    assert (row["stance"], row["basis"]) == ("not_observed", "partial")
    assert {row[name] for name in row if name.startswith("attested_")} == {None}
    assert (row["expires_at"], row["is_contradicted"]) == (None, None)
