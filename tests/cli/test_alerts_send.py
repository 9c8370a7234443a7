"""`civicgauge alerts send`: what it refuses, and what it does where one city's day is broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civicgauge.cli import alerts
from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.pipeline.context import Context
from tests.alerts.sendings import contact, queue, states
from tests.answers.world import CITY, HERE
from tests.homes import home_at
from tests.warehouse import days

AS_OF = "2026-06-30T15:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Context]:
    with home_at(tmp_path / "home") as context:
        yield context


@pytest.mark.parametrize("given", [datetime.now(UTC).date() + timedelta(days=1), "2062-01-01T00:00:00Z"])
def test_a_time_to_come_is_refused_for_it_would_stop_all_turns_until_then(home: Context, given: date | str) -> None:
    with pytest.raises(ConfigurationError, match="lies in the future"):
        alerts.send(str(given), as_json=True)
    assert alerts.send(None, as_json=True) == 0


def test_a_time_before_the_last_is_refused_and_nothing_is_sent(home: Context) -> None:
    assert alerts.send(AS_OF, as_json=True) == 0
    with home.warehouse() as warehouse:
        queue(warehouse, contact(), "waits")
    with pytest.raises(ConfigurationError, match="before the last turn"):
        alerts.send("2026-06-30T14:59:00Z", as_json=True)
    with home.warehouse() as warehouse:
        assert states(warehouse)["waits"] == "queued"


def test_what_is_queued_goes_out_though_a_city_cannot_be_decided(home: Context) -> None:
    (home.settings.cities / f"{HERE}.yml").write_text(CITY.format(id=HERE, name="Here"))
    with home.warehouse() as warehouse:
        run = days.run("r1", date(2026, 6, 29), city_id=HERE)  # its attempts are in no lake
        warehouse.commit(days.city_day(run, [], datasets=[]))
        queue(warehouse, contact(), "waits")
    with pytest.raises(CivicgaugeError):
        alerts.send(AS_OF, as_json=True)
    with home.warehouse() as warehouse:
        assert states(warehouse)["waits"] == "sent"
