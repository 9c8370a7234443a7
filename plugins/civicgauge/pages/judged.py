"""What templates say of what people judged: states in words, each with a shape beside it, and shares of the unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civicgauge.pages import charts
from civicgauge.pipeline.showing.forms import Decided, Value
from civicgauge.pipeline.showing.judged import EditionLine, ErratumLine
from civicgauge.pipeline.words import day_words

EDITIONS = {
    "draft": ("a draft, for our staff alone", "none"),
    "preview": ("in preview, for each city itself", "fair"),
    "frozen": ("frozen", "good"),
    "abandoned": ("given up", "none"),
}
DISPUTES = {
    "open": ("waits for an answer", "fair"),
    "upheld": ("upheld", "good"),
    "rejected": ("not followed", "none"),
    "withdrawn": ("withdrawn by the city", "none"),
}
DECISIONS = {
    "proposed": ("waits for a second person", "fair"),
    "in_force": ("in force", "good"),
    "refused": ("refused by the second person", "none"),
    "reopened": ("opened again by an appeal", "weak"),
    "ended": ("ended", "none"),
}
FIELDS = {
    "ownership": ("whose it is", "none"),
    "licence_id": ("licence", "none"),
    "series_edition": ("an edition of a series", "none"),
    "event_column": ("the column of events", "none"),
    "promise_accepted": ("a changed promise, accepted", "none"),
}
STATUSES_SHORT = {
    "insufficient": "too much unknown",
    "not_measured": "not measured",
    "not_applicable": "does not apply",
    "error": "our own fault",
}
STATES = {**EDITIONS, **DECISIONS}
PHASES = {"preview": "in the preview", "appeal": "after it was frozen"}


def unknown_share(value: Value) -> str:
    """How much of what applies could not be judged, with its share; '' where nothing is counted."""
    if not value.denominator:
        return str(value.n_unknown) if value.n_unknown else ""
    share = value.n_unknown / value.denominator
    return f"{value.n_unknown:,} of {value.denominator:,.0f} ({100 * share:.0f} %)" if value.n_unknown else "none"


def as_decided(decided: Decided, unit: str) -> str:
    """A number as people decided it: with its bounds, or why there is none."""
    return _number(decided.value, decided.low, decided.high, unit) or decided.why or "no value"


def as_corrected(each: ErratumLine, which: str) -> str:
    """The number of a correction, `old` or `new`."""
    value, low, high, status = (getattr(each, f"{which}_{name}") for name in ("value", "low", "high", "status"))
    return _number(value, low, high, each.unit) or STATUSES_SHORT.get(status, str(status))


def _number(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    if value is None:
        return ""
    bounds = "" if low is None or low == high else charts.between(low, high, unit)
    return charts.number(value, unit) + (f" ({bounds})" if bounds else "")


def preview_words(edition: EditionLine) -> str:
    """How long a preview still runs."""
    left, until = edition.days_left, day_words(edition.preview_until)
    if edition.preview_until is None or left is None:
        return "its last day is not set yet"
    if left < 0:
        return f"its last day was {until}"
    when = {0: "which is today", 1: "tomorrow"}.get(left, f"in {left} days")
    return f"its last day is {until}, {when}"


GLOBALS: Mapping[str, Any] = {
    "unknown_share": unknown_share,
    "as_decided": as_decided,
    "as_corrected": as_corrected,
    "preview_words": preview_words,
    "EDITIONS": EDITIONS,
    "DISPUTES": DISPUTES,
    "DECISIONS": DECISIONS,
    "FIELDS": FIELDS,
    "PHASES": PHASES,
    "STATUSES_SHORT": STATUSES_SHORT,
}
