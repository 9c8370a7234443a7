"""The first sight of a large city: more keys than a database takes in one statement."""

from __future__ import annotations

from civicgauge.alerts.incidents import Decision
from civicgauge.pipeline.alerting.deciding import keep
from civicgauge.warehouse import Warehouse
from tests.alerts.stories import CITY, at_of, opened_on

MANY = 70_000  # PostgreSQL's driver takes 65,535


def test_many_incidents_are_asked_for_and_forgotten_at_once(warehouse: Warehouse) -> None:
    incident = opened_on(5).incident()
    decision = Decision(
        changed={incident.incident_key: incident}, forgotten={f"{n:020x}" for n in range(MANY)}, events=[]
    )
    with warehouse.alerts.desk(CITY) as desk:
        keep(desk, decision, desk.incidents([*decision.changed]), at_of(5))
        assert list(desk.incidents([*decision.forgotten, incident.incident_key])) == [incident.incident_key]
        assert desk.message_ids("nobody", decision.forgotten) == []
