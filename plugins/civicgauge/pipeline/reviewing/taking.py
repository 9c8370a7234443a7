"""What an edition takes of a city: its newest shown day, as measured and as decided, and the list of its evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.errors import ConfigurationError, WarehouseBusy
from civicgauge.model import IndicatorValue, RunRecord
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after
from civicgauge.pipeline.reviewing import evidence
from civicgauge.pipeline.reviewing.decided import Decided, as_decided
from civicgauge.pipeline.reviewing.decisions import in_force
from civicgauge.review.digests import row_digest
from civicgauge.review.editions import Answer
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.review_tables import EDITION_CITY, EDITION_VALUE
from civicgauge.warehouse.reviews import Reviews
from civicgauge.warehouse.values import plain_row

DECIDED = {
    "decided_value": "value",
    "decided_status": "status",
    "decided_n_unknown": "n_unknown",
    "decided_low": "value_low",
    "decided_high": "value_high",
}
"""Columns of an edition's value, by what of a value as decided they hold."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A city of an edition and its numbers, as rows of the warehouse."""

    city: Row
    values: list[Row] = field(default_factory=list)


def reopened(reviews: Reviews, edition_id: str, city_id: str, deciding: Collection[str | None] = ()) -> frozenset[str]:
    """The decisions that disputes of a city in an edition reopened: they held on the day, and were found wrong.

    Of disputes that were upheld; `deciding` are those to which one leads that is being upheld.
    """
    upheld = reviews.rows("dispute", edition_id=edition_id, city_id=city_id, state=Answer.UPHELD.value)
    led_to = {*(row["decision_id"] for row in upheld), *deciding} - {None}
    found = reviews.rows("decision", decision_id=led_to, city_id=city_id, state="reopened")
    return frozenset(row["decision_id"] for row in found)


def take(
    context: Context,
    warehouse: Warehouse,
    edition_id: str,
    as_of: date,
    city_id: str,
    without: Collection[str] = (),
) -> Taken:
    """Take a city, `without` some of the decisions: its day is marked in the lake, the warehouse is not changed.

    WarehouseBusy where the day is replaced in that moment.
    """
    city = context.city(city_id)
    about = {
        "edition_id": edition_id,
        "city_id": city_id,
        "name": city.name,
        "publication": str(city.publication),
    }
    run = warehouse.last_current_run(city_id, day_after(as_of))
    if run is None or run.results_attempt is None:
        return Taken(plain_row(EDITION_CITY, {**about, "problem": f"no day up to {as_of} is complete or partial"}))
    as_measured = [
        row for row in warehouse.rows("indicator_value", city_ids=[city_id], day=run.day) if row["run_id"] == run.run_id
    ]
    if not as_measured:
        raise WarehouseBusy(f"{city_id} {run.day}: the day was replaced while it was read; do the same again")
    decided = decided_of(context, warehouse, run, without)
    folder = decided.folder if decided else None
    digest = evidence.keep(
        context.lake, city_id, run.day, edition_id, evidence.listing(context.lake, run.results_attempt, folder)
    )
    where = {
        "measured_on": run.day,
        "as_of": run.as_of,
        "run_id": run.run_id,
        "outcome": run.outcome,
        "catalog_attempt": run.catalog_attempt,
        "results_attempt": run.results_attempt,
        "decided_attempt": folder,
        "evidence_digest": digest,
    }
    values = [_value(edition_id, run.day, row, decided) for row in as_measured]
    return Taken(plain_row(EDITION_CITY, {**about, **where}), values)


def decided_of(context: Context, warehouse: Warehouse, run: RunRecord, without: Collection[str] = ()) -> Decided | None:
    """A run's numbers under the decisions that are in force on its day, but for these; None where none changes it."""
    decisions = [row for row in in_force(warehouse, run.city_id, run.day) if row["decision_id"] not in without]
    return as_decided(context, run, decisions) if decisions else None


def _value(edition_id: str, day: date, row: Row, decided: Decided | None) -> Row:
    """A row of `edition_value`: the measured one, copied, and the decided one where it differs."""
    names = {column.name for column in EDITION_VALUE.columns}
    made = {name: value for name, value in row.items() if name in names}
    made |= {"edition_id": edition_id, "measured_on": day} | as_decided_columns(row, decided)
    plain = plain_row(EDITION_VALUE, {**made, "row_digest": ""})
    return {**plain, "row_digest": row_digest(plain)}


def as_decided_columns(row: Mapping[str, Any], decided: Decided | None) -> dict[str, Any]:
    """The decided columns of a value; none where decisions leave it as it was measured."""
    key = (row["indicator_id"], row["indicator_version"])
    found = of_key(decided.values, key) if decided else None
    if decided is None or found is None or all(row[name] == getattr(found, name) for name in DECIDED.values()):
        return {}
    changed = {column: getattr(found, name) for column, name in DECIDED.items()}
    return changed | {
        "decided_status": str(found.status),
        "decisions": json.dumps(sorted(decided.decisions)),
    }


def of_key(values: Sequence[IndicatorValue], key: tuple[str, int]) -> IndicatorValue | None:
    """The value of an indicator and its version."""
    return next((each for each in values if (each.indicator_id, each.indicator_version) == key), None)


def written(desk: Any, taken: Taken) -> None:
    """Put a city's rows into an edition, in the place of those that it had."""
    where = {"edition_id": taken.city["edition_id"], "city_id": taken.city["city_id"]}
    desk.remove("edition_value", **where)
    desk.remove("edition_city", **where)
    desk.add("edition_city", taken.city)
    if taken.values:
        desk.add("edition_value", *taken.values)


def refuse_empty(edition_id: str, cities: Sequence[Row]) -> None:
    """ConfigurationError where no city of an edition has numbers."""
    if not any(row["measured_on"] for row in cities):
        raise ConfigurationError(f"{edition_id} holds no numbers: none of its cities has a measured day; see `show`")
