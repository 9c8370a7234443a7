"""The rules of alerts, from the check files: what may be told to a city, how much it matters, how it opens and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import floor
from typing import Any

from civicgauge.alerts.forms import Rule, Severity
from civicgauge.quality.form import Check

_BY_CHECK = {"critical": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
_CRITICAL_OPENS_AFTER_DAYS = 1


def severity_of(check: Check, row: Mapping[str, Any] | None = None) -> Severity:
    """How much a failed check matters, by its file and by the dataset's facts."""
    told = check.alert
    base = Severity(told.severity) if told.severity else _BY_CHECK[check.severity]
    if told.worse and row is not None and str(row.get(told.worse.column)) in told.worse.among:
        return Severity(told.worse.severity)
    return base


def is_told(check: Check) -> bool:
    """Whether a city is told of it at all: what only shows on pages is not."""
    return severity_of(check) is not Severity.INFO or check.alert.worse is not None


def rules_of(checks: Iterable[Check]) -> dict[str, Rule]:
    """A rule for each check that is told, by its id."""
    return {check.id: _rule(check) for check in checks if is_told(check)}


def _rule(check: Check) -> Rule:
    told, plain = check.alert, Rule(check.id, check.version, is_private=check.private)
    opens = _CRITICAL_OPENS_AFTER_DAYS if severity_of(check) is Severity.CRITICAL else plain.opens_after_days
    return Rule(
        rule_id=check.id,
        version=check.version,
        is_private=check.private,
        opens_after_days=told.opens_after_days or opens,
        resolves_after_days=told.resolves_after_days or plain.resolves_after_days,
    )


def since_of(check: Check, row: Mapping[str, Any], day: date) -> date | None:
    """The day from which on the evidence itself says that it is so; None where the file names no facts for that."""
    begins = check.alert.begins
    age, allowed = (row.get(begins.age), row.get(begins.allowed)) if begins else (None, None)
    if age is None or allowed is None or age <= allowed:
        return None
    return day - timedelta(days=floor(age - allowed) - 1) if age - allowed >= 1 else day


def mended_when(check: Check) -> str:
    """How we decide that it is mended, in words."""
    days = _rule(check).resolves_after_days
    often = "on one day" if days == 1 else f"on {days} days on end"
    return check.alert.mended or f"the same check finds it in order {often}"
