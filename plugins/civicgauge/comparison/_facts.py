"""What decides with whom a city is compared, and the numbers that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale: everything below `below` that no earlier step holds; None is without limit."""

    id: str
    words: str
    below: float | None


TIERS = (
    Step("under-100k", "under 100,000 people", 100_000),
    Step("100k-250k", "100,000 to 249,999 people", 250_000),
    Step("250k-500k", "250,000 to 499,999 people", 500_000),
    Step("500k-1m", "500,000 to 999,999 people", 1_000_000),
    Step("over-1m", "1,000,000 people or more", None),
)
"""Population, as the city file says. The limits are civicgauge's own; a number on a limit belongs to the step above."""

SIZES = (
    Step("under-100", "under 100 datasets", 100),
    Step("100-299", "100 to 299 datasets", 300),
    Step("300-999", "300 to 999 datasets", 1000),
    Step("1000-more", "1,000 datasets or more", None),
)
"""Datasets of its own that the city offers (`datasets_counted_count`)."""

NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class CityFacts:
    """A city on its newest shown day, and what its peer group is made from.

    `platforms` are the kinds of its portals (empty: not known, the city's file is gone). `datasets` is None where the
    size of the catalogue is not known. `is_named`: the audience may see the city's name and numbers.
    """

    city_id: str
    name: str
    day: date
    population: int | None
    platforms: tuple[str, ...]
    datasets: float | None
    is_named: bool

    @property
    def tier(self) -> str:
        """Id of the population's step; `not-stated` is a tier of its own."""
        return _step(TIERS, self.population)

    @property
    def size(self) -> str:
        """Id of the catalogue's step; `not-stated` is a size of its own."""
        return _step(SIZES, self.datasets)

    @property
    def platform(self) -> str:
        """The set of platforms as one word, such as `ckan` or `ckan+socrata`."""
        return "+".join(sorted(set(self.platforms))) or NOT_STATED


def _step(steps: tuple[Step, ...], number: float | None) -> str:
    if number is None:
        return NOT_STATED
    return next(step.id for step in steps if step.below is None or number < step.below)


@dataclass(frozen=True, slots=True)
class Value:
    """One indicator of one city on its newest shown day; the fields are those of the table `indicator_value`."""

    city_id: str
    indicator_id: str
    version: int
    status: str
    value: float | None
    low: float | None
    high: float | None
    n_unknown: int
    unit: str
    direction: str
    reason: str | None = None
    band: str | None = None

    @property
    def is_readable(self) -> bool:
        """Whether the number may be read, and so be a peer's."""
        return self.status == "ok" and self.value is not None

    @property
    def is_hidden(self) -> bool:
        """Whether the platform shows this to nobody."""
        return self.status == "not_measured" and self.reason == "hidden_by_platform"

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which numbers the truth lies, infinite where unbounded; None where nothing is known of it.

        A count has no bounds of its own: it is what was seen, and more may be there where some could not be looked at.
        """
        if self.status not in ("ok", "insufficient"):
            return None
        if self.low is None and self.high is None:
            if self.value is None:
                return None
            return self.value, float("inf") if self.n_unknown else self.value
        return (
            float("-inf") if self.low is None else self.low,
            float("inf") if self.high is None else self.high,
        )

    def overlaps(self, other: Value) -> bool:
        """Whether both may be the same number, as far as is known."""
        mine, theirs = self.interval, other.interval
        return mine is not None and theirs is not None and mine[0] <= theirs[1] and theirs[0] <= mine[1]
