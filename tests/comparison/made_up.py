"""Made-up cities, as city files and as committed days: facts and values as each test wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from civicgauge.model import City, IndicatorValue, RunRecord, Status
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import CityDay

DAY = date(2026, 6, 30)
SHARE, SIZE = "promises_kept_share", "datasets_counted_count"


def share(value: float | None, low: float | None = None, high: float | None = None, **other: object) -> IndicatorValue:
    """A share with its bounds; known exactly unless they are given. `other` replaces fields."""
    low, high = value if low is None else low, value if high is None else high
    status = Status.INSUFFICIENT if value is None else Status.OK
    made = IndicatorValue(SHARE, 1, value, "share", status, None, None, 0, low, high, "higher_is_better")
    return replace(made, **other)  # type: ignore[arg-type]


def size(number: float | None) -> IndicatorValue:
    """How many datasets a city offers; None: too much of that is unknown."""
    status = Status.INSUFFICIENT if number is None else Status.OK
    return IndicatorValue(SIZE, 1, number, "datasets", status, number, None, 0, None, None, "neutral")


@dataclass(frozen=True)
class Town:
    """A made-up city on one day."""

    id: str
    value: float | None = 0.5
    publication: str = "public"
    population: int | None = 300_000
    kinds: Sequence[str] = ("socrata",)
    datasets: float | None = 150
    day: date = DAY
    has_file: bool = True
    more: Sequence[IndicatorValue] = ()
    own: IndicatorValue | None = field(default=None)
    criteria: Sequence[Mapping[str, object]] = ()

    @property
    def city(self) -> City:
        """The city as its file says it."""
        portals = [{"id": kind, "kind": kind, "url": f"https://{self.id}.{kind}.example"} for kind in self.kinds]
        return City.model_validate(
            {
                "id": self.id,
                "name": self.id.replace("-", " ").title(),
                "country": "US",
                "population": self.population,
                "time_zone": "America/Chicago",
                "publication": self.publication,
                "portals": portals,
            }
        )

    @property
    def values(self) -> list[IndicatorValue]:
        """Its numbers: the share that is compared, the size of its catalogue, and what a test adds."""
        return [self.own or share(self.value), size(self.datasets), *self.more]


def towns(count: int, name: str = "town", **other: object) -> list[Town]:
    """`count` towns whose shares spread evenly from 0 to 1."""
    return [Town(f"{name}-{n:02}", n / max(count - 1, 1), **other) for n in range(count)]  # type: ignore[arg-type]


def settle(context: Context, places: Iterable[Town]) -> None:
    """Write the towns' files and commit their days."""
    with context.warehouse() as warehouse:
        for town in places:
            path = context.settings.cities / f"{town.id}.yml"
            if town.has_file:
                told = town.city.model_dump(mode="json", exclude_none=True)
                path.write_text(yaml.safe_dump(told), encoding="utf-8")
            moment = datetime(town.day.year, town.day.month, town.day.day, 18, tzinfo=UTC)
            run = RunRecord(
                run_id=f"{town.id}.{town.day}", city_id=town.id, day=town.day, outcome="complete", as_of=moment,
                started_at=moment, ended_at=moment, method_version="0", config_digest="c",
            )  # fmt: skip
            warehouse.commit(
                CityDay(city=town.city, run=run, input_digest="d", indicator_values=town.values, criteria=town.criteria)
            )


def cohort_file(folder: Path, told: Mapping[str, object] | str) -> Path:
    """A file of cohorts; a text is written as it is."""
    path = folder / "cohorts.yml"
    path.write_text(told if isinstance(told, str) else yaml.safe_dump(told), encoding="utf-8")
    return path
