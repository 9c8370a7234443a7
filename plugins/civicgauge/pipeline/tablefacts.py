"""The rows of `landed_tables` and `landed_columns` of one resource: what checks judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from civicgauge.landed import EventFacts, LandedTable
from civicgauge.landed_tables import LANDED_COLUMNS, LANDED_TABLES
from civicgauge.pipeline.parts import Part
from civicgauge.pipeline.profiling import Profiled

Row = dict[str, Any]
_USUAL_VERSIONS, _LEAST_VERSIONS = 10, 3


def table_row(
    part: Part,
    earlier: Sequence[Mapping[str, Any]],
    event: EventFacts | None,
    changes: Sequence[Mapping[str, Any]] | None,
    day: date,
) -> Row:
    row: Row = {
        **part.ids,
        "portal_kind": part.portal.kind,
        "title": part.told["title"],
        "family": part.choice.family,
        "version": part.told["version"],
        "is_landed": part.profiled is not None,
        "unread_reason": part.unread_reason,
        "stated_rows_count": part.told["stated_rows_count"],
        "as_of_day": day,
    }
    if part.profiled is None or part.manifest is None:
        return row
    table, profiled = part.profiled.table, part.profiled
    counts = [version["rows_count"] for version in earlier]
    kinds = [change["kind"] for change in changes or ()]
    named = {} if changes is None else {f"columns_{k}_count": kinds.count(k) for k in ("added", "removed", "retyped")}
    return row | {
        "format_id": table.format_id,
        "encoding": table.encoding,
        "bytes_count": part.manifest["bytes_count"],
        "columns_count": len(table.columns),
        "short_rows_count": table.oddities.get("short_rows", 0),
        "long_rows_count": table.oddities.get("long_rows", 0),
        "repaired_lines_count": table.oddities.get("repaired_encoding_lines", 0),
        "versions_count": len(counts),
        "rows_count_usual": float(median(counts[-_USUAL_VERSIONS:])) if counts else None,
        "rows_count_previous": counts[-1] if counts else None,
        **named,
        **_promise(part, table),
        **{key: value for key, value in profiled.table_facts().items() if key in LANDED_TABLES.names},
        **_event(profiled, event, day),
    }


def _promise(part: Part, table: LandedTable) -> Row:
    """What the portal lists against what was delivered, by field names."""
    if part.told["promised"] is None:
        return {}
    promised = [column["field_name"] for column in part.told["promised"] if not column["is_system"]]
    delivered = {column.name for column in table.columns}
    absent = [name for name in promised if name not in delivered]
    return {
        "promised_columns_count": len(promised),
        "absent_columns_count": len(absent),
        "absent_columns": ", ".join(absent) or None,
        "unpromised_columns_count": len(delivered - set(promised)),
    }


def _event(profiled: Profiled, event: EventFacts | None, day: date) -> Row:
    if event is None:
        return {"event_column": None, "event_reason": profiled.no_event_reason}
    newest = event.newest_day
    return {
        "event_column": event.column,
        "newest_event_at": newest,
        "newest_event_age_days": None if newest is None else max(0, (day - newest).days),
        "event_reason": event.reason,
    }


def column_rows(
    part: Part,
    profiled: Profiled,
    earlier: Sequence[Mapping[str, Any]],
    before: LandedTable | None,
    day: date,
) -> list[Row]:
    roles = {column: role for role, column in profiled.roles.items()}
    types = {column.name: column.type for column in before.columns} if before else {}
    rows = []
    for column in profiled.table.columns:
        low, high = _usual_range(column.name, earlier)
        rows.append(
            {
                **part.ids,
                "portal_kind": part.portal.kind,
                "field_name": column.name,
                "header": column.header,
                "position": column.position,
                "type": column.type,
                "type_source": column.type_source,
                "declared_type": column.declared_type,
                "role": roles.get(column.name),
                "family": part.choice.family,
                "future_count": _future(profiled.day_counts.get(column.name), day),
                "number_usual_low": low,
                "number_usual_high": high,
                "personal_kind": profiled.personal.get(column.name),
                "type_usual": types.get(column.name),
                "as_of_day": day,
                **{k: v for k, v in profiled.column_facts(column.name).items() if k in LANDED_COLUMNS.names},
            }
        )
    return rows


def _future(day_counts: Mapping[date, int] | None, day: date) -> int | None:
    """Dates after tomorrow; the day that follows is still some zone's today."""
    return None if day_counts is None else sum(n for d, n in day_counts.items() if d > day + timedelta(days=1))


def _usual_range(column: str, earlier: Sequence[Mapping[str, Any]]) -> tuple[float | None, float | None]:
    ranges = [version["numbers"][column] for version in earlier if column in version["numbers"]]
    if len(ranges) < _LEAST_VERSIONS:
        return None, None
    return min(low for low, _ in ranges), max(high for _, high in ranges)
