"""Fictional towns beside the demo cities, with numbers alone: enough for a distribution, in pictures of packs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import yaml

from civicgauge.indicators import Indicator, discover
from civicgauge.model import City, IndicatorValue, RunRecord, Status
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import CityDay

NAMES = (
    *("Fern Hollow", "Granite Bay", "Harbor Mills", "Indigo Springs", "Juniper Ridge", "Kestrel Point", "Larkfield"),
    *("Maple Crossing", "Northgate", "Osprey Landing", "Pine Terrace", "Quarry Hill", "Riverbend", "Sage Valley"),
)
COHORT = tuple(f"demo-{name.lower().replace(' ', '-')}" for name in NAMES[:9])
_STANCES = ("differs", "differs", "not_observed", "in_line")


def settle(context: Context, like: str, day: date) -> None:
    """Commit a day of each town: the shares of the city that they are like, moved by a fixed throw of dice."""
    dice, told = random.Random(7), {each.id: each for each in discover()}
    moment = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
    with context.warehouse() as warehouse:
        values = warehouse.indicator_values(like, day)
        evidence = [row for row in warehouse.rows("criterion_evidence", city_ids=[like]) if row["day"] == day]
        for name in NAMES:
            city = _city(name, dice)
            path = context.settings.cities / f"{city.id}.yml"
            path.write_text(yaml.safe_dump(city.model_dump(mode="json", exclude_none=True)), encoding="utf-8")
            run = RunRecord(
                run_id=f"{city.id}.{day}", city_id=city.id, day=day, outcome="complete", as_of=moment,
                started_at=moment, ended_at=moment, method_version="0", config_digest="c",
            )  # fmt: skip
            names = ("standard", "standard_version", "criterion", "evidence", "basis")
            criteria = [{n: row[n] for n in names} | {"stance": dice.choice(_STANCES)} for row in evidence]
            moved = [_moved(each, told.get(each.indicator_id), dice) for each in values]
            warehouse.commit(CityDay(city=city, run=run, input_digest="d", indicator_values=moved, criteria=criteria))


def _city(name: str, dice: random.Random) -> City:
    told = {
        "id": f"demo-{name.lower().replace(' ', '-')}",
        "name": name,
        "country": "US",
        "state": "CA",
        "population": dice.choice((120_000, 180_000, 220_000)),
        "time_zone": "America/Los_Angeles",
        "publication": "public",
        "portals": [{"id": "main", "kind": "socrata", "url": f"https://data.{name.lower().replace(' ', '')}.example"}],
    }
    return City.model_validate(told)


def _moved(value: IndicatorValue, indicator: Indicator | None, dice: random.Random) -> IndicatorValue:
    if value.status is not Status.OK or value.unit != "share" or indicator is None:
        return value
    share = round(dice.betavariate(2.4, 1.6), 3)
    low, high = max(0.0, share - dice.choice((0, 0.02, 0.08))), min(1.0, share + dice.choice((0, 0.03, 0.1)))
    is_more = indicator.direction == "higher_is_better"
    band = indicator.bands.of(low, high, more_is_better=is_more) if indicator.bands else None
    return replace(value, value=share, value_low=low, value_high=high, band=band)
