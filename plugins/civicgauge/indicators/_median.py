"""The median of a number that is never below zero, with bounds over every completion of what is unknown.

Each dataset is one of: known (certainly in, value known); dateless (certainly in, any value from zero up); optional
with its value known (ownership undecided: in or out); optional without (in or out, any value).

    denominator = all of them, n_unknown = all but the known
    value       = median of the known, where n_unknown <= 30 % of denominator
    value_low   = least median over every completion: all without a value are in at 0, and of the optional values
                  the smallest are taken in for as long as they lower the median
    value_high  = greatest median: all without a value are in without limit, and the largest optional values are taken
                  in for as long as they raise it; null when nothing bounds it
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from civicgauge.indicators._arithmetic import MOST_UNKNOWN
from civicgauge.indicators._form import Evidence, Figure, Part, Results, Row, Verdict
from civicgauge.model import Status


@dataclass(frozen=True)
class Member:
    """A dataset's part in a median. `value` None is any value from zero up; `is_certain` false may be in or out."""

    value: float | None
    is_certain: bool


def median(member: Callable[[Row, Results], Member | None]) -> Callable[[Evidence], Figure]:
    """The median over the members (None: it does not apply to that dataset). Values below zero are taken as zero."""

    def arithmetic(evidence: Evidence) -> Figure:
        found = [(row, m) for row, results in evidence.countable() if (m := member(row, results)) is not None]
        if not found:
            return Figure(None, Status.NOT_APPLICABLE, None, 0.0, reason="nothing_applies")
        return replace(_figure([m for _, m in found]), parts=tuple(_part(row, m) for row, m in found))

    return arithmetic


def _part(row: Row, member: Member) -> Part:
    """A dataset of the middle's company: failed where it is late at all."""
    known = member.value is not None and member.is_certain
    verdict: Verdict = "undecided" if row["is_counted"] is not True else "unknown"
    if known:
        verdict = "failed" if member.value else "passed"
    return Part(row["portal_id"], row["dataset_id"], verdict, member.value)


def _figure(members: Sequence[Member]) -> Figure:
    known = sorted(max(0.0, m.value) for m in members if m.is_certain and m.value is not None)
    optional = sorted(max(0.0, m.value) for m in members if not m.is_certain and m.value is not None)
    open_ended = sum(m.value is None for m in members)
    n_unknown = len(members) - len(known)
    status, reason = _status(n_unknown, len(members))
    high = -_lowest_median([-math.inf] * open_ended + [-v for v in reversed(known)], [-v for v in reversed(optional)])
    return Figure(
        value=_middle(known) if status is Status.OK else None,
        status=status,
        denominator=float(len(members)),
        n_unknown=n_unknown,
        low=abs(_lowest_median([0.0] * open_ended + known, optional)),
        high=None if math.isinf(high) else abs(high),
        reason=reason,
    )


def _status(n_unknown: int, n_all: int) -> tuple[Status, str | None]:
    if n_unknown == n_all:
        return Status.INSUFFICIENT, "nothing_known"
    if n_unknown > MOST_UNKNOWN * n_all:
        return Status.INSUFFICIENT, "more_than_30_percent_unknown"
    return Status.OK, None


def _lowest_median(certain: list[float], optional: Sequence[float]) -> float:
    """Least median of `certain` (sorted) with any choice of `optional` (sorted); one of them is not empty."""
    taken = list(certain)
    for value in optional:
        if taken and value >= _middle(taken):
            break
        insort(taken, value)
    return _middle(taken)


def _middle(ordered: Sequence[float]) -> float:
    """The middle of sorted values; of an even number, the mean of the two in the middle."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
