"""Purging what a city withdraws: from every folder of the lake and every table of the warehouse (DESIGN rule 13).

The tombstone comes first, with the list of what will go; from then on nothing of it is asked for, kept or shown. Then
it goes, the warehouse first. Killed anywhere, the same call goes on; called again, it finds what came in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.lake import canonical_json
from civicgauge.pipeline import lakepurge
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.withdrawn import Scope, Withdrawal
from civicgauge.review import said
from civicgauge.warehouse import WITHDRAWN_CURSOR, Warehouse
from civicgauge.warehouse.audit import WITHDRAWN, Act

INVENTORY = "inventory.json"


def survey(context: Context, scope: Scope, now: datetime) -> dict[str, int]:
    """What would go: rows by table, and files of the lake that go or are written anew. Removes nothing."""
    return _rows(context, scope) | {"files": len(_listed(context, scope, now))}


def _rows(context: Context, scope: Scope) -> dict[str, int]:
    with context.warehouse() as warehouse:
        return warehouse.withdrawn_counts(_key(scope))


def _listed(context: Context, scope: Scope, now: datetime) -> dict[str, str]:
    """The digests of what goes, or is written anew, by path."""
    found: dict[str, str] = {}
    for change in lakepurge.changes(context.lake, scope, now):
        found |= {f"{change.folder}/{name}": digest for name, digest in change.old.items()}
    return found


def purge(context: Context, scope: Scope, by: str, reason: str, now: datetime) -> Mapping[str, Any]:
    """Remove all that is held of the scope; returns the tombstone. ConfigurationError where nothing is, nor was."""
    if empty := [name for name, text in (("by", by), ("reason", reason)) if not text.strip()]:
        raise ConfigurationError(f"--{empty[0]} is empty; say who asks for it (a role), and why")
    by, reason = said.role(by), said.reason(reason)
    lake, before = context.lake, context.lake.manifest(scope.folder)
    rows, listed = _rows(context, scope), _listed(context, scope, now)
    if before is None and not listed and not any(rows.values()):
        raise ConfigurationError(f"nothing is held of {scope}; look at the ids (civicgauge datasets, export)")
    told = _bury(context, scope, {"by": by, "reason": reason, "at": now.isoformat()}, rows, listed)
    notice = f"withdrawn by the city ({scope.key})"
    counts = {"files": told["files_count"], "rows": sum(told["rows"].values())}
    act = Act(now, by, WITHDRAWN, scope.key, scope.city_id, reason, counts)
    with context.warehouse() as warehouse:
        _from_warehouse(warehouse, scope, notice, told, act)
    for change in lakepurge.changes(lake, scope, now):
        change.apply(scope.key)
    with context.warehouse() as warehouse:  # after the lake: who reads now remembers nothing of before
        warehouse.set_cursor(WITHDRAWN_CURSOR, f"{scope.key} {now.isoformat()}", at=now)
        warehouse.scrub()
    return told


def _key(scope: Scope) -> tuple[str, str | None, str | None, str | None]:
    return scope.city_id, scope.portal_id, scope.dataset_id, scope.resource_id


def _bury(
    context: Context, scope: Scope, word: Mapping[str, str], rows: Mapping[str, int], new: Mapping[str, str]
) -> dict[str, Any]:
    """Write the tombstone; one that is there already keeps its first word, and its list grows."""
    lake = context.lake
    before = lake.manifest(scope.folder)
    listed = {**new, **(lakepurge.read_inventory(lake, scope.folder, before) if before else {})}
    body = canonical_json(listed)
    days = sorted({path.split("/")[2] for path in listed if path.startswith("catalog/")})
    earlier = dict(before["rows"]) if before else {}
    about = {
        "scope": asdict(scope),
        **(word if before is None else {name: before[name] for name in word}),
        "sha256": hashlib.sha256(body).hexdigest(),
        "files_count": len(listed),
        "days": days,
        "rows": {name: max(count, earlier.get(name, 0)) for name, count in rows.items()},
        "files": (before or {}).get("files", {}),
    }
    return lake.rewrite(scope.folder, about, {INVENTORY: body})


def _from_warehouse(warehouse: Warehouse, scope: Scope, notice: str, told: Mapping[str, Any], act: Act) -> None:
    warehouse.withdraw(_key(scope), notice, act)
    warehouse.remark(scope.city_id, [date.fromisoformat(day) for day in told["days"]], f"evidence {notice}")


def remarks(withdrawals: Iterable[Withdrawal], day: str) -> list[str]:
    """What a reader of a day's evidence is told of what is missing in it."""
    return [str(each) for each in withdrawals if day in each.told["days"]]
