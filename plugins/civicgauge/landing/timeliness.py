"""A dataset's promise, age and freshness for one day (DESIGN rules 2 to 4), added to its landed row. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from civicgauge.landing import decided, events, freshness
from civicgauge.landing.frequency import Frequency, class_of
from civicgauge.landing.promise import Promise, promise_in_force
from civicgauge.landing.series import SeriesRole, series_key
from civicgauge.model import Dataset

if TYPE_CHECKING:
    from civicgauge.landing.catalogue import Reading

Row = dict[str, Any]
_LATE = {"overdue", "delinquent"}
_JUDGED = {"fresh", "due"} | _LATE
_HISTORY = 36
_A_YEAR = timedelta(days=366)


def add(row: Row, dataset: Dataset, reading: Reading, stated: Frequency, series: SeriesRole | None) -> Row:
    """Write promise, age and freshness into `row`; returns what is carried to the next day."""
    known = reading.known.get(dataset.dataset_id) or {}
    since_update = _not_periodic_since(stated, row["data_updated_at"], known)
    fields = reading.decided_of(dataset)
    is_accepted = decided.accepts(stated, fields)
    promise, changed = _promise(stated, known, (reading.day, is_accepted), since_update, row["data_updated_at"])
    ignored_until = None if "series_edition" in fields else _series_ignored_until(known, series, reading.day)
    series = None if ignored_until else series
    row |= {
        "period_source": promise.source,
        "expected_period_days": promise.period_days,
        "expected_period_days_min": promise.period_days_min,
        "period_class": class_of(promise.period_days),
        "promise_changed": changed,
        "promise_changed_on": promise.changed_on if changed else None,
        "series_key": series.key if series else None,
        "series_role": series.role if series else None,
    }
    _add_age(row, reading)
    _add_verdict(row, dataset, reading, series)
    events.worsen(row, reading.events.get(dataset.dataset_id), reading)
    history = _history(known, row["data_updated_at"])
    days, reason = freshness.observed_cadence(history, reading.observation_days, reading.as_of)
    row |= {"observed_period_days": days, "observed_period_reason": reason}
    status = row["freshness_status"]
    return {
        "promise_json": promise.to_json(),
        "update_history": history,
        "not_periodic_since_update": since_update,
        # the last verdict stands until there is another: a date hidden for a day is no day on time
        "judged_status": status if status in _JUDGED else known.get("judged_status"),
        "series_ignored_until": ignored_until,
    }


def _promise(
    stated: Frequency,
    known: Mapping[str, Any],
    when: tuple[date, bool],
    since_update: datetime | None,
    updated: datetime | None,
) -> tuple[Promise, bool]:
    previous = Promise.from_json(known["promise_json"]) if known.get("promise_json") else None
    updated_since = bool(since_update and updated and updated > since_update)
    late = known.get("judged_status") in _LATE
    day, is_accepted = when
    return promise_in_force(previous, stated, late, day, accepted=is_accepted, historical_but_updated=updated_since)


def _series_ignored_until(known: Mapping[str, Any], series: SeriesRole | None, day: date) -> date | None:
    """A dataset renamed into a series while late is judged by itself for a year, as a promise changed while late is."""
    until: date | None = known.get("series_ignored_until")
    if until is not None and day <= until:
        return until
    if series is None or known.get("judged_status") not in _LATE:
        return None
    label = series_key(known.get("title") or "")
    return None if label is not None and label.key == series.key else day + _A_YEAR


def _not_periodic_since(stated: Frequency, updated: datetime | None, known: Mapping[str, Any]) -> datetime | None:
    """The data's date when it was first declared historical; a later one shows that it is not."""
    if stated.source != "not_periodic":
        return None
    return known.get("not_periodic_since_update") or updated


def _add_age(row: Row, reading: Reading) -> None:
    moment = row["data_updated_at"]
    row["age_days"] = None if moment is None else freshness.age_in_days(moment, reading.as_of, reading.zone)
    row["freshness_evidence"] = None if moment is None else f"{_days(row['age_days'])} since the data changed"


def _add_verdict(row: Row, dataset: Dataset, reading: Reading, series: SeriesRole | None) -> None:
    row["cycles_late"] = None
    unjudged = _unjudged(row, dataset, reading, series)
    if unjudged:
        row["freshness_status"], row["freshness_reason"] = unjudged
        return
    age, business = row["age_days"], None
    if _is_past_edition(series, reading):
        age = (freshness.local_date(reading.as_of, reading.zone) - series.label_end).days  # type: ignore[union-attr]
        row["age_basis"] = "series_edition"
        row["freshness_evidence"] = f"{_days(age)} since the period of the newest edition ended"
        business = age
    else:
        moment = row["data_updated_at"]
        business = freshness.business_age_in_days(moment, reading.as_of, reading.zone, reading.holidays)
    # a series is held to the declared period: editions that are missing do not lengthen it
    verdict = freshness.judge_freshness(age, business, row["expected_period_days"], row["expected_period_days_min"])
    row |= {
        "freshness_status": verdict.status,
        "freshness_reason": verdict.reason,
        "cycles_late": verdict.cycles_late,
    }


def _is_past_edition(series: SeriesRole | None, reading: Reading) -> bool:
    """Whether the newest edition's period is over, so that the question is where the next edition is."""
    return series is not None and series.label_end < freshness.local_date(reading.as_of, reading.zone)


def _unjudged(row: Row, dataset: Dataset, reading: Reading, series: SeriesRole | None) -> tuple[str, str] | None:
    """(status, reason) where no verdict on lateness is possible or due; None where one is."""
    if series and series.role == "superseded":
        return "not_applicable", "superseded_edition"
    if row["period_source"] == "not_periodic":
        return "not_applicable", "declared_historical"
    if row["period_source"] != "declared":
        return "unknown", str(row["period_source"])
    if row["says_historical"]:
        return "unknown", "conflict_historical_label"
    if _is_past_edition(series, reading):
        return None
    moment = row["data_updated_at"]
    if moment is None:
        return "unknown", "no_data_date" if dataset.kind != "link" else "link_shows_no_data_date"
    return ("unknown", "data_date_in_future") if moment > reading.as_of + timedelta(days=1) else None


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _history(known: Mapping[str, Any], updated: datetime | None) -> list[datetime]:
    """Distinct dates of the data seen so far, oldest first."""
    seen = {moment for moment in known.get("update_history") or () if moment}
    return sorted(seen | ({updated} if updated else set()))[-_HISTORY:]
