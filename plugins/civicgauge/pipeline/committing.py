"""The commit stage, and the run's last word."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from civicgauge.errors import ConfigurationError, NotWhole
from civicgauge.lake import canonical_json
from civicgauge.model import CheckResult, City, IndicatorValue, RunRecord
from civicgauge.pipeline import assessing, gathering, judging, parquet, withdrawn
from civicgauge.pipeline.context import Context, config_digest, method_version, utc_now
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.reviewing import attestations, decided, reconfigured
from civicgauge.review.attesting import Standing
from civicgauge.warehouse import CityDay

log = logging.getLogger("civicgauge.commit")

_STATE = ("freshness_status", "declared_frequency", "period_source", "age_days", "licence_class")
_KNOWN = (
    "portal_id",
    "dataset_id",
    "title",
    "permalink",
    "kind",
    "publisher",
    "is_counted",
    "first_seen",
    "last_seen",
    "presence",
    "removed_on",
)


def commit(context: Context, plan: Plan, measured: str) -> dict[str, Any]:
    """Load what the stages wrote for the city-day in one short transaction, replacing an older attempt."""
    values = judging.manifest_of(context, measured)
    catalog = judging.manifest_of(context, values["catalog"])
    checks = judging.read_checks(context, values["checks"])
    rows, known = (
        parquet.read_rows(context.lake, values["catalog"], f"{name}.parquet", catalog) for name in ("datasets", "known")
    )
    pulled = gathering.warehouse_rows(context.lake, values["catalog"], catalog)
    _refuse_withdrawn(context, plan, [*rows, *known, *pulled["landing"], *pulled["pull"]])
    city, found = context.city(plan["city_id"]), judging.read_values(context, measured)
    run = _run(plan, catalog["outcome"], catalog, values["catalog"], measured)
    city_day = CityDay(
        city=city,
        run=run,
        input_digest=_digest(rows, checks),
        dataset_days=_columns_of(context, rows),
        check_results=checks,
        indicator_values=found,
        criteria=assessing.rows(
            _attested(context, city, date.fromisoformat(plan["day"])),
            found,
            assessing.documents_of(context, city, values["catalog"]),
        ),
        datasets=_states(rows, known, {p for p, told in catalog["portals"].items() if told["state"] == "unread"}),
        landings=[{**row, "fetched_at": datetime.fromisoformat(row["fetched_at"])} for row in pulled["landing"]],
        pulls=pulled["pull"],
        decided_values=decided.rows(context, measured, found),
        acts=reconfigured.acts(context, run, found),
    )
    with context.warehouse() as warehouse:
        is_current = warehouse.commit(city_day)
    counts = _counts(rows, checks, city_day.indicator_values)
    how = "committed" if is_current else "kept beside the accepted attempt of the day"
    log.info("%s %s %s: %s %s", plan["city_id"], plan["day"], how, catalog["outcome"], counts)
    return {"outcome": catalog["outcome"], "counts": counts}


def _attested(context: Context, city: City, day: date) -> dict[str, Standing]:
    with context.warehouse() as warehouse:
        return attestations.holding(warehouse, city, day)


def _refuse_withdrawn(context: Context, plan: Plan, rows: Sequence[Mapping[str, Any]]) -> None:
    """What a city withdrew after the catalogue was landed is not loaded; landed once more, it is left out."""
    for each in withdrawn.of_city(context.lake, plan["city_id"]):
        if any(each.scope.covers(row["portal_id"], row["dataset_id"], row.get("resource_id")) for row in rows):
            raise ConfigurationError(
                f"{plan['city_id']} {plan['day']}: {each.scope} was withdrawn after it was landed. Clear `land` and "
                "what comes after it, or observe the day again; then purge once more what this attempt left in the lake"
            )


def _counts(rows: Sequence[object], checks: Sequence[CheckResult], values: Sequence[IndicatorValue]) -> dict[str, Any]:
    """The day in small numbers. `unknown` are results that could not be told, by missing evidence or by our fault."""
    outcomes = Counter(str(check.outcome) for check in checks)
    return {
        "datasets": len(rows),
        "checks": len(checks),
        "checks_by_outcome": dict(sorted(outcomes.items())),
        "unknown": outcomes["unknown"] + outcomes["errored"],
        "indicators": len(values),
        "indicators_by_status": dict(sorted(Counter(str(value.status) for value in values).items())),
    }


def verdict(context: Context, plan: Plan, problems: Mapping[str, str], outcome: str | None) -> str:
    """The outcome of a whole day; NotWhole naming what was not read or what broke.

    An attempt that never came to its commit is recorded here as `not_measured` (no portal was read) or `failed`.
    """
    told = "; ".join(f"{part}: {problem}" for part, problem in problems.items())
    if outcome is None:
        outcome = "failed" if {"pipeline"} & set(problems) or not problems else "not_measured"
        run = _run(plan, outcome, None, None, None, told or "ended before its commit")
        with context.warehouse() as warehouse:  # an id of its own: the plan's may be that of a committed attempt
            warehouse.record_run(replace(run, run_id=f"{plan['run_id']}.{outcome}"))
        raise NotWhole(f"{plan['city_id']} {plan['day']}: {outcome}, nothing was written for the day. {told}")
    if problems:
        raise NotWhole(f"{plan['city_id']} {plan['day']}: {outcome}. Not read: {told}")
    log.info("%s %s: %s", plan["city_id"], plan["day"], outcome)
    return outcome


def _run(
    plan: Plan,
    outcome: str,
    catalog: Mapping[str, Any] | None,
    landed: str | None,
    measured: str | None,
    problem: str | None = None,
) -> RunRecord:
    unread = [
        f"{p}: {told['problem']}" for p, told in (catalog or {}).get("portals", {}).items() if told["state"] == "unread"
    ]
    held = [
        f"{p}: {told['verdict']}" for p, told in (catalog or {}).get("portals", {}).items() if told["state"] == "held"
    ]
    return RunRecord(
        run_id=plan["run_id"],
        city_id=plan["city_id"],
        day=date.fromisoformat(plan["day"]),
        as_of=datetime.fromisoformat(catalog["as_of"]) if catalog else None,
        started_at=datetime.fromisoformat(plan["started_at"]),
        ended_at=utc_now(),
        outcome=outcome,
        method_version=method_version(),
        config_digest=catalog["config_digest"] if catalog else config_digest_of(plan),
        airflow_dag_id=plan["airflow_dag_id"],
        airflow_run_id=plan["airflow_run_id"],
        catalog_attempt=landed,
        results_attempt=measured,
        problem=problem or "; ".join([*unread, *held]) or None,
    )


def config_digest_of(plan: Plan) -> str:
    """The digest of the city's file, for an attempt that landed nothing."""
    return config_digest(Context.from_environment().city(plan["city_id"]))


def _digest(rows: Iterable[Mapping[str, Any]], checks: Iterable[CheckResult]) -> str:
    """One digest of all landed facts and check results that the indicators were computed from."""
    facts = sorted((row["portal_id"], row["dataset_id"], row["input_digest"]) for row in rows)
    found = sorted(
        (c.portal_id, c.dataset_id, c.check_id, c.check_version, str(c.outcome), c.failed_count) for c in checks
    )
    return hashlib.sha256(canonical_json([facts, found])).hexdigest()


def _columns_of(context: Context, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The landed facts that `dataset_day` holds; the rest stays in the lake's Parquet."""
    with context.warehouse() as warehouse:
        names = {column.name for column in warehouse.columns("dataset_day")}
    return [{key: value for key, value in row.items() if key in names} for row in rows]


def _states(
    rows: Iterable[Mapping[str, Any]], known: Iterable[Mapping[str, Any]], unread: set[str]
) -> list[dict[str, Any]]:
    """Every dataset ever seen, with today's state where it was seen today; those of unread portals keep theirs."""
    today = {(row["portal_id"], row["dataset_id"]): row for row in rows if row["is_observed"]}
    found = []
    for old in known:
        row = today.get((old["portal_id"], old["dataset_id"]))
        if old["portal_id"] not in unread:
            found.append({**{k: old[k] for k in _KNOWN}, **{k: row[k] if row else None for k in _STATE}})
    return found
