"""One table of a demo portal as a reader sees it, and what was asked for it."""

from __future__ import annotations

import csv
import logging
from collections.abc import Mapping
from pathlib import Path

import pytest

from civicgauge.demo import cities
from civicgauge.demo.server import DemoPortals
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Portal
from civicgauge.portals import reader
from civicgauge.web import Web

HOSTS = {portal["key"]: portal for name in cities.NAMES for portal in cities.load(name)["portals"]}


class Table:
    """A table of the demo's; `path` is where it is fetched to."""

    def __init__(self, web: Web, demo: DemoPortals, key: str, title: str, folder: Path, number: int = 0) -> None:
        told = HOSTS[key]
        self.portal = Portal.model_validate({"kind": told["kind"], "url": demo.urls[key], "domain": told["host"]})
        self.reader, self.web, self.path = reader(told["kind"]), web, folder / "rows"
        self.id = demo.dataset_id(key, title)
        self.demo, self.key, self.number = demo, key, number

    @property
    def source(self) -> RowSource:
        """As today's catalogue shows it."""
        return self.sources()[self.number]

    def sources(self) -> list[RowSource]:
        answers = {name: answer.body for name, answer in self.reader.crawl(self.web, self.portal).answers}
        entries = [e for e in self.reader.entries(answers) if self.reader.entry_id(e) == self.id]
        (dataset,) = self.reader.datasets(entries, answers, self.portal)
        return self.reader.row_sources(dataset, self.portal)

    def peek(self, source: RowSource | None = None) -> Peek:
        return self.reader.peek(self.web, self.portal, source or self.source)

    def fetch(self, known: Mapping[str, str] | None = None, source: RowSource | None = None) -> Fetched:
        source = source or self.source
        return self.reader.fetch(self.web, self.portal, source, self.peek(source), known, self.path)

    def rows(self) -> list[list[str]]:
        """What was fetched, as a plain reader of CSV sees it."""
        with self.path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def change(self, action: str, **values: object) -> None:
        self.demo.change(self.key, action, self.id, **values)

    def fault(self, kind: str, **options: object) -> None:
        self.demo.faults(self.key).add(kind, **options)


def asked(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The paths that were answered since the last look, with the status."""
    lines = [r.getMessage() for r in caplog.records if r.name == "civicgauge.web"]
    caplog.clear()
    told = [line.split(": status ") for line in lines if line.startswith("GET ") and ": status " in line]
    return [f"{url.split('/', 3)[3].split('?')[0]} {rest.split(',')[0]}" for url, rest in told]


def logged(caplog: pytest.LogCaptureFixture) -> None:
    """Count from here."""
    caplog.set_level(logging.INFO, "civicgauge.web")
    caplog.clear()
