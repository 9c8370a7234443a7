"""The files behind a city's numbers in an edition: listed with their digests, kept, and looked through again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from civicgauge._lakekeeping import MANIFEST
from civicgauge.errors import LakeDamaged
from civicgauge.lake import Lake, canonical_json
from civicgauge.pipeline import keeping, lakepurge, withdrawn
from civicgauge.pipeline.context import utc_now
from civicgauge.pipeline.verifying import seen_on
from civicgauge.pipeline.versions import ROWS
from civicgauge.review.digests import listing_digest

Listing = Mapping[str, str]
"""SHA-256 by path in the lake."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be told of one file. `tombstone`: it was withdrawn by that one, and is not damaged."""

    folder: str
    file: str
    told: str
    tombstone: str = ""


def listing(lake: Lake, results: str, decided: str | None = None) -> dict[str, str]:
    """Every file that stands behind the values of a results folder; LakeDamaged where a manifest is missing.

    The values, the checks, the landed catalogue, what portals said, and the rows of that day as far as they are held.
    Statistics are not listed: they are computed from these rows.
    """
    found: dict[str, str] = {}
    for measured in filter(None, (results, decided)):
        manifest = _add(lake, measured, found)
        if manifest.get("checks"):
            _add(lake, manifest["checks"], found)
        for folder in seen_on(_add(lake, manifest["catalog"], found)):
            for part in _add(lake, folder, found).get("resources", ()):
                if part.get("rows"):
                    _add(lake, part["rows"], found)
    return found


def _add(lake: Lake, folder: str, found: dict[str, str]) -> dict[str, Any]:
    manifest, digest = lake.manifest(folder), lake.digest(folder, MANIFEST)
    if manifest is None or digest is None:
        raise LakeDamaged(f"{folder} in the lake {lake.url} is missing; `civicgauge db check --lake` looks for more")
    found[f"{folder}/{MANIFEST}"] = digest
    for name, listed in manifest["files"].items():
        if name != ROWS or lake.holds(folder, listed.get("stored_as", name)):
            found[f"{folder}/{name}"] = listed["sha256"]
    return manifest


def keep(lake: Lake, city_id: str, day: date, edition_id: str, listed: Listing) -> str:
    """Mark the city's day for an edition, with the list; returns the list's digest.

    The mark's time is the clock's, whatever day an act is dated: it is not old while the act goes on.
    """
    digest = listing_digest(listed)
    folder = keeping.keep_day(lake, city_id, day.isoformat(), edition_id, utc_now(), is_of_an_edition=True)
    lake.keep(folder, _file(digest), canonical_json(listed))  # beside the manifest: two at once lose neither's list
    return digest


def _file(digest: str) -> str:
    return f"{digest}.json"


def kept(lake: Lake, city_id: str, day: date, edition_id: str, digest: str) -> tuple[Listing, list[Look]]:
    """The list of that digest from the mark; with what is to be told where it is missing or changed."""
    folder = keeping.mark_of(city_id, day.isoformat(), edition_id)
    try:
        body = lake.read(folder, _file(digest), {"files": {_file(digest): {"sha256": digest}}})
    except LakeDamaged:
        return {}, [Look(folder, _file(digest), "is missing or changed: the list of the files behind the numbers")]
    found: Listing = json.loads(body)
    return found, []


def look(lake: Lake, city_id: str, listed: Listing, told: Collection[str]) -> Iterator[Look]:
    """Read every listed file again; what is missing, changed or withdrawn is told.

    `told` are the tombstones that acts in the audit speak of: another one hides nothing.
    """
    graves = _graves(lake, city_id, told)
    by_folder: dict[str, dict[str, str]] = defaultdict(dict)
    for path, digest in listed.items():
        folder, _, name = path.rpartition("/")
        by_folder[folder][name] = digest
    for folder, files in sorted(by_folder.items()):
        yield from _folder(lake, folder, files, graves)


def _graves(lake: Lake, city_id: str, told: Collection[str]) -> dict[str, str]:
    """Tombstones of a city, of those that are told of, by the paths that they took out."""
    found: dict[str, str] = {}
    for each in withdrawn.of_city(lake, city_id):
        if each.scope.key not in told:
            continue
        paths = lakepurge.read_inventory(lake, each.scope.folder, each.told)
        found |= dict.fromkeys(paths, each.scope.key)
    return found


def _folder(lake: Lake, folder: str, files: Mapping[str, str], graves: Mapping[str, str]) -> Iterator[Look]:
    stands, digest = _manifest(lake, folder), lake.digest(folder, MANIFEST)
    if digest != files.get(MANIFEST):
        tombstone = _tombstone(folder, graves)
        is_told = stands is None or any(each.get("tombstone") == tombstone for each in stands.get("withdrawn", ()))
        if not (tombstone and is_told and (stands is not None or digest is None)):
            yield Look(folder, MANIFEST, "is missing" if digest is None else "is changed")
        else:
            yield Look(folder, MANIFEST, f"withdrawn by {tombstone}", tombstone)
    named = (stands or {}).get("files", {})
    for name, wanted in sorted(files.items()):
        if name == MANIFEST:
            continue
        listed = named.get(name, {})
        found = lake.digest(folder, listed.get("stored_as", name))
        if found == wanted:
            continue
        tombstone = graves.get(f"{folder}/{name}", "")
        if tombstone and found == listed.get("sha256"):
            yield Look(folder, name, f"withdrawn by {tombstone}", tombstone)
        else:
            yield Look(folder, name, "is missing" if found is None else "is changed")


def _tombstone(folder: str, graves: Mapping[str, str]) -> str:
    return next((key for path, key in graves.items() if path.rpartition("/")[0] == folder), "")


def _manifest(lake: Lake, folder: str) -> dict[str, Any] | None:
    try:
        return lake.manifest(folder)
    except LakeDamaged:
        return None
