"""Made-up cities for a big world: their facts, their city files, and the texts of what they publish.

Everything follows from a city's number alone, so that two processes that make the same world make the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from civicgauge.demo.cities import NAMES, load

_FIRST = (
    *(
        "Alder",
        "Amber",
        "Ash",
        "Aspen",
        "Beech",
        "Birch",
        "Bramble",
        "Cedar",
        "Chestnut",
        "Clover",
        "Cotton",
        "Cypress",
    ),
    *("Dogwood", "Elder", "Elm", "Fern", "Fir", "Hazel", "Heather", "Hemlock", "Hickory", "Holly", "Ivy", "Juniper"),
    *("Larch", "Laurel", "Linden", "Locust", "Maple", "Mulberry", "Oak", "Olive", "Pecan", "Pine", "Poplar", "Redbud"),
    *("Rowan", "Sage", "Spruce", "Sumac", "Sycamore", "Tamarack", "Walnut", "Willow", "Yarrow", "Yew"),
)
_SECOND = (
    *("Bay", "Bend", "Bluff", "Bridge", "Creek", "Crossing", "Falls", "Ferry", "Ford", "Grove", "Harbor", "Heights"),
    *("Hill", "Junction", "Lake", "Landing", "Meadow", "Mill", "Park", "Point", "Port", "Ridge", "Springs", "Valley"),
)
_STATES = (
    *(("MO", "America/Chicago"), ("OH", "America/New_York"), ("CO", "America/Denver"), ("OR", "America/Los_Angeles")),
    *(("TX", "America/Chicago"), ("ME", "America/New_York"), ("CA", "America/Los_Angeles"), ("IL", "America/Chicago")),
)
MOST = len(_FIRST) * len(_SECOND)
CHOSEN = 5
"""How many of a city's datasets are pulled."""


@dataclass(frozen=True, slots=True)
class MadeCity:
    """A city of the big world; portals in the order of their ids."""

    number: int
    city_id: str
    name: str
    state: str
    time_zone: str
    population: int
    portals: tuple[tuple[str, str], ...]

    def portal_of(self, dataset: int) -> tuple[str, str]:
        """(id, kind) of the portal that holds the dataset of that number; a second one holds every third."""
        return self.portals[-1 if dataset % 3 == 2 else 0]

    def dataset_id(self, dataset: int) -> str:
        """The id as its portal writes it: Socrata's four and four, or a name such as CKAN's."""
        kind = self.portal_of(dataset)[1]
        return f"{_four(self.number)}-{_four(dataset)}" if kind == "socrata" else f"set-{self.number:04d}-{dataset:06d}"

    @property
    def chosen(self) -> range:
        """The numbers of the datasets whose rows are pulled."""
        return range(CHOSEN)


def _four(number: int) -> str:
    letters = "23456789abcdefghijkmnpqrstuvwxyz"
    return "".join(letters[number >> shift & 31] for shift in (15, 10, 5, 0))


def city(number: int) -> MadeCity:
    """The city of that number (below MOST); ValueError beyond."""
    if not 0 <= number < MOST:
        raise ValueError(f"there are names for {MOST} cities, not for number {number}")
    step = number * 7 % MOST  # neighbours in number are not neighbours by name
    name = f"{_FIRST[step % len(_FIRST)]} {_SECOND[step // len(_FIRST)]}"
    state, zone = _STATES[number % len(_STATES)]
    first = ("socrata", "ckan")[number % 5 > 2]
    second = (("open", ("ckan", "socrata")[number % 2]),) if number % 10 == 9 else ()
    population = 24_000 + (number * number * 37) % 90_000 * (1 + number % 11)
    slug = name.lower().replace(" ", "-")
    return MadeCity(number, f"us-{state.lower()}-{slug}", name, state, zone, population, (("main", first), *second))


def facts(made: MadeCity) -> dict[str, Any]:
    """The city as its file says it, as plain values."""
    portals = [
        {"id": portal_id, "kind": kind, "url": f"https://{portal_id}.{made.city_id}.example.org"}
        for portal_id, kind in made.portals
    ]
    chosen = [{"portal": made.portal_of(n)[0], "id": made.dataset_id(n)} for n in made.chosen]
    return {
        "id": made.city_id,
        "name": made.name,
        "country": "US",
        "state": made.state,
        "geoid": f"{2_900_000 + made.number:07d}",
        "population": made.population,
        "time_zone": made.time_zone,
        "holidays": "us",
        "publication": "public",
        "portals": portals,
        "datasets": chosen,
    }


def write_files(folder: Path, count: int) -> None:
    """The city files of the first `count` cities."""
    folder.mkdir(parents=True, exist_ok=True)
    for made in map(city, range(count)):
        text = yaml.safe_dump(facts(made), sort_keys=False, allow_unicode=True)
        (folder / f"{made.city_id}.yml").write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Told:
    """What a portal says of an entry: from the demo cities' own catalogues."""

    title: str
    publisher: str
    frequency: str | None
    licence: str | None


@cache
def told() -> tuple[Told, ...]:
    """Every entry of the demo's catalogues."""
    entries = [entry for name in NAMES for portal in load(name)["portals"] for entry in portal["datasets"]]
    return tuple(
        Told(
            str(entry.get("title") or entry.get("name") or "Untitled"),
            str(entry.get("attribution") or entry.get("organization") or "City Services"),
            entry.get("frequency"),
            entry.get("license"),
        )
        for entry in entries
    )


def title_of(dataset: int) -> str:
    """A title: one of the demo's, and a part of the city or a year, so that no two of a city are alike."""
    entries = told()
    part, year = dataset // len(entries), 2025 - dataset % 9
    return f"{entries[dataset % len(entries)].title} {f'District {part}' if part % 2 else year - part}".strip()
