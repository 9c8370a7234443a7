"""A city's numbers in an edition as messages and forms show them: as they stand, beside those of its last edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from civicgauge.alerts.editions import Figure, Line
from civicgauge.pipeline.words import reading_place
from civicgauge.review.editions import State, as_it_stands
from civicgauge.warehouse.reviews import Reviews

Row = Mapping[str, Any]
MOST_LINES = 5
_LACKING = frozenset({"insufficient", "not_measured", "error"})


@dataclass(frozen=True, slots=True)
class Number:
    """One number: of which indicator and version, its title, and how it stands with the errata."""

    indicator_id: str
    version: int
    title: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a city in an edition, in reading order; `before` and `last_title` are of the city's last one."""

    numbers: Sequence[Number]
    before: Mapping[tuple[str, int], Figure]
    last_title: str = ""

    @property
    def lacking(self) -> list[Number]:
        """Those that have no value, though they apply; those first of which a city can give evidence."""
        found = [each for each in self.numbers if each.figure.status in _LACKING]
        return sorted(found, key=lambda each: (each.figure.status != "insufficient", each.figure.unit != "share"))

    def without(self) -> tuple[Line, ...]:
        """The first of those that have no value."""
        return tuple(Line(each.title, each.figure) for each in self.lacking[:MOST_LINES])

    def differing(self) -> tuple[Line, ...]:
        """Those that are farthest from the last edition's, by the same version of the same indicator."""
        pairs = [(each, self.before.get((each.indicator_id, each.version))) for each in self.numbers]
        lines = [(_distance(each.figure, old), Line(each.title, each.figure, old)) for each, old in pairs if old]
        far = sorted((pair for pair in lines if pair[0] > 0), key=lambda pair: -pair[0])
        return tuple(line for _, line in far[:MOST_LINES])

    def of(self, indicator_id: str | None) -> Number | None:
        """The number of an indicator, of its newest version."""
        found = [each for each in self.numbers if each.indicator_id == indicator_id]
        return max(found, key=lambda each: each.version, default=None)


def read(reviews: Reviews, edition: Row, city_id: str) -> Numbers:
    """The city's numbers in the edition, and those of the last edition before it that was frozen."""
    numbers = _numbers(reviews, edition["edition_id"], city_id)
    last = _last(reviews, edition, city_id)
    if last is None:
        return Numbers(numbers, {})
    before = {(n.indicator_id, n.version): n.figure for n in _numbers(reviews, last["edition_id"], city_id)}
    return Numbers(numbers, before, last["title"])


def _numbers(reviews: Reviews, edition_id: str, city_id: str) -> list[Number]:
    where = {"edition_id": edition_id, "city_id": city_id}
    errata = sorted(reviews.rows("erratum", **where), key=lambda row: (row["made_at"], len(row["erratum_id"])))
    found = []
    for row in reviews.rows("edition_value", **where):
        key = (row["indicator_id"], row["indicator_version"])
        stands = as_it_stands(row, [e for e in errata if (e["indicator_id"], e["indicator_version"]) == key])
        found.append(Number(*key, title_of(row["indicator_id"]), Figure(**stands, unit=row["unit"])))
    return sorted(found, key=lambda each: (reading_place(each.indicator_id), each.indicator_id))


def _last(reviews: Reviews, edition: Row, city_id: str) -> Row | None:
    """The newest frozen edition that speaks of an earlier day and holds the city."""
    held = {row["edition_id"] for row in reviews.rows("edition_city", city_id=city_id)}
    rows = reviews.rows("edition", state=State.FROZEN.value)
    earlier = [row for row in rows if row["edition_id"] in held and row["as_of"] < edition["as_of"]]
    return max(earlier, key=lambda row: (row["as_of"], row["frozen_at"]), default=None)


def _distance(now: Figure, before: Figure) -> float:
    """How far two numbers are apart: of shares in hundredths, of others as a part of the larger; 0 where one lacks."""
    if now.value is None or before.value is None:
        return 0.0
    apart = abs(now.value - before.value)
    return apart if now.unit == "share" else apart / max(abs(now.value), abs(before.value), 1.0)


def title_of(indicator_id: str) -> str:
    """What people call an indicator; its id in words where this version does not know it."""
    from civicgauge.indicators import discover

    found = next((each.title for each in discover() if each.id == indicator_id), None)
    return found or indicator_id.replace("_", " ")
