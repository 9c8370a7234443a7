"""Counts of what changed in the catalogue since the last accepted day (DESIGN rule 8)."""

from __future__ import annotations

from collections.abc import Callable

from civicgauge.indicators._arithmetic import Arithmetic, count
from civicgauge.indicators._form import CatalogueEvents, Evidence, Figure


def of_events(number: Callable[[CatalogueEvents], int | None]) -> Callable[[Evidence], Figure]:
    """The number of one kind of event. The datasets of portals that were not read today may hide more of them."""

    def arithmetic(evidence: Evidence) -> Figure:
        rows, unread = _rows_and_unread(evidence)
        return count(number(evidence.events), unread, rows, "portal_not_read")

    return once_compared(arithmetic)


def once_compared(arithmetic: Arithmetic) -> Arithmetic:
    """The same from the second accepted day on; on the first, with nothing to compare with, not measured: never 0."""

    def compared(evidence: Evidence) -> Figure:
        if evidence.events.since is not None:
            return arithmetic(evidence)
        rows, unread = _rows_and_unread(evidence)
        return count(None, unread, rows, "first_observation")

    return compared


def _rows_and_unread(evidence: Evidence) -> tuple[int, int]:
    """How many datasets count or may count, and how many of them were not read today."""
    seen = [bool(row["is_observed"]) for row, _ in evidence.countable()]
    return len(seen), seen.count(False)
