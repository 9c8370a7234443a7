"""What changed in a table's columns from one version to the next."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.names import plain

_SIMILAR = 0.75


def drift(before: LandedTable, after: LandedTable) -> list[dict[str, Any]]:
    """The changes of columns, in the order of the columns they are about; empty where nothing changed.

    Each has `kind`, `column` (its name now, or its last one), `was` and `is_now`:

    - `added`, `removed`: `is_now` or `was` is the type, the other null;
    - `retyped`: both are types;
    - `renamed`: both are headers. A column that went and one that came are one column where their type is the same and
      either their headers are similar or they stand between the same neighbours, alone. A platform that keeps the field
      and changes what is written above it renames too: who reads an export by its headers loses the column.
    """
    old, new = {c.name: c for c in before.columns}, {c.name: c for c in after.columns}
    gone = [c for c in before.columns if c.name not in new]
    come = [c for c in after.columns if c.name not in old]
    pairs = _renamed(before.columns, after.columns, gone, come)
    pairs |= {c.name: old[c.name] for c in after.columns if c.name in old}
    found = [change for column in after.columns for change in _changes(pairs.get(column.name), column)]
    kept = {column.name for column in pairs.values()}
    return found + [_change("removed", c.name, c.type, None) for c in gone if c.name not in kept]


def _changes(was: LandedColumn | None, column: LandedColumn) -> list[dict[str, Any]]:
    if was is None:
        return [_change("added", column.name, None, column.type)]
    found = []
    if was.name != column.name or was.header.strip() != column.header.strip():
        found.append(_change("renamed", column.name, was.header, column.header))
    if was.type != column.type:
        found.append(_change("retyped", column.name, was.type, column.type))
    return found


def _change(kind: str, column: str, was: str | None, is_now: str | None) -> dict[str, Any]:
    return {"kind": kind, "column": column, "was": was, "is_now": is_now}


def _renamed(
    before: Sequence[LandedColumn],
    after: Sequence[LandedColumn],
    gone: Sequence[LandedColumn],
    come: Sequence[LandedColumn],
) -> dict[str, LandedColumn]:
    """Columns that came, by name, with the column that each was before: the most similar first, then the places."""
    likely = [
        (likeness, old.position, new.position, old, new)
        for old in gone
        for new in come
        if old.type == new.type and (likeness := _likeness(old.header, new.header)) >= _SIMILAR
    ]
    pairs: dict[str, LandedColumn] = {}
    taken: set[str] = set()
    for _, _, _, old, new in sorted(likely, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if old.name not in taken and new.name not in pairs:
            pairs[new.name] = old
            taken.add(old.name)
    stayed = {column.name for column in before if column not in gone} | taken
    here = {column.name: pairs[column.name].name if column.name in pairs else column.name for column in after}
    places = _alone(before, stayed, {column.name: column.name for column in before})
    for place, new in _alone(after, {name for name, was in here.items() if was in stayed}, here).items():
        if place in places and places[place].type == new.type:
            pairs[new.name] = places[place]
    return pairs


def _alone(
    columns: Sequence[LandedColumn], stayed: set[str], names: dict[str, str]
) -> dict[tuple[str | None, str | None], LandedColumn]:
    """Columns that did not stay and have neighbours that did, by the (former) names of these; null at an end."""
    found = {}
    padded: list[LandedColumn | None] = [None, *columns, None]
    for left, column, right in zip(padded, columns, padded[2:], strict=False):
        if column.name not in stayed and all(n is None or n.name in stayed for n in (left, right)):
            found[names[left.name] if left else None, names[right.name] if right else None] = column
    return found


def _likeness(one: str, other: str) -> float:
    """How similar two headers are, 0 to 1, by their compared form."""
    first, second = plain(one), plain(other)
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()
