"""Counts of what changed in the catalogue since the last accepted day (DESIGN rule 8)."""

from __future__ import annotations

from collections.abc import Callable

from civicgauge.indicators._arithmetic import count
from civicgauge.indicators._form import CatalogueEvents, Evidence, Figure


def of_events(number: Callable[[CatalogueEvents], int | None]) -> Callable[[Evidence], Figure]:
    """The number of one kind of event. The datasets of portals that were not read today may hide more of them."""

    def arithmetic(evidence: Evidence) -> Figure:
        rows = [row for row, _ in evidence.countable()]
        unread = sum(not row["is_observed"] for row in rows)
        reason = "first_observation" if evidence.events.since is None else "portal_not_read"
        seen = None if evidence.events.since is None else number(evidence.events)
        return count(seen, unread, len(rows), reason)

    return arithmetic
