"""What is exported: the warehouse's tables, the views and the derived tables, each as columns and batches of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from civicgauge import registry
from civicgauge.indicators import discover
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after, moment_of
from civicgauge.pipeline.keeping import RESULTS_FROM
from civicgauge.warehouse import Batch, ColumnInfo, IndicatorText, Scope, View, Warehouse
from civicgauge.warehouse.review_tables import OF_STAFF

HISTORY = "_history"
_SEES = {  # who may see a city of which publication
    "public": {"public"},
    "city": {"public", "shared_with_city"},
    "staff": {"public", "shared_with_city", "private"},
}
_OF_STAFF = ("incident_event", "notification", *OF_STAFF)  # what people answered and did, and who was told when
_OF_ONE_DAY = ("dataset_day", "check_result")
_SIZE = 25_000


@dataclass(frozen=True, slots=True)
class Table:
    """One table to take away; `batches` begins to read it. What is kept in Parquet alone has no CSV."""

    name: str
    comment: str
    columns: tuple[ColumnInfo, ...]
    batches: Callable[[], Iterator[Batch]]
    parquet_only: bool = False


def indicator_texts() -> list[IndicatorText]:
    """What the views say of each indicator."""
    return [IndicatorText(indicator.id, indicator.title, indicator.question) for indicator in discover()]


def shown_to(context: Context, audience: str) -> set[str]:
    """The cities that an audience may see, by their files as they stand now and by what was committed.

    The stricter of the two counts; a city whose file is gone, or cannot be read, is private.
    """
    stated = {city_id: city.publication for city_id, city in registry.load_registry(context.settings.cities)[0].items()}
    with context.warehouse() as warehouse:
        committed = {row["city_id"]: row["publication"] for row in warehouse.rows("city")}
    return {i for i, word in committed.items() if {word, stated.get(i, "private")} <= _SEES[audience]}


def scope_of(context: Context, warehouse: Warehouse, as_of: str | None, audience: str) -> Scope:
    """What the audience may see at a date: findings that may speak of personal data are staff's (DESIGN rule 13).

    So is what went wrong in a run. Pages tell a city its own too, but a table for cities is every city's.
    """
    seen = shown_to(context, audience)
    zones = {row["city_id"]: ZoneInfo(row["time_zone"]) for row in warehouse.rows("city") if row["city_id"] in seen}
    before = {city_id: _before(as_of, zone) for city_id, zone in zones.items()}
    newest = {city_id: warehouse.last_current_run(city_id, limit) for city_id, limit in before.items()}
    chosen = {city_id: run.day for city_id, run in newest.items() if run is not None}
    return Scope(
        before,
        chosen,
        with_private=audience == "staff",
        sees=None if audience == "staff" else _SEES[audience],
        moment=moment_of(as_of, ZoneInfo("UTC")) if as_of else None,
        until={city_id: moment_of(as_of, zone) for city_id, zone in zones.items()} if as_of else {},
    )


def _before(as_of: str | None, zone: ZoneInfo) -> date:
    """The first day of a city that is left out."""
    return day_after(moment_of(as_of, zone).astimezone(zone).date()) if as_of else date.max


def tables_of(context: Context, warehouse: Warehouse, scope: Scope, audience: str, *, history: bool) -> Iterator[Table]:
    """Every table in the order in which they are written."""
    from civicgauge.pipeline.exporting.derived import DERIVED

    for name in warehouse.table_names():
        if name in _OF_STAFF and audience != "staff":
            continue
        yield _stored(warehouse, name, scope)
    for name in _OF_ONE_DAY if history else ():
        yield _past(warehouse, name, scope)
    for view in warehouse.views(indicator_texts(), scope):
        yield _viewed(warehouse, view)
    for derived in DERIVED:
        yield derived.table(context, warehouse, scope.chosen, audience)


def _stored(warehouse: Warehouse, name: str, scope: Scope) -> Table:
    def batches() -> Iterator[Batch]:
        return warehouse.extract(name, scope, size=_SIZE, chosen_day_only=name in _OF_ONE_DAY)

    said = f" The newest shown day of each city alone.{_since(warehouse)}" if name in _OF_ONE_DAY else ""
    return Table(name, warehouse.comment(name) + said, warehouse.columns(name), batches)


def _past(warehouse: Warehouse, name: str, scope: Scope) -> Table:
    def batches() -> Iterator[Batch]:
        return warehouse.extract(name, scope, size=_SIZE)

    comment = f"{warehouse.comment(name)} Every shown day that the warehouse holds.{_since(warehouse)}"
    return Table(f"{name}{HISTORY}", comment, warehouse.columns(name), batches, parquet_only=True)


def _since(warehouse: Warehouse) -> str:
    """From which day on the warehouse holds the results of single datasets, where older ones were removed."""
    since = warehouse.cursor(RESULTS_FROM)
    return f" Days before {since} are held in the lake alone (KEEP_RESULT_DAYS)." if since else ""


def _viewed(warehouse: Warehouse, view: View) -> Table:
    return Table(view.name, view.comment, view.columns, lambda: warehouse.extract_view(view, size=_SIZE))


def in_batches(rows: Iterator[tuple[object, ...]]) -> Iterator[Batch]:
    """Rows in plain words, many at a time."""
    while batch := list(islice(rows, _SIZE)):
        yield batch


Cities = Mapping[str, date]
"""The cities that may be seen, each with its chosen day."""
