"""Staff's own peer groups, as a file outside of the repository names them: its form, and what it may not hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

CityId = Annotated[str, Field(min_length=1, max_length=60)]
CohortId = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=40)]

HINTS = {
    "cohorts": "a list of `{id, title, cities}`",
    "cohorts.id": "lower-case letters, digits, - and _, such as gulf-coast",
    "cohorts.title": "what people read, such as Cities on the Gulf coast",
    "cohorts.cities": "ids of city files, such as [us-la-new-orleans, us-al-mobile]",
    "cohorts.note": "why these cities are comparable",
}


class Cohort(BaseModel):
    """Cities that staff compare with one another. Whoever sees it sees who is in it: it is for staff alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: CohortId
    title: Annotated[str, Field(min_length=1)]
    cities: Annotated[tuple[CityId, ...], Field(min_length=2)]
    note: str | None = None


class CohortFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cohorts: tuple[Cohort, ...]


Complaint = tuple[tuple[str | int, ...], str]


def complaints(data: Mapping[str, Any], known: Collection[str]) -> Iterator[Complaint]:
    """(place, message) of each thing that the form alone does not refuse; `data` is the file as YAML reads it.

    A cohort's id given twice, a city twice in one cohort, a city that is none of `known` ids.
    """
    listed = data.get("cohorts")
    seen: set[str] = set()
    for number, cohort in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(cohort, dict):
            continue
        cohort_id = cohort.get("id")
        if isinstance(cohort_id, str):
            if cohort_id in seen:
                yield ("cohorts", number, "id"), f"{cohort_id!r} is given twice; each cohort needs its own id"
            seen.add(cohort_id)
        cities = cohort.get("cities")
        for place, message in _of_cities(cities if isinstance(cities, list) else [], known):
            yield ("cohorts", number, "cities", place), message


def _of_cities(cities: list[Any], known: Collection[str]) -> Iterator[tuple[int, str]]:
    for place, city_id in enumerate(cities):
        if not isinstance(city_id, str):
            continue
        if city_id in cities[:place]:
            yield place, f"{city_id!r} is given twice; name each city once"
        elif city_id not in known:
            near = get_close_matches(city_id, known, n=1)
            yield place, f"there is no city {city_id!r}" + (f", did you mean {near[0]!r}?" if near else "")
