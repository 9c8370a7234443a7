"""The command through its own door: `main()` with words and settings, its exit code, stdout and stderr apart."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicgauge.cli import main
from civicgauge.demo.server import DemoPortals
from civicgauge.web import Limits
from tests.homes import environment, few_datasets, home_at

AS_OF = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
FORMULAS = ('=HYPERLINK("https://example.org","x")', "+1 555 010", "-2 degrees", "@mayor")


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Ask = Callable[..., Said]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Ask]:
    """Run `civicgauge` in this process: `ask(home, "check", CIVICGAUGE_LAKE=...)`; as quick as its work."""
    level = logging.getLogger("civicgauge").level

    def run(home: Path, *words: str, **settings: str) -> Said:
        wanted = environment(home) | settings
        for name in set(os.environ) - set(wanted):
            if name.startswith("CIVICGAUGE_"):
                monkeypatch.delenv(name)
        for name, value in wanted.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["civicgauge", *words])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    yield run
    logging.getLogger("civicgauge").setLevel(level)


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries in tenths of seconds; how they are counted is tested with the HTTP door."""
    limits = Limits(
        read_timeout_seconds=2, total_timeout_seconds=5, retry_total_seconds=2, retries=1, backoff_seconds=0.05
    )
    monkeypatch.setattr("civicgauge.pipeline.context.LIMITS", limits)


@pytest.fixture(scope="session")
def portals() -> Iterator[DemoPortals]:
    """The demo portals of the tests that only look; some of their titles would be formulas in a spreadsheet."""
    with DemoPortals(AS_OF) as served:
        some = [entry["id"] for entry in served._portals["alder-falls"].visible()[: len(FORMULAS)]]
        for dataset_id, title in zip(some, FORMULAS, strict=True):
            served.change("alder-falls", "edit", dataset_id, title=title)
        yield served


@pytest.fixture(scope="session")
def observed(portals: DemoPortals, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose warehouse holds one day of three cities: one public, one shared with the city, one private."""
    from civicgauge.pipeline import observing

    home = tmp_path_factory.mktemp("observed")
    with home_at(home) as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 1)
        publish_as(home, "demo-birchport", "shared_with_city")
        publish_as(home, "demo-cedar-junction", "private")
        results = observing.observe(context, [], "2026-06-30")
    assert {result.outcome for result in results} == {"complete"}
    return home


def publish_as(home: Path, city_id: str, publication: str) -> None:
    """Change for whom a city's numbers are."""
    path = home / "cities" / f"{city_id}.yml"
    path.write_text(path.read_text().replace("publication: public", f"publication: {publication}"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[DemoPortals, Path]]:
    """Demo portals and a home of the test's own, to be broken."""
    home = tmp_path / "home"
    with DemoPortals(AS_OF) as served:
        with home_at(home) as context:
            served.write_cities(context.settings.cities)
            few_datasets(context.settings.cities, 0)
        yield served, home
