"""The wiring: which stage reads what, for the DAGs and for the command alike.

Every function takes and returns small JSON-able values (ids, dates), so that a task can pass them on. Heavy imports
stand inside functions: this module is read whenever Airflow reads a DAG file.

    plan -> snapshot (each portal) -> pull (each chosen dataset) -> land -> validate -> measure -> commit -> verdict
                                   -> links (each portal) -------->

    publish, and decide_and_tell -> deliver, on the clock behind cursors of their own
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from civicgauge import clean
from civicgauge.pipeline.alertdoors import (
    claims_to_look_at,
    decide_and_tell,
    deliver,
    hold_ended,
    open_hold,
    release_hold,
    run_outcome,
    run_problem,
    tell_operators,
    tell_operators_directly,
)
from civicgauge.pipeline.days import Plan, plan

if TYPE_CHECKING:
    from civicgauge.pipeline.access import Access

__all__ = [
    "Plan",
    "account",
    "claims_to_look_at",
    "commit",
    "dataset_keys",
    "dataset_page",
    "decide_and_tell",
    "deliver",
    "hold_ended",
    "land",
    "linked_portal_ids",
    "links",
    "measure",
    "open_hold",
    "plan",
    "portal_ids",
    "publish",
    "pull",
    "pulled_title",
    "release_hold",
    "run_outcome",
    "run_problem",
    "snapshot",
    "snapshot_facts",
    "tell_operators",
    "tell_operators_directly",
    "validate",
    "verdict",
]

_LONGEST_NAME = 200  # of a mapped task: Airflow's column holds 250 letters, and PostgreSQL refuses more


def portal_ids(city_id: str) -> list[str]:
    """The ids of a city's portals, in the order of its file."""
    from civicgauge.pipeline.context import Context

    return [portal.id for portal in Context.from_environment().city(city_id).portals]


def linked_portal_ids(city_id: str) -> list[str]:
    """Those of a city's portals whose links are asked for."""
    from civicgauge.pipeline.context import Context

    return [portal.id for portal in Context.from_environment().city(city_id).portals if portal.links_per_day]


def dataset_keys(city_id: str) -> list[str]:
    """The chosen datasets of a city as `<portal id>/<dataset id>`, in the order of its file."""
    from civicgauge.pipeline.context import Context

    return [f"{chosen.portal}/{chosen.id}" for chosen in Context.from_environment().city(city_id).datasets]


def snapshot(plan: Plan, portal_id: str, access: Access | None = None) -> str:
    """Read one portal's catalogue (or find the stored one, where the plan may not ask); returns the lake folder.

    `access` is what the portal's connection says; None: as the environment holds it.
    Raises RetryableError or GiveUpError of the portal, NoSnapshot for a day without a stored one.
    """
    from civicgauge.pipeline import snapshots
    from civicgauge.pipeline.context import Context

    return snapshots.take(Context.from_environment(), plan, portal_id, access)


def pull(plan: Plan, dataset_key: str, snapshot: str | None, access: Access | None = None) -> str:
    """Pull a chosen dataset's rows where they changed (or find the stored pull); returns the pull's lake folder.

    `dataset_key` is one of `dataset_keys`, `snapshot` its portal's catalogue of the day, None where it was not read.
    Raises RetryableError or GiveUpError of the portal, NoSnapshot where nothing can be pulled.
    """
    from civicgauge.pipeline import pulling
    from civicgauge.pipeline.context import Context

    portal_id, _, dataset_id = dataset_key.partition("/")
    return pulling.pull(Context.from_environment(), plan, portal_id, dataset_id, snapshot, access)


def links(plan: Plan, portal_id: str, snapshot: str | None, access: Access | None = None) -> str | None:
    """Ask for today's share of a portal's links to other hosts (or find what was stored); returns the lake folder.

    `snapshot` is the portal's catalogue of the day, None where it was not read. None where nothing was asked and
    nothing is stored: what was known stays as it was. A dead link is a result; raises only what is our own fault.
    """
    from civicgauge.pipeline import linking
    from civicgauge.pipeline.context import Context

    return linking.ask(Context.from_environment(), plan, portal_id, snapshot, access)


def account(plan: Plan, stage: Literal["snapshot", "pull", "links"], folder: str) -> list[str]:
    """What a stage asked, received and kept, in lines for a person, from the lake folder that it returned."""
    from civicgauge.pipeline import accounts
    from civicgauge.pipeline.context import Context

    told = {"snapshot": accounts.of_snapshot, "pull": accounts.of_pull, "links": accounts.of_links}
    return told[stage](Context.from_environment(), plan, folder)


def snapshot_facts(folder: str) -> dict[str, Any]:
    """A stored catalogue in a few small values: entries, requests, bytes, verdict, digest."""
    from civicgauge.pipeline import accounts
    from civicgauge.pipeline.context import Context

    return accounts.facts_of_snapshot(Context.from_environment(), folder)


def pulled_title(pull: str) -> str | None:
    """The title that the catalogue gives a pulled dataset, as short as Airflow can hold it; None where it has none."""
    from civicgauge.pipeline.context import Context

    told = (Context.from_environment().lake.manifest(pull) or {}).get("title")
    return clean.line(str(told), _LONGEST_NAME) or None if told else None


def dataset_page(city_id: str, dataset_key: str, pull: str | None) -> str:
    """Where people find a chosen dataset: its page, or that of its portal where no pull tells."""
    from civicgauge.pipeline.context import Context

    context = Context.from_environment()
    told = context.lake.manifest(pull) if pull else None
    portal = context.portal(city_id, dataset_key.partition("/")[0])
    return str((told or {}).get("permalink") or portal.base_url)


def land(
    plan: Plan,
    snapshots: dict[str, str],
    problems: dict[str, str],
    pulls: dict[str, str] | None = None,
    pull_problems: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
) -> str:
    """Land what was read: `snapshots` by portal id, `problems` of those not read; `pulls` by dataset key, and
    `pull_problems` of those that failed; `links` by portal id. Returns the catalogue's lake folder.

    Raises NothingRead when no portal was read; nothing is written then.
    """
    from civicgauge.pipeline import landing
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.gathering import Pulled

    pulled = Pulled(pulls or {}, pull_problems or {}, links or {})
    return landing.land(Context.from_environment(), plan, snapshots, problems, pulled)


def validate(plan: Plan, catalog: str) -> str:
    """Judge the landed tables by Great Expectations; returns the results' lake folder."""
    from civicgauge.pipeline import judging
    from civicgauge.pipeline.context import Context

    return judging.validate(Context.from_environment(), plan, catalog)


def measure(plan: Plan, results: str) -> str:
    """Compute the indicator values, as measured and as staff decided; returns the lake folder of the measured ones."""
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.reviewing import decided

    return decided.measure(Context.from_environment(), plan, results)


def commit(plan: Plan, measured: str) -> dict[str, Any]:
    """Load the city-day into the warehouse in one transaction; returns {"outcome", "counts"}."""
    from civicgauge.pipeline import committing
    from civicgauge.pipeline.context import Context

    return committing.commit(Context.from_environment(), plan, measured)


def verdict(plan: Plan, problems: dict[str, str], outcome: str | None) -> str:
    """The run's last word: the outcome, when every portal was read and the day is in the warehouse.

    Raises NotWhole naming each portal that was not read. Records the run where commit could not.
    """
    from civicgauge.pipeline import committing
    from civicgauge.pipeline.context import Context

    return committing.verdict(Context.from_environment(), plan, problems, outcome)


def publish(now: datetime) -> dict[str, Any] | None:
    """City-days committed since the cursor; None when nothing is new."""
    from civicgauge.pipeline import publishing
    from civicgauge.pipeline.context import Context

    return publishing.publish(Context.from_environment(), now)
