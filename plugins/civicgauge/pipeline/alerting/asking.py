"""What a person is asked about a hold: why it stands, what would be told, and what comes of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from civicgauge import clean
from civicgauge.alerts.forms import Incident, State
from civicgauge.pipeline.alerting import holding
from civicgauge.pipeline.alerting.source import About, Source
from civicgauge.pipeline.alerting.waiting import waiting
from civicgauge.warehouse import Warehouse

SHOWN = 10


def standing(source: Source, warehouse: Warehouse) -> dict[str, Any] | None:
    """The hold that is open, for a person to judge: plain values, and the first lines of what would be told."""
    found = warehouse.alerts.holds(holding.OPEN)
    if not found:
        return None
    hold = found[0]
    waits = [each.incident for each in waiting(warehouse, hold["opened_at"])]
    held = sorted(waits, key=lambda i: (i.severity.rank, i.city_id, i.portal_id, i.incident_key))
    return {
        "hold_id": hold["hold_id"],
        "opened_at": hold["opened_at"].isoformat(),
        "reason": hold["reason"],
        "days": [day.isoformat() for day in hold["days"]],
        "cities": len({incident.city_id for incident in held}),
        "incidents": len(held),
        "lines": list(_lines(source, warehouse, held[:SHOWN])),
    }


def _lines(source: Source, warehouse: Warehouse, incidents: Sequence[Incident]) -> Iterator[str]:
    checks, cities = source.checks, source.cities
    titles = {city_id: source.titles(warehouse, city_id) for city_id in {i.city_id for i in incidents}}
    for each in incidents:
        about = titles[each.city_id].get((each.portal_id, each.dataset_id), About(each.dataset_id, ""))
        city = cities[each.city_id].name if each.city_id in cities else each.city_id
        rule = checks[each.rule_id].title if each.rule_id in checks else each.rule_id
        where = f"{about.title} ({each.field})" if each.field else about.title
        seen = "found mended" if each.state is State.RESOLVED else each.observed or "not as expected"
        said = f"{city}, {clean.line(where, 200)}: {rule} ({each.severity}) - {seen}"
        yield clean.line(said, 600)  # it goes into XComs, and people read it


def ended(warehouse: Warehouse, hold_id: str) -> str | None:
    """What came of a hold that stands no more, in words; None for one that is open or unknown."""
    for hold in warehouse.alerts.holds():
        if hold["hold_id"] == hold_id and hold["state"] != holding.OPEN:
            return f"{hold_id} was {hold['state']} at {hold['decided_at']:%Y-%m-%d %H:%M} UTC by {hold['decided_by']}"
    return None


def release(warehouse: Warehouse, hold_id: str, *, at: datetime, by: str, drop: bool, reason: str | None) -> str:
    """End a hold by a person's word, and say what comes of it; ConfigurationError where none of that id is open."""
    held = [each.incident for each in waiting(warehouse, at)]
    what = f"{len(held)} incidents of {len({incident.city_id for incident in held})} cities"
    if drop:
        holding.drop(warehouse, hold_id, at=at, by=by, reason=reason)
        return f"{hold_id} dropped by {by}: {what} are told only if they show themselves again"
    holding.release(warehouse, hold_id, at=at, by=by, reason=reason)
    return f"{hold_id} released by {by}: {what} go out, each at its recipients' hour"
