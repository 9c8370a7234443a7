"""The addresses on other hosts to which withdrawn entries led, and to which nothing else leads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag

from civicgauge.lake import Lake, decompress
from civicgauge.pipeline import linkhistory
from civicgauge.pipeline.asking import IDS
from civicgauge.pipeline.sweeping import below
from civicgauge.pipeline.withdrawn import Scope
from civicgauge.portals import reader

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class Addresses:
    """Found when first asked for, from stored snapshots and from what landed catalogues carry."""

    def __init__(self, lake: Lake, scope: Scope) -> None:
        self._lake, self._scope = lake, scope

    @cached_property
    def gone(self) -> frozenset[str]:
        """Addresses of withdrawn entries (or resources) that no other entry has."""
        mine, others = set[str](), set[str]()
        for is_mine, found in (*self._in_snapshots(), *self._carried()):
            (mine if is_mine else others).update(found)
        return frozenset(mine - others)

    def left_of_history(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """What a landed catalogue carries about links, without what is withdrawn."""
        return {portal_id: self._left(portal_id, part) for portal_id, part in told.items()}

    def _left(self, portal_id: str, part: Mapping[str, Any]) -> dict[str, Any]:
        scope = self._scope
        if scope.portal_id not in (None, portal_id):
            return dict(part)
        carried = {i: c for i, c in part["carried"].items() if not scope.covers(portal_id, i)}
        if scope.resource_id is not None and scope.dataset_id in carried:
            whole = carried[scope.dataset_id]
            links = {i: address for i, address in whole["links"].items() if i != scope.resource_id}
            sorts = {s: {a: d for a, d in whole[s].items() if a not in self.gone} for s in ("removed", "replaced")}
            parts = [i for i in whole["parts"] if i != scope.resource_id]
            carried[scope.dataset_id] = {**whole, "links": links, "parts": parts, **sorts}
        gone = part["records"] if scope.dataset_id is None else self.gone
        return {**part, "records": {a: r for a, r in part["records"].items() if a not in gone}, "carried": carried}

    def _in_snapshots(self) -> Iterator[tuple[bool, set[str]]]:
        scope = self._scope
        if scope.portal_id is None or scope.dataset_id is None:
            return
        for day in below(self._lake, f"raw/{scope.city_id}/{scope.portal_id}", 1):
            for folder, manifest in self._lake.committed(day):
                source = reader(manifest["kind"])
                names = [name for name in manifest["files"] if name.endswith(".json.gz") and name != IDS]
                answers = {
                    name.removesuffix(".json.gz"): decompress(self._lake.read(folder, name, manifest)) for name in names
                }
                for entry in source.entries(answers):
                    yield from self._of_entry(entry, source.entry_id(entry) == scope.dataset_id)

    def _of_entry(self, entry: Mapping[str, Any], is_mine: bool) -> Iterator[tuple[bool, set[str]]]:  # noqa: FBT001
        resource_id = self._scope.resource_id
        if not is_mine or resource_id is None:
            yield is_mine, _addresses(entry)
            return
        for resource in entry.get("resources", ()):
            yield resource.get("id") == resource_id, _addresses(resource)

    def _carried(self) -> Iterator[tuple[bool, set[str]]]:
        scope = self._scope
        if scope.dataset_id is None:
            return
        for day in below(self._lake, f"catalog/{scope.city_id}", 1):
            for folder, manifest in self._lake.committed(day):
                if linkhistory.FILE not in manifest["files"]:
                    continue
                told = json.loads(decompress(self._lake.read(folder, linkhistory.FILE, manifest)))
                for portal_id, part in told.items():
                    for dataset_id, carried in part["carried"].items():
                        if scope.resource_id is None or not scope.covers(portal_id, dataset_id, scope.resource_id):
                            every = {*carried["links"].values(), *carried["removed"], *carried["replaced"]}
                            yield scope.covers(portal_id, dataset_id), every
                            continue
                        for resource_id, address in carried["links"].items():
                            yield resource_id == scope.resource_id, {address}


def _addresses(value: Any) -> set[str]:
    """Every web address in a JSON value, with and without its fragment."""
    found = set(_ADDRESS.findall(json.dumps(value, ensure_ascii=False).replace("\\/", "/")))
    return found | {urldefrag(address).url for address in found}
