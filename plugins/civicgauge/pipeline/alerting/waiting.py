"""What waits to be told to cities, each with its day: what the breaker looks at, and what an operator may drop."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from civicgauge.alerts.breaker import USUAL_DAYS, Burst, bursts, mass_ends
from civicgauge.alerts.forms import Event, Incident, Kind, State
from civicgauge.pipeline.alerting.records import incident_of
from civicgauge.warehouse import Warehouse

RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waits:
    """An incident that waits to be told, and why: it opened, got worse, or ended, on `day`."""

    incident: Incident
    day: date
    why: Literal["opened", "worse", "ended"]


def waiting(warehouse: Warehouse, at: datetime) -> list[Waits]:
    """Everything that waits at `at`."""
    since = at.date() - RECENT
    opened = [incident_of(row) for row in warehouse.alerts.untold()]
    found = [Waits(each, each.opened_on, "opened") for each in opened if each.opened_on is not None]
    for row, day in warehouse.alerts.untold_worse(since):
        incident = incident_of(row)
        if incident.told_severity is not None and incident.severity.rank < incident.told_severity.rank:
            found.append(Waits(incident, day, "worse"))
    ended = [incident_of(row) for row in warehouse.alerts.untold_ends(since)]
    return found + [Waits(each, each.resolved_on, "ended") for each in ended if each.resolved_on is not None]


def unusual(
    warehouse: Warehouse,
    found: Iterable[Waits],
    n_cities: int,
    approved: frozenset[date],
    is_muted: Callable[[Incident], bool],
) -> list[Burst]:
    """The days among them on which so much happened at once that it looks like a fault of our own, by day."""
    news: dict[date, list[Incident]] = defaultdict(list)
    ended: Counter[tuple[date, str, str]] = Counter()
    for each in found:
        if each.why == "ended":
            ended[each.day, each.incident.city_id, each.incident.rule_id] += 1
        elif not is_muted(each.incident):  # what is muted is told to nobody while it is, and holds nothing up
            news[each.day].append(each.incident)
    bad: list[Burst] = []
    if news:
        since = min(news) - timedelta(days=USUAL_DAYS)
        usual = {day: cities for day, _, cities in warehouse.alerts.openings_by_day(since)}
        counts = {day: (len({i.city_id for i in incidents}), len(incidents)) for day, incidents in news.items()}
        bad += bursts(counts, usual, n_cities, approved)
    if ended:
        bad += mass_ends(ended, warehouse.alerts.live_counts(), n_cities, approved)
    return sorted(bad, key=lambda burst: (burst.day, burst.reason))


def undone(found: Iterable[Waits], *, day: date, at: datetime) -> Iterator[tuple[Incident, Event]]:
    """What got worse is as it was told, and what ended is open again: both must show themselves anew to be told."""
    for each in found:
        incident = each.incident
        if each.why == "worse":
            back = replace(incident, severity=incident.told_severity or incident.severity)
        elif each.why == "ended":
            back = replace(incident, state=State.OPEN, resolved_on=None, resolved_reason=None, passed_days=0)
        else:
            continue
        yield back, Event(incident.incident_key, incident.episode, Kind.RETURNED, day, at, by="operator")
