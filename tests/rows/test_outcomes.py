"""An outcome from landed rows: by period, of the asked days alone, with bad cells named by their row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.rows.outcomes import Ask, Outcome, outcome_by_period
from tests.rows.landed import Landed, land

ROWS = """\
Closed On,Days,Kind
2024-01-03,2,Pothole
2024-01-20,4,Pothole
2024-01-21,100,Graffiti
2024-02-10,7,Pothole
2024-03-01,many,Pothole
2024-03-31,5,Pothole
,9,Pothole
2024-05-05,6,Pothole
"""
JANUARY = [(date(2024, 1, 1), date(2024, 1, 31))]
TO_FEBRUARY = [(date(2024, 1, 1), date(2024, 2, 29))]


@pytest.fixture
def landed(tmp_path: Path) -> Landed:
    numbers = "".join(f"2023-06-{d:02},{d},Pothole\n" for d in range(1, 30))
    return land(tmp_path, ROWS + numbers)


def asked(landed: Landed, **more: object) -> dict[date, float]:
    told = {"date_column": "Closed On", "value_column": "days", "aggregate": "sum", "frequency": "month"}
    return whole(landed, **{**told, **more}).values


def whole(landed: Landed, **more: object) -> Outcome:
    return outcome_by_period(landed.path, landed.table, Ask(**{"days": TO_FEBRUARY, **more}), "a-city/main/ab")


def test_aggregates_by_period(landed: Landed) -> None:
    potholes = {"kind": ("Pothole",)}
    assert asked(landed) == {date(2024, 1, 1): 106.0, date(2024, 2, 1): 7.0}
    assert asked(landed, where=potholes) == {date(2024, 1, 1): 6.0, date(2024, 2, 1): 7.0}
    assert asked(landed, where=potholes, aggregate="mean")[date(2024, 1, 1)] == 3.0
    assert asked(landed, aggregate="median")[date(2024, 1, 1)] == 4.0
    assert asked(landed, aggregate="count", value_column=None, frequency="quarter") == {date(2024, 1, 1): 4.0}
    assert asked(landed, where={"kind": ("Pothole", "Graffiti")}, days=JANUARY) == {date(2024, 1, 1): 106.0}
    assert asked(landed, where={"kind": ("it's",)}) == {}
    assert asked(landed, days=[]) == {}


def test_what_is_no_number_is_named_by_its_row_where_its_day_may_be_read(landed: Landed) -> None:
    assert asked(landed)
    with pytest.raises(ConfigurationError, match="a-city/main/ab: no number in the value column: row 5 of the landed"):
        asked(landed, days=[(date(2024, 1, 1), date(2024, 12, 31))])


def test_a_column_of_a_name_that_we_use_ourselves_is_not_taken_for_ours(tmp_path: Path) -> None:
    text = "Closed On,Day,Value,Received,Row number,Days\n" + "".join(
        f"2024-{month:02}-03,2023-01-01,9,9,1,{month}\n" for month in range(1, 13)
    )
    odd = land(tmp_path, text)
    assert asked(odd) == {date(2024, 1, 1): 1.0, date(2024, 2, 1): 2.0}
    assert asked(odd, where={"value": ("9",), "received": ("9",), "day": ("2023-01-01",)}) == asked(odd)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"date_column": "opened"}, "'opened' is no column; there are closed_on, days, kind"),
        ({"date_column": "kind"}, "date_column: 'kind' holds text, not dates"),
        ({"value_column": "kind"}, "value_column: 'kind' holds text, not numbers"),
        ({"where": {"ward": ("1",)}}, "'ward' is no column"),
    ],
)
def test_columns_that_cannot_be_used(landed: Landed, more: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        asked(landed, **more)


def test_rows_without_a_value_are_counted_and_not_passed_over(tmp_path: Path) -> None:
    """Requests that are still open have no days: the later, the more of them."""
    rows = "Opened,Days\n" + "".join(
        f"2024-0{m}-{d:02},{'' if d <= m * 3 else d}\n" for m in (1, 2) for d in range(1, 21)
    )
    landed = land(tmp_path, rows)
    found = whole(landed, date_column="Opened", value_column="days", aggregate="mean", frequency="month")
    assert found.rows == {date(2024, 1, 1): (20, 3), date(2024, 2, 1): (20, 6)}
    assert found.values == {date(2024, 1, 1): 12.0, date(2024, 2, 1): 13.5}


def test_a_time_with_a_zone_lies_on_its_day_in_the_city(tmp_path: Path) -> None:
    """Chicago: the night in which clocks go forward, the one in which they go back, and the turn of a year."""
    times = ("2024-03-10T05:59:59Z", "2024-03-10T06:00:00Z", "2024-03-11T04:59:59Z", "2024-03-11T05:00:00Z")
    times += ("2024-11-03T04:59:59Z", "2024-11-04T05:59:59Z", "2024-11-04T06:00:00Z", "2025-01-01T05:59:59Z")
    landed = land(tmp_path, "at,n\n" + "".join(f"{time},1\n" for time in times * 5))
    days = [(date(2024, 1, 1), date(2024, 12, 31))]
    told = {"date_column": "at", "value_column": "n", "aggregate": "sum", "frequency": "day", "days": days}
    found = whole(landed, **told, zone="America/Chicago").values
    assert {f"{day:%m-%d}": value / 5 for day, value in found.items()} == {
        "03-09": 1,
        "03-10": 2,
        "03-11": 1,
        "11-02": 1,
        "11-03": 1,
        "11-04": 1,
        "12-31": 1,
    }
