"""What changed in the columns of a table from one version to the next."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from civicgauge.landed import LandedColumn, LandedTable

_ALIKE = 0.6


def drift(before: LandedTable, after: LandedTable) -> list[dict[str, str]]:
    """Columns added, removed, renamed and retyped: {kind, column, was, is_now}, in the order of the columns.

    Columns are the same by name. One that is gone is taken as renamed where a new one of the same type stands in its
    place (both after the same column) under a like name; the values are not looked at. `column` is the name now, or
    the name that is gone; `was` and `is_now` are names of a renamed column, types of a retyped one, else ''.
    """
    old, new = {c.name: c for c in before.columns}, {c.name: c for c in after.columns}
    gone = [c for c in before.columns if c.name not in new]
    come = [c for c in after.columns if c.name not in old]
    renamed = _renamed(gone, come, before.columns, after.columns)
    found = []
    for column in after.columns:
        if column.name in renamed:
            found.append(_change("renamed", column.name, renamed[column.name], column.name))
        elif column.name not in old:
            found.append(_change("added", column.name))
        elif old[column.name].type != column.type:
            found.append(_change("retyped", column.name, old[column.name].type, column.type))
    return found + [_change("removed", c.name) for c in gone if c.name not in renamed.values()]


def _change(kind: str, column: str, was: str = "", is_now: str = "") -> dict[str, str]:
    return {"kind": kind, "column": column, "was": was, "is_now": is_now}


def _renamed(
    gone: Sequence[LandedColumn], come: Sequence[LandedColumn], old: Sequence[LandedColumn], new: Sequence[LandedColumn]
) -> dict[str, str]:
    """New name to old name. Each column is taken once."""
    found: dict[str, str] = {}
    for column in come:
        for other in gone:
            free = other.name not in found.values() and column.type == other.type
            if free and _place(column, new) == _place(other, old) and _alike(column, other):
                found[column.name] = other.name
                break
    return found


def _place(column: LandedColumn, columns: Sequence[LandedColumn]) -> int:
    """Which of the columns it is."""
    return next(number for number, each in enumerate(columns) if each.name == column.name)


def _alike(one: LandedColumn, other: LandedColumn) -> bool:
    return SequenceMatcher(None, one.name.lower(), other.name.lower()).ratio() >= _ALIKE
