"""The list of cities: bands of each, and how many criteria are in line, differ or are not observed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from civicgauge.pipeline.comparing import SIZE
from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, CitiesPage, CityLine, CityRow, Viewer
from civicgauge.pipeline.showing.lists import Fields, choices, chosen, holds_words, part

Row = Mapping[str, Any]

_FIELDS: Fields = {
    "country": lambda line: [line.country],
    "state": lambda line: [line.state] if line.state else [],
    "platform": lambda line: line.platforms,
    "outcome": lambda line: [line.outcome or "never measured"],
    "publication": lambda line: [line.publication],
}
_SORTS: dict[str, Any] = {
    "name": lambda line: line.name.casefold(),
    "population": lambda line: -(line.population or 0),
    "day": lambda line: -(line.day or date.min).toordinal(),
}


def columns() -> tuple[tuple[str, str], ...]:
    """(id, title) of the indicators whose bands the list shows: those of most use to the data's users."""
    return tuple((i.id, i.title) for i in texts.indicators().values() if i.bands and i.benefit == 3)


def cities(base: Base, viewer: Viewer, asked: Asked, as_of: str | None) -> CitiesPage:
    """See `Shown.cities`."""
    runs, visible = base.newest_runs(as_of), base.seeing.visible(viewer)
    lines = [known.line(runs.get(city_id)) for city_id, known in visible.items()]
    found = [each for each in chosen(lines, asked, _FIELDS) if holds_words(asked, each.name, each.city_id, each.state)]
    lines_shown, place = part(_sorted(base, found, asked.sort), asked)
    fields = {name: told for name, told in _FIELDS.items() if name != "publication" or viewer.audience == "staff"}
    return CitiesPage(
        rows=_rows(base, lines_shown),
        columns=columns(),
        range=place,
        asked=asked,
        filters=choices(lines, fields),
        as_of=as_of,
    )


def _sorted(base: Base, lines: Sequence[CityLine], sort: str) -> list[CityLine]:
    """By name unless asked otherwise; by an indicator's worse bound, the better first, who has none last."""
    by_name = sorted(lines, key=lambda line: (line.name.casefold(), line.city_id))
    if sort in _SORTS:
        return sorted(by_name, key=_SORTS[sort])
    indicator_id = SIZE if sort == "datasets" else sort
    if indicator_id not in texts.indicators():
        return by_name
    days = {(line.day, line.city_id) for line in lines if line.day}
    bounds = {row["city_id"]: texts.worse_bound(row) for row in base.rows.values(days, [indicator_id])}
    numbers = {city_id: bound for city_id, bound in bounds.items() if bound is not None}
    return sorted(by_name, key=lambda line: -numbers.get(line.city_id, float("-inf")))


def _rows(base: Base, lines: Sequence[CityLine]) -> tuple[CityRow, ...]:
    shown = [each for each, _ in columns()]
    days = {(line.day, line.city_id) for line in lines if line.day}
    bands: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in base.rows.values(days, [*shown, SIZE]):  # the highest version of each comes last
        bands[row["city_id"]][row["indicator_id"]] = row
    stances: dict[str, Counter[str]] = defaultdict(Counter)
    in_force: dict[tuple[str, ...], list[tuple[date, str]]] = defaultdict(list)
    for day, city_id in days:
        in_force[tuple(texts.in_force(day))].append((day, city_id))
    for names, places in in_force.items():  # cities may stand on either side of a change, and two may hold at once
        for row in base.rows.stances(places, names):
            stances[row["city_id"]][row["stance"]] += row["count"]
    return tuple(_row(line, shown, bands[line.city_id], stances[line.city_id]) for line in lines)


def _row(line: CityLine, shown: Sequence[str], found: Mapping[str, Row], stances: Mapping[str, int]) -> CityRow:
    size = found[SIZE]["value"] if SIZE in found else None
    return CityRow(
        city=line,
        bands={each: texts.value_of(found[each]) for each in shown if each in found},
        n_in_line=stances.get("in_line", 0),
        n_differs=stances.get("differs", 0),
        n_not_observed=stances.get("not_observed", 0),
        n_datasets=None if size is None else int(size),
    )
