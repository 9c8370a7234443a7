"""Made-up evidence for the tests of the indicators: rows with every column of the landed table, and check results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from civicgauge.indicators import CatalogueEvents, Evidence
from civicgauge.landing.tables import DATASETS
from civicgauge.model import CheckResult, Outcome

DAY = date(2026, 3, 2)
CLASSES = ("daily", "weekly", "monthly", "quarterly", "yearly", "longer")
NO_EVENTS = CatalogueEvents(added=0, found=0, removed=0, since=date(2026, 3, 1))
_OWN_TABLE = {"portal_id": "main", "portal_kind": "socrata", "is_observed": True, "is_counted": True, "kind": "table"}


def row(**facts: Any) -> dict[str, Any]:
    """A row of the city's own table that was seen today; all that is not given is null. Unknown columns are refused."""
    unknown = set(facts) - set(DATASETS.names)
    assert not unknown, f"not in the landed table: {sorted(unknown)}"
    return dict.fromkeys(DATASETS.names) | _OWN_TABLE | facts


def result(dataset: Mapping[str, Any], check_id: str, outcome: str, parts: tuple[int, int] = (0, 1)) -> CheckResult:
    """A check's result on a dataset; `parts` is failed of checked."""
    return CheckResult(
        portal_id=dataset["portal_id"],
        dataset_id=dataset["dataset_id"],
        subject="dataset",
        check_id=check_id,
        check_version=1,
        outcome=Outcome(outcome),
        observed=None,
        expected=None,
        failed_count=parts[0],
        checked_count=parts[1],
        reason=None,
        severity="warning",
    )


def evidence(
    datasets: Sequence[tuple[Mapping[str, Any], Mapping[str, CheckResult]]],
    events: CatalogueEvents = NO_EVENTS,
    portals_unread: tuple[str, ...] = (),
) -> Evidence:
    """A city-day of these datasets, each with its results by check id."""
    return Evidence(
        city_id="testville",
        day=DAY,
        as_of=datetime(2026, 3, 2, 12, tzinfo=UTC),
        datasets=tuple(facts for facts, _ in datasets),
        results={(facts["portal_id"], facts["dataset_id"]): results for facts, results in datasets},
        events=events,
        portals_unread=portals_unread,
    )
