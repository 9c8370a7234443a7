"""What stored days would have raised, folded in memory: nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from civicgauge.alerts.forms import Event, Incident, Kind, State
from civicgauge.alerts.incidents import decide_day
from civicgauge.alerts.judged import Judged
from civicgauge.model import City
from civicgauge.pipeline.alerting.source import Source, rules_of
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN

SHOWN_KINDS = (Kind.OPENED, Kind.REOPENED, Kind.WORSENED, Kind.FLAPPING, Kind.RESOLVED, Kind.CLOSED)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One thing that a city would have been told, or a count of what its feedback report would hold.

    `notice` is the event's kind; of a baseline, `n_points` are its incidents.
    """

    city_id: str
    day: date
    notice: Kind
    incident: Incident | None
    title: str
    n_points: int = 1


def preview(source: Source, warehouse: Warehouse, city: City, first: date, last: date) -> Iterator[Foreseen]:
    """Fold the city's shown days from `first` to `last` as if the first of them were its first, each as if on time."""
    rules, judged, known = rules_of(source), Judged(), dict[str, Incident]()
    titles = source.titles(warehouse, city.id)
    runs = [run for run in source.runs(warehouse, city.id) if run.outcome in SHOWN and first <= run.day <= last]
    for run in runs:
        at = datetime.combine(run.day + timedelta(days=1), datetime.min.time(), tzinfo=city.zone)
        facts = replace(source.facts(city, run), is_timely=True)
        decision = decide_day(facts, rules, known, judged, first_day=runs[0].day, at=at)
        known |= decision.changed
        for key in decision.forgotten:
            known.pop(key, None)
        yield from _seen(city.id, decision.events, known, {key: about.title for key, about in titles.items()})


def _seen(
    city_id: str, events: list[Event], known: dict[str, Incident], titles: dict[tuple[str, str], str]
) -> Iterator[Foreseen]:
    first_sights: dict[date, int] = defaultdict(int)
    for event in events:
        incident = known.get(event.incident_key)
        if incident is not None and incident.is_private:
            continue  # not told before a person looked at it; `alerts list` shows that it waits
        if event.kind is Kind.BASELINE:
            first_sights[event.day] += 1
        elif event.kind in SHOWN_KINDS and incident is not None and _is_told(event, incident):
            title = titles.get((incident.portal_id, incident.dataset_id), incident.dataset_id)
            yield Foreseen(city_id, event.day, event.kind, incident, title)
    for day, count in first_sights.items():
        yield Foreseen(city_id, day, Kind.BASELINE, None, "", count)


def _is_told(event: Event, incident: Incident) -> bool:
    """A point of the feedback report is thanked for when it is mended, and else left in the report."""
    if event.kind is Kind.CLOSED or event.kind is Kind.WORSENED:
        return not incident.is_baseline
    return incident.state is not State.PENDING
