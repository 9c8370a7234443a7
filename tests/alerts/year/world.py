"""The cities of the simulation: time zones, platforms, contacts, datasets."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from civicgauge.city import City, Contact, Portal
from civicgauge.pipeline.columns import checks_of
from civicgauge.quality.form import Check

BEGINS = date(2026, 1, 5)  # a Monday
RULES = (
    "update_on_time",
    "links_work",
    "rows_present",
    "licence_stated",
    "description_present",
    "machine_readable",
    "publisher_named",
    "has_distribution",
)
DATASETS = tuple(f"d{n:02}" for n in range(1, 13))
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Bogota")
FAR_ZONE = "Europe/Zurich"
HOURS = (8, 9, 10, 11)
FEW_CITIES = 100
EXPECTATIONS = Path(__file__).resolve().parents[3] / "expectations"


@cache
def checks() -> dict[str, Check]:
    """The real check files."""
    return {check.id: check for check in checks_of(EXPECTATIONS) if check.id in RULES}


def cities_of(count: int, seed: int) -> dict[str, City]:
    """So many cities, the same ones for the same seed."""
    random = Random(f"cities {seed}")
    return {f"city-{n:03}": _city(n, count, random) for n in range(count)}


def title_of(city_id: str, dataset: str) -> str:
    """A dataset's title, no other like it."""
    return f"Records {dataset} of {city_id}"


def _city(number: int, count: int, random: Random) -> City:
    is_far = count >= FEW_CITIES and number % 6 == 5
    zone = FAR_ZONE if is_far else ZONES[number % len(ZONES)]
    kind = "ckan" if number % 5 in (1, 3) else "socrata"
    return City(
        id=f"city-{number:03}",
        name=f"City {number:03}",
        country="CH" if is_far else "CO" if zone == "America/Bogota" else "US",
        time_zone=zone,
        holidays="us" if zone in ZONES[:4] else None,
        portals=(Portal(kind=kind, url=f"https://data.city-{number:03}.example"),),
        contacts=tuple(_contacts(number, zone, random)),
    )


def _contacts(number: int, zone: str, random: Random) -> list[Contact]:
    """None for one city in forty; else an open data lead, and for some more offices."""
    if number % 40 == 39:
        return []
    language = "es" if zone == "America/Bogota" else "en"
    wanted = ["open_data"]
    wanted += ["data_owner"] * (random.random() < 0.3)
    wanted += ["escalation"] * (random.random() < 0.2)
    return [_contact(number, role, language, random) for role in wanted]


def _contact(number: int, role: str, language: str, random: Random) -> Contact:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return Contact(
        email=f"{role}@city-{number:03}.example",
        role=role,
        language=language,
        cadence=random.choices(("weekly", "daily", "monthly"), (60, 25, 15))[0],
        weekday=random.choice(days),
        hour=random.choice(HOURS),
        consent=date(2025, 12, 1),
    )
