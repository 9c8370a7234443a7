"""The series of a registered question, read from landed rows or a CSV file: no day later than the one that is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civicgauge.effects.periods import index_of, label
from civicgauge.effects.plan import FromCsv, FromDataset, Plan, Source
from civicgauge.effects.series import Series, Span, ranges_of, read_csv, series_of
from civicgauge.errors import ConfigurationError
from civicgauge.landed import LandedTable
from civicgauge.pipeline import versions
from civicgauge.pipeline.context import Context

if TYPE_CHECKING:
    from civicgauge.rows.outcomes import Outcome

_LONGEST_CSV_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Held:
    """The newest version of a resource whose rows the lake still holds."""

    folder: str
    manifest: dict[str, Any]
    day: str

    def fetched_on(self, zone: tzinfo) -> date:
        """The day in a time zone on which it was asked for."""
        return datetime.fromisoformat(self.manifest["fetched_at"]).astimezone(zone).date()


@dataclass(frozen=True)
class Read:
    """A series, what it is called, and where it is from in words (told only once all of it may be read).

    `fetched_on` is a day of the series' own city; None for a file.
    """

    name: str
    series: Series
    origin: str
    fetched_on: date | None = None


@dataclass(frozen=True)
class ReadAll:
    """The treated series and its comparison."""

    treated: Read
    comparison: tuple[Read, ...] = ()

    def digest(self) -> str:
        """The digest of all values that were read."""
        told = [each.series.digest() for each in (self.treated, *self.comparison)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def before(self) -> ReadAll:
        """The same, before the start alone."""
        return ReadAll(*_cut(self))


def _cut(read: ReadAll) -> tuple[Read, tuple[Read, ...]]:
    treated, *others = (replace(each, series=each.series.before()) for each in (read.treated, *read.comparison))
    return treated, tuple(others)


def read_all(context: Context, plan: Plan, folder: Path, until: date) -> ReadAll:
    """Every series of the plan up to the last day that may be read.

    `folder` is what paths of CSV files are relative to. ConfigurationError, naming file and row or periods, for what
    cannot be read; none of a later day's values has a part in it.
    """
    span = Span(plan.window.first, plan.window.last, plan.start, until, plan.frequency)
    found = [_read(context, plan, source, span, folder) for source in (plan.source, *plan.comparison)]
    periods = {each.series.indexes for each in found}
    if len(periods) > 1:
        raise ConfigurationError("the series are not of the same periods; register the window that all of them cover")
    return ReadAll(found[0], tuple(found[1:]))


def _read(context: Context, plan: Plan, source: Source, span: Span, folder: Path) -> Read:
    is_zero = plan.gaps == "zero"
    if source.csv is not None:
        name = source.csv.path
        return Read(name, series_of(_csv(source.csv, span, folder), span, name, zero=is_zero), f"the file {name}")
    if source.dataset is None:
        raise ConfigurationError("source: give either dataset or csv")
    told = source.dataset
    name = f"{told.city or plan.city}/{told.portal}/{told.id}"
    held = newest_held(context, told, plan.city)
    found, notes = _dataset(context, held, told, plan, span)
    series = series_of(found, span, name, zero=is_zero, notes=notes)
    origin = f"{name}, version {held.folder.rpartition('/')[2]}, pulled for {held.day}"
    return Read(name, series, origin, held.fetched_on(context.city(told.city or plan.city).zone))


def _csv(told: FromCsv, span: Span, folder: Path) -> dict[int, float]:
    path = folder / told.path
    try:
        with path.open("rb") as file:
            body = file.read(_LONGEST_CSV_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(
            f"{told.path}: cannot be read: {(error.strerror or str(error)).lower()}; paths are relative to the plan's "
            "file, and for `answer` to --folder"
        ) from None
    if len(body) > _LONGEST_CSV_BYTES:
        raise ConfigurationError(f"{told.path}: is larger than 64 MiB; write one row for each period")
    return read_csv(body, (told.date_column, told.value_column), told.aggregate, span, told.path)


def _dataset(
    context: Context, held: Held, told: FromDataset, plan: Plan, span: Span
) -> tuple[dict[int, float], list[str]]:
    from civicgauge.rows.outcomes import Ask, outcome_by_period

    name = f"{told.city or plan.city}/{told.portal}/{told.id}"
    where = {column: (texts,) if isinstance(texts, str) else texts for column, texts in told.where.items()}
    zone = context.city(told.city or plan.city).time_zone
    ask = Ask(told.date_column, told.value_column, told.aggregate, span.frequency, ranges_of(span), where, zone)
    table = LandedTable.from_dict(held.manifest["table"])
    with context.lake.local(held.folder, versions.ROWS, held.manifest) as path:
        found = outcome_by_period(path, table, ask, name)
    return {index_of(first, span.frequency): value for first, value in found.values.items()}, list(_blank(found, span))


def _blank(found: Outcome, span: Span) -> Iterator[str]:
    """How many rows have no value, on each side of the start: where they are many on one, it may be that alone."""
    sides = {"before the start": [0, 0], "after it": [0, 0]}
    for first, counts in found.rows.items():
        side = sides["before the start" if first < span.start else "after it"]
        side[0], side[1] = side[0] + counts[0], side[1] + counts[1]
    if any(blank for _, blank in sides.values()):
        told = " and ".join(f"{blank:,} of {rows:,} rows {side}" for side, (rows, blank) in sides.items() if rows)
        yield f"without a value, and left out: {told}"


def newest_held(context: Context, told: FromDataset, city: str) -> Held:
    """The newest landed version whose rows are still in the lake; ConfigurationError where there is none."""
    city_id, lake = told.city or city, context.lake
    context.portal(city_id, told.portal)
    name = f"{city_id}/{told.portal}/{told.id}"
    for day in reversed(lake.folders(f"pulls/{city_id}/{told.portal}")):
        last = lake.last_committed(versions.pulls_parent(city_id, told.portal, day, told.id))
        parts = [part for part in (last[1]["resources"] if last else []) if part["version"]]
        for part in _chosen(parts, told.resource, name):
            manifest = lake.manifest(part["rows"])
            if manifest and manifest["table"] and lake.holds(part["rows"], versions.ROWS):
                return Held(part["rows"], manifest, day)
    raise ConfigurationError(
        f"{name}: the lake holds no rows of it; name it under `datasets:` in the city's file and observe the city"
    )


def _chosen(parts: Sequence[dict[str, Any]], resource: str | None, name: str) -> list[dict[str, Any]]:
    if resource is not None:
        return [part for part in parts if part["resource_id"] == resource]
    if len(parts) > 1:
        ids = ", ".join(str(part["resource_id"]) for part in parts)
        raise ConfigurationError(f"{name}: has several tables; name one as `resource`: {ids}")
    return list(parts)


def landed_since(context: Context, plan: Plan) -> date | None:
    """The first day of a pull on or after the start among those still known, of any dataset of the plan."""
    days = []
    for source in (plan.source, *plan.comparison):
        if (told := source.dataset) is not None:
            city_id = told.city or plan.city
            for day in context.lake.folders(f"pulls/{city_id}/{told.portal}"):
                parent = versions.pulls_parent(city_id, told.portal, day, told.id)
                if day >= plan.start.isoformat() and context.lake.last_committed(parent):
                    days.append(date.fromisoformat(day))
                    break
    return min(days, default=None)


def refuse_unfinished(plan: Plan, read: ReadAll, today: date) -> None:
    """ConfigurationError where the window was not over when the data were fetched (a CSV file: today, in the city)."""
    for each in (read.treated, *read.comparison):
        known_on = each.fetched_on or today
        if known_on <= plan.window.last:
            end = label(index_of(plan.window.last, plan.frequency), plan.frequency)
            raise ConfigurationError(
                f"{each.name}: read on {known_on}, and the window's last period, {end}, ends on {plan.window.last}: "
                "answer when it is over, so that nobody stops at the moment that suits"
            )
