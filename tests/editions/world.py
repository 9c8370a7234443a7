"""An edition of demo cities on its way: the acts as people do them, each at its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import disputes, editions, errata
from civicgauge.pipeline.reviewing.disputes import Claim, Deciding
from civicgauge.pipeline.reviewing.editions import Opening, Signing
from civicgauge.pipeline.reviewing.errata import Correcting, Given
from civicgauge.review.editions import Answer

ID, CITY = "2026-h1", "demo-birchport"
DAY = date(2026, 6, 30)
INDICATOR = "licence_open_share"
ADA, BEN = "Ada Example", "Ben Example"
Row = dict[str, Any]


def at(day: int, hour: int = 12, month: int = 7, year: int = 2026) -> datetime:
    """A time in the summer in which the edition is made."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def opened(context: Context, cities: Sequence[str] = (CITY,), **other: Any) -> Row:
    asked = {"edition_id": ID, "title": "First half of 2026", "as_of": DAY, "by": "programme lead"} | other
    return editions.opened(context, Opening(**asked, cities=cities), at(1))


def previewed(context: Context) -> Row:
    return editions.previewed(context, ID, "programme lead", at(1, 13))


def signed(context: Context, name: str, day: int = 16, **other: Any) -> Row:
    role = other.pop("role", "programme lead")
    return editions.signed(context, Signing(ID, name, role, **other), at(day))


def frozen(context: Context, day: int = 18) -> Row:
    return editions.frozen(context, ID, "programme lead", at(day))


def contested(context: Context, when: datetime | None = None, **other: Any) -> Row:
    asked = {"claim": "our terms are open", "by": "open data officer", "indicator_id": INDICATOR} | other
    city_id = asked.pop("city_id", CITY)
    return disputes.disputed(context, Claim(ID, city_id, **asked), when or at(6))


def answered(context: Context, dispute_id: str, answer: Answer, when: datetime | None = None, **other: Any) -> Row:
    reason = other.pop("reason", "the terms were read")
    return disputes.decided(context, Deciding(dispute_id, answer, "data steward", reason, **other), when or at(8))


def corrected(context: Context, when: datetime | None = None, **other: Any) -> Row:
    asked = {"reason": "one entry was counted twice", "by": "data steward", "second_by": "director"} | other
    indicator_id = asked.pop("indicator_id", INDICATOR)
    return errata.corrected(context, Correcting(ID, CITY, indicator_id, **asked), when or at(1, month=8))


def given(value: float | None = 0.9, **other: Any) -> Given:
    return Given(**{"value": value, "status": "ok", "low": 0.8, "high": 0.95, "digest": "c" * 64, **other})


def in_force(context: Context, decision_id: str = "birchport-terms") -> Row:
    """Let a decision hold: the terms of the first entry whose licence nobody recognises are open."""
    with context.warehouse() as warehouse:
        rows = warehouse.rows("dataset_day", city_ids=[CITY], day=DAY)
        entry = next(row for row in rows if row["is_counted"] and row["licence_class"] == "unrecognised")
        made = {
            "decision_id": decision_id,
            **{name: entry[name] for name in ("city_id", "portal_id", "dataset_id")},
            "field": "licence_id",
            "measured": entry["licence_text"],
            "decided": "CC-BY-4.0",
            "reason": "the terms were read",
            "evidence_digest": "a" * 64,
            "by": "data steward",
            "second_by": "programme lead",
            "valid_from": date(2026, 1, 1),
            "state": "in_force",
            "made_at": at(7),
            "seconded_at": at(7, 13),
        }
        with warehouse.reviews.desk() as desk:
            desk.add("decision", made)
    return made


def the_way(context: Context, cities: Sequence[str] = (CITY,)) -> None:
    """From draft to frozen: signed once too early, contested once, decided, signed by two."""
    opened(context, cities)
    previewed(context)
    signed(context, ADA, 3)
    dispute = contested(context)
    made = in_force(context)
    answered(context, dispute["dispute_id"], Answer.UPHELD, decision_id=made["decision_id"])
    signed(context, ADA)
    signed(context, BEN, role="director")
    frozen(context)


def rows(context: Context, table: str, **where: Any) -> list[Row]:
    with context.warehouse() as warehouse:
        return warehouse.reviews.rows(table, **where)


def number(context: Context, indicator_id: str = INDICATOR) -> Row:
    """The row of one number of the city."""
    (row,) = rows(context, "edition_value", edition_id=ID, city_id=CITY, indicator_id=indicator_id)
    return row
