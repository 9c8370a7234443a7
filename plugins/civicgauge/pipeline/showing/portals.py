"""Portals as operators see them: whether each was read at its city's newest attempt, and when it was last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civicgauge.model import Portal, parse_time
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, PortalHealth, Viewer
from civicgauge.pipeline.showing.lists import Fields, chosen, holds_words
from civicgauge.pipeline.showing.seeing import Known, sees_rows

Row = Mapping[str, Any]
_WORST_FIRST = ("failed", "not_measured", "suspect", "partial", "never", "complete")


@dataclass(frozen=True, slots=True)
class Asking:
    """A portal of a city, and its city's newest attempt. `state`: read, held, unread, never or unknown."""

    known: Known
    portal: Portal
    run: Row | None
    state: str
    problem: str | None


_FIELDS: Fields = {
    "city": lambda each: [each.known.city_id],
    "kind": lambda each: [each.portal.kind],
    "state": lambda each: [each.state],
}


def portals_of(base: Base, visible: Mapping[str, Known], attempts: Mapping[str, Row], asked: Asked) -> list[Asking]:
    """Those that the list asks for; of cities in trouble first."""
    found = [
        _asking(base, known, portal, attempts.get(city_id))
        for city_id, known in visible.items()
        for portal in (known.file.portals if known.file else ())
        if holds_words(asked, known.told("name"), city_id, portal.base_url)
    ]
    return sorted(chosen(found, asked, _FIELDS), key=_trouble)


def _trouble(each: Asking) -> tuple[int, str, str, str]:
    outcome = each.run["outcome"] if each.run else "never"
    return _WORST_FIRST.index(outcome), each.known.told("name").casefold(), each.known.city_id, each.portal.id


def _asking(base: Base, known: Known, portal: Portal, run: Row | None) -> Asking:
    """What became of it; only of a day that was not whole the lake has to be asked."""
    if run is None:
        return Asking(known, portal, run, "never", None)
    if run["outcome"] == "complete":
        return Asking(known, portal, run, "read", None)
    if not run["catalog_attempt"]:
        return Asking(known, portal, run, "unread", run["problem"])
    told = (base.kept.portals_of(run["catalog_attempt"]) or {}).get(portal.id)
    if told is None:
        return Asking(known, portal, run, "unknown", run["problem"])
    return Asking(known, portal, run, told["state"], told["problem"] if told["state"] == "unread" else _held(told))


def _held(told: Row) -> str | None:
    return str(told["verdict"]) if told["state"] == "held" else None


def portal_health(base: Base, viewer: Viewer, each: Asking, shown: Mapping[str, Row]) -> PortalHealth:
    """The line of a portal; what went wrong in our words is for staff and the city itself."""
    city_id = each.known.city_id
    read_at, entries = _last_read(base, each, shown.get(city_id))
    return PortalHealth(
        city=each.known.line(shown.get(city_id)),
        portal_id=each.portal.id,
        kind=each.portal.kind,
        url=each.portal.base_url,
        last_snapshot=read_at,
        state=each.state,
        problem=each.problem if sees_rows(viewer, each.known) else None,
        entries=entries,
    )


def _last_read(base: Base, each: Asking, shown: Row | None) -> tuple[datetime | None, int | None]:
    """When its catalogue was last read, and how many entries it had, by the newest attempt that landed anything."""
    for run in (each.run, shown):
        if run is not None and run["catalog_attempt"]:
            told = (base.kept.portals_of(run["catalog_attempt"]) or {}).get(each.portal.id, {})
            return parse_time(told.get("read_at")), told.get("entries_count")
    return None, None
