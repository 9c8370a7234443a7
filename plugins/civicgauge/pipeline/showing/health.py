"""The pipeline's health: portals, attempts, what is in doubt or missing; the outbox and holds for staff alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

from civicgauge.pipeline.context import method_version
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, CityLine, HealthPage, RunLine, Viewer
from civicgauge.pipeline.showing.lists import part
from civicgauge.pipeline.showing.portals import portal_health, portals_of
from civicgauge.pipeline.showing.seeing import Known, first_left_out, sees_rows

Row = Mapping[str, Any]
_PUBLISHED = "publish"  # the cursor of publishing
_RECENT, _SUSPECT_DAYS, _MOST_MISSING = 25, 30, 200
_OF_HOLDS = ("hold_id", "opened_at", "reason", "cities_count", "openings_count", "about")


def health(base: Base, viewer: Viewer, asked: Asked, as_of: str | None) -> HealthPage:
    """See `Shown.health`."""
    visible, shown = base.seeing.visible(viewer), base.newest_runs(as_of)
    attempts = {i: run for i, run in base.newest_attempts(as_of).items() if i in visible}
    listed, place = part(portals_of(base, visible, attempts, asked), asked)
    runs = _Runs(viewer, visible, shown)
    sees_all = viewer.audience == "staff" and viewer.only_cities is None
    published = base.rows.cursor(_PUBLISHED)
    return HealthPage(
        portals=tuple(portal_health(base, viewer, each, shown) for each in listed),
        range=place,
        asked=asked,
        recent=runs.lines(_recent(base, visible, attempts, as_of)),
        suspect=runs.lines(_suspect(base, as_of)),
        missing_today=tuple(_missing(base, visible, shown, as_of))[:_MOST_MISSING],
        outcomes=dict(Counter(attempts[i]["outcome"] if i in attempts else "never" for i in visible)),
        duration_seconds=_durations(attempts.values()),
        outbox=base.rows.waiting_messages() if sees_all else None,
        holds=tuple(_holds(base)) if sees_all else None,
        schema_version=base.warehouse.current_version() or "",
        method_version=method_version(),
        published_at=published["updated_at"] if published else None,
    )


class _Runs:
    """Attempts as lines, of the cities that the viewer may see."""

    def __init__(self, viewer: Viewer, visible: Mapping[str, Known], shown: Mapping[str, Row]) -> None:
        self._viewer, self._visible, self._shown = viewer, visible, shown

    def lines(self, rows: Iterable[Row]) -> tuple[RunLine, ...]:
        """Those of visible cities."""
        return tuple(self._line(row) for row in rows if row["city_id"] in self._visible)

    def _line(self, run: Row) -> RunLine:
        known, is_staff = self._visible[run["city_id"]], self._viewer.audience == "staff"
        return RunLine(
            run_id=run["run_id"],
            city=known.line(self._shown.get(run["city_id"])),
            day=run["day"],
            outcome=run["outcome"],
            started_at=run["started_at"],
            ended_at=run["ended_at"],
            seconds=_seconds(run),
            is_current=run["is_current"],
            problem=run["problem"] if sees_rows(self._viewer, known) else None,
            notes=tuple(json.loads(run["notes"] or "[]")) if is_staff else (),
            airflow_dag_id=run["airflow_dag_id"] if is_staff else None,
            airflow_run_id=run["airflow_run_id"] if is_staff else None,
        )


def _recent(base: Base, visible: Mapping[str, Known], attempts: Mapping[str, Row], as_of: str | None) -> list[Row]:
    """The attempts that ended last; at an earlier date the cities' own newest ones."""
    if as_of is None:
        everyone = len(visible) == len(base.seeing.everyone())
        return list(base.rows.recent_attempts(_RECENT, None if everyone else visible.keys()))
    return sorted(attempts.values(), key=lambda run: run["ended_at"], reverse=True)[:_RECENT]


def _suspect(base: Base, as_of: str | None) -> list[Row]:
    last = _last_day(base, as_of)
    return list(base.rows.suspect_runs((last - timedelta(days=_SUSPECT_DAYS), last)))


def _last_day(base: Base, as_of: str | None) -> date:
    """The last day that any city has by then."""
    zones = {known.zone for known in base.seeing.everyone().values()}
    days = (first_left_out(as_of or base.now().isoformat(), zone) - timedelta(days=1) for zone in zones)
    return max(days, default=base.now().date())


def _missing(
    base: Base, visible: Mapping[str, Known], shown: Mapping[str, Row], as_of: str | None
) -> Iterator[CityLine]:
    """Cities with a file that lack the day which they should have by their hour; those longest without first."""
    now, hour = base.now(), base.context.settings.measured_by_hour
    found = []
    for city_id, known in visible.items():
        local = now.astimezone(known.zone)
        day = local.date() if local.hour >= hour else local.date() - timedelta(days=1)
        if as_of:
            day = min(day, first_left_out(as_of, known.zone) - timedelta(days=1))
        line = known.line(shown.get(city_id))
        if known.file is not None and (line.day is None or line.day < day):
            found.append(line)
    yield from sorted(found, key=lambda line: (line.day or date.min, line.name.casefold(), line.city_id))


def _durations(attempts: Iterable[Row]) -> dict[str, float]:
    """How long the cities' newest days took."""
    seconds = sorted(_seconds(run) for run in attempts if run["is_current"])
    if not seconds:
        return {}
    cut = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else seconds * 19
    return {"median": cut[9], "95 of 100 within": cut[18], "longest": seconds[-1]}


def _seconds(run: Row) -> float:
    return float((run["ended_at"] - run["started_at"]).total_seconds())


def _holds(base: Base) -> Iterator[dict[str, Any]]:
    for row in base.warehouse.alerts.holds("open"):
        yield {name: row[name] for name in _OF_HOLDS}
