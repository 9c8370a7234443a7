"""A city's day as it is handed to the warehouse, and the rows that it becomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError
from civicgauge.model import CheckResult, City, IndicatorValue, RunRecord
from civicgauge.warehouse import tables
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.review_tables import DECIDED_VALUE
from civicgauge.warehouse.values import plain_row

Row = dict[str, Any]
SHOWN = ("complete", "partial")
"""Outcomes whose rows people see; `suspect` days are kept and not shown."""
OUTCOMES = (*SHOWN, "suspect", "not_measured", "failed")
_NOTHING_MEASURED = ("not_measured", "failed")


@dataclass(frozen=True)
class CityDay:
    """Everything that one attempt found out about a city's day.

    `dataset_days` holds the columns of `dataset_day`, `datasets` those of `dataset` (first_seen and last_seen given);
    both without city_id, day, as_of, run_id and state_day, which come from `run` and may be repeated only with the same
    value. A row of `dataset_days` has the digest of its own facts; `input_digest` is that of everything the indicators
    were computed from. `landings` are the versions of rows that hold on the day, `pulls` what asking for them came to,
    `criteria` what the numbers say of each criterion; `decided_values` are the numbers that decisions of staff change.
    `acts` go into the audit where the day's rows become this attempt's: what a change of the city's file moved.
    Of a run that measured nothing only `run` is written.
    """

    city: City
    run: RunRecord
    input_digest: str
    dataset_days: Sequence[Mapping[str, Any]] = ()
    check_results: Sequence[CheckResult] = ()
    indicator_values: Sequence[IndicatorValue] = ()
    datasets: Sequence[Mapping[str, Any]] = ()
    landings: Sequence[Mapping[str, Any]] = ()
    pulls: Sequence[Mapping[str, Any]] = ()
    criteria: Sequence[Mapping[str, Any]] = ()
    decided_values: Sequence[Mapping[str, Any]] = ()
    acts: Sequence[Act] = ()

    def __post_init__(self) -> None:
        if self.city.id != self.run.city_id:
            raise CivicgaugeError(f"the run {self.run.run_id} is of {self.run.city_id}, the city is {self.city.id}")

    @property
    def measured(self) -> bool:
        """Whether there is anything to write but the run itself."""
        return self.run.outcome not in _NOTHING_MEASURED


@dataclass(frozen=True)
class Rows:
    """A city-day's rows, checked, plain and in key order."""

    city: Row
    dataset: list[Row]
    landing: list[Row]
    bulk: dict[str, list[Row]]
    """dataset_day, pull, check_result, criterion_evidence and decided_value: replaced as a whole."""
    values: list[Row]
    """indicator_value: replaced version by version, so that the numbers of an older method stay."""


def rows_of(day: CityDay) -> Rows:
    """The rows that a commit writes; CivicgaugeError names the first value that does not fit its column."""
    run = day.run
    stamp = {"day": run.day, "city_id": run.city_id, "run_id": run.run_id}
    dated = {**stamp, "as_of": run.as_of, "input_digest": day.input_digest}
    results, values = (_as_mappings(items) for items in (day.check_results, day.indicator_values))
    return Rows(
        city=plain_row(tables.CITY, {"city_id": day.city.id, **day.city.model_dump(include=_CITY_FIELDS)}),
        dataset=_stamped(tables.DATASET, day.datasets, {"city_id": run.city_id, "state_day": run.day}),
        landing=_stamped(tables.LANDING, day.landings, {"city_id": run.city_id}),
        bulk={
            "dataset_day": _stamped(tables.DATASET_DAY, day.dataset_days, {**stamp, "as_of": run.as_of}),
            "pull": _stamped(tables.PULL, day.pulls, stamp),
            "check_result": _stamped(tables.CHECK_RESULT, results, stamp),
            "criterion_evidence": _stamped(tables.CRITERION_EVIDENCE, day.criteria, stamp),
            "decided_value": _stamped(DECIDED_VALUE, day.decided_values, stamp),
        },
        values=_stamped(tables.INDICATOR_VALUE, values, {**dated, "recorded_at": run.ended_at}),
    )


def run_row(run: RunRecord, *, is_current: bool) -> Row:
    """The run as a row of `run`; CivicgaugeError for an outcome that is none of the five."""
    if run.outcome not in OUTCOMES:
        raise CivicgaugeError(f"run {run.run_id}: the outcome {run.outcome!r} is none of {', '.join(OUTCOMES)}")
    notes = json.dumps(run.notes, ensure_ascii=False) if run.notes else None
    return plain_row(tables.RUN, {**asdict(run), "is_current": is_current, "notes": notes})


def run_record(row: Mapping[str, Any]) -> RunRecord:
    """A row of `run` as the record it was made from."""
    values = {field.name: row[field.name] for field in fields(RunRecord)}
    return RunRecord(**{**values, "notes": tuple(json.loads(row["notes"] or "[]"))})


_CITY_FIELDS = {"name", "state", "country", "geoid", "population", "time_zone", "publication"}


def _as_mappings(items: Iterable[CheckResult | IndicatorValue]) -> list[Row]:
    # not dataclasses.asdict: it copies every value deeply, which costs more than the insert
    return [{name: getattr(item, name) for name in item.__slots__} for item in items]


def _stamped(table: sa.Table, rows: Iterable[Mapping[str, Any]], stamp: Row) -> list[Row]:
    made = []
    for row in rows:
        for name, value in stamp.items():
            if name in row and row[name] != value:
                raise CivicgaugeError(f"{table.name}.{name}: a row says {row[name]}, the run says {value}")
        made.append(plain_row(table, {**row, **stamp}))
    return sorted(made, key=itemgetter(*(column.name for column in table.primary_key)))
