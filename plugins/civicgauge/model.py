"""The words that all stages share: frozen, without I/O.

City and its parts are read from files and stand in `civicgauge.city`; the rest are plain values. Times are aware
datetimes in UTC; a `day` is a local date of the city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Literal

from civicgauge.city import Attestation, Bounds, City, Contact, DatasetChoice, LicenceStatement, Own, Portal

__all__ = [
    "Answer",
    "Attestation",
    "Bounds",
    "CheckResult",
    "City",
    "Column",
    "Contact",
    "ContactState",
    "Crawl",
    "Dataset",
    "DatasetChoice",
    "DatasetKind",
    "IndicatorValue",
    "LicenceStatement",
    "Look",
    "Outcome",
    "Own",
    "Ownership",
    "Portal",
    "Presence",
    "Probe",
    "Resource",
    "RunRecord",
    "Status",
    "parse_time",
]

# ---------------------------------------------------------------- what a portal's catalogue holds


class DatasetKind(StrEnum):
    """What a catalogue entry is. Only TABLE, GEO, FILE and LINK can be counted (DESIGN rule 1)."""

    TABLE = "table"
    GEO = "geo"
    FILE = "file"
    LINK = "link"
    DERIVED_VIEW = "derived_view"
    NOT_DATA = "not_data"


class Ownership(StrEnum):
    """Whose an entry is; decided by publisher, not by transport."""

    OWN = "own"
    NOT_OWN = "not_own"
    UNKNOWN = "unknown"


class ContactState(StrEnum):
    """What is known of an entry's contact; the address itself is dropped when the catalogue is landed."""

    WELL_FORMED = "well_formed"
    MALFORMED = "malformed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the catalogue describes it."""

    field_name: str
    name: str
    datatype: str
    description: str | None
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """One distribution of a dataset: a file, an API or a link."""

    resource_id: str
    title: str
    description: str | None
    url: str | None
    declared_format: str | None
    media_type: str | None
    is_native_table: bool
    is_link: bool
    created_at: datetime | None
    data_updated_at: datetime | None
    touched_at: datetime | None
    content_hash: str | None = None  # of a file, as the portal gives it


@dataclass(frozen=True, slots=True)
class Dataset:
    """One catalogue entry in our words, as the portal states it; nothing here is inferred from other entries.

    `source_*` fields feed the ownership rule. `contact` is None where the platform hides contacts from the public.
    `columns` is None where the catalogue does not list columns. `custom_fields` holds every publisher-defined field
    (key as the portal writes it, value as text) except those that name people.
    """

    dataset_id: str
    title: str | None
    description: str | None
    kind: DatasetKind
    platform_kind: str
    permalink: str
    publisher: str | None
    keywords: tuple[str, ...]
    contact: ContactState | None
    created_at: datetime | None
    published_at: datetime | None
    touched_at: datetime | None
    data_updated_at: datetime | None
    licence_text: str | None
    licence_key: str | None
    licence_url: str | None
    custom_fields: tuple[tuple[str, str], ...]
    resources: tuple[Resource, ...]
    columns: tuple[Column, ...] | None
    parent_ids: tuple[str, ...] = ()
    is_native: bool = True
    source_domain: str | None = None
    source_organization: str | None = None
    source_harvest: str | None = None
    source_link_host: str | None = None
    page_views_total: int | None = None
    download_count: int | None = None
    lists_documents: bool = True  # false: the catalogue does not show attached documents


# ---------------------------------------------------------------- what checks and indicators say


class Outcome(StrEnum):
    """What a check found. Unknown: it applies but the evidence is missing. Errored: our own fault."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    ERRORED = "errored"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check on one dataset of one day: `failed_count` of `checked_count` parts (1 for the dataset itself)."""

    portal_id: str
    dataset_id: str
    subject: str
    check_id: str
    check_version: int
    outcome: Outcome
    observed: str | None
    expected: str | None
    failed_count: int
    checked_count: int
    reason: str | None
    severity: str
    is_private: bool = False  # may speak of personal data: held for a person's release, counted in no indicator


class Status(StrEnum):
    """Whether an indicator's value may be read."""

    OK = "ok"
    INSUFFICIENT = "insufficient"
    NOT_MEASURED = "not_measured"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One number about one city on one day, with the extremes over every completion of what is unknown.

    For shares, `denominator` is all that applies, unknown included; value = numerator / (denominator - n_unknown);
    `value_low <= value <= value_high` wherever they are not null. Counts of what was seen have no bounds.
    """

    indicator_id: str
    indicator_version: int
    value: float | None
    unit: str
    status: Status
    numerator: float | None
    denominator: float | None
    n_unknown: int
    value_low: float | None
    value_high: float | None
    direction: Literal["higher_is_better", "lower_is_better", "neutral"]
    reason: str | None = None
    band: str | None = None  # the words for the value, where the whole interval lies within one band
    evidence: str | None = None  # the few datasets that decide it, where it does not rest on all of them


# ---------------------------------------------------------------- what the HTTP door hands over


@dataclass(frozen=True, slots=True)
class Answer:
    """One received answer. `url` carries no secret; `body` is decoded from its transfer and content encoding."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    requested_at: datetime
    elapsed_seconds: float
    sha256: str
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Look:
    """What one short look at an address saw: an answer of any status, or the one word for why there was none.

    `url` is where the answer came from in the end; `start` holds the first bytes of its body (none after a HEAD).
    """

    url: str
    status: int | None
    content_type: str = ""
    start: bytes = b""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """What one reading of a portal's catalogue brought: the answers as received, and the numbers that must agree.

    `answers` maps a short name (`catalog-0001`, `data-json`, `status`) to the answer; it becomes the file's name.
    `stated_count` is what the portal says it has; `entries_count` what was received without duplicates.
    """

    kind: str
    software: str | None
    answers: tuple[tuple[str, Answer], ...]
    entries_count: int
    stated_count: int
    duplicates_count: int
    notes: tuple[str, ...] = ()


class Presence(StrEnum):
    """What a portal answers when asked singly for an entry: it is there, it is gone, or nothing can be concluded."""

    PRESENT = "present"
    GONE = "gone"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Probe:
    """What `civicgauge probe` learnt of an address."""

    kind: str
    url: str
    software: str | None
    title: str | None
    domain: str
    entries_count: int | None
    offers: tuple[str, ...] = ()


def parse_time(text: Any) -> datetime | None:
    """ISO 8601 text to an aware UTC datetime; None for empty, unreadable or non-text values.

    A time without a zone is taken as UTC (CKAN writes UTC without saying so). Accepts a space for the T and zones
    like +0000. Never guesses other notations.
    """
    if not isinstance(text, str) or not re.match(r"^\d{4}-\d{2}-\d{2}", text.strip()):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One attempt at a city's day; `outcome` is complete, partial, suspect, not_measured or failed."""

    run_id: str
    city_id: str
    day: date
    as_of: datetime | None
    started_at: datetime
    ended_at: datetime
    outcome: str
    method_version: str
    config_digest: str
    airflow_dag_id: str | None = None
    airflow_run_id: str | None = None
    catalog_attempt: str | None = None
    results_attempt: str | None = None
    problem: str | None = None
    notes: tuple[str, ...] = field(default=())
