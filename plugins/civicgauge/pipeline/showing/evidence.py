"""What a day found of its datasets: from the warehouse, and from the lake where the warehouse holds the day no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.pipeline import parquet, samples
from civicgauge.pipeline.judging import CHECKS, manifest_of
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.lines import Counts, Key, key_of

Row = Mapping[str, Any]
_IDENTITY = ("title", "permalink", "publisher")


@dataclass(frozen=True)
class Evidence:
    """The evidence of a shown run; LakeDamaged where it is kept nowhere. What is private is left out unless asked for.

    `key` narrows every question to one dataset.
    """

    base: Base
    run: Row
    with_private: bool
    key: Key | None = None

    @property
    def city_id(self) -> str:
        """The city."""
        return str(self.run["city_id"])

    @cached_property
    def _keys(self) -> list[Key] | None:
        return None if self.key is None else [self.key]

    @cached_property
    def _where(self) -> dict[str, str]:
        return {} if self.key is None else dict(zip(("portal_id", "dataset_id"), self.key, strict=True))

    def days(self) -> Sequence[Row]:
        """Rows of `dataset_day`, each with title, permalink and publisher, by key."""
        found = self.base.datasets.days(self.city_id, self.run["day"], self._keys)
        if found or self.base.datasets.holds("dataset_day", self.city_id, self.run["day"]):
            return found
        return self._landed()

    def results(self) -> Sequence[Row]:
        """Rows of `check_result`, by key."""
        found = self.base.datasets.results(self.city_id, self.run["day"], self._keys, with_private=self.with_private)
        if found or self.base.datasets.holds("check_result", self.city_id, self.run["day"]):
            return found
        return self._judged()

    def counts(self) -> Counts:
        """By dataset, how many checks failed and how many are unknown."""
        if self.base.datasets.holds("check_result", self.city_id, self.run["day"]):
            rows = self.base.datasets.counts(self.city_id, self.run["day"], with_private=self.with_private)
            found: dict[Key, dict[str, int]] = defaultdict(dict)
            for counted in rows:
                found[key_of(counted)][counted["outcome"]] = counted["count"]
            return found
        tally: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in self._judged():
            tally[key_of(row)][row["outcome"]] += 1
        return tally

    def failing_rows(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        """By portal, dataset and check, in words, where a few failing rows are; for the city itself and staff alone."""
        folder = self._checks_folder()
        manifest = None if folder is None else self.base.context.lake.manifest(folder)
        if folder is None or manifest is None or samples.FILE not in manifest["files"]:
            return {}
        names = samples.SCHEMA.names
        rows = parquet.read_some(self.base.context.lake, folder, samples.FILE, manifest, self._where, names)
        found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for row in rows:
            place = f"{row['column']}: " if row["column"] else ""
            by = f"{row['key_column']} = " if row["key_column"] else "row "
            found[row["portal_id"], row["dataset_id"], row["check_id"]] += [f"{place}{by}{k}" for k in row["keys"]]
        return {key: tuple(texts) for key, texts in found.items()}

    # ------------------------------------------------------------ the lake

    def _landed(self) -> Sequence[Row]:
        lake, folder = self.base.context.lake, self.run["catalog_attempt"]
        manifest = self._manifest(folder)
        names = [column.name for column in self.base.warehouse.columns("dataset_day")]
        rows = parquet.read_some(lake, folder, "datasets.parquet", manifest, self._where, [*names, *_IDENTITY])
        told = {"day": self.run["day"], "city_id": self.city_id, "run_id": self.run["run_id"]}
        as_of = datetime.fromisoformat(manifest["as_of"])
        blank = dict.fromkeys((*names, *_IDENTITY))
        found: list[Row] = [{**blank, **row, **told, "as_of": as_of} for row in rows]
        return sorted(found, key=key_of)

    def _judged(self) -> Sequence[Row]:
        folder = self._checks_folder()
        manifest, lake = self._manifest(folder), self.base.context.lake
        rows = parquet.read_some(lake, folder or "", "checks.parquet", manifest, self._where, CHECKS.names)
        return [row for row in rows if self.with_private or not row["is_private"]]

    def _checks_folder(self) -> str | None:
        measured = self.run["results_attempt"]
        manifest = self.base.context.lake.manifest(measured) if measured else None
        return str(manifest["checks"]) if manifest else None

    def _manifest(self, folder: str | None) -> dict[str, Any]:
        if not folder:
            raise LakeDamaged(f"{self.city_id} {self.run['day']}: its evidence is no longer kept")
        return manifest_of(self.base.context, folder)
