"""Landing: one portal's entries of one day become rows of the catalogue tables, with the facts that follow.

Pure: what it needs of the past comes in as what earlier days knew. Rules: DESIGN section 5, numbers 1 to 8.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.landed import EventFacts
from civicgauge.landing import data_dates, decided, history, linkage, linkrows, subjects, texts, timeliness
from civicgauge.landing.decided import DecidedEntries, DecidedFields
from civicgauge.landing.distributions import Distribution, distributions_of, openness
from civicgauge.landing.frequency import Frequency, resolve_frequency
from civicgauge.landing.licences import Licence, resolve_licence
from civicgauge.landing.ownership import decide_ownership, exclusion
from civicgauge.landing.series import SeriesRole, group_series
from civicgauge.model import City, Column, Dataset, Portal

Row = dict[str, Any]
_VOLATILE = {"page_views_total", "download_count", "input_digest"}


NOT_CHOSEN: Mapping[str, Any] = {
    "is_chosen": False,
    "cells_count": None,
    "cells_filled_count": None,
    "pull_outcome": None,
}
"""What a landed row says of rows that nobody asked to pull."""


@dataclass(frozen=True)
class Reading:
    """One portal's day as it comes in. `known` holds what was carried from the last accepted day, by dataset id.

    `events` are the newest events inside the rows, by dataset id, where rows were pulled; `chosen` the facts about the
    rows of chosen datasets that stand in their landed rows (`NOT_CHOSEN` names them). `links` is what is known of the
    links to other hosts. `decided` is what staff decided, by dataset id and field; it stands beside what is measured.
    """

    city: City
    portal: Portal
    day: date
    as_of: datetime
    datasets: Sequence[Dataset]
    known: Mapping[str, Mapping[str, Any]]
    observation_days: Sequence[date]
    holidays: frozenset[date]
    absent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    events: Mapping[str, EventFacts] = field(default_factory=dict)
    chosen: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    links: linkage.Known = field(default_factory=linkage.Known)
    decided: DecidedEntries = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return self.city.zone

    def decided_of(self, dataset: Dataset) -> DecidedFields:
        """What was decided of an entry, by field."""
        return self.decided.get(dataset.dataset_id, {})


@dataclass
class Landed:
    """Rows of the three catalogue tables and of what is carried on; `links` by dataset id, of one portal."""

    datasets: list[Row] = field(default_factory=list)
    resources: list[Row] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    links: dict[str, linkage.Carried] = field(default_factory=dict)

    def extend(self, other: Landed) -> None:
        """Add another portal's rows; what is carried of links stays with its portal."""
        self.datasets += other.datasets
        self.resources += other.resources
        self.columns += other.columns
        self.known += other.known


def land_portal(reading: Reading) -> Landed:
    """Every entry as rows; nothing is dropped, what does not count says why."""
    landed = Landed()
    frequencies = _frequencies(reading)
    whose = {d.dataset_id: _ownership(d, reading) for d in reading.datasets}
    series = _series(reading, whose)
    for dataset in reading.datasets:
        key, distributions = dataset.dataset_id, distributions_of(dataset.resources)
        row = {
            **whose[key],
            **_dataset_row(dataset, reading, frequencies[key]),
            **_dates_and_openness(dataset, distributions),
            **_contents(dataset, distributions, reading.day),
        }
        uncounted_on = history.kept_in_doubt(row, reading.known.get(key), reading.day)
        if uncounted_on:
            row |= {"is_counted": None, "exclusion_reason": "turned_into_no_dataset"}
        carried = timeliness.add(row, dataset, reading, frequencies[key], series.get(key))
        landed.resources += _linked_rows(landed, reading, row, distributions)
        landed.datasets.append(row)
        landed.columns += [_column_row(c, row) for c in dataset.columns or () if not c.is_system]
        landed.known.append(history.known_row(row, reading.day, {**carried, "uncounted_on": uncounted_on}))
    landed.known += history.absent_rows(reading, {d.dataset_id for d in reading.datasets})
    landed.datasets += history.missing_rows(landed.known, reading.portal.kind)
    for row in landed.datasets:
        row.update(with_rows(row, reading.chosen.get(row["dataset_id"], NOT_CHOSEN)))
        row["input_digest"] = digest(row)
    return landed


def _series(reading: Reading, whose: Mapping[str, Row]) -> dict[str, SeriesRole]:
    """The place of each entry that belongs to a series of editions."""
    counted = (d for d in reading.datasets if whose[d.dataset_id]["is_counted"] is not False)
    titles = {d.dataset_id: d.title for d in counted if d.title}
    by_rule = group_series(decided.series_titles(titles, reading.decided))
    return decided.series_roles(by_rule, titles, reading.decided)


def _linked_rows(landed: Landed, reading: Reading, row: Row, distributions: Sequence[Distribution]) -> list[Row]:
    """The rows of a dataset's resources, with what is known of their links; the dataset's own row gets its part."""
    if row["is_counted"] is False:
        row |= linkrows.NO_LINKS
        return [{**_resource_row(d, row), **linkrows.NO_LINK} for d in distributions]
    known, key = reading.links, row["dataset_id"]
    watched = linkage.watch(distributions, reading.portal, known, key, reading.day)
    row |= linkrows.dataset_facts(watched, known, reading.zone, reading.day)
    if watched.carried:
        landed.links[key] = watched.carried
    by_id = {link.resource_id: link for link in watched.links}
    return [
        _resource_row(d, row) | linkrows.resource_facts(by_id.get(d.resource.resource_id), known, reading.zone)
        for d in distributions
    ]


def with_rows(row: Row, chosen: Mapping[str, Any]) -> Row:
    """What the pulled rows say; of what the catalogue says too, the rows win for years, the catalogue for columns."""
    told = {key: chosen.get(key) for key in NOT_CHOSEN}
    told["newest_year"] = row["newest_year"] if chosen.get("newest_year") is None else chosen["newest_year"]
    for key in ("place_columns_count", "people_columns_count"):
        told[key] = chosen.get(key) if row[key] is None else row[key]
    return told


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 of a row's facts, view counts apart: equal facts, equal digest."""
    facts = {key: value for key, value in row.items() if key not in _VOLATILE}
    return hashlib.sha256(
        json.dumps(facts, sort_keys=True, default=str, ensure_ascii=False).encode(errors="replace")
    ).hexdigest()


def _frequencies(reading: Reading) -> dict[str, Frequency]:
    """Each entry's stated frequency; ambiguous spellings are read in the light of the portal's other ones."""
    kind, domain = reading.portal.kind, reading.portal.host
    first = {d.dataset_id: resolve_frequency(d.custom_fields, domain, kind) for d in reading.datasets}
    spellings = frozenset(f.text for f in first.values() if f.text)
    return {
        d.dataset_id: resolve_frequency(d.custom_fields, domain, kind, spellings)
        if first[d.dataset_id].text
        else first[d.dataset_id]
        for d in reading.datasets
    }


def _ownership(dataset: Dataset, reading: Reading) -> Row:
    measured, _ = decide_ownership(dataset, reading.portal, reading.city.own)
    ownership = decided.ownership(measured, reading.decided_of(dataset))
    is_counted, reason = exclusion(dataset.kind, ownership)
    return {"ownership": str(ownership), "is_counted": is_counted, "exclusion_reason": reason}


def _dates_and_openness(dataset: Dataset, distributions: Sequence[Distribution]) -> Row:
    moment, basis = data_dates.data_updated(dataset, distributions)
    stars, is_machine_readable = openness(distributions)
    return {
        "data_updated_at": moment,
        "age_basis": basis,
        "newest_event_at": None,
        "openness_stars": stars,
        "is_machine_readable": is_machine_readable,
    }


def _contents(dataset: Dataset, distributions: Sequence[Distribution], day: date) -> Row:
    """What it is about, what explains it, and by what it can be broken down."""
    documents = sum(d.is_documentation for d in distributions) + texts.mentions_dictionary(dataset.description)
    own = [c for c in dataset.columns or () if not c.is_system]
    return {
        "subjects": " ".join(subjects.subjects_of(dataset.title)),
        "newest_year": subjects.newest_year(dataset.title, day.year + 1),
        "documentation_count": documents if documents or dataset.lists_documents else None,
        "place_columns_count": subjects.columns_by("place", own) if own else None,
        "people_columns_count": subjects.columns_by("people", own) if own else None,
    }


def _dataset_row(dataset: Dataset, reading: Reading, frequency: Frequency) -> Row:
    licence = resolve_licence(
        dataset.licence_key, dataset.licence_text, dataset.licence_url, reading.city.licence_statement
    )
    licence = decided.licence(licence, reading.decided_of(dataset))
    own = [c for c in dataset.columns or () if not c.is_system]
    return {
        "portal_id": reading.portal.id,
        "portal_kind": reading.portal.kind,
        "dataset_id": dataset.dataset_id,
        "is_observed": True,
        "title": dataset.title,
        "title_length": len(dataset.title or ""),
        "title_is_identifier": texts.is_identifier_title(dataset.title or ""),
        "description": dataset.description,
        "description_length": len(dataset.description or ""),
        "description_repeats_title": texts.repeats(dataset.description or "", dataset.title or ""),
        "permalink": dataset.permalink,
        "kind": str(dataset.kind),
        "platform_kind": dataset.platform_kind,
        "publisher": dataset.publisher,
        "publisher_length": len(dataset.publisher or ""),
        "keywords_count": len(set(dataset.keywords)),
        "contact_state": dataset.contact and str(dataset.contact),
        "declared_frequency": frequency.text if frequency.source != "undeclared" else None,
        "declared_frequency_field": frequency.field,
        "says_historical": says_historical(dataset),
        "created_at": dataset.created_at,
        "published_at": dataset.published_at,
        "touched_at": dataset.touched_at,
        **_licence_facts(licence),
        "resources_count": len(dataset.resources),
        "has_columns_in_catalogue": dataset.columns is not None,
        "columns_count": None if dataset.columns is None else len(own),
        "columns_described": None
        if dataset.columns is None
        else sum(is_described(c.description, c.name, c.field_name) for c in own),
        "first_seen": _first_seen(dataset.dataset_id, reading),
        "page_views_total": dataset.page_views_total,
        "download_count": dataset.download_count,
    }


def says_historical(dataset: Dataset) -> bool:
    """Whether the entry itself says that it is no longer kept: in its words, or in a field that says retired."""
    retired = any(key == "is_retired" and value.lower() == "true" for key, value in dataset.custom_fields)
    return retired or texts.says_historical(dataset.title or "", dataset.description or "")


def is_described(description: str | None, *names: str) -> bool:
    """Whether a column's description says more than its name (DESIGN rule 10)."""
    return bool(description and description.strip()) and not any(texts.repeats(description, name) for name in names)


def _licence_facts(licence: Licence) -> Row:
    return {
        "licence_text": licence.text,
        "licence_id": licence.licence_id,
        "licence_class": licence.licence_class,
        "licence_source": licence.source,
    }


def _first_seen(dataset_id: str, reading: Reading) -> date:
    known = reading.known.get(dataset_id)
    return known["first_seen"] if known else reading.day


def _resource_row(distribution: Distribution, row: Row) -> Row:
    resource, resolved = distribution.resource, distribution.format
    address = texts.is_public_address(resource.url) if resource.url else None
    is_table_without_file = resource.is_native_table and not resource.declared_format
    return {
        "portal_id": row["portal_id"],
        "portal_kind": row["portal_kind"],
        "dataset_id": row["dataset_id"],
        "resource_id": resource.resource_id,
        "dataset_is_counted": row["is_counted"],
        "title": resource.title,
        "title_length": len(resource.title or ""),
        "url": resource.url,
        "url_scheme": address.scheme if address else None,
        "url_is_wellformed": address.is_wellformed if address else None,
        "url_is_public": address.is_public if address else None,
        "declared_format": resource.declared_format,
        "declared_format_length": len(resource.declared_format or ""),
        "format_id": "api_table" if is_table_without_file else resolved.format_id,
        "media_type": resource.media_type,
        "openness_stars": 3 if resource.is_native_table else resolved.stars,
        "is_documentation": distribution.is_documentation,
        "is_native_table": resource.is_native_table,
        "is_link": resource.is_link,
        "created_at": resource.created_at,
        "data_updated_at": resource.data_updated_at,
        "touched_at": resource.touched_at,
    }


def _column_row(column: Column, row: Row) -> Row:
    return {
        "portal_id": row["portal_id"],
        "portal_kind": row["portal_kind"],
        "dataset_id": row["dataset_id"],
        "field_name": column.field_name,
        "dataset_is_counted": row["is_counted"],
        "name": column.name,
        "name_length": len(column.name),
        "datatype": column.datatype,
        "description_length": len(column.description or ""),
        "description_repeats_name": bool(column.description)
        and not is_described(column.description, column.name, column.field_name),
        "is_described": is_described(column.description, column.name, column.field_name),
    }
