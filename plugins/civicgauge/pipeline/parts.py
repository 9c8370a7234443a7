"""One resource of a chosen dataset on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civicgauge.model import DatasetChoice, Portal
from civicgauge.pipeline import rowhistory
from civicgauge.pipeline.profiling import Profiled

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One resource of a chosen dataset on one day: what asking for it came to, and its version's profile."""

    portal: Portal
    choice: DatasetChoice
    told: Mapping[str, Any]
    manifest: Mapping[str, Any] | None
    profiled: Profiled | None

    @property
    def key(self) -> str:
        """The resource's name in what is carried from day to day."""
        return rowhistory.key(self.portal.id, self.choice.id, self.told["resource_id"])

    @property
    def ids(self) -> Row:
        """What every row about it begins with."""
        return {
            "portal_id": self.portal.id,
            "dataset_id": self.choice.id,
            "resource_id": self.told["resource_id"],
        }

    @property
    def unread_reason(self) -> str | None:
        """Why there are no rows to judge; None where there are."""
        if self.profiled is not None:
            return None
        if self.manifest is None:
            return "rows_not_read"
        return "rows_unreadable" if self.manifest["table"] is None else "rows_no_longer_kept"
