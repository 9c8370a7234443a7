"""What pages show of what people judged: editions, decisions, the audit. One frozen form per page, as in `forms`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from civicgauge.pipeline.showing.forms import Asked, DecisionLine, Range, Value


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition. `n_cities` counts those that the viewer may see.

    For staff alone, else None or empty: `n_signatures` under what it now holds, `n_open` disputes, and in `missing`
    what its next step still waits for.
    """

    edition_id: str
    title: str
    state: str
    as_of: date
    opened_at: datetime
    opened_by: str
    preview_from: date | None
    preview_until: date | None
    days_left: int | None
    frozen_at: datetime | None
    frozen_by: str | None
    content_digest: str | None
    keep_until: date | None
    method_version: str
    n_cities: int
    n_errata: int
    n_signatures: int | None
    n_open: int | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The page on which a city looks at itself before an edition is frozen."""

    edition_id: str
    title: str
    city_id: str
    city_name: str
    until: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """The editions that the viewer may see, the newest first. `previews`: those of the viewer's own cities."""

    rows: tuple[EditionLine, ...]
    previews: tuple[Preview, ...]
    range: Range
    asked: Asked
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature. `name` is for staff alone; `is_valid`: it is under what the edition now holds."""

    number: int
    name: str | None
    role: str
    signed_at: datetime
    is_valid: bool


@dataclass(frozen=True, slots=True)
class ErratumLine:
    """A correction of a frozen number: as it stood, and as it now is."""

    erratum_id: str
    city_id: str
    city_name: str
    indicator_id: str
    version: int
    title: str
    unit: str
    old_status: str
    old_value: float | None
    old_low: float | None
    old_high: float | None
    new_status: str
    new_value: float | None
    new_low: float | None
    new_high: float | None
    reason: str
    evidence_digest: str | None
    made_at: datetime
    by: str
    second_by: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """What a city contests, and what became of it; for staff and the city itself."""

    dispute_id: str
    city_id: str
    city_name: str
    portal_id: str
    dataset_id: str
    indicator_id: str | None
    title: str | None
    phase: str
    claim: str
    evidence_url: str | None
    made_at: datetime
    by: str
    state: str
    decided_at: datetime | None
    decided_by: str | None
    answer: str | None
    decision_id: str | None


@dataclass(frozen=True, slots=True)
class EditionCityLine:
    """A city of an edition. `statuses`: how many of its numbers have which; `problem`: why it has none."""

    city_id: str
    name: str
    publication: str
    measured_on: date | None
    outcome: str | None
    statuses: Mapping[str, int]
    n_decided: int
    n_errata: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition with its cities. `statuses` counts the numbers of all cities that the viewer may see.

    `citation` is None until it is frozen; `disputes` are for staff alone.
    """

    edition: EditionLine
    cities: tuple[EditionCityLine, ...]
    range: Range
    asked: Asked
    statuses: Mapping[str, int]
    signatures: tuple[SignatureLine, ...]
    errata: tuple[ErratumLine, ...]
    disputes: tuple[DisputeLine, ...]
    citation: str | None


@dataclass(frozen=True, slots=True)
class DatasetNamed:
    """A dataset that decides a number; `title` is None where it is known no more, which is for staff."""

    portal_id: str
    dataset_id: str
    title: str | None


@dataclass(frozen=True, slots=True)
class EditionValue:
    """A number of a city in an edition: as measured and as decided (in `value`), its corrections, what decides it."""

    value: Value
    errata: tuple[ErratumLine, ...]
    datasets: tuple[DatasetNamed, ...]
    row_digest: str


@dataclass(frozen=True, slots=True)
class EditionCityPage:
    """A city in an edition. `is_own`: staff or the city itself looks, and sees the `disputes` too.

    In a preview it is for these alone; `citation` is None until the edition is frozen.
    """

    edition: EditionLine
    city_id: str
    name: str
    publication: str
    measured_on: date | None
    as_of: datetime | None
    outcome: str | None
    run_id: str | None
    evidence_digest: str | None
    problem: str | None
    values: tuple[EditionValue, ...]
    decisions: tuple[DecisionLine, ...]
    disputes: tuple[DisputeLine, ...]
    is_own: bool
    citation: str | None


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Decisions on cities that the viewer may see, the newest first."""

    rows: tuple[DecisionLine, ...]
    range: Range
    asked: Asked
    filters: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    as_of: str | None


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One decision, what it takes the place of, and what takes its place."""

    decision: DecisionLine
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """A row of the audit. `reason` and `details` are None where there is none, or it was withdrawn (`is_withdrawn`)."""

    number: int
    at: datetime
    by: str
    action: str
    city_id: str
    city_name: str | None
    subject: str
    reason: str | None
    details: str | None
    is_withdrawn: bool
    digest: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The audit, the newest act first. `broken_at`: the number of the first row that does not fit the one before."""

    rows: tuple[ActLine, ...]
    range: Range
    asked: Asked
    filters: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    broken_at: int | None
    as_of: str | None
