"""Whether the lake holds what the warehouse rests on: after a restore, a move, or a doubt about a disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from civicgauge._lakekeeping import MANIFEST
from civicgauge.errors import LakeDamaged
from civicgauge.lake import Lake
from civicgauge.model import RunRecord
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import citing
from civicgauge.pipeline.sweeping import below
from civicgauge.pipeline.versions import ROWS


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at. `missing` names each folder or file that is not as it was written, and the run that needs it.

    `let_go`: folders past their time, which nothing needs to hold; `orphans`: attempts in the lake that no run names.
    """

    runs: int
    folders: int
    let_go: int
    orphans: int
    missing: tuple[str, ...]


def verify(context: Context, today: date, first: date | None = None) -> Verified:
    """Read everything that the current runs (of days from `first` on) cite, and compare it with its manifests."""
    with context.warehouse() as warehouse:
        every, current = warehouse.runs(since=first), warehouse.runs(since=first, current_only=True)
        edited = citing.by_editions(warehouse)
    limit = today - timedelta(days=context.settings.keep_snapshot_days)
    look = _Look(context.lake)
    for run in current:
        look.at_run(run, is_old=run.day < limit)
    return Verified(
        len(current), len(look.seen), look.let_go, _orphans(context.lake, every, edited, first), tuple(look.missing)
    )


class _Look:
    """One looking through a lake; each folder once."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self.seen: set[str] = set()
        self.missing: list[str] = []
        self.let_go = 0

    def at_run(self, run: RunRecord, *, is_old: bool) -> None:
        """Everything behind one city-day."""
        who = f"{run.city_id} {run.day}"
        results = self._folder(run.results_attempt or "results/ (no attempt is named)", who) or {}
        if results.get("checks"):
            self._folder(results["checks"], who)
        if results.get("decided"):
            beside = self._folder(results["decided"], who) or {}
            for name in ("checks", "catalog"):
                self._folder(beside.get(name) or f"results/ (no {name} as decided are named)", who)
        catalog = self._folder(run.catalog_attempt or "", who) or {}
        for folder in seen_on(catalog):
            if is_old and not self._lake.holds(folder, MANIFEST):
                self.let_go += 1
                continue
            for part in (self._folder(folder, who) or {}).get("resources", ()):
                if part.get("rows"):
                    self._folder(part["rows"], who)

    def _folder(self, folder: str, who: str) -> dict[str, Any] | None:
        """The manifest of a folder whose files are all as it says; None where it has none."""
        try:
            manifest = self._lake.manifest(folder)
        except LakeDamaged as error:
            manifest, told = None, str(error)
        else:
            told = f"{folder} is missing"
        if folder not in self.seen:
            self.seen.add(folder)
            if manifest is None:
                self.missing.append(f"{who}: {told}")
                return None
            self._files(folder, manifest, who)
        return manifest

    def _files(self, folder: str, manifest: Mapping[str, Any], who: str) -> None:
        for name in manifest["files"]:
            if name == ROWS:  # may be removed by age, and may be larger than memory: its digest is its version's
                continue
            try:
                self._lake.read(folder, name, manifest)
            except LakeDamaged as error:
                self.missing.append(f"{who}: {error}")


def seen_on(catalog: Mapping[str, Any]) -> Iterator[str]:
    """The folders of what was received, which a landed catalogue was made of."""
    yield from (told["snapshot"] for told in catalog.get("portals", {}).values() if told.get("snapshot"))
    yield from (told["folder"] for told in catalog.get("pulls", {}).values() if told.get("folder"))
    yield from catalog.get("links", {}).values()


def _orphans(lake: Lake, runs: list[RunRecord], edited: Collection[str], first: date | None) -> int:
    """Committed catalogues that no run names: of attempts that died, or newer than the warehouse's backup.

    Those as decided are named by the values of their day, or by an edition.
    """
    named = {run.catalog_attempt for run in runs}
    since = first.isoformat() if first else ""
    parents = (f"{city}/{day}" for city in below(lake, "catalog", 1) for day in lake.folders(city) if day >= since)
    folders = [f"{parent}/{name}" for parent in parents for name in lake.folders(parent)]
    unnamed = [folder for folder in folders if folder not in named and lake.holds(folder, MANIFEST)]
    return len(unnamed) - len(set(unnamed) & _decided(lake, runs, edited, unnamed)) if unnamed else 0


def _decided(lake: Lake, runs: list[RunRecord], edited: Collection[str], unnamed: list[str]) -> set[str]:
    """The catalogues behind values as decided that are cited, of the days of these folders."""
    days = {tuple(folder.split("/")[1:3]) for folder in unnamed}
    mine = (run.results_attempt for run in runs if (run.city_id, run.day.isoformat()) in days and run.results_attempt)
    by_days = ((_told(lake, results) or {}).get("decided") for results in mine)
    return {folder for each in (*edited, *by_days) for folder in citing.folders_of(lake, each)}


def _told(lake: Lake, folder: str) -> dict[str, Any] | None:
    try:
        return lake.manifest(folder)
    except LakeDamaged:  # it is told where the run that needs it is looked at
        return None
