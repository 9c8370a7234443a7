"""What is carried from one accepted day to the next about rows: the versions that were held, and the last day's word.

A plain JSON object, `{resource key: {"versions": [...], "last": {...}}}`, in the landed catalogue beside `known`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from civicgauge.lake import part_of

if TYPE_CHECKING:
    from civicgauge.pipeline.profiling import Profiled

FILE = "row_history.json.gz"
_VERSIONS = 60


@dataclass(frozen=True)
class Past:
    """A resource before today: its versions, oldest first, each with its day; and what the last day held."""

    versions: list[dict[str, Any]] = field(default_factory=list)
    last: dict[str, Any] | None = None


def key(portal_id: str, dataset_id: str, resource_id: str) -> str:
    """The name of a resource in the history."""
    return f"{portal_id}/{part_of(dataset_id)}/{part_of(resource_id)}"


def past(history: Mapping[str, Any], name: str) -> Past:
    """What is known of a resource from earlier days."""
    told = history.get(name)
    return Past(told["versions"], told["last"]) if told else Past()


def outcome(told: Mapping[str, Any], before: Past) -> str:
    """A pull against the last observed day. Unchanged content whose portal says otherwise, or whose description was
    edited, was touched."""
    last = before.last
    if last is None or last["version"] != told["version"]:
        return "changed"
    moved = (last["validators"], last["touched"]) != (told["validators"], told["touched"])
    return "touched_unchanged" if moved else "unchanged"


def remember(
    history: dict[str, Any], resource: str, told: Mapping[str, Any], profiled: Profiled | None, day: date
) -> None:
    """Write today's version into the history; a pull that came to no rows leaves it as it was."""
    if profiled is None:
        return
    before = past(history, resource)
    last = {name: told[name] for name in ("version", "validators", "touched")}
    versions = before.versions
    if before.last is None or before.last["version"] != told["version"]:
        newest = profiled.newest_event_day(day)
        entry = {
            "version": told["version"],
            "rows": told["rows"],
            "day": day.isoformat(),
            "rows_count": profiled.table.rows_count,
            "newest_event_day": None if newest is None else newest.isoformat(),
            "event_column": profiled.event_column,
            "numbers": profiled.number_ranges(),
        }
        versions = _worth_keeping([*versions, entry])
    history[resource] = {"versions": versions, "last": last}


def _worth_keeping(versions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first version, the last ones, and the last of those that brought a newer event than all before.

    A table that stopped and is written anew every night would else lose what shows how it used to move.
    """
    moved, newest = [], ""
    for number, version in enumerate(versions):
        if (version["newest_event_day"] or "") > newest:
            newest = version["newest_event_day"]
            moved.append(number)
    kept = {0, *moved[-_VERSIONS:], *range(max(0, len(versions) - _VERSIONS), len(versions))}
    return [versions[number] for number in sorted(kept)]
