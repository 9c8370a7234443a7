"""Readers of portals, one file per kind of portal; the file's name is the kind that city files name.

A new kind is one file here with a `READER` that keeps the protocol below, and a recording of such a portal; the
contract tests find it. Readers know the platform's wire facts and nothing of cities, freshness or scores.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from civicgauge.errors import ConfigurationError
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Crawl, Dataset, Portal, Presence, Probe
from civicgauge.web import Web


class PortalReader(Protocol):
    """What every kind of portal offers.

    Errors: those of `civicgauge.web`, AnswerUnreadable for a wrong envelope, CatalogueIncomplete when the entries do
    not add up to what the portal states.
    """

    kind: str
    token_header: str | None

    def probe(self, web: Web, url: str) -> Probe | None:
        """What is at this address, if it is a portal of this kind; None if it is not."""
        ...

    def crawl(self, web: Web, portal: Portal) -> Crawl:
        """The whole catalogue, completely, as received."""
        ...

    def entries(self, answers: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """The catalogue entries in stored answers (as `Crawl.answers` names them), duplicates dropped, sorted by id."""
        ...

    def entry_id(self, entry: Mapping[str, Any]) -> str:
        """The dataset id of one entry."""
        ...

    def content(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """The entry without what changes by being looked at (view counts and such): digests are made of this."""
        ...

    def datasets(
        self, entries: Sequence[Mapping[str, Any]], answers: Mapping[str, bytes], portal: Portal
    ) -> list[Dataset]:
        """The entries in our words, in the same order."""
        ...

    def ask(self, web: Web, portal: Portal, dataset_ids: Sequence[str]) -> dict[str, Presence]:
        """Ask singly for entries: there, gone by the portal's own word, or nothing to conclude."""
        ...

    # Rows. A reader that knows none inherits `_without_rows.WithoutRows`.

    def row_sources(self, dataset: Dataset, portal: Portal) -> list[RowSource]:
        """Where rows of a dataset may lie; empty where it has none that can be read. No request.

        All of them: a portal may offer one table in several formats.
        """
        ...

    def peek(self, web: Web, portal: Portal, source: RowSource) -> Peek:
        """What the portal says of a table before its rows are asked for: one small request, or none."""
        ...

    def fetch(
        self, web: Web, portal: Portal, source: RowSource, peek: Peek, known: Mapping[str, str] | None, target: Path
    ) -> Fetched:
        """The rows, streamed to the file `target`, checked against the portal's own count where it has one.

        `peek` is what the portal said before. `known` are facts of the stored version, of which `etag` and
        `last-modified`, as its answer's headers had them, make the request conditional where that can be trusted: a
        download of status 304 then brought nothing. Errors: those of `Web.download`, AnswerUnreadable for a web page
        where a table was promised.
        """
        ...


@cache
def readers() -> dict[str, PortalReader]:
    """Every kind of portal, found by its file in this folder."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}").READER for name in names}


def reader(kind: str) -> PortalReader:
    """The reader of that kind; ConfigurationError naming the known ones otherwise."""
    try:
        return readers()[kind]
    except KeyError:
        raise ConfigurationError(f"portal kind {kind!r} is not one of: {', '.join(readers())}") from None
