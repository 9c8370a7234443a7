"""The datasets whose rows are pulled: those that a city file names, and what might be named. Asks no portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.model import City, Dataset, DatasetKind, Portal
from civicgauge.pipeline import asking, parquet
from civicgauge.pipeline.context import Context
from civicgauge.portals import reader
from civicgauge.rows.proposals import Entry, Proposal, propose

Row = dict[str, Any]


def chosen(context: Context, city_id: str) -> list[Row]:
    """One row for each resource of each dataset that the file names: what its last pull came to, and its rows."""
    city = context.city(city_id)
    with context.warehouse() as warehouse:
        titles = {(r["portal_id"], r["dataset_id"]): r["title"] for r in warehouse.rows("dataset", city_ids=[city_id])}
        landings = {_version_key(row): row for row in warehouse.rows("landing", city_ids=[city_id])}
        day = warehouse.latest_day(city_id)
        pulls = [*warehouse.iter_rows("pull", city_ids=[city_id], day=day)] if day else []
    rows = []
    for choice in city.datasets:
        mine = [p for p in pulls if (p["portal_id"], p["dataset_id"]) == (choice.portal, choice.id)]
        for pull in mine or [{"resource_id": "", "version": None, "outcome": None, "problem": "not pulled yet"}]:
            landing = landings.get(_version_key({**pull, "portal_id": choice.portal, "dataset_id": choice.id}), {})
            rows.append(
                {
                    "portal_id": choice.portal,
                    "dataset_id": choice.id,
                    "resource_id": pull["resource_id"],
                    "title": titles.get((choice.portal, choice.id)),
                    "family": choice.family,
                    "day": day if mine else None,
                    "outcome": pull["outcome"],
                    "rows_count": landing.get("rows_count"),
                    "columns_count": landing.get("columns_count"),
                    "fetched_at": landing.get("fetched_at"),
                    "problem": pull["problem"],
                }
            )
    return rows


def _version_key(row: Any) -> tuple[Any, ...]:
    return row["portal_id"], row["dataset_id"], row["resource_id"], row["version"]


def proposed(context: Context, city_id: str) -> list[Proposal]:
    """What the rule proposes of the newest stored catalogues, without what the file names already.

    ConfigurationError where no catalogue is stored yet.
    """
    city = context.city(city_id)
    named = {(choice.portal, choice.id) for choice in city.datasets}
    proposals = propose(_entries(context, city))
    return [p for p in proposals if (p.portal_id, p.dataset_id) not in named]


def _entries(context: Context, city: City) -> Iterator[Entry]:
    with context.warehouse() as warehouse:
        day = warehouse.latest_day(city.id)
        run = warehouse.current_run(city.id, day) if day else None
    catalog = context.lake.manifest(run.catalog_attempt) if run and run.catalog_attempt else None
    if run is None or run.catalog_attempt is None or catalog is None:
        raise ConfigurationError(f"no catalogue of {city.id} is stored yet; run `civicgauge observe {city.id}` first")
    rows = parquet.read_rows(context.lake, run.catalog_attempt, "datasets.parquet", catalog)
    counted = {(row["portal_id"], row["dataset_id"]) for row in rows if row["is_counted"] is not False}
    for portal in city.portals:
        snapshot = catalog["portals"].get(portal.id, {}).get("snapshot")
        datasets = _datasets(context, portal, snapshot) if snapshot else []
        shown = {dataset.dataset_id for dataset in datasets}
        for dataset in datasets:
            # a view whose parent is not public is the only way to those rows
            stands_alone = dataset.kind is DatasetKind.DERIVED_VIEW and not shown & set(dataset.parent_ids)
            is_worth_it = stands_alone or (portal.id, dataset.dataset_id) in counted
            yield _entry(portal, dataset, is_worth_it=is_worth_it)


def _datasets(context: Context, portal: Portal, snapshot: str) -> list[Dataset]:
    source, manifest = reader(portal.kind), context.lake.manifest(snapshot) or {"files": {}}
    answers = asking.read_answers(context.lake, snapshot, manifest)
    return source.datasets(source.entries(answers), answers, portal)


def _entry(portal: Portal, dataset: Dataset, *, is_worth_it: bool) -> Entry:
    columns = None
    if dataset.columns is not None:
        columns = tuple((c.field_name, c.name, c.datatype) for c in dataset.columns if not c.is_system)
    return Entry(
        portal_id=portal.id,
        dataset_id=dataset.dataset_id,
        title=dataset.title or "",
        keywords=dataset.keywords,
        columns=columns,
        page_views_total=dataset.page_views_total,
        download_count=dataset.download_count,
        is_eligible=is_worth_it and bool(reader(portal.kind).row_sources(dataset, portal)),
    )


def as_file_lines(proposals: list[Proposal]) -> str:
    """The proposals as lines for the city file, each with its reason as a comment."""
    lines = ["datasets:"]
    for proposal in proposals:
        family = f", family: {proposal.family}" if proposal.family else ""
        title = " ".join(proposal.title.split())
        lines.append(f"  - {{portal: {proposal.portal_id}, id: {_scalar(proposal.dataset_id)}{family}}}  # {title}")
    return "\n".join(lines)


def _scalar(text: str) -> str:
    """An id as YAML takes it: in quotes where it could be read as something else than text."""
    import yaml

    return str(yaml.safe_dump(text, default_flow_style=True, width=1000)).partition("\n")[0]
