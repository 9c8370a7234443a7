"""Cities and values as the pure package takes them, by example and by Hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from civicgauge.comparison import CityFacts, Meaning, Value, World, compared

DAY = date(2026, 6, 30)
ID = "promises_kept_share"
MEANINGS = {(ID, 1): Meaning({"ckan": "Its extras.", "socrata": "Its custom fields."}, ("nearly all", "most", "few"))}
PUBLIC = CityFacts("a", "A", DAY, 300_000, ("socrata",), 150, is_named=True)
KNOWN = Value("a", ID, 1, "ok", 0.5, 0.5, 0.5, 0, "share", "higher_is_better")


@dataclass(frozen=True)
class Place:
    """A city with its number; None: it was not measured."""

    city: CityFacts
    value: Value | None


def place(city_id: str, number: float | None = 0.5, *, value: Mapping[str, Any] | None = None, **facts: Any) -> Place:
    """A public socrata city of 300,000 people; `facts` and `value` replace fields."""
    status = "insufficient" if number is None else "ok"
    measured = replace(KNOWN, city_id=city_id, value=number, low=number, high=number, status=status)
    city = replace(PUBLIC, city_id=city_id, name=city_id.upper(), **facts)
    return Place(city, replace(measured, **(value or {})))


def places(count: int, name: str = "p", **facts: Any) -> list[Place]:
    """`count` cities whose numbers spread evenly from 0 to 1."""
    return [place(f"{name}{n:02}", n / max(count - 1, 1), **facts) for n in range(count)]


def world(of: Sequence[Place]) -> World:
    """The world of these cities."""
    return World([each.city for each in of], [each.value for each in of if each.value is not None])


def beside(of: Sequence[Place], city_id: str = "a") -> dict[str, Any]:
    """The only comparison row of a city."""
    rows, _ = compared(world(of), city_id, MEANINGS)
    assert len(rows) == 1
    return rows[0]


def strip_of(of: Sequence[Place], city_id: str = "a") -> list[dict[str, Any]]:
    """The named peers' rows."""
    return compared(world(of), city_id, MEANINGS)[1]


@st.composite
def any_place(draw: st.DrawFn, city_id: str, is_named: st.SearchStrategy[bool]) -> Place:
    """A city of any size on any platform, its number known, within bounds, hidden or of another version."""
    status, reason = draw(
        st.sampled_from(
            [("ok", None), ("ok", None), ("insufficient", "nothing_known"), ("not_measured", "hidden_by_platform")]
        )
    )
    low, number, high = sorted(draw(st.tuples(*[st.integers(0, 20)] * 3)))
    value = {
        "status": status, "reason": reason, "value": number / 20 if status == "ok" else None, "low": low / 20,
        "high": draw(st.sampled_from([high / 20, None])), "version": draw(st.sampled_from([1, 1, 1, 2])),
    }  # fmt: skip
    return place(
        city_id,
        value=value,
        population=draw(st.sampled_from([None, 50_000, 120_000, 300_000, 2_000_000])),
        platforms=draw(st.sampled_from([("socrata",), ("ckan",), ("ckan", "socrata"), ()])),
        datasets=draw(st.sampled_from([None, 50, 150, 500])),
        day=DAY - timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 44, 46]))),
        is_named=draw(is_named),
    )


@st.composite
def any_places(draw: st.DrawFn, most: int = 40, *, only_named: bool = False) -> list[Place]:
    """Some cities, the first of them named and measured: the one that is looked at is `c00`."""
    count = draw(st.integers(1, most))
    first = draw(any_place("c00", st.just(value=True)))
    named = st.just(value=True) if only_named else st.booleans()
    return [first, *(draw(any_place(f"c{n:02}", named)) for n in range(1, count))]


@st.composite
def crowds(draw: st.DrawFn) -> list[Place]:
    """Many unnamed cities, 1 to 14 of each kind, and some named ones; `c00` as above."""
    named = draw(any_places(most=8, only_named=True))
    kinds = draw(st.lists(st.tuples(any_place("x", st.just(value=False)), st.integers(1, 14)), max_size=7))
    unnamed = [renamed(each, f"x{kind}-{n:02}") for kind, (each, count) in enumerate(kinds) for n in range(count)]
    return [*named, *unnamed]


def renamed(each: Place, city_id: str) -> Place:
    """The same facts and number of another city."""
    value = None if each.value is None else replace(each.value, city_id=city_id)
    return Place(replace(each.city, city_id=city_id, name=city_id.upper()), value)
