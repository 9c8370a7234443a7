"""Incidents of a city as the viewer may see them: what is private or the operators' own is for staff alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import IncidentLine, Viewer
from civicgauge.pipeline.showing.seeing import Known

Row = Mapping[str, Any]
_MENDED_DAYS = 30
_SEVERITIES = ("critical", "error", "warning", "info")


def incident_rows(base: Base, viewer: Viewer, known: Known, day: date) -> list[Row]:
    """Those that live, or ended in the last month, and had opened by that day."""
    since = day - timedelta(days=_MENDED_DAYS)
    return list(base.rows.incidents(known.city_id, day, since, with_staffs=viewer.audience == "staff"))


def incidents_of(base: Base, viewer: Viewer, known: Known, day: date) -> tuple[IncidentLine, ...]:
    """All of a city: the worst and newest first, those that ended last."""
    return told(base, incident_rows(base, viewer, known, day))


def told(base: Base, rows: Iterable[Row]) -> tuple[IncidentLine, ...]:
    """Rows of `incident` as lines, in order."""
    checks = texts.checks(base.context.settings.expectations)
    titles = {check_id: check.title for check_id, check in checks.items()}
    return tuple(_line(row, titles) for row in sorted(rows, key=_order))


def _order(row: Row) -> tuple[bool, int, float, str]:
    severity = _SEVERITIES.index(row["severity"]) if row["severity"] in _SEVERITIES else len(_SEVERITIES)
    opened = row["opened_at"].timestamp() if row["opened_at"] else 0.0
    return row["state"] == "resolved", severity, -opened, row["incident_key"]


def _line(row: Row, titles: Mapping[str, str]) -> IncidentLine:
    from civicgauge.pipeline.alerting.matters import advice_of

    return IncidentLine(
        incident_key=row["incident_key"],
        rule_id=row["rule_id"],
        title=titles.get(row["rule_id"]) or advice_of(row["rule_id"]).title,
        subject=row["subject"],
        state=row["state"],
        severity=row["severity"],
        opened_at=row["opened_at"],
        last_seen_at=row["last_seen_at"],
        resolved_at=row["resolved_at"],
        occurrences=row["occurrences"],
    )
