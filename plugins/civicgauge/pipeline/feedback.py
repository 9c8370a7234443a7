"""The feedback report of a city: the few things that would help the data's users most, each with what to do.

In order of what users gain, then of how little it takes, then of how many datasets it concerns. Only what our own
checks did not find is said, never that a city fell short; what a city disputes names its city, day and indicator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.indicators import Indicator, discover
from civicgauge.model import CheckResult, Outcome
from civicgauge.pipeline import judging, parquet
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context
from civicgauge.quality.form import Check

Row = Mapping[str, Any]
Key = tuple[str, str]
_PROMISES = "promises_kept_share"
_SAID_ELSEWHERE = {"promises_fresh_share", "promises_testable_share", "licence_stated_share"}
"""The same datasets as promises kept, the declared frequency and the open licence, which say it more plainly."""


@dataclass(frozen=True)
class Concerned:
    """A dataset that an item is about, and what was seen of it."""

    portal_id: str
    dataset_id: str
    title: str
    permalink: str
    observed: str | None


@dataclass(frozen=True)
class Item:
    """One thing to mend. `steps` go by the kind of platform; `promise` is an offer to correct the promise instead.

    `advised` says of each kind of platform which check's steps they are (None: the indicator's own), `slower` which
    datasets the offer is about.
    """

    indicator: Indicator
    n_concerned: int
    n_known: int
    concerned: tuple[Concerned, ...]
    steps: Mapping[str, Sequence[str]]
    promise: tuple[str, ...] = ()
    advised: Mapping[str, str | None] = field(default_factory=dict)
    slower: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Feedback:
    """A city's report of one day. `n_more` things are left out;
    `unseen` are indicators of which nothing was found: it may be there all the same."""

    city_id: str
    city_name: str
    day: date
    items: tuple[Item, ...]
    unseen: tuple[Indicator, ...]
    n_more: int = 0
    platforms: tuple[str, ...] = field(default=())


def feedback(context: Context, city_id: str, day: date, most: int = 5, most_datasets: int = 10) -> Feedback:
    """The report for a measured day; ConfigurationError where there is none, or its evidence is gone."""
    city = context.city(city_id)
    with context.warehouse() as warehouse:
        run = warehouse.current_run(city_id, day)
    if run is None or run.results_attempt is None or run.catalog_attempt is None:
        raise ConfigurationError(f"{city_id} was not measured on {day}")
    found, parts = items_of(context, run.results_attempt, run.catalog_attempt, most_datasets)
    unseen = tuple(i for i in discover() if i.unit in ("days", "years", "stages", "signals") and i.id not in parts)
    platforms = tuple(sorted({portal.kind for portal in city.portals}))
    return Feedback(city_id, city.name, day, tuple(found[:most]), unseen, len(found) - len(found[:most]), platforms)


def items_of(context: Context, results: str, catalog: str, most_datasets: int) -> tuple[list[Item], set[str]]:
    """Everything to mend of a measured day, in order, and the ids of the indicators that rest on any dataset.

    `results` and `catalog` are the day's folders in the lake; LakeDamaged where they are gone. Findings that may speak
    of personal data are left out.
    """
    landed = judging.manifest_of(context, catalog)
    rows = parquet.read_rows(context.lake, catalog, "datasets.parquet", landed)
    datasets = {(row["portal_id"], row["dataset_id"]): row for row in rows}
    found: dict[Key, list[CheckResult]] = defaultdict(list)
    for result in judging.read_checks(context, judging.manifest_of(context, results)["checks"]):
        if not result.is_private:
            found[result.portal_id, result.dataset_id].append(result)
    parts: dict[str, list[Row]] = defaultdict(list)
    for part in judging.read_parts(context, results):
        parts[part["indicator_id"]].append(part)
    checks = {check.id: check for check in checks_of(context.settings.expectations)}
    items = [
        item
        for indicator in discover()
        if (item := _item(indicator, parts.get(indicator.id, ()), datasets, found, checks, most_datasets)) is not None
    ]
    return sorted(items, key=_order), set(parts)


def _order(item: Item) -> tuple[int, int, float, str]:
    share = item.n_concerned / item.n_known if item.n_known else 0.0
    return -item.indicator.benefit, item.indicator.effort, -share, item.indicator.id


def _item(
    indicator: Indicator,
    parts: Iterable[Row],
    datasets: Mapping[Key, Row],
    results: Mapping[Key, Sequence[CheckResult]],
    checks: Mapping[str, Check],
    most: int,
) -> Item | None:
    """What the indicator has to say; None where it has nothing, or another says it."""
    if (
        indicator.direction == "neutral"
        or indicator.unit not in ("share", "datasets")
        or indicator.id in _SAID_ELSEWHERE
    ):
        return None
    bad = {"failed", "partly"} if indicator.direction == "higher_is_better" else {"passed", "partly"}
    known = [part for part in parts if part["verdict"] in ("passed", "partly", "failed")]
    keys = [(part["portal_id"], part["dataset_id"]) for part in known if part["verdict"] in bad]
    keys = sorted((key for key in keys if key in datasets), key=lambda key: _first(datasets[key]))
    if not keys:
        return None
    failed = {key: _failed(indicator, results.get(key, ())) for key in keys}
    concerned = tuple(_concerned(key, datasets[key], failed[key]) for key in keys[:most])
    kinds = {datasets[key]["portal_kind"] for key in keys}
    ids = [result.check_id for found in failed.values() for result in found]
    advised = {kind: _advising(kind, ids, checks) for kind in sorted(kinds)}
    steps = {kind: steps_of(indicator, kind, checks.get(check_id or "")) for kind, check_id in advised.items()}
    slower = tuple(key for key in keys if indicator.id == _PROMISES and promise_of(datasets[key]))
    promise = tuple(promise_of(datasets[key]) or "" for key in slower)
    return Item(indicator, len(keys), len(known), concerned, steps, promise, advised, slower)


def _first(row: Row) -> tuple[int, str, str]:
    """Most used first, where the portal says how often a dataset is looked at; else by title."""
    return -(row["page_views_total"] or row["download_count"] or 0), (row["title"] or "").casefold(), row["dataset_id"]


def _failed(indicator: Indicator, results: Iterable[CheckResult]) -> list[CheckResult]:
    return [each for each in results if each.check_id in indicator.checks and each.outcome is Outcome.FAILED]


def _concerned(key: Key, row: Row, failed: Sequence[CheckResult]) -> Concerned:
    seen = "; ".join(each.observed for each in failed[:2] if each.observed) or None
    return Concerned(*key, row["title"] or row["dataset_id"], row["permalink"] or "", seen)


def _advising(kind: str, check_ids: Sequence[str], checks: Mapping[str, Check]) -> str | None:
    """The check that failed most often and has steps for that platform; None where there is none."""
    by_count = sorted(set(check_ids), key=lambda each: (-check_ids.count(each), each))
    return next((each for each in by_count if each in checks and checks[each].fix.get(kind)), None)


def steps_of(indicator: Indicator, kind: str, check: Check | None) -> tuple[str, ...]:
    """Those of the check for that platform, where it has any; else the indicator's own, else its advice."""
    if check is not None and (steps := check.fix.get(kind)):
        return tuple(steps)
    return (indicator.steps[kind],) if kind in indicator.steps else (indicator.advice,)


def promise_of(row: Row) -> str | None:
    """An offer to correct a promise, only where a slower pace was observed."""
    promised, seen = row["expected_period_days"], row["observed_period_days"]
    if not (promised and seen and seen > promised):
        return None
    title = row["title"] or row["dataset_id"]
    return f"{title}: promised every {promised:g} days, seen to change about every {seen:g}"
