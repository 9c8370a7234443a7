"""An indicator across all cities that the viewer may see: each with its interval, by the worse bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from civicgauge.comparison import (
    LEAST_FOR_QUANTILES,
    MOST_DAYS_APART,
    SIZES,
    TIERS,
    CityFacts,
    platform_sentence,
    spread,
)
from civicgauge.indicators import Indicator
from civicgauge.pipeline.cohorts import load_cohorts
from civicgauge.pipeline.comparing import SIZE, meanings
from civicgauge.pipeline.showing import decisions, texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, Decided, Dot, IndicatorPage, NotShown, Viewer
from civicgauge.pipeline.showing.lists import holds_words, part
from civicgauge.pipeline.showing.seeing import Known

Row = Mapping[str, Any]
EVERYONE = "all"


@dataclass(frozen=True)
class Numbers:
    """The newest runs of cities, and of each the values of one indicator and of the catalogue's size."""

    known: Mapping[str, Known]
    runs: Mapping[str, Row]
    rows: Sequence[Row]
    decided: Mapping[decisions.Number, Decided]

    @classmethod
    def read(cls, base: Base, indicator_id: str, as_of: str | None, known: Mapping[str, Known]) -> Numbers:
        """Of these cities, those that were measured."""
        newest = base.newest_runs(as_of)
        days = {(run["day"], city_id) for city_id, run in newest.items()}
        key = ("numbers", indicator_id, as_of, base.seeing.version())
        every = base.kept.lists.get(key, lambda: base.rows.numbers(days, {indicator_id, SIZE}))  # whoever looks
        runs = {city_id: run for city_id, run in newest.items() if city_id in known}
        minute = int(base.seeing.clock() // 60)  # a day's numbers may be decided anew beside a commit
        decided = base.kept.lists.get(("decided", *key, minute), lambda: decisions.beside(base, days, [indicator_id]))
        return cls(known, runs, [row for row in every if row["city_id"] in runs], decided)

    def facts(self, named: set[str] | None = None) -> list[CityFacts]:
        """What groups are made from; `named` None: all."""
        sizes = {
            row["city_id"]: row["value"] for row in self.rows if row["indicator_id"] == SIZE and row["status"] == "ok"
        }
        return [
            CityFacts(
                city_id=city_id,
                name=self.known[city_id].told("name"),
                day=run["day"],
                population=self.known[city_id].told("population"),
                platforms=self.known[city_id].platforms,
                datasets=sizes.get(city_id),
                is_named=named is None or city_id in named,
            )
            for city_id, run in self.runs.items()
        ]

    def dot(self, row: Row, *, is_here: bool = False) -> Dot:
        """A value as a dot with the name of its city."""
        return Dot(
            city=self.known[row["city_id"]].line(self.runs[row["city_id"]]),
            value=row["value"],
            low=row["value_low"],
            high=row["value_high"],
            status=row["status"],
            band=row["band"],
            is_here=is_here,
            decided=self.decided.get(decisions.number_of(row)),
        )


def across(
    base: Base, viewer: Viewer, indicator: Indicator, asked: Asked, as_of: str | None, group: str | None
) -> IndicatorPage:
    """The page without a city that is looked at: of all cities, or of one of the groups."""
    numbers = Numbers.read(base, indicator.id, as_of, base.seeing.visible(viewer))
    facts = {each.city_id: each for each in numbers.facts()}
    groups = {EVERYONE: "all cities shown here", **dict(_groups(base, viewer, facts.values()))}
    if (chosen := group or EVERYONE) not in groups:
        raise NotShown(chosen)
    inside = {city_id for city_id, each in facts.items() if _holds(base, chosen, each)}
    mine = [row for row in numbers.rows if row["indicator_id"] == indicator.id and row["city_id"] in inside]
    version = max((row["indicator_version"] for row in mine), default=indicator.version)
    newest = max((numbers.runs[row["city_id"]]["day"] for row in mine), default=date.min)
    here = {row["city_id"]: row for row in mine if row["indicator_version"] == version}
    current = {i: row for i, row in here.items() if newest - row["day"] <= timedelta(days=MOST_DAYS_APART)}
    dots = {city_id: numbers.dot(row) for city_id, row in current.items()}
    listed = in_order(dots, current, asked)
    shown, place = part(listed, asked)
    platforms = frozenset(facts[city_id].platform for city_id in current)
    return IndicatorPage(
        about=texts.about(indicator),
        dots=tuple(dots[city_id] for city_id in sorted(dots)),
        quantiles=_quantiles(current.values()),
        group=groups[chosen],
        groups=tuple(groups.items()),
        rows=tuple(shown),
        range=place,
        asked=asked,
        as_of=as_of,
        notes=tuple(
            _notes(indicator, version, platforms, (len({r["city_id"] for r in mine}), len(here), len(current)))
        ),
    )


def in_order(dots: Mapping[str, Dot], rows: Mapping[str, Row], asked: Asked) -> list[Dot]:
    """The dots that hold the words, by the worse bound, the better first and the unbounded last; `name`: by name.

    Both go by city; a neutral number has no worse end and goes by name.
    """
    found = [
        (texts.worse_bound(rows[city_id]), dot)
        for city_id, dot in dots.items()
        if dot.city is not None and holds_words(asked, dot.city.name, city_id)
    ]
    found.sort(key=lambda each: (each[1].city.name.casefold(), each[1].city.city_id) if each[1].city else ("", ""))
    if asked.sort != "name" and not any(row["direction"] == "neutral" for row in rows.values()):
        found.sort(key=lambda each: (each[0] is None, -(each[0] or 0.0)))
    return [dot for _, dot in found]


def _quantiles(rows: Any) -> dict[str, float] | None:
    readable = [row["value"] for row in rows if row["status"] == "ok" and row["value"] is not None]
    return asdict(spread(readable)) if len(readable) >= LEAST_FOR_QUANTILES else None


def _groups(base: Base, viewer: Viewer, facts: Any) -> Iterator[tuple[str, str]]:
    """Those that hold a city: platforms, steps of population, sizes of catalogue; cohorts for staff."""
    every = list(facts)
    for platform in sorted({each.platform for each in every}):
        yield f"platform.{platform}", f"cities on {platform.replace('+', ' and ')}"
    for kind, steps in (("tier", TIERS), ("size", SIZES)):
        held = {getattr(each, kind) for each in every}
        yield from ((f"{kind}.{step.id}", f"cities with {step.words}") for step in steps if step.id in held)
    if viewer.audience == "staff":
        yield from ((f"cohort.{c.id}", c.title) for c in load_cohorts(base.context.settings).values())


def _holds(base: Base, group: str, city: CityFacts) -> bool:
    kind, _, word = group.partition(".")
    if kind == "cohort":
        return city.city_id in load_cohorts(base.context.settings)[word].cities
    return group == EVERYONE or getattr(city, kind) == word


def _notes(
    indicator: Indicator, version: int, platforms: frozenset[str], counts: tuple[int, int, int]
) -> Iterator[str]:
    measured, of_version, current = counts
    meaning = meanings().get((indicator.id, version))
    if meaning and len(platforms) > 1 and (sentence := platform_sentence(meaning, platforms)):
        yield sentence
    if measured > of_version:
        yield f"{measured - of_version} cities measured by another version of the method are left out."
    if of_version > current:
        yield f"{of_version - current} cities with no day in the last {MOST_DAYS_APART} are left out."
