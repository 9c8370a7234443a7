"""What is read of editions for a turn of alerts: where each that may be told of stands, city by city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civicgauge.alerts.editiondue import TOLD_WITHIN, Happened, Standing
from civicgauge.review.editions import Answer, State
from civicgauge.warehouse import Warehouse

Row = Mapping[str, Any]
_Place = tuple[str, str]  # edition, city
_TOLD_ANSWERS = frozenset({Answer.UPHELD.value, Answer.REJECTED.value})  # who withdraws knows of it


@dataclass(frozen=True, slots=True)
class InEdition:
    """A city in an edition, with what it contested and what was corrected."""

    edition: Row
    city: Row
    disputes: Sequence[Row]
    errata: Sequence[Row]

    def standing(self) -> Standing:
        """As the planner knows it."""
        edition, is_running = self.edition, self.edition["state"] == State.PREVIEW
        return Standing(
            edition_id=edition["edition_id"],
            preview_from=edition["preview_from"] if is_running else None,
            preview_until=edition["preview_until"] if is_running else None,
            frozen_at=edition["frozen_at"],
            has_answered=bool(self.disputes),
            decided=tuple(
                Happened(row["dispute_id"], row["decided_at"])
                for row in self.disputes
                if row["state"] in _TOLD_ANSWERS and row["decided_at"] is not None
            ),
            errata=tuple(Happened(row["erratum_id"], row["made_at"]) for row in self.errata),
        )


@dataclass(frozen=True, slots=True)
class Editions:
    """The cities of all editions of which something may be news, by city."""

    by_city: Mapping[str, Sequence[InEdition]]

    @classmethod
    def read(cls, warehouse: Warehouse, at: datetime) -> Editions:
        """Those in their preview, and those that were frozen or had something decided or corrected lately."""
        reviews = warehouse.reviews
        rows = reviews.rows("edition", state=[State.PREVIEW.value, State.FROZEN.value])
        if not rows:
            return cls({})
        disputes, errata = _by_place(reviews.rows("dispute")), _by_place(reviews.rows("erratum"))
        lately = at - TOLD_WITHIN
        news = {place[0] for place, found in disputes.items() if _is_any_since(found, "decided_at", lately)}
        news |= {place[0] for place, found in errata.items() if _is_any_since(found, "made_at", lately)}
        known = {row["edition_id"]: row for row in rows if _is_news(row, lately) or row["edition_id"] in news}
        by_city: dict[str, list[InEdition]] = defaultdict(list)
        for city in reviews.rows("edition_city", edition_id=list(known)) if known else ():
            place = (city["edition_id"], city["city_id"])
            if city["measured_on"] is not None:
                found = InEdition(known[city["edition_id"]], city, disputes[place], _in_order(errata[place]))
                by_city[city["city_id"]].append(found)
        return cls(by_city)


def _is_news(edition: Row, lately: datetime) -> bool:
    return bool(edition["state"] == State.PREVIEW or edition["frozen_at"] >= lately)


def _is_any_since(rows: Iterable[Row], column: str, since: datetime) -> bool:
    return any(row[column] is not None and row[column] >= since for row in rows)


def _by_place(rows: Iterable[Row]) -> defaultdict[_Place, list[Row]]:
    found: defaultdict[_Place, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["edition_id"], row["city_id"]].append(row)
    return found


def _in_order(errata: Iterable[Row]) -> list[Row]:
    return sorted(errata, key=lambda row: (row["made_at"], len(row["erratum_id"]), row["erratum_id"]))


def told_of(facts: Iterable[tuple[datetime, Mapping[str, Any]]]) -> Iterator[tuple[tuple[str, str], datetime]]:
    """(news, id) of everything that a recipient's messages told, and when; from their facts."""
    for at, told in facts:
        about = told["edition"]
        yield from (((about["news"], each), at) for each in about["ids"])
