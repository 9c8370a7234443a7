"""What the pages for a mayor and for a workshop show. As in `forms`: nothing that the reader may not see is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from civicgauge.pipeline.showing.forms import CityLine, DatasetLine, Value


@dataclass(frozen=True, slots=True)
class Nameless:
    """A city in a distribution that names nobody but where one stands oneself."""

    value: float | None
    low: float | None
    high: float | None
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """How cities stand by one number, without names. `none_because`: in words, where nothing may be shown.

    `group` says who they are. `n_readable` counts the values behind it, without one's own.
    """

    group: str
    unit: str
    direction: str
    dots: tuple[Nameless, ...]
    quantiles: Mapping[str, float] | None
    n_readable: int
    none_because: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A public city that does well by the worse end of its bounds, and one dataset where that is seen.

    `seen` says in words what that dataset does; without a dataset, what was counted.
    """

    city: CityLine
    value: float | None
    low: float | None
    high: float | None
    unit: str
    dataset: DatasetLine | None
    seen: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do, for whoever leads the city. `datasets`: the titles of a few of the `n_concerned`."""

    indicator_id: str
    title: str
    ask: str
    gain: str
    why: str
    how_long: str
    who: str
    n_concerned: int
    n_known: int
    datasets: tuple[str, ...]
    peers: Distribution | None
    example: Example | None


@dataclass(frozen=True, slots=True)
class BriefPage:
    """A city on one sheet of paper. `no_things`: why there are none, in words; None where there are some.

    Of `n_apply` numbers that apply to the city, `n_readable` could be read; `unknown` says of the others why and how
    many. `unread`: portals that could not be read on the day. `reach`: how much of the standard a portal can show.
    """

    city: CityLine
    as_of: datetime | None
    things: tuple[Thing, ...]
    n_more: int
    no_things: str | None
    good: tuple[Value, ...]
    gains: Mapping[str, str]
    n_readable: int
    n_apply: int
    unknown: tuple[tuple[str, int], ...]
    unread: tuple[str, ...]
    reach: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A practice: a criterion on which numbers bear, and how many of the counted cities stand how to it.

    The counts are None where too few cities may be counted. `indicator_id`: the number that differs most among those
    that decide.
    """

    code: str
    practice: str
    name: str
    asks: str
    indicator_id: str
    n_in_line: int | None
    n_differs: int | None
    n_not_observed: int | None


@dataclass(frozen=True, slots=True)
class PracticeSheet:
    """A sheet for one practice: where the cities stand, who does it well, the steps by platform, an exercise."""

    lacking: Lacking
    title: str
    question: str
    ask: str
    gain: str
    how_long: str
    who: str
    distribution: Distribution
    example: Example | None
    steps: Mapping[str, tuple[str, ...]]
    exercise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack for a cohort. `cover`: its cities, for staff; None in a pack that goes to cities.

    Counted are `n_counted` of the `n_measured` of its `n_cities`, all None in a pack for cities that may count none;
    `limits` say in words what is left out and why. `countries` are theirs.
    """

    cohort_id: str
    title: str
    for_cities: bool
    first_day: date | None
    last_day: date | None
    n_cities: int | None
    n_measured: int | None
    n_counted: int | None
    practices: tuple[Lacking, ...]
    sheets: tuple[PracticeSheet, ...]
    n_more: int
    limits: tuple[str, ...]
    reach: str
    countries: tuple[str, ...]
    cover: tuple[CityLine, ...] | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PacksPage:
    """The cohorts of which staff can have a pack: id, title, how many cities."""

    cohorts: tuple[tuple[str, str, int], ...]
