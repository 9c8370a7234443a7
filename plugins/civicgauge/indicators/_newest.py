"""What is found by what it is about: the newest dataset on a subject, and how many stages or signals of it are seen.

A subject (`landing/vocabulary/subjects.yml`) is read off titles and keywords. What is not recognised may be there all
the same, under another name or on another site: so that nothing found is `none_found` and never a no, and what was
found can only be bettered by what was not.

    newest:   value      = least number over the city's own datasets on the subject whose number is known
              value_low  = 0: another one, not recognised or not yet decided on, may be newer
              value_high = the same least number; null (without limit) where none is known
    seen:     value_low  = how many of the kinds were seen, by the city's own datasets
              value_high = how many kinds there are: what was not seen is unknown
              value      = value_low where at most 30 % of the kinds are unknown
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from civicgauge.indicators._arithmetic import MOST_UNKNOWN, Arithmetic
from civicgauge.indicators._form import Evidence, Figure, Part, Row, Verdict
from civicgauge.model import Status

Number = Callable[[Row, date], float | None]
"""The number of one dataset on a day; None where it is not known."""


def is_about(row: Row, subjects: Sequence[str]) -> bool:
    """Whether the dataset was recognised to be on one of the subjects."""
    return bool(set((row["subjects"] or "").split()) & set(subjects))


def age_days(row: Row, _day: date) -> float | None:
    """Whole days since the data changed, by the portal's own date; never since the entry was edited."""
    return None if row["age_days"] is None else float(row["age_days"])


def years_behind(row: Row, day: date) -> float | None:
    """Calendar years since the newest fiscal year that the dataset speaks of; a year ahead is 0."""
    return None if row["newest_year"] is None else float(max(0, day.year - row["newest_year"]))


def newest(subjects: Sequence[str], number: Number) -> Arithmetic:
    """The least number over the datasets on these subjects."""

    def arithmetic(evidence: Evidence) -> Figure:
        held = [row for row, _ in evidence.countable() if is_about(row, subjects)]
        parts = [_part(row, number(row, evidence.day)) for row in held]
        known = [part for part in parts if part.verdict == "passed" and part.value is not None]
        if not known:
            reason = "nothing_known" if parts else "none_found"
            return Figure(None, Status.NOT_MEASURED, None, None, len(parts), 0.0, None, reason, tuple(parts))
        least = min(part.value for part in known if part.value is not None)
        named = tuple(sorted(f"{part.portal_id}/{part.dataset_id}" for part in known if part.value == least))
        n_unknown = len(parts) - len(known)
        return Figure(least, Status.OK, None, None, n_unknown, 0.0, least, None, tuple(parts), named[:5])

    return arithmetic


def seen(kinds: Sequence[str], is_seen: Callable[[Row], bool | None], n_kinds: int | None = None) -> Arithmetic:
    """How many of the kinds (subjects) an own dataset shows; `n_kinds` counts also kinds that no portal can show."""
    n_all = n_kinds or len(kinds)

    def arithmetic(evidence: Evidence) -> Figure:
        shown: set[str] = set()
        parts = []
        for row, _ in evidence.countable():
            mine = [kind for kind in kinds if is_about(row, [kind])]
            if mine:
                said = is_seen(row)
                part = _part(row, None if said is None else float(said))
                parts.append(replace(part, verdict="failed") if part.verdict == "passed" and not said else part)
                shown |= set(mine) if parts[-1].verdict == "passed" else set()
        return of_kinds(len(shown), n_all, tuple(parts))

    return arithmetic


def of_kinds(n_seen: int, n_all: int, parts: tuple[Part, ...]) -> Figure:
    """`n_seen` of `n_all` kinds were seen; what was not seen is unknown."""
    n_unknown = n_all - n_seen
    is_readable = n_unknown <= MOST_UNKNOWN * n_all
    reason = None if is_readable else "more_than_30_percent_unknown" if parts else "none_found"
    named = tuple(sorted(f"{part.portal_id}/{part.dataset_id}" for part in parts if part.verdict == "passed"))
    return Figure(
        value=float(n_seen) if is_readable else None,
        status=Status.OK if is_readable else Status.INSUFFICIENT,
        numerator=float(n_seen),
        denominator=float(n_all),
        n_unknown=n_unknown,
        low=float(n_seen),
        high=float(n_all),
        reason=reason,
        parts=parts,
        named=named[:10],
    )


def _part(row: Row, value: float | None) -> Part:
    verdict: Verdict = "passed"
    if row["is_counted"] is not True:
        verdict = "undecided"
    elif value is None or not row["is_observed"]:
        verdict = "unknown"
    return Part(row["portal_id"], row["dataset_id"], verdict, value)
