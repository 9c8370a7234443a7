"""What people judged: acts and their audit in one transaction; the audit only grows, and says where it was touched."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.pipeline.reviewing.records import findings
from civicgauge.warehouse import Warehouse, tables
from civicgauge.warehouse.reviews import Act
from tests.judged import edition

AT = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def act(action: str = "decision.proposed", **more: Any) -> Act:
    return Act(**{"at": AT, "by": "data steward", "action": action, "subject": "d-1", "reason": "read it", **more})


def decision(decision_id: str = "d-1", **more: Any) -> dict[str, Any]:
    return {
        "decision_id": decision_id,
        "city_id": "a-city",
        "portal_id": "main",
        "dataset_id": "abcd-1234",
        "field": "licence_id",
        "decided": "CC-BY-4.0",
        "reason": "the text was read",
        "evidence_digest": "0" * 64,
        "by": "data steward",
        "valid_from": date(2026, 7, 1),
        "state": "proposed",
        "made_at": AT,
        **more,
    }


def test_rows_by_their_columns(warehouse: Warehouse) -> None:
    with warehouse.reviews.desk() as desk:
        desk.add("decision", decision("d-2", state="in_force"), decision("d-1"))
        assert [row["decision_id"] for row in desk.rows("decision", city_id="a-city")] == ["d-1", "d-2"]
    reviews = warehouse.reviews
    assert [row["decision_id"] for row in reviews.rows("decision", state=["in_force", "ended"])] == ["d-2"]
    assert reviews.one("decision", decision_id="d-1", valid_until=None) is not None
    assert reviews.one("decision", city_id="elsewhere") is None
    with pytest.raises(CivicgaugeError, match="no table of reviews"):
        reviews.rows("incident")


def test_all_of_an_act_or_nothing(warehouse: Warehouse) -> None:
    def twice() -> None:
        with warehouse.reviews.desk() as desk:
            desk.add("decision", decision())
            desk.note(act())
            desk.add("decision", decision())

    with pytest.raises(ConfigurationError, match="d-1: there is such a decision already"):
        twice()
    assert (warehouse.reviews.rows("decision"), warehouse.reviews.rows("audit")) == ([], [])


def test_the_audit_is_a_chain_that_only_grows(warehouse: Warehouse) -> None:
    for n in range(3):
        with warehouse.reviews.desk() as desk:
            desk.note(act(subject=f"d-{n}", details={"n": n}, city_id="a-city"))
    rows = warehouse.reviews.rows("audit")
    assert [(row["number"], row["subject"], row["at"]) for row in rows] == [(n + 1, f"d-{n}", AT) for n in range(3)]
    assert warehouse.reviews.broken_link() is None
    name = f"{tables.SCHEMA}.audit" if warehouse.dialect == "postgresql" else "audit"
    for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET reason = 'other'", f"UPDATE {name} SET by = 'x'"):
        with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), warehouse.engine.begin() as connection:
            connection.execute(sa.text(statement))
    with warehouse.reviews.desk() as desk, pytest.raises(CivicgaugeError, match="only ever added to"):
        desk.change("audit", {"by": "x"}, number=1)


def test_words_may_be_taken_out_and_the_chain_still_holds(warehouse: Warehouse) -> None:
    """Where a withdrawal afterwards names the row; else it is told."""
    with warehouse.reviews.desk() as desk:
        desk.note(act(city_id="a-city"))
        desk.note(act(subject="d-2"))
    name = f"{tables.SCHEMA}.audit" if warehouse.dialect == "postgresql" else "audit"
    with warehouse.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {name} SET reason = NULL, details = NULL WHERE number = 1"))
    assert warehouse.reviews.rows("audit")[0]["reason"] is None
    for numbers, told in (([], 1), ([2], 1), ([1, 2], None)):
        assert warehouse.reviews.broken_link() == 1
        with warehouse.reviews.desk() as desk:
            details = {"rows_without_words": numbers}
            desk.note(act(subject="0123", action="evidence.withdrawn", city_id="a-city", details=details))
        assert warehouse.reviews.broken_link() == told


def test_a_row_that_was_changed_around_the_guard_is_named(warehouse: Warehouse) -> None:
    for n in range(3):
        with warehouse.reviews.desk() as desk:
            desk.note(act(subject=f"d-{n}"))
    is_server = warehouse.dialect == "postgresql"
    name = f"{tables.SCHEMA}.audit" if is_server else "audit"
    off = f"ALTER TABLE {name} DISABLE TRIGGER ALL" if is_server else "DROP TRIGGER audit_no_update"
    with warehouse.engine.begin() as connection:
        connection.execute(sa.text(off))
        connection.execute(sa.text(f"UPDATE {name} SET by = 'somebody else' WHERE number = 2"))
    assert warehouse.reviews.broken_link() == 2


def test_disputes_of_an_edition_whose_id_begins_so_are_not_taken_for_its_own(warehouse: Warehouse) -> None:
    with warehouse.reviews.desk() as desk:
        desk.add("edition", edition("2026", "draft", "A"), edition("2026-d", "preview", "B"))
        told = {"answer": "upheld", "content_digest": "0" * 64, "city_digests": {"a-city": "0" * 64}}
        desk.note(Act(AT, "data steward", "dispute.decided", "2026-d-d1", "a-city", "right", told))
    (first, _) = warehouse.reviews.rows("edition")
    assert findings(warehouse.reviews, dict(first)) == []
