"""Which day a run is about, and whether a portal may be asked for it (DESIGN rule 12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.days import moment_of, plan
from tests.homes import home_at

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)  # still 30 June in Chicago
CITY = "id: a\nname: A\ncountry: US\ntime_zone: America/Chicago\nportals:\n  - {kind: ckan, url: 'https://data.example.org'}\n"


@pytest.fixture(autouse=True)
def city(tmp_path: Path):
    with home_at(tmp_path) as context:
        (context.settings.cities / "a.yml").write_text(CITY)
        yield


def test_the_current_local_day_may_ask() -> None:
    made = plan("a", now=NOW)
    assert (made["day"], made["ask"], made["as_of"]) == ("2026-06-30", True, None)


def test_the_logical_date_decides_before_run_after_and_an_earlier_day_may_not_ask() -> None:
    made = plan("a", logical_date=NOW - timedelta(days=1), run_after=NOW, now=NOW)
    assert (made["day"], made["ask"]) == ("2026-06-29", False)
    assert plan("a", run_after=NOW, now=NOW)["day"] == "2026-06-30"


def test_a_first_activation_that_runs_an_old_tick_loads_what_is_stored() -> None:
    assert plan("a", logical_date=NOW - timedelta(hours=23), now=NOW)["ask"] is False


def test_as_of_decides_first_and_may_ask_for_any_day() -> None:
    made = plan("a", as_of="2022-06-20", logical_date=NOW, now=NOW)
    assert (made["day"], made["ask"], made["as_of"]) == ("2022-06-20", True, "2022-06-21T04:59:59.999999+00:00")


def test_a_bare_date_is_the_end_of_the_local_day_also_when_clocks_change() -> None:
    zone = ZoneInfo("America/Chicago")
    assert moment_of("2026-11-01", zone).astimezone(zone).isoformat() == "2026-11-01T23:59:59.999999-06:00"
    assert moment_of("2026-06-30T10:00", zone).isoformat() == "2026-06-30T15:00:00+00:00"
    assert moment_of("2026-06-30T10:00+02:00", zone).isoformat() == "2026-06-30T08:00:00+00:00"


@pytest.mark.parametrize(
    "text", ["yesterday", "20260630", "2026-13-01", "30.6.2026", "2026-06-31", "0001-01-02", "9999-12-30T20:00Z"]
)
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(ConfigurationError, match="2026-06-30"):
        moment_of(text, ZoneInfo("UTC"))


@given(
    st.dates(min_value=datetime(2000, 1, 1).date(), max_value=datetime(2100, 1, 1).date()),
    st.sampled_from(["Pacific/Honolulu", "Asia/Kolkata", "Pacific/Kiritimati", "America/St_Johns"]),
)
def test_a_bare_date_stays_on_its_day(day, zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    moment = moment_of(day.isoformat(), zone)
    assert moment.astimezone(zone).date() == day
    assert (moment + timedelta(microseconds=1)).astimezone(zone).date() > day
