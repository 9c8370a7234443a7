"""What alerts read: cities, their stored days, and the titles of their datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from civicgauge.alerts.forms import DayFacts, Finding, Rule, Verdict
from civicgauge.errors import ConfigurationError, LakeDamaged
from civicgauge.model import CheckResult, City, Outcome, RunRecord
from civicgauge.pipeline import judging, parquet
from civicgauge.pipeline.alerting import rules
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context
from civicgauge.quality.form import Check
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN

_VERDICTS: dict[Outcome, Verdict] = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.NOT_APPLICABLE: "not_applicable",
}


class About(NamedTuple):
    """What people call a dataset, and where they find it."""

    title: str
    permalink: str


class Source(Protocol):
    """Where alerts read from; another one stands in for years of stored days where a year is tried."""

    @property
    def cities(self) -> Mapping[str, City]:
        """Every city by its id."""
        ...

    @property
    def checks(self) -> Mapping[str, Check]:
        """Every check by its id: texts and rules."""
        ...

    def runs(self, warehouse: Warehouse, city_id: str, since: date | None = None) -> Sequence[RunRecord]:
        """The city's current runs by day, from `since` on, whatever they came to."""
        ...

    def attempts(self, warehouse: Warehouse, since: date) -> Sequence[RunRecord]:
        """The attempts of all cities from `since` on, current or not."""
        ...

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        """What a shown day found."""
        ...

    def titles(self, warehouse: Warehouse, city_id: str) -> Mapping[tuple[str, str], About]:
        """Every dataset of a city by (portal id, dataset id)."""
        ...

    def points(self, city_id: str, day: date) -> Sequence[tuple[str, int, int]]:
        """The feedback report in numbers: (what, datasets concerned, datasets known)."""
        ...


@dataclass(frozen=True)
class Stored:
    """The days that are stored; the files of cities and checks are read once, so make one for each turn."""

    context: Context

    @cached_property
    def cities(self) -> Mapping[str, City]:
        from civicgauge import registry

        return registry.load_registry(self.context.settings.cities)[0]

    @cached_property
    def checks(self) -> Mapping[str, Check]:
        return {check.id: check for check in checks_of(self.context.settings.expectations)}

    def runs(self, warehouse: Warehouse, city_id: str, since: date | None = None) -> Sequence[RunRecord]:
        return warehouse.runs(city_id, current_only=True, since=since)

    def attempts(self, warehouse: Warehouse, since: date) -> Sequence[RunRecord]:
        return warehouse.runs(since=since)

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        return facts_of(self.context, city, run, self.checks)

    def titles(self, warehouse: Warehouse, city_id: str) -> Mapping[tuple[str, str], About]:
        rows = warehouse.rows("dataset", city_ids=[city_id])
        return {
            (row["portal_id"], row["dataset_id"]): About(row["title"] or row["dataset_id"], row["permalink"] or "")
            for row in rows
        }

    def points(self, city_id: str, day: date) -> Sequence[tuple[str, int, int]]:
        from civicgauge.pipeline.feedback import feedback

        report = feedback(self.context, city_id, day)
        return [(item.indicator.title, item.n_concerned, item.n_known) for item in report.items]


def rules_of(source: Source) -> dict[str, Rule]:
    """The rules of alerts by their ids."""
    return rules.rules_of(source.checks.values())


def is_timely(city: City, run: RunRecord) -> bool:
    """Whether a day was completed by the end of the local day after its own."""
    return run.ended_at.astimezone(city.zone).date() <= run.day + timedelta(days=1)


def facts_of(context: Context, city: City, run: RunRecord, checks: Mapping[str, Check]) -> DayFacts:
    """What a shown day found of the datasets that count and of those that the city file chooses.

    Unknown and errored results say nothing, and are left out: an incident keeps the state that it has. An entry that is
    known to be another's is no subject of checks any more, and what was open of it ends.
    """
    if run.outcome not in SHOWN or run.results_attempt is None or run.catalog_attempt is None:
        raise ConfigurationError(f"{city.id} {run.day}: {run.outcome}, no day that is shown")
    manifest = judging.manifest_of(context, run.catalog_attempt)
    try:
        results = judging.read_checks(context, judging.manifest_of(context, run.results_attempt)["checks"])
    except KeyError:
        raise LakeDamaged(f"{run.results_attempt}: its manifest names no checks") from None
    rows = parquet.read_rows(context.lake, run.catalog_attempt, "datasets.parquet", manifest)
    places = {(row["portal_id"], row["dataset_id"]): row for row in rows}
    counted = {place: row for place, row in places.items() if row["is_counted"] or row.get("is_chosen")}
    others = {place for place, row in places.items() if row["is_counted"] is False} - counted.keys()
    known = parquet.read_rows(context.lake, run.catalog_attempt, "known.parquet", manifest)
    gone = frozenset((row["portal_id"], row["dataset_id"]) for row in known if row["presence"] == "removed")
    found = (
        _finding(result, checks[result.check_id], places[place], run.day)
        for result in results
        if result.outcome in _VERDICTS
        and (
            (place := (result.portal_id, result.dataset_id)) in counted or (place in others and _is_no_subject(result))
        )
        and result.check_id in checks
        and result.check_version == checks[result.check_id].version
        and rules.is_told(checks[result.check_id])
    )
    seen_at = min(run.started_at, run.as_of or run.started_at)  # a replay begins now and shows what was seen then
    portal_ids = frozenset(portal.id for portal in city.portals)
    return DayFacts(city.id, run.day, is_timely(city, run), tuple(found), gone, seen_at, portal_ids)


def _is_no_subject(result: CheckResult) -> bool:
    return result.outcome is Outcome.NOT_APPLICABLE


def _finding(result: CheckResult, check: Check, row: Mapping[str, Any], day: date) -> Finding:
    is_failed = result.outcome is Outcome.FAILED
    return Finding(
        portal_id=result.portal_id,
        dataset_id=result.dataset_id,
        rule_id=result.check_id,
        field=result.subject,
        verdict=_VERDICTS[result.outcome],
        severity=rules.severity_of(check, row),
        observed=result.observed,
        expected=result.expected,
        reason=result.reason,
        since=rules.since_of(check, row, day) if is_failed else None,
        first_seen=row["first_seen"],
    )
