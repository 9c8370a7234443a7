"""Words that stand on everything that people are shown: the notice, and what statuses and reasons mean."""

from __future__ import annotations

from datetime import date, datetime

NOTICE = (
    "Automated observations of public portals; not an assessment. Not affiliated with or endorsed by Bloomberg "
    "Philanthropies or Results for America."
)

CONTRADICTED = "The numbers differ from what is attested: staff look at it."
"""Beside a criterion of which the numbers and what people attest say the opposite; both stand as they are."""

REASONS = {
    "more_than_30_percent_unknown": "too much is unknown",
    "nothing_known": "nothing is known",
    "hidden_by_platform": "hidden by the platform",
    "first_observation": "first observation",
    "nothing_applies": "applies to nothing",
    "portal_never_read": "a portal was never read",
    "none_found": "none was found",
    "ownership_undecided": "nobody has decided whose these are",
    "portal_not_read": "the portal was not read today",
}
"""Why an indicator has no value, by `reason`."""

STATUSES = {
    "ok": "the value may be read",
    "insufficient": "too much is unknown for a value; only its bounds are shown",
    "not_measured": "could not be measured",
    "not_applicable": "applies to nothing in this city",
    "error": "our own fault; nothing is said of the city",
}
"""What the statuses of an indicator's value mean."""


def why(status: str, reason: str | None) -> str:
    """Why there is no value, for a person; '' where there is one."""
    if status == "ok":
        return ""
    return REASONS.get(reason or "", f"{status} {reason or ''}".strip()).replace("_", " ")


# how a person reads them: what was promised and kept first, sizes last; what is new here stands at the end
_THEMES = (
    ("Promises and freshness", ("promises", "touched", "period", "cycles", "series", "cadence")),
    ("Explained to its users", ("metadata", "columns", "dictionary", "contact")),
    ("Free to use, and readable", ("licence", "machine", "links")),
    ("Inside the rows", ("rows", "cells")),
    ("Use and inventory", ("usage", "inventory")),
    ("How the city works and spends", ("performance", "budget", "expenditure", "procurement", "automated")),
    ("Broken down", ("place", "people", "priority")),
    ("How much there is", ("datasets",)),
)
_OTHER = "More"
_PREFIXES = tuple((prefix, name) for name, prefixes in _THEMES for prefix in prefixes)


def reading_place(indicator_id: str) -> int:
    """Where an indicator stands among the others when a person reads them."""
    found = (place for place, (prefix, _) in enumerate(_PREFIXES) if indicator_id.startswith(prefix))
    return next(found, len(_PREFIXES))


def theme(indicator_id: str) -> str:
    """The heading under which an indicator stands."""
    return next((name for prefix, name in _PREFIXES if indicator_id.startswith(prefix)), _OTHER)


def day_words(value: date | datetime | None) -> str:
    """A day for people, as the messages write it: March 3, 2026."""
    return f"{value:%B} {value.day}, {value.year}" if value else "not known"


def number(value: float | None, unit: str) -> str | None:
    """A value as a person reads it: shares in percent to one place, counts whole."""
    if value is None:
        return None
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.2f}" if unit == "cycles" else f"{value:g}"


def named(value: float, unit: str) -> str:
    """The unit in words, where a number alone would be taken for another."""
    if unit not in ("days", "years"):
        return ""
    return unit if value != 1 else unit.removesuffix("s")
