"""What of the lake is withdrawn: folders that go, and folders that are rewritten without it.

A rewritten folder's manifest cites the tombstone and the old digests; so `civicgauge db check --lake` finds it whole.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.lake import Lake, canonical_json, compress, decompress, part_of
from civicgauge.pipeline import gathering, linkhistory, rowhistory
from civicgauge.pipeline.asking import IDS
from civicgauge.pipeline.landing import CITY
from civicgauge.pipeline.parquet import IN_THIS_THREAD
from civicgauge.pipeline.sweeping import below
from civicgauge.pipeline.withdrawaladdresses import Addresses
from civicgauge.pipeline.withdrawn import Gone, Scope, left_of_city_file
from civicgauge.portals import reader

_IN_FLIGHT = timedelta(hours=6)
_FOUND_AGAIN = ("mending.json",)
"""Words beside a manifest that name entries and are made from the folder's files again when they are asked for."""
Manifest = dict[str, Any]


@dataclass
class Change:
    """One folder: removed, where `manifest` is None, else rewritten. `old`: digests by file name."""

    lake: Lake
    folder: str
    old: dict[str, str]
    manifest: Manifest | None = None
    replaced: dict[str, bytes] = field(default_factory=dict)

    def apply(self, tombstone: str) -> None:
        """Do it; a folder of which only strays are left is tidied."""
        if self.manifest is None:
            self.lake.remove(self.folder)
            return
        if not self.old:
            self.lake.tidy(self.folder, self.manifest)
            return
        cited = [*self.manifest.get("withdrawn", []), {"tombstone": tombstone, "files": self.old}]
        for name in _FOUND_AGAIN:
            self.lake.drop(self.folder, name)
        self.lake.rewrite(self.folder, {**self.manifest, "withdrawn": cited}, self.replaced)


def read_inventory(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> Mapping[str, str]:
    """The list of a tombstone: digests of what was removed, by path."""
    return dict(json.loads(lake.read(folder, "inventory.json", manifest)))


def changes(lake: Lake, scope: Scope, now: datetime) -> Iterator[Change]:
    """Everything that is to be done, in the order in which it must be: what tells of the rest goes last."""
    addresses = Addresses(lake, scope)
    yield from _links(lake, scope, addresses)
    yield from _pulls(lake, scope)
    for stage in ("stats", "rows"):
        yield from _versions(lake, scope, stage)
    for stage in ("results", "catalog"):
        for day in below(lake, f"{stage}/{scope.city_id}", 1):
            yield from _landed(lake, scope, day, addresses)
    yield from _raw(lake, scope, now)


def _removed(lake: Lake, folder: str) -> Change:
    manifest = lake.manifest(folder) or {"files": {}}
    digests = {name: listed["sha256"] for name, listed in manifest["files"].items()}
    return Change(lake, folder, digests or {"manifest.json": ""})


def _portals(lake: Lake, scope: Scope, stage: str) -> list[str]:
    found = lake.folders(f"{stage}/{scope.city_id}")
    return [p for p in found if scope.portal_id in (None, p)]


def _links(lake: Lake, scope: Scope, addresses: Addresses) -> Iterator[Change]:
    for portal_id in _portals(lake, scope, "links"):
        for day in below(lake, f"links/{scope.city_id}/{portal_id}", 1):
            for name in lake.folders(day):
                if scope.dataset_id is None:
                    yield _removed(lake, f"{day}/{name}")
            for folder, manifest in lake.committed(day) if scope.dataset_id else ():
                looks = linkhistory.looks_of(lake, folder)
                left = [look for look in looks if look["address"] not in addresses.gone]
                replaced = {linkhistory.LOOKS: compress(canonical_json(left))} if left != looks else {}
                yield from _rewritten(lake, folder, manifest, replaced)


def _pulls(lake: Lake, scope: Scope) -> Iterator[Change]:
    for portal_id in _portals(lake, scope, "pulls"):
        for dataset in below(lake, f"pulls/{scope.city_id}/{portal_id}", 2):
            if scope.dataset_id is not None and dataset.rpartition("/")[2] != part_of(scope.dataset_id):
                continue
            if scope.resource_id is None:
                yield from (_removed(lake, f"{dataset}/{name}") for name in lake.folders(dataset))
                continue
            for folder, manifest in lake.committed(dataset):
                parts = [p for p in manifest["resources"] if p["resource_id"] != scope.resource_id]
                yield from _rewritten(lake, folder, manifest, {}, {**manifest, "resources": parts})


def _versions(lake: Lake, scope: Scope, stage: str) -> Iterator[Change]:
    """Rows and statistics, by version."""
    for portal_id in _portals(lake, scope, stage):
        for resource in below(lake, f"{stage}/{scope.city_id}/{portal_id}", 2):
            dataset, resource_id = resource.split("/")[-2:]
            mine = (scope.dataset_id is None or dataset == part_of(scope.dataset_id)) and (
                scope.resource_id is None or resource_id == part_of(scope.resource_id)
            )
            for version in below(lake, resource, 1) if mine else ():
                for each in below(lake, version, 1) if stage == "stats" else (version,):
                    yield _removed(lake, each)


# ---------------------------------------------------------------- landed catalogues and results


def _landed(lake: Lake, scope: Scope, day: str, addresses: Addresses) -> Iterator[Change]:
    for folder, manifest in lake.committed(day):
        replaced = {}
        for name in manifest["files"]:
            body = lake.read(folder, name, manifest)
            left = _left_of(name, body, scope, addresses)
            if left is not None:
                replaced[name] = left
        yield from _rewritten(lake, folder, manifest, replaced, _told(manifest, scope))


def _left_of(name: str, body: bytes, scope: Scope, addresses: Addresses) -> bytes | None:
    """A file without what is withdrawn; None where it holds nothing of it."""
    if name == CITY:
        return left_of_city_file(body, scope)
    if name.endswith(".parquet"):
        return _left_of_table(body, scope)
    if name == linkhistory.FILE:
        told = json.loads(decompress(body))
        left = addresses.left_of_history(told)
    elif name == gathering.WAREHOUSE_ROWS:
        told = json.loads(decompress(body))
        left = {table: [row for row in rows if not _is_mine(row, scope)] for table, rows in told.items()}
    elif name == rowhistory.FILE:
        told = json.loads(decompress(body))
        start = "/".join(part_of(x) if n else x for n, x in enumerate(_path(scope)))
        left = {key: value for key, value in told.items() if not f"{key}/".startswith(f"{start}/" if start else "")}
    else:
        return None
    return compress(canonical_json(left)) if left != told else None


def _path(scope: Scope) -> list[str]:
    return [part for part in (scope.portal_id, scope.dataset_id, scope.resource_id) if part is not None]


def _is_mine(row: Mapping[str, Any], scope: Scope) -> bool:
    return scope.covers(row["portal_id"], row["dataset_id"], row.get("resource_id"))


def _left_of_table(body: bytes, scope: Scope) -> bytes | None:
    table = pq.read_table(io.BytesIO(body), **IN_THIS_THREAD)
    names = set(table.column_names)
    if not {"portal_id", "dataset_id"} <= names:
        return None
    # what was found on the rows of one resource cannot be told from what was found on another of the entry
    of_all = scope.resource_id is not None and "resource_id" not in names and "check_id" in names
    asked = Scope(scope.city_id, scope.portal_id, scope.dataset_id) if of_all else scope
    keys = table.select([n for n in ("portal_id", "dataset_id", "resource_id") if n in names]).to_pylist()
    left = [not _is_mine(key, asked) for key in keys]
    if all(left):
        return None
    sink = io.BytesIO()
    pq.write_table(table.filter(pa.array(left)), sink, compression="zstd")
    return sink.getvalue()


def _told(manifest: Manifest, scope: Scope) -> Manifest:
    """The manifest of a landed catalogue without what led to what is withdrawn."""
    if "pulls" not in manifest or scope.resource_id is not None:
        return manifest
    pulls = {k: v for k, v in manifest["pulls"].items() if not scope.covers(*k.split("/", 1))}
    changed = {**manifest, "pulls": pulls}
    if scope.dataset_id is None:
        gone = [p for p in manifest["portals"] if scope.covers(p)]
        portals = {p: {**told, "snapshot": None} if p in gone else told for p, told in manifest["portals"].items()}
        links = {p: folder for p, folder in manifest.get("links", {}).items() if p not in gone}
        changed |= {"portals": portals, "links": links}
    return changed


def _rewritten(
    lake: Lake, folder: str, manifest: Manifest, replaced: dict[str, bytes], changed: Manifest | None = None
) -> Iterator[Change]:
    """The change of a folder; none where nothing changes and nothing was left by a change that died."""
    made = manifest if changed is None else changed
    if replaced or made != manifest:
        old = {name: manifest["files"][name]["sha256"] for name in replaced}
        yield Change(lake, folder, old or {"manifest.json": ""}, made, replaced)
    elif manifest.get("withdrawn"):
        yield Change(lake, folder, {}, manifest)


# ---------------------------------------------------------------- what portals said


def _raw(lake: Lake, scope: Scope, now: datetime) -> Iterator[Change]:
    limit = f"{now - _IN_FLIGHT:%Y%m%dT%H%M%S}"
    for portal_id in _portals(lake, scope, "raw"):
        gone = Gone.of(iter([scope]), portal_id)
        for day in below(lake, f"raw/{scope.city_id}/{portal_id}", 1):
            for name in lake.folders(day):
                folder = f"{day}/{name}"
                manifest = lake.manifest(folder)
                if gone.everything or (
                    manifest is None and (name < limit or "unreadable.body" in lake.folders(folder))
                ):
                    yield _removed(lake, folder)
                elif manifest is not None:
                    yield from _rewritten(lake, folder, manifest, *_left_of_snapshot(lake, folder, manifest, gone))


def _left_of_snapshot(lake: Lake, folder: str, manifest: Manifest, gone: Gone) -> tuple[dict[str, bytes], Manifest]:
    """A snapshot's files and manifest without what is withdrawn."""
    names = [name for name in manifest["files"] if name.endswith(".json.gz") and name != IDS]
    answers = {name: decompress(lake.read(folder, name, manifest)) for name in names}
    # readers know answers by their names in a crawl
    stems = {name.removesuffix(".json.gz"): body for name, body in answers.items()}
    left = gone.left_of(stems, reader(manifest["kind"]))
    replaced = {f"{stem}.json.gz": compress(body) for stem, body in left.items() if body != stems[stem]}
    ids = frozenset(json.loads(decompress(lake.read(folder, IDS, manifest))))
    kept = gone.ids_left(ids)
    if kept != ids:
        replaced[IDS] = compress(canonical_json(sorted(kept)))
    told = {
        name: {i: v for i, v in manifest[name].items() if i not in gone.entries} for name in ("absent", "asked_new")
    }
    count = manifest["entries_count"] - len(ids - kept)
    return replaced, {**manifest, **told, "entries_count": count}
