"""What a city is told of an edition: numbers of many cities that people looked through, signed and froze."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class News(StrEnum):
    """What a message about an edition tells."""

    PREVIEW = "preview"  # its numbers can be looked through, before anybody else sees them
    REMINDER = "reminder"  # the preview ends soon, and the city has not answered
    DECIDED = "decided"  # what the city contested was decided
    FROZEN = "frozen"
    ERRATUM = "erratum"  # a number of it was corrected afterwards


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in an edition: `status` is ok, insufficient, not_measured, not_applicable or error.

    `value` is None where the status is not ok; the bounds are None where they are not known.
    """

    value: float | None
    unit: str
    status: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the edition; `before` as the city's last edition has it."""

    title: str
    now: Figure
    before: Figure | None = None


@dataclass(frozen=True, slots=True)
class Contested:
    """What a city contested, and what became of it. `about` names the number or the entry; '' where neither was."""

    dispute_id: str
    about: str
    claim: str
    is_upheld: bool
    is_appeal: bool
    answer: str
    now: Figure | None = None  # the number as the edition holds it now


@dataclass(frozen=True, slots=True)
class Corrected:
    """A number of a frozen edition that was corrected."""

    erratum_id: str
    title: str
    old: Figure
    new: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class EditionNews:
    """What a message about an edition says. `ids` are what it tells of: of disputes, of errata, else of the edition.

    `until` is the last day of the preview, or of the time for appeals once it is frozen. `n_without` of the `n_values`
    numbers have no value; `differs` are those farthest from the city's last edition, which `last_title` names.
    `is_open`: it can be contested now. `links`: page and contest.
    """

    news: News
    ids: tuple[str, ...]
    edition_id: str
    title: str
    measured_on: date
    until: date
    frozen_on: date | None = None
    n_values: int = 0
    n_without: int = 0
    differs: tuple[Line, ...] = ()
    without: tuple[Line, ...] = ()
    last_title: str = ""
    disputes: tuple[Contested, ...] = ()
    errata: tuple[Corrected, ...] = ()
    appeal_years: int = 4
    is_public: bool = False
    is_open: bool = True
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_secret(self) -> bool:
        """Whether its numbers are for the city and staff alone: nobody else sees them before they are frozen."""
        return self.frozen_on is None
