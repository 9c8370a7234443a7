"""Numbers of a frozen edition that are corrected afterwards: the old and the new stand side by side, the row stays.

The new number is from a newer attempt of the same city-day (replayed with a corrected city file, or as newly decided),
or is given with the digest of its evidence. Two people agree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.model import Status
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.judging import read_values
from civicgauge.pipeline.reviewing import evidence, past, taking
from civicgauge.pipeline.reviewing.editions import edition_of
from civicgauge.review import digests, editions, said
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN
from civicgauge.warehouse.review_tables import ERRATUM
from civicgauge.warehouse.reviews import Act, ReviewDesk, Reviews
from civicgauge.warehouse.values import plain_row

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A number that is given: its status and bounds, and the digest of the evidence that was read."""

    value: float | None
    status: str
    low: float | None
    high: float | None
    digest: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """Which number, why, by which two roles; `given` None: from the newest attempt of the same city-day."""

    edition_id: str
    city_id: str
    indicator_id: str
    reason: str
    by: str
    second_by: str
    given: Given | None = None
    dispute_id: str | None = None


def corrected(context: Context, asked: Correcting, at: datetime) -> Row:
    """Write an erratum; returns its row. ConfigurationError where nothing is to be corrected."""
    by, why = said.role(asked.by), said.reason(asked.reason)
    second = said.two_people(by, asked.second_by, "--second-by")
    with context.warehouse() as warehouse:
        edition = edition_of(warehouse.reviews, asked.edition_id)
        editions.may_be(edition, "corrected")
        editions.not_before(edition, (), at)
        value = _value(warehouse.reviews, asked)
        _refuse_other_dispute(warehouse.reviews, asked, at)
        new = _given(asked.given) if asked.given else _measured_anew(context, warehouse, value)
        with warehouse.reviews.desk() as desk:
            before = errata_of(desk, asked.edition_id)
            old = editions.as_it_stands(value, [each for each in before if _is_of(each, value)])
            _refuse(asked, before, old, new, at)
            made = {
                "erratum_id": f"{asked.edition_id}-e{len(before) + 1}",
                **{n: value[n] for n in ("edition_id", "city_id", "indicator_id", "indicator_version")},
                **{f"old_{name}": old[name] for name in old},
                **{f"new_{name}": new[name] for name in old},
                **{name: new[name] for name in ("evidence_attempt", "evidence_digest")},
                "reason": why,
                "dispute_id": asked.dispute_id,
                "made_at": at.astimezone(UTC),
                "by": by,
                "second_by": second,
            }
            made = plain_row(ERRATUM, made)
            desk.add("erratum", made)
            told = {"edition_id": asked.edition_id, "indicator_id": asked.indicator_id, "second_by": second}
            told |= {name: made[name] for name in ("old_value", "new_value")} | {"row_digest": digests.row_digest(made)}
            told |= past.entered(at)
            desk.note(Act(at, by, "erratum.made", made["erratum_id"], asked.city_id, why, told))
        return made


def errata_of(reviews: Reviews | ReviewDesk, edition_id: str) -> list[Row]:
    """The errata of an edition in the order in which they were made."""
    rows = reviews.rows("erratum", edition_id=edition_id)
    return sorted(rows, key=lambda row: (row["made_at"], len(row["erratum_id"]), row["erratum_id"]))


def _is_of(erratum: Row, value: Row) -> bool:
    names = ("city_id", "indicator_id", "indicator_version")
    return all(erratum[name] == value[name] for name in names)


def _value(reviews: Reviews, asked: Correcting) -> Row:
    where = {"edition_id": asked.edition_id, "city_id": asked.city_id, "indicator_id": asked.indicator_id}
    if not (found := reviews.rows("edition_value", **where)):
        raise ConfigurationError(
            f"{asked.edition_id} holds no {asked.indicator_id!r} of {asked.city_id!r}; see `civicgauge edition show`"
        )
    return found[-1]


def _refuse_other_dispute(reviews: Reviews, asked: Correcting, at: datetime) -> None:
    if asked.dispute_id is None:
        return
    found = reviews.one("dispute", dispute_id=asked.dispute_id)
    if found is None or (found["edition_id"], found["city_id"]) != (asked.edition_id, asked.city_id):
        raise ConfigurationError(
            f"--dispute: {asked.dispute_id!r} is no dispute of {asked.city_id} in {asked.edition_id}"
        )
    if found["state"] != "upheld":
        raise ConfigurationError(f"--dispute: {asked.dispute_id} is {found['state']}; decide it first (upheld)")
    if at < found["decided_at"]:
        raise ConfigurationError(
            f"--at: {at:%Y-%m-%d %H:%M} is before {found['decided_at']:%Y-%m-%d %H:%M} (UTC), when {asked.dispute_id} "
            "was decided; the dates are crossed"
        )


def _given(given: Given) -> Row:
    """A given number, checked: bounds in order, a value only where the status says that there is one."""
    if given.status not in {str(status) for status in Status}:
        raise ConfigurationError(f"--status: {given.status!r} is none of {', '.join(Status)}")
    if (given.value is None) == (given.status == Status.OK):
        raise ConfigurationError("--value: a number is given where the status is ok, and nowhere else")
    order = [each for each in (given.low, given.value, given.high) if each is not None]
    if not all(map(math.isfinite, order)):
        raise ConfigurationError("--low, --value, --high: finite numbers; leave out a bound that is not known")
    if order != sorted(order):
        raise ConfigurationError(
            "--low, --value, --high: the bounds are crossed; low is not above the value, nor the value above high"
        )
    return {
        "value": given.value,
        "status": given.status,
        "low": given.low,
        "high": given.high,
        "evidence_attempt": None,
        "evidence_digest": said.evidence_digest(given.digest),
    }


def _measured_anew(context: Context, warehouse: Warehouse, value: Row) -> Row:
    """The number as the city-day's current run has it, as decided where decisions are in force.

    Of those, the ones that appeals reopened are left out.
    """
    city_id, day = value["city_id"], value["measured_on"]
    run = warehouse.current_run(city_id, day)
    if run is None or run.results_attempt is None or run.outcome not in SHOWN:
        raise ConfigurationError(
            f"{city_id} {day}: no attempt is complete or partial now; replay the day, or give the number (--value)"
        )
    decided = taking.decided_of(
        context, warehouse, run, taking.reopened(warehouse.reviews, value["edition_id"], city_id)
    )
    folder = decided.folder if decided else run.results_attempt
    key = (value["indicator_id"], value["indicator_version"])
    found = taking.of_key(read_values(context, folder), key)
    if found is None:
        raise ConfigurationError(
            f"{city_id} {day}: {key[0]} was computed anew by another version than {key[1]}; a changed method is no "
            "erratum. Give the number (--value) where it was wrong by its own version"
        )
    listed = evidence.listing(context.lake, run.results_attempt, decided.folder if decided else None)
    return {
        "value": found.value,
        "status": str(found.status),
        "low": found.value_low,
        "high": found.value_high,
        "evidence_attempt": folder,
        "evidence_digest": evidence.keep(context.lake, city_id, day, value["edition_id"], listed),
    }


def _refuse(asked: Correcting, before: Sequence[Row], old: Row, new: Row, at: datetime) -> None:
    if before and at < before[-1]["made_at"]:
        raise ConfigurationError(
            f"--at: {at:%Y-%m-%d %H:%M} is before {before[-1]['made_at']:%Y-%m-%d %H:%M} (UTC), when "
            f"{before[-1]['erratum_id']} was made; the dates are crossed"
        )
    if all(old[name] == new[name] for name in old):
        raise ConfigurationError(
            f"{asked.city_id}: {asked.indicator_id} is the same as in {asked.edition_id}; there is nothing to correct. "
            "Replay the day with the corrected file or decision first, or give the number (--value)"
        )
