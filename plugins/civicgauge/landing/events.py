"""The second freshness test: what the newest event inside the rows says (DESIGN rule 2). It never improves a status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from civicgauge.landed import EventFacts
from civicgauge.landing import freshness

if TYPE_CHECKING:
    from civicgauge.landing.catalogue import Reading

_ORDER = ("fresh", "due", "overdue", "delinquent")
_LATE = ("overdue", "delinquent")


def worsen(row: dict[str, Any], event: EventFacts | None, reading: Reading) -> None:
    """Note the newest event in `row`, and where it is later than the promise allows, write the worse status.

    Rows are held to the promised period on top of the gap and the lag that the table's own history shows as usual: a
    table of three events a year is not late in between, nor one that is always published a month after. Only a status
    that was judged is looked at, and only late is a finding: `due` would rest on the difference of two estimates.
    """
    if event is None or event.newest_day is None:
        return
    row["newest_event_at"] = datetime.combine(event.newest_day, time(), tzinfo=UTC)
    if row["freshness_status"] not in _ORDER or event.usual_gap_days is None or event.usual_lag_days is None:
        return
    verdict = _verdict(row, event, event.newest_day, reading)
    if verdict.status in _LATE and _ORDER.index(verdict.status) > _ORDER.index(row["freshness_status"]):
        late = max(row["cycles_late"] or 0, verdict.cycles_late or 0)
        row |= {"freshness_status": verdict.status, "cycles_late": late, "age_basis": "newest_event"}
        row["freshness_evidence"] = _evidence(event, event.newest_day, reading)


def _verdict(row: Mapping[str, Any], event: EventFacts, newest: date, reading: Reading) -> freshness.Verdict:
    today = freshness.local_date(reading.as_of, reading.zone)
    usual = (event.usual_gap_days or 0) + (event.usual_lag_days or 0)
    # noon, so that the day is the event's own in every zone
    moment = datetime.combine(newest, time(12), tzinfo=reading.zone)
    business = freshness.business_age_in_days(moment, reading.as_of, reading.zone, reading.holidays)
    ages = (max(0, int((today - newest).days - usual)), max(0, int(business - usual)))
    return freshness.judge_freshness(*ages, row["expected_period_days"], row["expected_period_days_min"])


def _evidence(event: EventFacts, newest: date, reading: Reading) -> str:
    days = (freshness.local_date(reading.as_of, reading.zone) - newest).days
    usual = f"usually {event.usual_gap_days:g} days lie between events, and {event.usual_lag_days:g} until they show"
    return f"{days} days since the newest event in {event.column} ({newest}); {usual}"
