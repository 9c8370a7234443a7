"""The stages of the pipeline as Airflow calls them: from its clocks and states to plain arguments and back.

What passes between tasks is ids. A task that fails leaves behind, beside its error, one short note (XCom `problem`),
from which *land* and *verdict* say what was not read and why.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal

from airflow.sdk import Asset, get_current_context
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowSkipException, AirflowTaskTimeout

from civicgauge import pipeline
from civicgauge.airflow.clocks import as_things_stand
from civicgauge.airflow.connections import access_to
from civicgauge.airflow.retries import SECTION
from civicgauge.airflow.schedule import snapshot_asset
from civicgauge.airflow.verdict import NOTE, Note, judge
from civicgauge.errors import CivicgaugeError, ConfigurationError, NoSnapshot
from civicgauge.pipeline import Plan
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context

log = logging.getLogger("civicgauge.airflow")

STAGES = ("plan", "snapshot", "pull", "links", "land", "validate", "measure", "commit")


def plan(city_id: str) -> dict[str, Any]:
    """Which day of the city this run is for, and whether its portals may be asked (DESIGN rule 12)."""
    run = get_current_context()["dag_run"]
    with _noted():
        made = pipeline.plan(
            city_id,
            as_of=(run.conf or {}).get("as_of"),
            logical_date=run.logical_date,
            run_after=run.run_after,
            now=datetime.now(UTC),
            airflow_dag_id=run.dag_id,
            airflow_run_id=run.run_id,
        )
    return dict(made)


def snapshot(plan: Plan, portal_id: str) -> dict[str, str]:
    """Keep one portal's catalogue as received. A day without a stored one, which may not be asked for, is skipped."""
    with _noted(portal_id):
        plan = _now(plan)
        access = _access(plan, portal_id)
        with _requests(plan, portal_id):
            folder = pipeline.snapshot(plan, portal_id, access)
        _account(plan, "snapshot", folder)
    _emit(snapshot_asset(plan["city_id"], portal_id), pipeline.snapshot_facts(folder) | {"asked": plan["ask"]})
    return {"portal_id": portal_id, "snapshot": folder}


def pull(dataset: str, plan: Plan | None) -> dict[str, str]:
    """Pull one chosen dataset's rows, where they changed. Skipped where its portal's catalogue was not read."""
    if plan is None:
        raise AirflowSkipException("not planned")
    portal_id = dataset.partition("/")[0]
    with _noted(dataset):
        plan = _now(plan)
        read, access = _snapshots(plan["city_id"])[0].get(portal_id), _access(plan, portal_id)
        with _requests(plan, dataset):
            folder = pipeline.pull(plan, dataset, read, access)
        _account(plan, "pull", folder)
    get_current_context()["dataset_title"] = pipeline.pulled_title(folder)
    return {"dataset": dataset, "pull": folder}


def links(plan: Plan | None, portal_id: str) -> dict[str, str | None]:
    """Ask for today's share of one portal's links to other hosts. Skipped where its catalogue was not read."""
    snapshot = _snapshots(plan["city_id"])[0].get(portal_id) if plan else None
    if plan is None or snapshot is None:
        raise AirflowSkipException("not planned, or the portal's catalogue was not read")
    with _noted(portal_id):
        plan = _now(plan)
        access = _access(plan, portal_id)
        with _requests(plan, f"hosts that {portal_id} links to"):
            folder = pipeline.links(plan, portal_id, snapshot, access)
        if folder is not None:
            _account(plan, "links", folder)
        return {"portal_id": portal_id, "links": folder}


def land(plan: Plan | None) -> str:
    """Turn what was read into catalogue tables, however much that is; with nothing read, skip and write nothing."""
    if plan is None:
        raise AirflowSkipException("not planned")
    read, unread = _snapshots(plan["city_id"])
    if not read:
        raise AirflowSkipException("no portal was read: nothing is written for this day")
    with _noted():
        problems = {portal_id: note.reason for portal_id, note in unread.items()}
        links = {left["portal_id"]: left["links"] for left in _pull("links") if left["links"]}
        return pipeline.land(_now(plan), read, problems, *_pulls(plan["city_id"]), links)


def validate(plan: Plan, catalog: str) -> str:
    """Run the checks over the catalogue tables. A failed check is a result, not a failed task."""
    with _noted():
        return pipeline.validate(_now(plan), catalog)


def measure(plan: Plan, results: str) -> str:
    """Compute the indicators from the check results."""
    with _noted():
        return pipeline.measure(_now(plan), results)


def commit(plan: Plan, measured: str, outlet: str) -> str:
    """Load the city's day and make it the current one; the outcome and the counts go to the asset's event as well."""
    with _noted():
        loaded = pipeline.commit(_now(plan), measured)
    _emit(Asset(outlet), {"day": plan["day"], **loaded})
    return str(loaded["outcome"])


def verdict(plan: Plan | None) -> None:
    """Fail, naming what was not read or what broke, or pass. Skip where there was nothing to read."""
    context = get_current_context()
    run, ti = context["dag_run"], context["ti"]
    states = ti.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    notes = [Note(**left) for stage in STAGES for left in _pull(stage, NOTE)]
    ruling = judge({task: state for task, state in states.items() if task != ti.task_id}, notes)
    log.log(logging.ERROR if ruling.failed else logging.INFO, "%s", ruling.text)
    if plan is None:
        raise CivicgaugeError(f"{run.dag_id}: {ruling.text}")
    problems = {"pipeline": ruling.text} if ruling.broken else {}
    unread = _snapshots(plan["city_id"])[1]
    problems |= {portal_id: note.reason for portal_id, note in unread.items() if not note.is_no_snapshot}
    problems |= _pulls(plan["city_id"])[1]
    outcome = next(iter(_pull("commit")), None)
    if outcome is None and not problems:
        raise AirflowSkipException(ruling.text)
    pipeline.verdict(_now(plan), problems, outcome)


def publish() -> dict[str, Any]:
    """Publish the city-days committed since the last time, as tables and as pages; skip where there are none."""
    now = datetime.now(UTC)
    with _noted():
        published = pipeline.publish(now)
        site = _site(now)
    if published is None and site is None:
        raise AirflowSkipException("nothing new since the last time")
    return (published or {}) | ({"site": site} if site else {})


def _site(now: datetime) -> dict[str, int] | None:
    """Write the public pages beside the tables; None where those of the newest tables are written."""
    from civicgauge.pages.site import Wanted, write_site
    from civicgauge.pipeline import publishing  # here, for every task imports this module

    context = Context.from_environment()
    state = publishing.unwritten_site(context)
    if state is None:
        return None
    # one process: a task may be a daemon of its worker, and such have no children
    folder = context.settings.home / "published" / "site"
    written = write_site(Wanted(context.settings, datasets=_site_datasets(), now=now), folder, processes=1)
    publishing.site_written(context, state, now)
    return written


def _emit(asset: Asset, extra: dict[str, Any]) -> None:
    """Let this task instance tell of one asset, with what it knows of it.

    A task that is mapped over portals has an outlet for each, and every instance would tell of all of them.
    """
    context = get_current_context()
    context["task"].outlets = [asset]
    context["outlet_events"][asset].extra = extra


def _site_datasets() -> Literal["all", "to_mend", "none"]:
    """Which datasets get pages in the site: hundreds of thousands of them would take longer than an hour."""
    match conf.get(SECTION, "site_datasets", fallback="") or "all":
        case "all" | "to_mend" | "none" as chosen:
            return chosen
        case other:
            raise ConfigurationError(f"[civicgauge] site_datasets: {other!r} is none of all, to_mend and none")


def _now(plan: Plan) -> Plan:
    """The plan as it holds now, in this run."""
    run = get_current_context()["dag_run"]
    today = datetime.now(UTC).astimezone(Context.from_environment().city(plan["city_id"]).zone).date()
    named = conf.getboolean(SECTION, "ask_named_times", fallback=False)
    return as_things_stand(plan, today, str(run.run_type.value), run.clear_number or 0, asks_named_times=named)


def _snapshots(city_id: str) -> tuple[dict[str, str], dict[str, Note]]:
    """The snapshots by portal id, and for each portal without one the note on why."""
    read = {left["portal_id"]: left["snapshot"] for left in _pull("snapshot")}
    notes = {left["portal_id"]: Note(**left) for left in _pull("snapshot", NOTE)}
    missing = [portal_id for portal_id in pipeline.portal_ids(city_id) if portal_id not in read]
    return read, {portal_id: notes.get(portal_id) or Note.silent("snapshot", portal_id) for portal_id in missing}


def _pulls(city_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """The pulls by dataset key, and for each dataset that failed the reason; skipped ones are in neither."""
    pulled = {left["dataset"]: left["pull"] for left in _pull("pull")}
    notes = {left["portal_id"]: Note(**left) for left in _pull("pull", NOTE)}
    failed = [key for key in pipeline.dataset_keys(city_id) if key not in pulled and key in notes]
    return pulled, {key: notes[key].reason for key in failed if not notes[key].is_no_snapshot}


def _pull(task_id: str, key: str = "return_value") -> list[Any]:
    """What every instance of a task left under a key; nothing for those that left nothing."""
    found = get_current_context()["ti"].xcom_pull(task_ids=[task_id], key=key)
    return [item for item in found or [] if item is not None]


def _access(plan: Plan, portal_id: str) -> Access:
    """On which terms the portal may be asked; nothing is looked up where it is not asked."""
    portal = Context.from_environment().portal(plan["city_id"], portal_id)
    return access_to(portal) if plan["ask"] else Access()


@contextmanager
def _requests(plan: Plan, name: str) -> Iterator[None]:
    """Fold the lines on single requests into one group of the log, whatever comes of them."""
    log.info("::group::Requests to %s", name if plan["ask"] else f"{name}: none, the day is loaded from what is stored")
    try:
        yield
    finally:
        log.info("::endgroup::")


def _account(plan: Plan, stage: Literal["snapshot", "pull", "links"], folder: str) -> None:
    """Say what was asked, received and kept, one line each."""
    for line in pipeline.account(plan, stage, folder):
        log.info("%s", line)


@contextmanager
def _noted(portal_id: str | None = None) -> Iterator[None]:
    """Leave a note on what went wrong for *verdict*, and let the error pass; `no_snapshot` skips instead."""
    try:
        yield
    except NoSnapshot as error:
        _leave(portal_id, error)
        raise AirflowSkipException(str(error)) from error
    except (Exception, AirflowTaskTimeout) as error:
        _leave(portal_id, error)
        raise


def _leave(portal_id: str | None, error: BaseException) -> None:
    ti = get_current_context()["ti"]
    task = ti.task_id if ti.map_index is None or ti.map_index < 0 else f"{ti.task_id}_{ti.map_index}"
    ti.xcom_push(NOTE, Note.of(task, portal_id, error).as_dict())
