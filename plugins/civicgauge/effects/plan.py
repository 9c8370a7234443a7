"""A registered question: did a programme change an outcome? Read from YAML, every problem with its line and column.

Everything that could be chosen after a look at the result is said here, and kept under a digest before later data are
read: outcome, window, start, direction, the size that matters, comparison, season.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from civicgauge import clean
from civicgauge.effects.periods import Frequency, Season
from civicgauge.errors import ConfigurationError
from civicgauge.yamlfile import read_model, tidy

Aggregate = Literal["count", "sum", "mean", "median"]
Direction = Literal["higher_is_better", "lower_is_better"]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Words = Annotated[str, Field(min_length=1, max_length=500)]
_YEARS = (1800, 2199)
_ADDRESS = re.compile(r"\S@\S")
_WORDS_ONLY = {"registered_by", "why", "outcome", "id"}  # a look is a look whatever it is called

HINTS = {
    "id": "lower-case letters, digits and -, such as cedar-potholes-2024",
    "source": "either `dataset: {portal, id, date_column, aggregate}` or `csv: {path, date_column, value_column}`",
    "source.dataset.where": "columns and the values that count, such as {request_type: [Pothole, Sinkhole]}",
    "window": "`{first: 2022-01-01, last: 2025-12-31}`, whole periods",
    "band": "`{low: -5, high: 5, of: unit}`; smaller differences are of no practical size",
    "comparison": "a list of further sources, of cities without the programme",
    "frequency": "day, week, month, quarter or year",
    "gaps": "refuse, or zero where a period without a row is a count of none",
    "registered_by": "a role, such as performance lead; never a person's name or address",
    "why": "why this window and this band, in a sentence",
}


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FromDataset(_Form):
    """Rows of a chosen dataset that was landed. `where` holds exact values (as received) of columns."""

    city: str | None = None
    portal: str = "main"
    id: _Name
    resource: str | None = None
    date_column: _Name
    value_column: str | None = None
    aggregate: Aggregate
    where: dict[str, str | tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _has_what_it_counts(self) -> FromDataset:
        if self.aggregate == "count" and self.value_column is not None:
            raise ValueError("value_column: a count of rows needs none; leave it out, or take sum, mean or median")
        if self.aggregate != "count" and not self.value_column:
            raise ValueError(f"value_column: {self.aggregate} needs the column whose numbers it is of")
        return self


class FromCsv(_Form):
    """A CSV file, one row for each period or more; `path` is relative to the plan's file."""

    city: str | None = None
    path: _Name
    date_column: _Name
    value_column: _Name
    aggregate: Aggregate = "sum"


class Source(_Form):
    """Where one series is from: exactly one of both."""

    dataset: FromDataset | None = None
    csv: FromCsv | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Source:
        if (self.dataset is None) == (self.csv is None):
            raise ValueError("give either dataset or csv")
        return self

    @property
    def is_count(self) -> bool:
        """Whether periods without rows can be counts of none."""
        told = self.dataset or self.csv
        return told is not None and told.aggregate in ("count", "sum")


class Window(_Form):
    """The days that are looked at, both ends included."""

    first: date
    last: date


class Band(_Form):
    """Differences inside it are of no practical size; in the outcome's unit, or as a share of its mean before."""

    low: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    of: Literal["unit", "share"] = "unit"


class Plan(_Form):
    """The whole question."""

    id: _Id
    city: _Name
    programme: _Name
    outcome: _Words
    source: Source
    unit: _Name
    frequency: Frequency
    window: Window
    start: date
    direction: Direction
    band: Band
    comparison: tuple[Source, ...] = ()
    comparison_scale: Literal["as_is", "mean_before"] = "as_is"
    season: Season = "none"
    gaps: Literal["refuse", "zero"] = "refuse"
    registered_by: _Name
    why: _Words

    def spec(self) -> dict[str, Any]:
        """Plain values, every default written out."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """The digest of the plan as it stands."""
        return _digest(self.spec())

    def question(self) -> str:
        """The digest of what is tried, whatever it is called: one more of them is one more chance to find something."""
        return question(self.spec())


def question(spec: dict[str, Any]) -> str:
    """As `Plan.question`, of a stored plan."""
    return _digest({name: value for name, value in spec.items() if name not in _WORDS_ONLY})


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def read_plan(path: Path) -> Plan:
    """The plan in a YAML file; ConfigurationError with every problem as file:line:column."""
    loaded = read_model(path, Plan, hints=HINTS)
    problems = list(loaded.problems)
    if loaded.model is not None:
        problems += [loaded.marks.problem(place, message) for place, message in complaints(loaded.model)]
    if problems or loaded.model is None:
        raise ConfigurationError("A plan that cannot be used:", tuple(str(problem) for problem in tidy(problems)))
    return loaded.model


Complaint = tuple[tuple[str | int, ...], str]


def complaints(plan: Plan) -> Iterator[Complaint]:
    """(place, message) of each thing that the form alone does not refuse."""
    window, band = plan.window, plan.band
    if window.last < window.first:
        yield ("window", "last"), f"{window.last} is before the first day, {window.first}; the dates are crossed"
    elif not (_YEARS[0] <= window.first.year and window.last.year <= _YEARS[1]):
        yield ("window",), f"{window.first} to {window.last} is no window of the years {_YEARS[0]} to {_YEARS[1]}"
    elif not window.first < plan.start <= window.last:
        yield ("start",), f"{plan.start} lies outside the window, {window.first} to {window.last}; it must lie within"
    if not band.low < 0 < band.high:
        yield ("band",), f"{band.low:g} to {band.high:g} does not hold 0; write low below 0 and high above it"
    if "@" in plan.registered_by or clean.line(plan.registered_by, 80) != plan.registered_by:
        yield ("registered_by",), "is no role; write one such as performance lead, without a name or address"
    for name in ("programme", "outcome", "unit", "why"):
        if _ADDRESS.search(getattr(plan, name)):
            yield (name,), "holds an address; plans are kept and shown, leave people out"
    yield from _of_files(plan)
    yield from _of_periods(plan)
    yield from _twice(plan)


def _of_files(plan: Plan) -> Iterator[Complaint]:
    places: list[tuple[str | int, ...]] = [("source",), *(("comparison", n) for n in range(len(plan.comparison)))]
    for place, each in zip(places, (plan.source, *plan.comparison), strict=True):
        if each.csv is not None and (PurePosixPath(each.csv.path).is_absolute() or ":" in each.csv.path):
            told = "begins at the root of a machine; plans are kept and exported, write it relative to the plan's file"
            yield (*place, "csv", "path"), told


def _of_periods(plan: Plan) -> Iterator[Complaint]:
    if plan.gaps == "zero" and not all(each.is_count for each in (plan.source, *plan.comparison)):
        yield ("gaps",), "zero is for counts and sums; a mean or median of no rows is not known"
    if plan.season == "month" and plan.frequency in ("quarter", "year"):
        yield ("season",), f"month cannot be told from {plan.frequency}s; take quarter or none"
    if plan.season == "quarter" and plan.frequency == "year":
        yield ("season",), "quarter cannot be told from years; take none"


def _twice(plan: Plan) -> Iterator[Complaint]:
    seen = {_series(plan.source, plan.city): "source"}
    for number, source in enumerate(plan.comparison):
        key = _series(source, plan.city)
        if key in seen:
            yield ("comparison", number), f"is the same series as {seen[key]}; name each series once"
        seen.setdefault(key, f"comparison[{number}]")


def _series(source: Source, city: str) -> str:
    told = source.model_dump(mode="json")
    for each in told.values():
        if each is not None:
            each["city"] = each["city"] or city
    return json.dumps(told, sort_keys=True)
