"""The breaker: what looks like a fault of our own is held until an operator releases or drops it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from civicgauge.alerts.forms import Incident
from civicgauge.alerts.incidents import return_to_pending
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting.answering import without_addresses
from civicgauge.pipeline.alerting.records import event_of, event_row, incident_of, renewed
from civicgauge.pipeline.alerting.waiting import Waits, undone, unusual, waiting
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.audit import Act

log = logging.getLogger("civicgauge.alerts")
OPEN, RELEASED, DROPPED = "open", "released", "dropped"


def hold_where_unusual(
    warehouse: Warehouse, n_cities: int, at: datetime, is_muted: Callable[[Incident], bool] = lambda _: False
) -> dict[str, Any] | None:
    """The hold that stands: the one that is open, or a new one where what waits is unusual; None where nothing is.

    What is muted is told to nobody while it is, and holds nothing up.
    """
    if standing := warehouse.alerts.holds(OPEN):
        return standing[0]
    approved = frozenset(day for hold in warehouse.alerts.holds(RELEASED) for day in hold["days"])
    found = unusual(warehouse, waiting(warehouse, at), n_cities, approved, is_muted)
    if not found:
        return None
    hold = {
        "hold_id": f"hold-{at:%Y%m%dT%H%M%S}",
        "opened_at": at,
        "state": OPEN,
        "reason": "; ".join(burst.reason for burst in found),
        "cities_count": max(burst.cities for burst in found),
        "openings_count": sum(burst.openings for burst in found),
        "days": sorted({burst.day for burst in found}),
        "about": ",".join(sorted({burst.about for burst in found}, reverse=True)),
        "decided_at": None,
        "decided_by": None,
        "decided_reason": None,
    }
    warehouse.alerts.save_hold(hold)
    log.error(
        "everything to cities is held: %s. Look, then: civicgauge alerts release %s", hold["reason"], hold["hold_id"]
    )
    return hold


def release(warehouse: Warehouse, hold_id: str, *, at: datetime, by: str, reason: str | None = None) -> dict[str, Any]:
    """An operator's word that what is held is right: it goes out, each at its hour."""
    return _end(warehouse, _standing(warehouse, hold_id), RELEASED, at, by, reason)


def drop(warehouse: Warehouse, hold_id: str, *, at: datetime, by: str, reason: str | None = None) -> dict[str, Any]:
    """An operator's word that what is held is our fault: each incident has to show itself again before it is told.

    What opened on the unusual days and since then: cities whose day came later saw the same fault later.
    """
    hold = _standing(warehouse, hold_id)
    held: dict[str, list[Waits]] = defaultdict(list)
    for each in waiting(warehouse, at):
        is_meant = ("ends" if each.why == "ended" else "news") in hold["about"].split(",")
        if is_meant and each.day >= min(hold["days"]):
            held[each.incident.city_id].append(each)
    for city_id, found in sorted(held.items()):
        _return(warehouse, city_id, {each.incident.incident_key for each in found if each.why == "opened"}, at)
        _undo(warehouse, city_id, found, at)
    return _end(warehouse, hold, DROPPED, at, by, reason)


def _return(warehouse: Warehouse, city_id: str, keys: Collection[str], at: datetime) -> None:
    with warehouse.alerts.desk(city_id) as desk:
        rows = desk.incidents(keys)
        still = {key: incident_of(row) for key, row in rows.items() if row["told_on"] is None}
        earlier = {
            key: [event for row in desk.events(key) if (event := event_of(row)).episode == incident.episode - 1]
            for key, incident in still.items()
            if incident.episode > 1
        }
        back = list(return_to_pending(still, earlier, day=at.date(), at=at))
        desk.save_incidents([renewed(rows[i.incident_key], i, at) for i, _ in back])
        desk.add_events(event_row(event, city_id) for _, event in back)


def _undo(warehouse: Warehouse, city_id: str, found: Sequence[Waits], at: datetime) -> None:
    """Only what is still as it was when it was looked at: another process may have told it since."""
    with warehouse.alerts.desk(city_id) as desk:
        rows = desk.incidents([each.incident.incident_key for each in found])
        same = [each for each in found if incident_of(rows[each.incident.incident_key]) == each.incident]
        back = list(undone(same, day=at.date(), at=at))
        desk.save_incidents([renewed(rows[i.incident_key], i, at) for i, _ in back])
        desk.add_events(event_row(event, city_id) for _, event in back)


def _standing(warehouse: Warehouse, hold_id: str) -> dict[str, Any]:
    found = {hold["hold_id"]: hold for hold in warehouse.alerts.holds()}
    if hold_id not in found:
        standing = ", ".join(h["hold_id"] for h in found.values() if h["state"] == OPEN) or "none stands"
        raise ConfigurationError(f"{hold_id!r} is no hold; open: {standing}")
    if found[hold_id]["state"] != OPEN:
        raise ConfigurationError(
            f"{hold_id} was {found[hold_id]['state']} at {found[hold_id]['decided_at']:%Y-%m-%d %H:%M} UTC"
        )
    return found[hold_id]


def _end(
    warehouse: Warehouse, hold: dict[str, Any], state: str, at: datetime, by: str, reason: str | None
) -> dict[str, Any]:
    said = without_addresses(reason)  # readers of the warehouse see it
    ending = {"state": state, "decided_at": at, "decided_by": by, "decided_reason": said}
    about = {"cities": hold["cities_count"], "openings": hold["openings_count"], "why_held": hold["reason"]}
    act = Act(at, without_addresses(by) or "operator", f"hold.{state}", hold["hold_id"], reason=said, details=about)
    if not warehouse.alerts.end_hold(hold["hold_id"], ending, act):
        raise ConfigurationError(f"{hold['hold_id']} was ended by somebody else a moment ago")
    return hold | ending
