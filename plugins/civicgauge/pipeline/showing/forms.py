"""What a page shows: one frozen form per page, filled by `showing` from the warehouse and the lake, drawn by `pages`.

Text of portals stands here as the portal wrote it: hostile until a template has escaped it. A form never holds what its
viewer may not see, so that a page, its twins and the static site cannot show more than each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Audience = Literal["public", "city", "staff"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `own_cities`: a city's contact came by a signed link, and sees these as the city itself does.

    `only_cities`: no other city is there for this viewer, whatever the audience (inside Airflow, a user who may read
    some DAGs alone); None: no such limit.
    """

    audience: Audience = "public"
    own_cities: frozenset[str] = frozenset()
    only_cities: frozenset[str] | None = None


PUBLIC, STAFF = Viewer(), Viewer("staff")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for: words in the name or title, filters by field, which page (from 1), how many on it."""

    words: str = ""
    filters: Mapping[str, str] | None = None
    sort: str = ""
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class Range:
    """Which part of a list is shown."""

    count: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // self.size))


@dataclass(frozen=True, slots=True)
class CityLine:
    """A city as lists and headings name it. `day` is its newest shown day (not after as_of); None: never measured."""

    city_id: str
    name: str
    state: str | None
    country: str
    population: int | None
    publication: str
    platforms: tuple[str, ...]
    day: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A number as people decided it, beside the measured one. `decisions`: the ids of the decisions behind it."""

    status: str
    value: float | None
    low: float | None
    high: float | None
    n_unknown: int
    why: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's value as stored, with the texts of its form. `previous_*`: the shown day before, equal version.

    `decided` stands beside: None where no decision changes the number.
    """

    indicator_id: str
    version: int
    title: str
    question: str
    unit: str
    direction: str
    status: str
    value: float | None
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None
    n_unknown: int
    band: str | None
    reason: str | None
    why: str
    evidence: tuple[str, ...]
    criteria: tuple[str, ...]
    input_digest: str
    run_id: str
    previous_day: date | None = None
    previous_value: float | None = None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class CityRow:
    """A line of the list of cities: its bands by indicator id (only those that have bands), and its stances."""

    city: CityLine
    bands: Mapping[str, Value]
    n_in_line: int
    n_differs: int
    n_not_observed: int
    n_datasets: int | None


@dataclass(frozen=True, slots=True)
class CitiesPage:
    """The cities that the viewer may see. `columns`: (indicator id, title) of the bands shown; `filters`: field to
    the values that can be chosen."""

    rows: tuple[CityRow, ...]
    columns: tuple[tuple[str, str], ...]
    range: Range
    asked: Asked
    filters: Mapping[str, tuple[str, ...]]
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One stored day of an indicator: null value with its status where there is none."""

    day: date
    status: str
    value: float | None
    low: float | None
    high: float | None
    version: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of a standard beside a city: the stance by the numbers alone, the attested one apart.

    `expires_at` without `attested_stance`: what was attested has expired. `is_contradicted`: the two say the opposite.
    """

    standard: str
    standard_version: str
    code: str
    practice: str
    name: str
    asks: str
    attest: str
    observable: str
    stance: str
    basis: str
    numbers: tuple[Mapping[str, Any], ...]
    attested_stance: str | None
    attested_by: str | None
    attested_on: date | None
    attested_url: str | None
    expires_at: date | None
    is_contradicted: bool | None


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to do next: what users gain, whose datasets, the steps by kind of platform."""

    indicator_id: str
    title: str
    gain: str
    effort: int
    benefit: int
    n_concerned: int
    n_known: int
    datasets: tuple[DatasetLine, ...]
    steps: Mapping[str, tuple[str, ...]]
    promise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A dataset as lists name it, with its state on the chosen day."""

    portal_id: str
    dataset_id: str
    title: str
    permalink: str | None
    kind: str | None
    is_counted: bool | None
    declared_frequency: str | None
    freshness_status: str | None
    age_days: int | None
    licence_class: str | None
    n_failed: int = 0
    n_unknown: int = 0
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident of the city, as the viewer may see it."""

    incident_key: str
    rule_id: str
    title: str
    subject: str
    state: str
    severity: str
    opened_at: datetime | None
    last_seen_at: datetime | None
    resolved_at: datetime | None
    occurrences: int


@dataclass(frozen=True, slots=True)
class CityPage:
    """A city on a day. `history` by indicator id, oldest first, at most one point a week and the newest.

    `unread`: portals that were not read on the day, with the reason. `days`: the newest shown days, for links back.
    `no_steps`: why there are no `next_steps`, where the evidence behind them is gone; None where they are whole.
    """

    city: CityLine
    as_of: datetime | None
    run: Mapping[str, Any] | None
    values: tuple[Value, ...]
    history: Mapping[str, tuple[Point, ...]]
    criteria: tuple[Criterion, ...]
    standard_sentences: Mapping[str, str]
    next_steps: tuple[Mend, ...]
    n_more_steps: int
    incidents: tuple[IncidentLine, ...]
    portals: tuple[Mapping[str, str], ...]
    unread: Mapping[str, str]
    days: tuple[date, ...]
    has_badge: bool
    no_steps: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetsPage:
    """A city's datasets on its day, those with most to mend first."""

    city: CityLine
    rows: tuple[DatasetLine, ...]
    range: Range
    asked: Asked
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check's file as people read it."""

    check_id: str
    version: int
    where: str
    title: str
    why: str
    severity: str
    table: str
    applies: str
    needs: tuple[str, ...]
    expectation: str
    fix: Mapping[str, tuple[str, ...]]
    serves: tuple[Mapping[str, str], ...]
    indicators: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    cases: Mapping[str, int]
    file: str


@dataclass(frozen=True, slots=True)
class Result:
    """A check's result on a dataset. `failing_rows`: keys of a few, for the city and staff alone."""

    check_id: str
    check_version: int
    title: str
    subject: str
    outcome: str
    observed: str | None
    expected: str | None
    failed_count: int
    checked_count: int
    reason: str | None
    severity: str
    steps: tuple[str, ...]
    is_private: bool
    failing_rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A landed version of a resource's rows, newest first; `changes` is its schema drift against the one before."""

    resource_id: str
    version: str
    fetched_at: datetime
    source_url: str
    rows_count: int | None
    columns_count: int | None
    bytes_count: int
    sha256: str
    problem: str | None
    changes: tuple[Mapping[str, Any], ...] | None


@dataclass(frozen=True, slots=True)
class Profiled:
    """A column of the newest landed version: counts alone, never values."""

    resource_id: str
    name: str
    type: str
    described: bool | None
    nulls_share: float | None
    distinct_count: int | None
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What staff decided on a field, beside what was measured. `title`: the entry's, where one is meant and known."""

    decision_id: str
    city_id: str
    city_name: str
    portal_id: str
    dataset_id: str
    title: str | None
    field: str
    measured: str | None
    decided: str
    reason: str
    evidence_url: str | None
    evidence_digest: str
    by: str
    second_by: str | None
    valid_from: date
    valid_until: date | None
    state: str
    made_at: datetime
    seconded_at: datetime | None
    replaces: str | None


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """A dataset on a day. `state` is its row of `dataset_day`; the three ages are touched_at, data_updated_at and
    newest_event_at in it, with `period_days` the promise. `decisions`: those on it that hold on the day."""

    city: CityLine
    line: DatasetLine
    day: date
    as_of: datetime
    state: Mapping[str, Any]
    results: tuple[Result, ...]
    versions: tuple[Version, ...]
    pulls: tuple[Mapping[str, Any], ...]
    profile: tuple[Profiled, ...]
    incidents: tuple[IncidentLine, ...]
    first_seen: date
    last_seen: date
    presence: str | None
    removed_on: date | None
    observation: Mapping[str, str]
    decisions: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A city in a strip plot; `city` is None where it may not be named."""

    city: CityLine | None
    value: float | None
    low: float | None
    high: float | None
    status: str
    band: str | None
    is_here: bool = False
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator across a group of comparable cities. `about` are its texts; quantiles of enough readable values.

    `group` says in words who is in it and why; `groups` the (id, words) that can be chosen.
    """

    about: Mapping[str, Any]
    dots: tuple[Dot, ...]
    quantiles: Mapping[str, float] | None
    group: str
    groups: tuple[tuple[str, str], ...]
    rows: tuple[Dot, ...]
    range: Range
    asked: Asked
    as_of: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortalHealth:
    """A portal as operators see it."""

    city: CityLine
    portal_id: str
    kind: str
    url: str
    last_snapshot: datetime | None
    state: str
    problem: str | None
    entries: int | None


@dataclass(frozen=True, slots=True)
class RunLine:
    """An attempt at a city's day."""

    run_id: str
    city: CityLine
    day: date
    outcome: str
    started_at: datetime
    ended_at: datetime
    seconds: float
    is_current: bool
    problem: str | None
    notes: tuple[str, ...]
    airflow_dag_id: str | None
    airflow_run_id: str | None


@dataclass(frozen=True, slots=True)
class HealthPage:
    """The pipeline's health. Counts are of cities that the viewer may see; holds and the outbox are for staff alone."""

    portals: tuple[PortalHealth, ...]
    range: Range
    asked: Asked
    recent: tuple[RunLine, ...]
    suspect: tuple[RunLine, ...]
    missing_today: tuple[CityLine, ...]
    outcomes: Mapping[str, int]
    duration_seconds: Mapping[str, float]
    outbox: Mapping[str, int] | None
    holds: tuple[Mapping[str, Any], ...] | None
    schema_version: str
    method_version: str
    published_at: datetime | None


class NotShown(LookupError):
    """There is no such thing, or it is not for this viewer: nobody can tell which."""
