"""Tables that no database holds, made while exporting: what is measured, what a standard asks, what columns mean.

To add one, write its function and its columns and name it in `DERIVED`; every format and the dictionary take it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

from civicgauge.criteria import standards
from civicgauge.indicators import Indicator, discover
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting import meanings
from civicgauge.pipeline.exporting._kinds import plain
from civicgauge.pipeline.exporting.reading import Cities, Table, in_batches, indicator_texts
from civicgauge.warehouse import ColumnInfo, Warehouse

Row = Mapping[str, Any]
Rows = Callable[[Context, Warehouse, Cities, str], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table. `rows` is given the context, the open warehouse, the cities that may be seen, each with its
    chosen day, and the audience; it gives rows with every column, values of the columns' kinds or None, in key order.
    """

    name: str
    comment: str
    columns: tuple[ColumnInfo, ...]
    rows: Rows

    def table(self, context: Context, warehouse: Warehouse, cities: Cities, audience: str) -> Table:
        """The same as every other table is written."""
        names = [column.name for column in self.columns]

        def made() -> Iterator[tuple[object, ...]]:
            for row in self.rows(context, warehouse, cities, audience):
                yield tuple(plain(row[name]) for name in names)

        return Table(self.name, self.comment, self.columns, lambda: in_batches(made()))


def key(name: str, comment: str, kind: str = "text") -> ColumnInfo:
    """A column of a derived table's key."""
    return ColumnInfo(name, kind, is_key=True, is_nullable=False, comment=comment)


def may(name: str, comment: str, kind: str = "text") -> ColumnInfo:
    """Another column; `kind` is text, integer, number, boolean, date or time."""
    return ColumnInfo(name, kind, is_key=False, is_nullable=True, comment=comment)


# ---------------------------------------------------------------- indicators

_SAID = {
    "id": "the indicator's id",
    "version": "the version of its formula; only equal versions are compared",
    "title": "what it is called",
    "question": "the question that it answers",
    "unit": "the unit of the value and its bounds",
    "direction": "which end of the number is better",
    "formula": "how it is computed, in words",
    "sources": "where each field comes from, by kind of platform: a JSON object",
    "checks": "the checks that it relies on, separated by commas",
    "criteria": "codes of the criteria whose evidence it is modelled on, separated by commas",
    "bearings": "on which criteria it bears, and from where on it speaks for or against a city: a JSON list",
    "bands": "names of stretches of the value, where one end is better: JSON",
    "gain": "what the data's users have of it when it is mended",
    "benefit": "how much they have of it; 3 is most",
    "effort": "how much work it is; 3 is most",
    "steps": "what to do, by kind of platform, where no check says it: a JSON object",
    "is_about_showing": "whether the number asks if a fact is shown, so that clearing the fact is a plain no",
    "version_notes": "what each version after the first changed: a JSON object",
    "gaming": "how the number could be bettered without bettering the data, and what stops that",
    "advice": "what those who maintain the data can do",
}


def _of_indicators() -> tuple[ColumnInfo, ...]:
    """A column for every field of an indicator that can be told, whatever fields it gets, and its criteria."""
    found = discover()
    names = [field.name for field in fields(Indicator)]
    columns = []
    for name in [*names, *(["criteria"] if "criteria" not in names else [])]:
        values = [getattr(indicator, name) for indicator in found]
        if any(callable(value) for value in values):
            continue
        make = key if name in ("id", "version") else may
        said = _SAID.get(name, f"{name.replace('_', ' ')}, as the indicator's file says it")
        columns.append(make(name, said, _kind(values)))
    return tuple(columns)


def _kind(values: Sequence[Any]) -> str:
    if all(isinstance(value, bool) for value in values):
        return "boolean"
    return "integer" if all(type(value) is int for value in values) else "text"


def _indicators(_context: Context, _warehouse: Warehouse, _cities: Cities, _audience: str) -> Iterator[Row]:
    names = [column.name for column in _of_indicators()]
    for indicator in sorted(discover(), key=lambda each: (each.id, each.version)):
        yield {name: _told(getattr(indicator, name)) for name in names}


def _told(value: Any) -> Any:
    """A field's value as one cell: a text or whole number as it is, a list of texts by commas, all else as JSON."""
    if value is None or isinstance(value, str | int):
        return value
    if not value:
        return None
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return json.dumps(value, default=_as_json, ensure_ascii=False)


def _as_json(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return dict(value) if isinstance(value, Mapping) else str(value)


# ---------------------------------------------------------------- criteria


def _criteria(_context: Context, _warehouse: Warehouse, _cities: Cities, _audience: str) -> Iterator[Row]:
    rows = [
        {
            "standard": standard_id,
            "version": standard.version,
            "title": standard.standard,
            "code": criterion.code,
            "practice": practice.name,
            "name": criterion.name,
            "asks": criterion.asks,
            "observable": criterion.observable,
            "attest": criterion.attest,
        }
        for standard_id, standard in standards().items()
        for practice in standard.practices
        for criterion in practice.criteria
    ]
    yield from sorted(rows, key=lambda row: (row["standard"], row["version"], row["code"]))


# ---------------------------------------------------------------- the dictionary


def _dictionary(_context: Context, warehouse: Warehouse, _cities: Cities, _audience: str) -> Iterator[Row]:
    stored = {name: warehouse.columns(name) for name in warehouse.table_names()}
    viewed = {view.name: view.columns for view in warehouse.views(indicator_texts())}
    made = {derived.name: derived.columns for derived in DERIVED}
    for table, columns in sorted({**stored, **viewed, **made}.items()):
        for place, column in enumerate(columns, 1):
            yield {
                "table": table,
                "place": place,
                "column": column.name,
                "kind": column.kind,
                "is_key": column.is_key,
                "meaning": column.comment,
                "words": meanings.told(table, column.name) or None,
            }


DERIVED: tuple[Derived, ...] = (
    Derived(
        "indicator",
        "One row per indicator: what it asks, how it is computed, what it stands on, what to do.",
        _of_indicators(),
        _indicators,
    ),
    Derived(
        "criterion",
        "One row per criterion of each standard, in our own words; modelled on public descriptions.",
        (
            key("standard", "the standard's id: the name of its file"),
            key("version", "its version"),
            key("code", "the criterion's code"),
            may("title", "the standard's own name"),
            may("practice", "the group of criteria that it belongs to"),
            may("name", "its name"),
            may("asks", "what it asks, in our own words"),
            may("observable", "how much of it a portal shows: automatic, partial or none"),
            may("attest", "what only people can show, and what would be good evidence"),
        ),
        _criteria,
    ),
    Derived(
        "dictionary",
        "One row per column of every table and view.",
        (
            key("table", "the table or view"),
            key("place", "which column of it, from 1", "integer"),
            may("column", "the column's name"),
            may("kind", "text, integer, number, boolean, date (ISO 8601) or time (ISO 8601, UTC)"),
            may("is_key", "whether it takes part in the key", "boolean"),
            may("meaning", "what it holds; null means not known"),
            may("words", "the words that may stand in it, each with its meaning"),
        ),
        _dictionary,
    ),
)
"""The derived tables in the order in which they are written."""
