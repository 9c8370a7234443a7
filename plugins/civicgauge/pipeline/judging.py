"""The validate and measure stages: check results and indicator values as files of the lake."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from civicgauge import indicators
from civicgauge.errors import LakeDamaged
from civicgauge.lake import new_id
from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.landing.tables import SCHEMAS
from civicgauge.model import CheckResult, IndicatorValue, Outcome, Status
from civicgauge.pipeline import gathering, parquet, samples
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan
from civicgauge.quality.form import Check
from civicgauge.quality.judge import judge

log = logging.getLogger("civicgauge.judge")


def _schema(**kinds: str) -> pa.Schema:
    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    return pa.schema([(name, types[kind]) for kind, names in kinds.items() for name in names.split()])


CHECKS = _schema(
    text="portal_id dataset_id subject check_id outcome observed expected reason severity",
    whole="check_version failed_count checked_count",
    flag="is_private",
)
VALUES = _schema(
    text="indicator_id unit status direction reason band evidence",
    whole="indicator_version n_unknown",
    number="value numerator denominator value_low value_high",
)

PARTS = _schema(
    text="indicator_id portal_id dataset_id verdict",
    whole="indicator_version",
    number="value weight",
)
"""The datasets behind each number: what each of them brought to it."""
PARTS_FILE = "parts.parquet"
_NO_FACTS = dict.fromkeys(SCHEMAS["datasets"].names)
"""What a catalogue that was landed before a fact was kept says of it: nothing."""


def validate(context: Context, plan: Plan, catalog: str) -> str:
    """Every check on every landed row; returns the lake folder of the results."""
    manifest = manifest_of(context, catalog)
    landed = {name: parquet.read_rows(context.lake, catalog, f"{name}.parquet", manifest) for name in SCHEMAS}
    checks = checks_of(context.settings.expectations)
    city = context.city(plan["city_id"])
    rows_of = gathering.judged_rows(context, city, catalog, manifest)
    results = judge(checks, {**landed, **rows_of})
    tally: dict[str, int] = defaultdict(int)
    for result in results:
        tally[str(result.outcome)] += 1
    log.info("%d checks on %d datasets: %s", len(checks), len(landed["datasets"]), dict(tally))
    _tell_rows(checks, results, rows_of["landed_tables"])
    folder = f"results/{plan['city_id']}/{plan['day']}/{new_id(utc_now())}"
    rows = [{**asdict(result), "outcome": str(result.outcome)} for result in results]
    about = {"stage": "validate", "catalog": catalog, "day": plan["day"], "tally": tally, "as_of": manifest["as_of"]}
    about |= beside(manifest)
    keys = samples.sample(context, city, checks, results, gathering.landed_parts(context, city, manifest))
    files = {"checks.parquet": parquet.to_parquet(rows, CHECKS), samples.FILE: parquet.to_parquet(keys, samples.SCHEMA)}
    context.lake.commit(folder, files, about)
    return folder


def _tell_rows(checks: Sequence[Check], results: Sequence[CheckResult], tables: Sequence[dict[str, Any]]) -> None:
    """Log what the rows of each chosen dataset came to: what an operator looks for from a pull's task."""
    on_rows = {check.id for check in checks if check.table in LANDED_SCHEMAS}
    for portal_id, dataset_id in sorted({(row["portal_id"], row["dataset_id"]) for row in tables}):
        mine = [r for r in results if (r.portal_id, r.dataset_id) == (portal_id, dataset_id) and r.check_id in on_rows]
        tally = Counter(str(result.outcome) for result in mine)
        log.info("%s/%s: %s", portal_id, dataset_id, ", ".join(f"{n} {word}" for word, n in sorted(tally.items())))
        for result in mine:
            if result.outcome in (Outcome.FAILED, Outcome.ERRORED) and not result.is_private:
                log.info("  %s: %s (expected: %s)", result.check_id, result.observed or result.reason, result.expected)


def measure(context: Context, plan: Plan, results: str, decided: str | None = None) -> str:
    """Every indicator on the landed facts and check results; returns the lake folder of the values.

    `decided` is the folder of the day's values as decided, which the measured ones name.
    """
    found = indicators.measured(evidence_of(context, plan["city_id"], date.fromisoformat(plan["day"]), results))
    judged = manifest_of(context, results)
    values = [each.value for each in found]
    folder = f"results/{plan['city_id']}/{plan['day']}/{new_id(utc_now())}"
    rows = [{**asdict(value), "status": str(value.status)} for value in values]
    about = {"stage": "measure", "catalog": judged["catalog"], "checks": results, "day": plan["day"], **beside(judged)}
    if decided is not None:
        about["decided"] = decided
    parts = [
        {"indicator_id": each.value.indicator_id, "indicator_version": each.value.indicator_version, **_told(part)}
        for each in found
        for part in each.parts
    ]
    files = {"indicators.parquet": parquet.to_parquet(rows, VALUES), PARTS_FILE: parquet.to_parquet(parts, PARTS)}
    context.lake.commit(folder, files, about)
    log.info("%d indicators, %d of them readable", len(values), sum(value.status is Status.OK for value in values))
    return folder


def evidence_of(context: Context, city_id: str, day: date, results: str) -> indicators.Evidence:
    """What the indicators of a city's day may read, from the lake folder of its check results."""
    judged = manifest_of(context, results)
    catalog = manifest_of(context, judged["catalog"])
    datasets = parquet.read_rows(context.lake, judged["catalog"], "datasets.parquet", catalog)
    by_dataset: dict[tuple[str, str], dict[str, CheckResult]] = defaultdict(dict)
    for result in read_checks(context, results):
        by_dataset[result.portal_id, result.dataset_id][result.check_id] = result
    return indicators.Evidence(
        city_id=city_id,
        day=day,
        as_of=datetime.fromisoformat(catalog["as_of"]),
        datasets=tuple({**_NO_FACTS, **row} for row in datasets),
        results=by_dataset,
        events=_events(catalog),
        portals_unread=tuple(p for p, told in catalog["portals"].items() if told.get("is_never_read")),
    )


def _told(part: indicators.Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def _events(catalog: dict[str, Any]) -> indicators.CatalogueEvents:
    """The day's events; not known while a portal is unread (a later whole day reports them), or on the first day."""
    told = catalog["events"]
    since = date.fromisoformat(told["since"]) if told["since"] else None
    if not told["is_reported"]:
        return indicators.CatalogueEvents(added=None, found=None, removed=None, since=since)
    return indicators.CatalogueEvents(added=told["added"], found=told["found"], removed=told["removed"], since=since)


def beside(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of standing beside a measured day; nothing for a measured one."""
    return {name: value for name, value in manifest.items() if name.startswith("decided_")}


def manifest_of(context: Context, folder: str) -> dict[str, Any]:
    """The manifest of a folder that an earlier stage named; LakeDamaged when it is not there."""
    if (manifest := context.lake.manifest(folder)) is None:
        raise LakeDamaged(f"{folder} in the lake {context.lake.url} has no manifest; run the stage before it again")
    return manifest


def read_checks(context: Context, folder: str) -> list[CheckResult]:
    """The check results of a folder."""
    rows = parquet.read_rows(context.lake, folder, "checks.parquet", manifest_of(context, folder))
    return [CheckResult(**{**row, "outcome": Outcome(row["outcome"])}) for row in rows]


def read_values(context: Context, folder: str) -> list[IndicatorValue]:
    """The indicator values of a folder."""
    rows = parquet.read_rows(context.lake, folder, "indicators.parquet", manifest_of(context, folder))
    return [IndicatorValue(**{**row, "status": Status(row["status"])}) for row in rows]


def read_parts(context: Context, folder: str) -> list[dict[str, Any]]:
    """The datasets behind the values of a folder; none for a folder of before they were kept."""
    manifest = manifest_of(context, folder)
    return parquet.read_rows(context.lake, folder, PARTS_FILE, manifest) if PARTS_FILE in manifest["files"] else []
