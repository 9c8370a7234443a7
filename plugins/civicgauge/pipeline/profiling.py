"""Statistics of landed versions: computed once for each version and statistic, kept in the lake, read by all days."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.lake import Lake, new_id
from civicgauge.landed import EventFacts, LandedColumn, LandedTable, Statistic
from civicgauge.model import Bounds, City, DatasetChoice
from civicgauge.pipeline import parquet, versions
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.rowhistory import Past
from civicgauge.quality.measures import row_statistics
from civicgauge.rows import events, meaning, personal
from civicgauge.rows.profile import BUILTIN, SCHEMA, Profile, missing, profile

log = logging.getLogger("civicgauge.profile")

_FILE, _PERSONAL = "statistics.parquet", "personal"
_DATES = ("date", "date_time", "instant")


@dataclass(frozen=True)
class Profiled:
    """A landed version with its statistics, and what its columns mean in the light of the city file."""

    table: LandedTable
    profile: Profile
    roles: Mapping[str, str] = field(default_factory=dict)
    missing_roles: tuple[str, ...] | None = None
    key_column: str | None = None
    event_column: str | None = None
    no_event_reason: str | None = None
    personal: Mapping[str, str] = field(default_factory=dict)

    @property
    def day_counts(self) -> Mapping[str, Mapping[date, int]]:
        """Days and how often they occur, for each column of dates."""
        return self.profile.day_counts

    def newest_event_day(self, day: date) -> date | None:
        """The latest day in the event column that is not after `day`: later ones are planned or wrong."""
        return max((d for d in self.day_counts.get(self.event_column or "", {}) if d <= day), default=None)

    def event(self, past: Past, day: date) -> EventFacts | None:
        """The newest event as of a day, held against earlier versions; None where no column of events is named."""
        if self.event_column is None:
            return None
        seen = [
            events.Observed(date.fromisoformat(v["day"]), date.fromisoformat(v["newest_event_day"]))
            for v in past.versions
            if v["newest_event_day"] and v["event_column"] == self.event_column
        ]
        return events.newest_event(self.day_counts.get(self.event_column, {}), self.event_column, seen, day)

    def number_ranges(self) -> dict[str, tuple[float, float]]:
        """Lowest and highest number of each column that has any."""
        found = {}
        for name, values in self.profile.columns.items():
            low, high = values.get("lowest_number"), values.get("highest_number")
            if isinstance(low, int | float) and isinstance(high, int | float):
                found[name] = (float(low), float(high))
        return found

    def table_facts(self) -> dict[str, Any]:
        """What the statistics say of the table: columns of `landed_tables`, and what check files name."""
        return {
            **self.profile.table,
            "key_column": self.key_column,
            "roles_missing_count": None if self.missing_roles is None else len(self.missing_roles),
            "roles_missing": ", ".join(self.missing_roles or ()) or None,
            "personal_columns_count": len(self.personal),
        }

    def column_facts(self, column: str) -> dict[str, Any]:
        """What the statistics say of a column: columns of `landed_columns`, and what check files name."""
        return {"rows_count": self.table.rows_count, **self.profile.columns.get(column, {})}


def ensure(context: Context, city: City, choice: DatasetChoice, part: Mapping[str, Any]) -> Profiled | None:
    """The profile of a pulled part's version, with every statistic of today's checks; what is missing is computed.

    Of a version whose rows are no longer kept, later statistics stay unknown; None where it was never profiled.
    """
    lake, folder = context.lake, part["rows"]
    manifest = lake.manifest(folder)
    if manifest is None or manifest["table"] is None:
        raise LakeDamaged(f"{folder} in the lake {lake.url} holds no rows; remove the folder and pull again")
    table = LandedTable.from_dict(manifest["table"])
    bare = _meaning(table, choice, part["key_field"])
    stored, found = _stored(lake, folder)
    wanted = missing(_statistics(context, city), stored, bare.roles, key=bare.key_column)
    if (wanted or found is None) and lake.holds(folder, versions.ROWS):
        stored, found = _more(context, choice, folder, manifest, (table, bare, stored, found), wanted)
    if found is None:
        return None
    return Profiled(table, stored, bare.roles, bare.missing_roles, bare.key_column, bare.event_column,
                    bare.no_event_reason, found)  # fmt: skip


def _more(
    context: Context,
    choice: DatasetChoice,
    folder: str,
    manifest: Mapping[str, Any],
    known: tuple[LandedTable, _Meaning, Profile, dict[str, str] | None],
    wanted: Sequence[Statistic],
) -> tuple[Profile, dict[str, str]]:
    """The stored profile with what was wanted, computed and kept; and the columns that may hold personal data."""
    table, bare, stored, found = known
    with context.lake.local(folder, versions.ROWS, manifest) as path:
        more = profile(path, table, wanted, bare.roles, key=bare.key_column)
        found = personal.screen(path, table, family=choice.family) if found is None else found
    for name, problem in more.errors.items():
        log.warning("%s: the statistic %s could not be computed: %s", folder, name, problem)
    for name, oldest in more.cut_days.items():
        log.warning(
            "%s: %s holds more days than are counted singly; those before %s are left out", folder, name, oldest
        )
    merged = stored.merged(more)
    where = f"{versions.stats_parent(folder)}/{new_id(utc_now())}"
    context.lake.commit(
        where, {_FILE: parquet.to_parquet(merged.as_rows(), SCHEMA)}, {_PERSONAL: found, "rows": folder}
    )
    return merged, found


def _stored(lake: Lake, folder: str) -> tuple[Profile, dict[str, str] | None]:
    """What is kept of a version, newest first; an empty profile and None where nothing is."""
    last = lake.last_committed(versions.stats_parent(folder))
    if last is None:
        return Profile(), None
    rows = parquet.read_rows(lake, last[0], _FILE, last[1])
    return Profile.from_rows(rows), dict(last[1][_PERSONAL])


def newest_event(lake: Lake, rows: str, named: str, day: date) -> tuple[str | None, date | None]:
    """Of a stored version, the column of that name and the newest day in it that is not after `day`.

    (None, None) where the column cannot be one of events, or the version is no longer known.
    """
    manifest = lake.manifest(rows)
    if manifest is None or manifest["table"] is None:
        return None, None
    column, _ = _event_column(LandedTable.from_dict(manifest["table"]).columns, named)
    if column is None:
        return None, None
    days = _stored(lake, rows)[0].day_counts.get(column, {})
    return column, max((d for d in days if d <= day), default=None)


def _statistics(context: Context, city: City) -> list[Statistic]:
    checks = checks_of(context.settings.expectations)
    outside = [_outside(city.bounds)] if city.bounds else []
    return [*BUILTIN, *outside, *row_statistics(checks)]


def _outside(box: Bounds) -> Statistic:
    inside = f"{{column}}.lon BETWEEN {box.west} AND {box.east} AND {{column}}.lat BETWEEN {box.south} AND {box.north}"
    return Statistic("outside_count", "column", f"count(*) FILTER (WHERE NOT ({inside}))", ("point",))


# ---------------------------------------------------------------- what columns mean


@dataclass(frozen=True)
class _Meaning:
    roles: dict[str, str]
    missing_roles: tuple[str, ...] | None
    key_column: str | None
    event_column: str | None
    no_event_reason: str | None


def _meaning(table: LandedTable, choice: DatasetChoice, key_field: str | None) -> _Meaning:
    family = meaning.families()[choice.family] if choice.family else None
    roles = meaning.resolve(family, table.columns) if family else {}
    absent = meaning.missing_roles(family, roles) if family else None
    column, reason = _event_column(table.columns, choice.event_column)
    if column is None and choice.event_column is None and family:
        column = meaning.event_column(family, roles)
        reason = None if column else "no_event_column_in_family"
    key = _named(table.columns, choice.key_column or key_field or "")
    return _Meaning(roles, absent, key.name if key else None, column, reason)


def _event_column(columns: Sequence[LandedColumn], named: str | None) -> tuple[str | None, str | None]:
    """The column that the city file names, and why it cannot be used where it cannot."""
    if named is None:
        return None, "no_event_column_named"
    column = _named(columns, named)
    if column is None:
        return None, "event_column_not_found"
    if column.type not in _DATES:
        return None, "event_column_is_no_date"
    if not events.is_event_column(column.name, column.header):
        return None, "event_column_is_no_event"
    return column.name, None


def _named(columns: Sequence[LandedColumn], name: str) -> LandedColumn | None:
    """The column of that name, or under that header; none where no name is given, for a header may be empty too."""
    if not name:
        return None
    return next((c for c in columns if c.name == name), None) or next((c for c in columns if c.header == name), None)


def blanks(context: Context, city: City) -> tuple[dict[str, None], dict[str, None]]:
    """Every statistic's column as a null, for tables and for columns: what could not be computed is not known."""
    known = _statistics(context, city)
    tables, columns = ([s.name for s in known if s.of == of] for of in ("table", "column"))
    return dict.fromkeys(tables), dict.fromkeys(columns)
