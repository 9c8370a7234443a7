"""What changed in a table's columns from one version to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.names import plain

Change = dict[str, str | None]

_ALIKE_IN_PLACE, _ALIKE_ANYWHERE = 0.5, 0.75
_DIGITS = re.compile(r"\d+")


def drift(before: LandedTable, after: LandedTable) -> list[Change]:
    """The changes of columns, in the order of the columns they are about; empty where nothing changed.

    Each has `kind`, `column` (its name now, or its last one), `was` and `is_now`:

    - `added`, `removed`: `is_now` or `was` is the type, the other null;
    - `retyped`: both are types;
    - `renamed`: both are headers. A column that went and one that came are the same where they have one type and like
      headers, a little less like where they stand between the same columns. Headers with other digits are never alike:
      the amount of 2025 is not that of 2026. A platform that keeps a field and changes what is written above it renames
      too, for those who read its exports. Values are not looked at.
    """
    old, new = {c.name: c for c in before.columns}, {c.name: c for c in after.columns}
    gone = [c for c in before.columns if c.name not in new]
    come = [c for c in after.columns if c.name not in old]
    were = {c.name: old[c.name] for c in after.columns if c.name in old}
    were |= _renamed(gone, come, _places(before.columns, new), _places(after.columns, old))
    found = [change for column in after.columns for change in _changes(were.get(column.name), column)]
    known = {column.name for column in were.values()}
    return found + [_change("removed", c.name, c.type, None) for c in gone if c.name not in known]


def _changes(was: LandedColumn | None, column: LandedColumn) -> list[Change]:
    if was is None:
        return [_change("added", column.name, None, column.type)]
    found = []
    if was.name != column.name or was.header.strip() != column.header.strip():
        found.append(_change("renamed", column.name, was.header, column.header))
    if was.type != column.type:
        found.append(_change("retyped", column.name, was.type, column.type))
    return found


def _change(kind: str, column: str, was: str | None, is_now: str | None) -> Change:
    return {"kind": kind, "column": column, "was": was, "is_now": is_now}


def _places(columns: Sequence[LandedColumn], others: dict[str, LandedColumn]) -> dict[str, tuple[str | None, ...]]:
    """For each column the nearest ones before and after it that both versions have; None at an end."""
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    for found, order in ((before, columns), (after, columns[::-1])):
        nearest = None
        for column in order:
            found[column.name] = nearest
            nearest = column.name if column.name in others else nearest
    return {column.name: (before[column.name], after[column.name]) for column in columns}


def _renamed(
    gone: Sequence[LandedColumn],
    come: Sequence[LandedColumn],
    places: dict[str, tuple[str | None, ...]],
    places_now: dict[str, tuple[str | None, ...]],
) -> dict[str, LandedColumn]:
    """Columns that came, by name, with the column that each was before; the most alike find each other first."""
    likely = []
    for old in gone:
        for new in come:
            likeness = _likeness(old.header, new.header) if old.type == new.type else 0.0
            least = _ALIKE_IN_PLACE if places[old.name] == places_now[new.name] else _ALIKE_ANYWHERE
            if likeness >= least:
                likely.append((-likeness, old.position, new.position, old, new))
    found: dict[str, LandedColumn] = {}
    taken: set[str] = set()
    for *_, old, new in sorted(likely, key=lambda pair: pair[:3]):
        if old.name not in taken and new.name not in found:
            found[new.name] = old
            taken.add(old.name)
    return found


def _likeness(one: str, other: str) -> float:
    """How alike two headers are, 0 to 1, in their compared form."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0.0
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()
