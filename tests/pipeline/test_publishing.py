"""The tables are written anew whenever a day holds something else, whatever else is wrong."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline import publishing
from civicgauge.pipeline.context import Context
from tests.homes import home_at
from tests.warehouse.days import MONDAY, city, city_day, run

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Context]:
    """A home whose warehouse holds one city-day."""
    with home_at(tmp_path / "home") as context:
        commit(context, "first")
        yield context


def commit(context: Context, attempt: str) -> None:
    """Commit the day by the one run, from these results."""
    with context.warehouse() as warehouse:
        warehouse.upgrade()
        made = run("r1", MONDAY, results_attempt=f"results/demo-a/{MONDAY}/{attempt}")
        warehouse.commit(city_day(made, city=city("demo-a")))


def test_a_day_that_its_run_commits_again_is_published_again(home: Context) -> None:
    """As after a portal's outage, where an operator clears the run's tasks from the snapshot on."""
    assert publishing.publish(home, NOW) is not None
    assert publishing.publish(home, NOW) is None
    commit(home, "second")
    assert publishing.publish(home, NOW) is not None


def test_a_damaged_file_of_the_lake_keeps_nothing_from_being_published(
    home: Context, caplog: pytest.LogCaptureFixture
) -> None:
    home.lake.keep("rows/c/main/a/r/v1", "manifest.json", b"{")
    home.lake.keep("raw/c/main/2026-06-20/20260620T000000Z-1", "orphan", b"x")
    assert publishing.publish(home, NOW) is not None
    (told,) = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert "rows/c/main/a/r/v1/manifest.json" in told
    assert home.lake.folders("raw/c/main/2026-06-20") == []  # the other steps are done all the same


def test_a_disk_that_was_full_is_published_to_again(home: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_text

    def full(self: Path, *what: Any, **how: Any) -> int:
        if ".civicgauge-export" not in self.name:
            return real(self, *what, **how)
        self.open("w").close()
        raise OSError(errno.ENOSPC, "No space left on device")

    for number in range(2):  # at the first time, and where there is an export already
        with monkeypatch.context() as patch:
            patch.setattr(Path, "write_text", full)
            with pytest.raises(ConfigurationError, match="No space left"):
                publishing.publish(home, NOW)
        assert publishing.publish(home, NOW) is not None
        commit(home, f"again-{number}")
