"""What the columns of a day's landed rows hold, in counts alone: never a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.pipeline import parquet
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Profiled
from civicgauge.pipeline.showing.lines import Key, key_of

Row = Mapping[str, Any]
_COUNTS = {
    "placeholder_count": "filled with a word for nothing",
    "unparsed_count": "not of the column's type",
    "future_count": "dates in the future",
    "outside_count": "points outside of the city",
    "unplaced_count": "points on no place of the Earth",
}
_LANDED = (
    *("portal_id", "dataset_id", "resource_id", "field_name", "header", "position", "type"),
    *("rows_count", "filled_count", "distinct_count"),
)
_LISTED = ("portal_id", "dataset_id", "field_name", "is_described")


@dataclass(frozen=True)
class Profiles:
    """Of one run, and of one dataset where `key` says which; nothing where the lake holds the day no more."""

    base: Base
    run: Row
    key: Key | None

    def of(self, key: Key) -> tuple[Profiled, ...]:
        """The columns of a dataset, in their order."""
        return self._by_key.get(key, ())

    @cached_property
    def _by_key(self) -> Mapping[Key, tuple[Profiled, ...]]:
        return self.base.kept.small.get(("profiles", self.run["catalog_attempt"], self.key), self._read)

    def _read(self) -> Mapping[Key, tuple[Profiled, ...]]:
        landed = self._rows("landed_columns.parquet", (*_LANDED, *_COUNTS))
        if not landed:
            return {}
        keys = {key_of(row) for row in landed}
        listed = self._rows("columns.parquet", _LISTED)
        described = {(*key_of(row), row["field_name"]): row["is_described"] for row in listed if key_of(row) in keys}
        found: dict[Key, list[Profiled]] = defaultdict(list)
        for row in sorted(landed, key=lambda each: (each["resource_id"], each["position"] or 0)):
            found[key_of(row)].append(_profiled(row, described.get((*key_of(row), row["field_name"]))))
        return {key: tuple(columns) for key, columns in found.items()}

    @cached_property
    def _where(self) -> dict[str, str]:
        return {} if self.key is None else dict(zip(("portal_id", "dataset_id"), self.key, strict=True))

    def _rows(self, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
        lake, folder = self.base.context.lake, self.run["catalog_attempt"]
        manifest = lake.manifest(folder) if folder else None
        if manifest is None or name not in manifest["files"]:
            return []
        try:
            return parquet.read_some(lake, folder, name, manifest, self._where, columns)
        except LakeDamaged:  # dropped by age: what the warehouse holds of the day is shown all the same
            return []


def _profiled(row: Row, described: bool | None) -> Profiled:  # noqa: FBT001 - a fact
    rows, filled = row["rows_count"], row["filled_count"]
    counts = {words: row[name] for name, words in _COUNTS.items() if row.get(name)}
    return Profiled(
        resource_id=row["resource_id"],
        name=row["header"] or row["field_name"],
        type=row["type"],
        described=described,
        nulls_share=(rows - filled) / rows if rows and filled is not None else None,
        distinct_count=row["distinct_count"],
        facts={words: f"{count:,}" for words, count in counts.items()},
    )
