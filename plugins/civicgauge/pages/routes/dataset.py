"""A dataset on a day: its three ages, its checks with their evidence, its versions, columns and the observation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civicgauge.pages.asking import Ask
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import DatasetPage, Result

router = PageRouter()
_ORDER = ("failed", "errored", "unknown", "passed", "not_applicable")
_SEVERITIES = ("critical", "error", "warning", "info")
_COLUMNS = (
    *("city_id", "day", "portal_id", "dataset_id", "check_id", "check_version", "title", "subject", "outcome"),
    *("observed", "expected", "failed_count", "checked_count", "reason", "severity"),
)
_CHANGES = {
    "added": "{column} was added ({is_now})",
    "removed": "{column} is gone ({was})",
    "renamed": "{was} is now called {is_now}",
    "retyped": "{column} was {was} and is now {is_now}",
}


@router.page("city/{city_id}/dataset/{portal_id}/{dataset}")
def dataset(ask: Ask, city_id: str, portal_id: str, dataset: str) -> Sheet:
    """A dataset's page, named by its slug; the CSV twin holds the results of its checks."""
    form: DatasetPage = ask.shown.dataset(ask.viewer, city_id, portal_id, dataset, ask.as_of)
    placed = sorted(form.results, key=_place)
    values = {
        "to_mend": [each for each in placed if each.outcome == "failed"],
        "others": [each for each in placed if each.outcome != "failed"],
        "changes": {each.version: [in_words(change) for change in each.changes or ()] for each in form.versions},
        "period": form.state.get("expected_period_days"),
    }
    return Sheet("dataset.html", form, Table(_COLUMNS, [_row(form, each) for each in placed]), values)


def in_words(change: Mapping[str, Any]) -> str:
    """A change of a table's columns, for a person."""
    pattern = _CHANGES.get(str(change.get("kind")), "{column} changed")
    return pattern.format(**{name: change.get(name) or "?" for name in ("column", "was", "is_now")})


def _place(result: Result) -> tuple[int, int, str]:
    outcome = _ORDER.index(result.outcome) if result.outcome in _ORDER else len(_ORDER)
    severity = _SEVERITIES.index(result.severity) if result.severity in _SEVERITIES else len(_SEVERITIES)
    return outcome, severity, result.title


def _row(form: DatasetPage, result: Result) -> tuple[object, ...]:
    named = (form.city.city_id, form.day, form.line.portal_id, form.line.dataset_id, result.check_id)
    told = (result.check_version, result.title, result.subject, result.outcome, result.observed, result.expected)
    return named + told + (result.failed_count, result.checked_count, result.reason, result.severity)
