"""A dataset's promise, age and freshness for one day (DESIGN rules 2 to 4), added to its landed row. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from civicgauge.landing import freshness
from civicgauge.landing.frequency import Frequency, class_of
from civicgauge.landing.promise import Promise, promise_in_force
from civicgauge.landing.series import SeriesRole, series_age
from civicgauge.model import Dataset

if TYPE_CHECKING:
    from civicgauge.landing.catalogue import Reading

Row = dict[str, Any]
_LATE = {"overdue", "delinquent"}
_HISTORY = 36


def add(row: Row, dataset: Dataset, reading: Reading, stated: Frequency, series: SeriesRole | None) -> Row:
    """Write promise, age and freshness into `row`; returns what is carried to the next day."""
    known = reading.known.get(dataset.dataset_id) or {}
    since_update = _not_periodic_since(stated, row["data_updated_at"], known)
    promise, changed = _promise(stated, known, reading, since_update, row["data_updated_at"])
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
    history = _history(known, row["data_updated_at"])
    days, reason = freshness.observed_cadence(history, reading.observation_days, reading.as_of)
    row |= {"observed_period_days": days, "observed_period_reason": reason}
    return {"promise_json": promise.to_json(), "update_history": history, "not_periodic_since_update": since_update}


def _promise(
    stated: Frequency, known: Row | Any, reading: Reading, since_update: datetime | None, updated: datetime | None
) -> tuple[Promise, bool]:
    previous = Promise.from_json(known["promise_json"]) if known.get("promise_json") else None
    updated_since = bool(since_update and updated and updated > since_update)
    late = known.get("freshness_status") in _LATE
    return promise_in_force(previous, stated, late, reading.day, historical_but_updated=updated_since)


def _not_periodic_since(stated: Frequency, updated: datetime | None, known: Row | Any) -> datetime | None:
    """The data's date when it was first declared historical; a later one shows that it is not."""
    if stated.source != "not_periodic":
        return None
    return known.get("not_periodic_since_update") or updated


def _add_age(row: Row, reading: Reading) -> None:
    moment = row["data_updated_at"]
    row["age_days"] = None if moment is None else freshness.age_in_days(moment, reading.as_of, reading.zone)


def _add_verdict(row: Row, dataset: Dataset, reading: Reading, series: SeriesRole | None) -> None:
    row["cycles_late"] = None
    unjudged = _unjudged(row, series)
    if unjudged:
        row["freshness_status"], row["freshness_reason"] = unjudged
        return
    today = freshness.local_date(reading.as_of, reading.zone)
    edition = series_age(series.label_end, today, series.spacing, series.usual_gap_days) if series else None
    if edition is not None:
        age, period = edition
        row |= {"age_days": age, "age_basis": "series_edition"}
        verdict = freshness.judge_freshness(age, age, period, period)
    elif row["data_updated_at"] is None:
        reason = "no_data_date" if dataset.kind != "link" else "link_shows_no_data_date"
        row["freshness_status"], row["freshness_reason"] = "unknown", reason
        return
    else:
        business = freshness.business_age_in_days(row["data_updated_at"], reading.as_of, reading.zone, reading.holidays)
        verdict = freshness.judge_freshness(
            row["age_days"], business, row["expected_period_days"], row["expected_period_days_min"]
        )
    row |= {"freshness_status": verdict.status, "freshness_reason": verdict.reason, "cycles_late": verdict.cycles_late}


def _unjudged(row: Row, series: SeriesRole | None) -> tuple[str, str] | None:
    """(status, reason) where no verdict on lateness is possible or due; None where one is."""
    if series and series.role == "superseded":
        return "not_applicable", "superseded_edition"
    if row["period_source"] == "not_periodic":
        return "not_applicable", "declared_historical"
    if row["period_source"] != "declared":
        return "unknown", str(row["period_source"])
    if row["says_historical"]:
        return "unknown", "conflict_historical_label"
    return None


def _history(known: Row | Any, updated: datetime | None) -> list[datetime]:
    """Distinct dates of the data seen so far, oldest first."""
    seen = {moment for moment in known.get("update_history") or () if moment}
    return sorted(seen | ({updated} if updated else set()))[-_HISTORY:]
