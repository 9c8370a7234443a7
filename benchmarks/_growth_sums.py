"""What follows from the measured figures of growth: tasks, seconds, rows and bytes for other numbers of cities.

Nothing is measured here. Every function takes measured figures (as `growth.json` has them) and says what they come to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

City = Mapping[str, Any]
WINDOW = 3 * 3600
"""Seconds in which all cities of a time zone are due: 03:00 to 05:59."""
HEADROOM = 0.6
"""How busy cores may be in the window, so that a slow portal or a retry does not push the last city out of it."""
KEEP_SNAPSHOT_DAYS, KEEP_RESULT_DAYS, YEAR = 400, 92, 365

_ONE_EACH = ("plan", "land", "validate", "measure", "commit", "verdict")
_BY_AGE = ("raw", "links", "pulls")
_FOR_EVER = ("catalog", "results", "stats")
_OF_QUARTER = ("check_result", "dataset_day")
_EACH_DAY = ("indicator_value", "criterion_evidence", "run", "pull")


def tasks(portals: int, chosen: int) -> int:
    """Task instances of one run of a city: one of each stage, snapshot and links by portal, pull by chosen dataset."""
    return len(_ONE_EACH) + 2 * portals + chosen


def stage_cpu(city: City, stage: str) -> float:
    """Seconds of CPU of one task of a stage in a process of its own, with its imports: the median."""
    return median(run[1] for run in city["alone"][stage])


def stage_peak(city: City, stage: str) -> float:
    """MiB: the most that a task of the stage held."""
    return max(run[2] for run in city["alone"][stage])


def day_cpu(city: City, portals: int, chosen: int, airflow_cpu: float) -> float:
    """Seconds of CPU of a city-day: its tasks, and Airflow's own share of each."""
    own = sum(stage_cpu(city, stage) for stage in _ONE_EACH)
    own += portals * (stage_cpu(city, "snapshot") + stage_cpu(city, "links")) + chosen * stage_cpu(city, "pull")
    return own + airflow_cpu * tasks(portals, chosen)


def cores(cities: int, of_day: float) -> float:
    """Cores that are wanted for all cities to be done within the window, all in one time zone."""
    return cities * of_day / (WINDOW * HEADROOM)


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes after so many years, by what keeps them."""

    lake_by_age: float
    lake_for_ever: float
    rows_of_quarter: float
    rows_for_ever: float

    @property
    def lake(self) -> float:
        """All of the lake."""
        return self.lake_by_age + self.lake_for_ever

    @property
    def warehouse(self) -> float:
        """All of the warehouse that grows."""
        return self.rows_of_quarter + self.rows_for_ever


def kept(city: City, cities: int, years: float = 1.0) -> Kept:
    """What cities like this one hold after so many years, by the settings of retention as they are unless changed."""
    days = years * YEAR
    whole = min(days, KEEP_SNAPSHOT_DAYS)
    ends = max(0.0, days - KEEP_SNAPSHOT_DAYS) / (YEAR / 12)  # the last day of each month stays
    by_age = sum(city["lake"].get(name, 0.0) for name in _BY_AGE) * (whole + ends)
    for_ever = sum(city["lake"].get(name, 0.0) for name in _FOR_EVER) * days
    quarter = sum(city["tables"][name] for name in _OF_QUARTER) * min(days, KEEP_RESULT_DAYS)
    stays = sum(city["tables"][name] for name in _EACH_DAY) * days
    return Kept(*(cities * each for each in (by_age, for_ever, quarter, stays)))


def results_rows(city: City, cities: int) -> float:
    """Rows of `check_result` in the warehouse once a quarter is full."""
    return cities * city["rows"]["check_result"] * KEEP_RESULT_DAYS


def airflow_cpu(run: Mapping[str, Any]) -> float:
    """Seconds of CPU of Airflow for one task that does nothing: scheduler, its workers and the API server."""
    return float((run["cpu"]["scheduler"] + run["cpu"]["api-server"]) / run["tasks"])


def parse_share(parse_cpu: float, interval: float) -> float:
    """The part of one core that reading the DAG files takes when they are read again every so many seconds."""
    return parse_cpu / max(interval, parse_cpu)


def nearest(cities: Sequence[City], datasets: int) -> City:
    """The measured city whose catalogue is closest in size."""
    return min(cities, key=lambda each: abs(each["datasets"] - datasets))
