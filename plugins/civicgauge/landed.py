"""The words of landed rows that the row stages share: where rows come from, what arrived, what a landed table holds.

Frozen, without I/O. `portals` says where rows lie, `rows` turns what arrived into Parquet and statistics, `quality`
judges the statistics; they meet in `pipeline`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

ColumnType = Literal[
    "text", "number", "money", "percent", "date_time", "instant", "date", "boolean", "point", "geometry"
]
"""What a column's values are typed as beside the text that was received.

number, money and percent are DOUBLE (12.5 for "12.5%"); date_time is a TIMESTAMP without zone, instant one in UTC
(TIMESTAMPTZ), date a DATE; point is STRUCT(lon DOUBLE, lat DOUBLE); text and geometry stay text alone.
"""

PullOutcome = Literal["changed", "unchanged", "touched_unchanged", "failed"]


# ---------------------------------------------------------------- where rows lie, and what a portal says of them


@dataclass(frozen=True, slots=True)
class PromisedColumn:
    """One column as the portal's metadata describes it. `header` is what an export writes above it."""

    field_name: str
    header: str
    datatype: str  # the platform's own word, such as calendar_date or numeric; "" where none is given
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """One resource whose rows can be pulled, as the catalogue shows it.

    `resource_id` is the dataset's own id where a platform has one table for each dataset. `hints` are facts of the
    catalogue entry that may tell whether the content changed (last_modified, hash, size), as text.
    """

    dataset_id: str
    resource_id: str
    title: str | None
    route: str  # export, dump, file
    url: str
    declared_format: str | None = None
    media_type: str | None = None
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Peek:
    """What one small request (or none) told of a source before its rows are asked for.

    `validators` change whenever the portal says that the data changed; empty where it says nothing.
    `touched` changes when the metadata were edited. `stated_rows_count` is the portal's own count.
    `columns` are None where the portal lists none.
    """

    validators: Mapping[str, str] = field(default_factory=dict)
    touched: str | None = None
    stated_rows_count: int | None = None
    columns: tuple[PromisedColumn, ...] | None = None
    key_field: str | None = None  # the row identifier that the publisher named
    is_conclusive: bool = False  # equal validators mean unchanged content; else only a download can tell


@dataclass(frozen=True, slots=True)
class Download:
    """A body that was streamed to a file: digest and bytes after decoding; `url` redacted, `headers` in lower case.

    `status` 304: nothing was received, the stored version is still good; `bytes_count` is 0 then.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    bytes_count: int
    sha256: str
    requested_at: datetime
    elapsed_seconds: float
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Fetched:
    """The rows of a source as they arrived: one file, how it came, and what the portal says of it now.

    `format_id` is the format that the route promises (csv, json, ...; None: find out). `peek` was read after the
    download. `notes` say what was odd, such as a reading that was begun again because the count moved.
    """

    download: Download
    peek: Peek
    route: str
    format_id: str | None
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- what a landed table holds


@dataclass(frozen=True, slots=True)
class LandedColumn:
    """One column of a landed table.

    In `rows.parquet` the typed values stand in the column `name`; where `type` is not text or geometry, the text as
    received stands beside in `received_name`. `header` is as the file wrote it (may be empty or stand there twice).
    """

    name: str
    header: str
    type: ColumnType
    type_source: str  # portal, inferred
    declared_type: str  # the platform's own word; ""
    received_name: str  # equal to name where the column is text or geometry
    position: int


@dataclass(frozen=True, slots=True)
class LandedTable:
    """One version of a resource's rows as Parquet, and everything odd about it, counted.

    `oddities` by name (short_rows, long_rows, repaired_encoding_lines, empty_rows, duplicate_headers, ...), each a
    number of rows, lines or columns. `format_id` and `encoding` are what the file really was.
    """

    columns: tuple[LandedColumn, ...]
    rows_count: int
    format_id: str
    encoding: str | None
    oddities: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a manifest."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> LandedTable:
        """The reverse of `as_dict`, from a manifest."""
        columns = tuple(LandedColumn(**column) for column in told["columns"])
        return cls(**{**told, "columns": columns, "notes": tuple(told["notes"])})


@dataclass(frozen=True, slots=True)
class Statistic:
    """One SQL aggregate of a landed table (`of` table) or of each column that it applies to (`of` column).

    `sql` is rendered for DuckDB over one table: `{column}` is the typed column, `{text}` the text as received,
    `{role}` the column that has this role in the table's family (`{role.text}` its text). `types` limits a column
    statistic to columns of these types (empty: all). `name` is the column that checks see.
    """

    name: str
    of: Literal["table", "column"]
    sql: str
    types: tuple[ColumnType, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The newest event inside the rows (DESIGN rule 2), with what the table's own history shows of it.

    `usual_gap_days` and `usual_lag_days` are None where the history shows neither; `reason` says why then.
    """

    column: str
    newest_day: date | None
    usual_gap_days: float | None
    usual_lag_days: float | None
    reason: str | None = None
