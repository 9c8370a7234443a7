"""The pull stage: a chosen dataset's rows, only when they changed, as Parquet with their statistics in the lake.

What a file is worth is a result: one that cannot be read, or is not there, is recorded and fails no task. A portal that
cannot be reached does fail, and is asked again by a retry.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from civicgauge import __version__
from civicgauge.errors import (
    ConfigurationError,
    HostNotAllowed,
    NoSnapshot,
    PortalRefused,
    RetryableError,
    RowsUnreadable,
)
from civicgauge.lake import Lake, new_id
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import City, Dataset, DatasetChoice, Portal
from civicgauge.pipeline import asking, profiling, versions, withdrawn
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.resources import one_of_each
from civicgauge.pipeline.scratch import work_folder
from civicgauge.portals import PortalReader, reader
from civicgauge.web import Web

log = logging.getLogger("civicgauge.pull")

_HEADERS = ("content-type", "content-disposition", "etag", "last-modified", "date", "x-socrata-requestid")
# What is the city's or its file's, and no fault of ours or of the portal as a whole.
_RESULTS = (PortalRefused, HostNotAllowed, RowsUnreadable)


@dataclass(frozen=True)
class _Visit:
    """One asking for one dataset's rows."""

    context: Context
    plan: Plan
    city: City
    portal: Portal
    choice: DatasetChoice
    source: PortalReader
    web: Web
    work: Path

    @property
    def lake(self) -> Lake:
        return self.context.lake


def pull(
    context: Context, plan: Plan, portal_id: str, dataset_id: str, snapshot: str | None, access: Access | None = None
) -> str:
    """Pull one dataset, or find the stored pull where the plan may not ask; returns the pull's lake folder.

    `snapshot` is the portal's catalogue of the day, which shows where the rows lie. Raises RetryableError or
    GiveUpError of the portal, NoSnapshot for a day without a stored pull or a portal whose catalogue was not read.
    """
    city, portal = context.city(plan["city_id"]), context.portal(plan["city_id"], portal_id)
    if gone := _withdrawn(context.lake, city, portal_id, dataset_id):
        log.warning("%s/%s is not pulled: %s", portal_id, dataset_id, gone)
        raise NoSnapshot(f"withdrawn: {gone}. Its rows are neither asked for nor loaded; take it out of the city file")
    parent = versions.pulls_parent(plan["city_id"], portal_id, plan["day"], dataset_id)
    if not plan["ask"]:
        stored = _shown(context, plan, portal_id, dataset_id) or _last(context.lake, parent)
        if stored is None:
            raise NoSnapshot(f"no_pull: {portal_id}/{dataset_id} has none stored for {plan['day']}")
        log.info("%s/%s: stored pull of %s loaded, the portal is not asked", portal_id, dataset_id, plan["day"])
        return stored
    if snapshot is None:
        raise NoSnapshot(f"{portal_id}/{dataset_id} is not pulled: the portal's catalogue was not read")
    started = utc_now()
    with context.web(portal, access) as web, work_folder(context.settings.home / "work") as work:
        choice = city.choice(portal_id, dataset_id)
        visit = _Visit(context, plan, city, portal, choice, reader(portal.kind), web, work)
        about, parts = _parts(visit, snapshot)
        about["door"] = web.tally
    folder = f"{parent}/{new_id(started)}"
    about |= {
        "city_id": plan["city_id"],
        "portal_id": portal_id,
        "dataset_id": dataset_id,
        "day": plan["day"],
        "started_at": started.isoformat(),
        "ended_at": utc_now().isoformat(),
        "snapshot": snapshot,
        "resources": parts,
        "civicgauge_version": __version__,
    }
    context.lake.commit(folder, {}, about)
    return folder


def _withdrawn(lake: Lake, city: City, portal_id: str, dataset_id: str) -> withdrawn.Withdrawal | None:
    """The withdrawal of a dataset, or of the last of the resources that the city file names of it."""
    if found := withdrawn.why_not(lake, city.id, portal_id, dataset_id):
        return found
    named = [
        withdrawn.why_not(lake, city.id, portal_id, dataset_id, i) for i in city.choice(portal_id, dataset_id).resources
    ]
    return named[-1] if named and all(named) else None


def _shown(context: Context, plan: Plan, portal_id: str, dataset_id: str) -> str | None:
    """The pull that the day's current rows were made of."""
    with context.warehouse() as warehouse:
        run = warehouse.current_run(plan["city_id"], date.fromisoformat(plan["day"]))
    catalog = context.lake.manifest(run.catalog_attempt) if run and run.catalog_attempt else None
    told = (catalog or {}).get("pulls", {}).get(f"{portal_id}/{dataset_id}", {})
    return str(told["folder"]) if told.get("folder") else None


def _last(lake: Lake, parent: str) -> str | None:
    found = lake.last_committed(parent)
    return found[0] if found else None


# ---------------------------------------------------------------- one dataset


def _parts(visit: _Visit, snapshot: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What is to be said of the dataset (why it has no table, where it has none), and what each table came to."""
    about, sources = _sources(visit, snapshot)
    if about["problem"]:
        log.warning("%s/%s: %s", visit.portal.id, visit.choice.id, about["problem"])
    held = versions.last_held(visit.lake, visit.city.id, visit.portal.id, visit.choice.id, visit.plan["day"])
    return about, [_part(visit, source, held.get(source.resource_id)) for source in sources]


def _sources(visit: _Visit, snapshot: str) -> tuple[dict[str, Any], list[RowSource]]:
    manifest = visit.lake.manifest(snapshot) or {"files": {}}
    answers = asking.read_answers(visit.lake, snapshot, manifest)
    entries = [e for e in visit.source.entries(answers) if visit.source.entry_id(e) == visit.choice.id]
    if not entries:
        return {"title": None, "permalink": None, "problem": "not_in_catalogue"}, []
    (dataset,) = visit.source.datasets(entries, answers, visit.portal)
    gone = withdrawn.of_portal(visit.lake, visit.city.id, visit.portal.id)
    left = tuple(i for i in visit.choice.resources if (visit.choice.id, i) not in gone.resources)
    sources = visit.source.row_sources(_narrowed(dataset, left), visit.portal)
    sources = [each for each in sources if (each.dataset_id, each.resource_id) not in gone.resources]
    sources = list(sources) if visit.choice.resources else one_of_each(sources)
    problem = None if sources else "no_table_to_pull"
    return {"title": dataset.title, "permalink": dataset.permalink, "problem": problem}, sources


def _narrowed(dataset: Dataset, chosen: tuple[str, ...]) -> Dataset:
    """The dataset with those resources alone that the city file names, where it names any."""
    if not chosen:
        return dataset
    known = {resource.resource_id: resource for resource in dataset.resources}
    if missing := [resource_id for resource_id in chosen if resource_id not in known]:
        has = ", ".join(known) or "none"
        raise ConfigurationError(
            f"datasets.resources: {missing[0]!r} is no resource of {dataset.dataset_id}; it has {has}"
        )
    return replace(dataset, resources=tuple(known[resource_id] for resource_id in chosen))


def _part(visit: _Visit, source: RowSource, held: Mapping[str, Any] | None) -> dict[str, Any]:
    """One table: asked for, landed where it is new, profiled; or why not."""
    name = f"{visit.portal.id}/{source.dataset_id}" + (
        f"/{source.resource_id}" if source.resource_id != source.dataset_id else ""
    )
    told = {"resource_id": source.resource_id, "title": source.title, "route": source.route, "url": source.url}
    try:
        return told | _asked(visit, source, held, name)
    except (*_RESULTS, RetryableError) as error:
        if isinstance(error, RetryableError) and not _is_elsewhere(source, visit.portal):
            raise
        log.warning("%s: %s", name, error)
        nothing: dict[str, Any] = {"version": None, "rows": None, "asked": "refused", "notes": []}
        return told | nothing | _peeked(Peek(), {}) | {"problem": f"{type(error).__name__}: {error}"}


def _is_elsewhere(source: RowSource, portal: Portal) -> bool:
    """Whether the rows lie on a host that is not the portal's: a dead link there is a finding, and no failure."""
    return urlsplit(source.url).hostname not in (portal.url.host, portal.host)


def _asked(visit: _Visit, source: RowSource, held: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    peek = visit.source.peek(visit.web, visit.portal, source)
    if held and peek.is_conclusive and dict(peek.validators) == held["validators"]:
        log.info("%s: unchanged by the portal's own word; no rows are asked for", name)
        return _held(visit, held, peek, held["conditional"])
    spool = visit.work / f"{len(list(visit.work.iterdir()))}.spool"
    conditional = {**held["validators"], **held["conditional"]} if held else None
    fetched = visit.source.fetch(visit.web, visit.portal, source, peek, conditional, spool)
    if fetched.download.status == 304 and held:
        log.info("%s: not modified", name)
        return _held(visit, held, fetched.peek, held["conditional"])
    version = versions.version_of(fetched, source)
    ids = (visit.city.id, visit.portal.id, source.dataset_id, source.resource_id)
    folder = versions.rows_folder(*ids, version)
    known = visit.lake.manifest(folder)
    is_new = known is None or (known["table"] is not None and not visit.lake.holds(folder, versions.ROWS))
    if is_new:
        _land(visit, source, fetched, spool, folder)
    spool.unlink(missing_ok=True)
    got = f"{fetched.download.bytes_count:,} bytes by {fetched.route} in {fetched.download.elapsed_seconds:.1f} s"
    log.info("%s: %s; %s", name, got, "a new version" if is_new else "the same as a version that is held")
    made = {"version": version, "rows": folder, "asked": "received", "notes": list(fetched.notes)}
    headers = {key: value for key, value in fetched.download.headers.items() if key in ("etag", "last-modified")}
    return _profiled(visit, made | _peeked(fetched.peek, headers))


def _held(visit: _Visit, held: Mapping[str, Any], peek: Peek, conditional: Mapping[str, str]) -> dict[str, Any]:
    kept = {"version": held["version"], "rows": held["rows"], "asked": "not_modified", "notes": []}
    told = _peeked(peek, conditional)
    if told["stated_rows_count"] is None:  # not asked for again: what the portal counted when it last changed
        told["stated_rows_count"] = held["stated_rows_count"]
    return _profiled(visit, kept | told)


def _peeked(peek: Peek, conditional: Mapping[str, str]) -> dict[str, Any]:
    return {
        "validators": dict(peek.validators),
        "conditional": dict(conditional),
        "touched": peek.touched,
        "stated_rows_count": peek.stated_rows_count,
        "promised": None if peek.columns is None else [asdict(column) for column in peek.columns],
        "key_field": peek.key_field,
        "problem": None,
    }


def _profiled(visit: _Visit, part: dict[str, Any]) -> dict[str, Any]:
    """The part, once its version has the statistics that today's checks ask for; with the problem of a bad file."""
    manifest = visit.lake.manifest(part["rows"])
    if manifest is not None and manifest["problem"] is None:
        profiling.ensure(visit.context, visit.city, visit.choice, part)
    return part | {"problem": manifest["problem"] if manifest else None}


def _land(visit: _Visit, source: RowSource, fetched: Fetched, spool: Path, folder: str) -> None:
    """The received file as a version in the lake: rows and manifest, or a manifest that says why it has none."""
    from civicgauge.rows.landing import land_table

    download = fetched.download
    target = spool.with_suffix(".parquet")
    about: dict[str, Any] = {
        "dataset_id": source.dataset_id,
        "resource_id": source.resource_id,
        "version": folder.rpartition("/")[2],
        "fetched_at": download.requested_at.isoformat(),
        "source_url": download.url,
        "route": fetched.route,
        "headers": {key: value for key, value in download.headers.items() if key in _HEADERS},
        "sha256": download.sha256,
        "bytes_count": download.bytes_count,
        "notes": list(fetched.notes),
        "civicgauge_version": __version__,
        "problem": None,
        "table": None,
    }
    try:
        table = land_table(
            spool,
            promised=fetched.peek.columns,
            format_hint=fetched.format_id or source.declared_format,
            file_name=unquote(urlsplit(source.url).path.rpartition("/")[2]) or None,
            target=target,
            work=visit.work,
        )
        visit.lake.commit(folder, {versions.ROWS: target}, about | {"table": table.as_dict()})
    except RowsUnreadable as error:
        log.warning("%s/%s: %s", visit.portal.id, source.dataset_id, error)
        visit.lake.commit(folder, {}, about | {"problem": f"RowsUnreadable: {error}"})
    finally:
        target.unlink(missing_ok=True)
