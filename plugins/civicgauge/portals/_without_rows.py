"""What a reader says that knows a catalogue and no rows."""

# ruff: noqa: ARG002 - the arguments are the protocol's
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from civicgauge.errors import GiveUpError
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Dataset, Portal
from civicgauge.web import Web


class WithoutRows:
    """The rows' part of `PortalReader` for a kind of portal whose rows are not read."""

    kind: str

    def row_sources(self, dataset: Dataset, portal: Portal) -> list[RowSource]:
        """None."""
        return []

    def peek(self, web: Web, portal: Portal, source: RowSource) -> Peek:
        """GiveUpError: there is nothing to look at."""
        raise GiveUpError(f"{source.url}: rows of portals of kind {self.kind} are not read")

    def fetch(
        self, web: Web, portal: Portal, source: RowSource, peek: Peek, known: Mapping[str, str] | None, target: Path
    ) -> Fetched:
        """GiveUpError: there is nothing to fetch."""
        raise GiveUpError(f"{source.url}: rows of portals of kind {self.kind} are not read")
