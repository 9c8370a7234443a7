"""What templates say: days, numbers and statuses in words, and a shape beside each word of state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from civicgauge import clean
from civicgauge.pipeline.showing.addresses import slug
from civicgauge.pipeline.showing.forms import Value
from civicgauge.pipeline.words import STATUSES, day_words, named, number, why

_TITLE = 160
_MINUTES = "%H:%M"

# a word, and the class that draws its shape and colour: never colour alone
OUTCOMES = {
    "passed": ("found as it should be", "good"),
    "failed": ("not found by our check", "poor"),
    "unknown": ("could not be seen", "unknown"),
    "not_applicable": ("does not apply", "none"),
    "errored": ("our own fault", "unknown"),
}
STANCES = {
    "in_line": ("in line", "good"),
    "differs": ("differs", "poor"),
    "not_observed": ("not observed", "none"),
}
FRESHNESS = {
    "fresh": ("on time", "good"),
    "due": ("due now", "fair"),
    "overdue": ("overdue", "weak"),
    "delinquent": ("long overdue", "poor"),
    "unknown": ("not known", "unknown"),
    "untestable": ("no testable promise", "none"),
    "not_periodic": ("needs no updates", "none"),
}
RUNS = {
    "complete": ("complete", "good"),
    "partial": ("partial: not every portal was read", "fair"),
    "suspect": ("suspect: held back", "weak"),
    "not_measured": ("not measured", "none"),
    "failed": ("failed", "poor"),
}
LICENCES = {
    "open": "open licence",
    "not_open": "licence that is not open",
    "terms_unread": "terms that nobody has read yet",
    "doubtful": "doubtful licence",
    "unrecognised": "licence that we do not recognise",
    "none": "no licence stated",
}
PUBLICATION = {
    "private": "for our staff alone",
    "shared_with_city": "for the city and our staff",
    "public": "public",
}
STATUSES_SHORT = {
    "insufficient": "too much unknown",
    "not_measured": "not measured",
    "not_applicable": "does not apply",
    "error": "our own fault",
}
_STEPS = {2: ("good", "poor"), 3: ("good", "fair", "poor"), 4: ("good", "fair", "weak", "poor")}


def short(text: str | None, limit: int = _TITLE) -> str:
    """A title for lists: on one line, cut with an ellipsis; the twins hold it whole."""
    return clean.line(text or "", limit)


def moment(value: datetime | date | None) -> str:
    """A day and the minute in UTC, for people."""
    if not isinstance(value, datetime):
        return day_words(value)
    at = value.astimezone(UTC) if value.tzinfo else value
    return f"{day_words(at)}, {at:{_MINUTES}} UTC"


def iso(value: datetime | date | None) -> str:
    """A day or time for `datetime=`."""
    return value.isoformat() if value else ""


def amount(value: float | None, unit: str) -> str:
    """A number with its unit where that is not plain; – where there is none."""
    said = number(value, unit)
    return "–" if said is None or value is None else f"{said} {named(value, unit)}".strip()


def between(value: Value) -> str:
    """The interval in words; '' where it holds one number and nothing is unknown."""
    if value.low is None and value.high is None:
        return ""
    if value.low == value.high and value.n_unknown == 0:
        return ""
    return f"{number(value.low, value.unit) or '?'} to {number(value.high, value.unit) or 'no limit'}"


def known(value: Value) -> str:
    """How much of what applies is known, and how much is not."""
    parts = []
    counted = None if value.denominator is None else value.denominator - value.n_unknown
    if counted and value.numerator is not None:
        parts.append(f"{value.numerator:.4g} of {counted:g} known")
    parts += [f"{value.n_unknown} unknown"] if value.n_unknown else []
    return ", ".join(parts)


def lacking(value: Value) -> str:
    """Why there is no value, for a person; '' where there is one."""
    return why(value.status, value.reason)


def count(n: int | None, one: str, many: str = "") -> str:
    """`1 dataset`, `1,200 datasets`."""
    if n is None:
        return f"an unknown number of {many or one + 's'}"
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def plain_word(text: str | None) -> str:
    """A word of the tables without its underscores."""
    return (text or "not known").replace("_", " ")


def state(table: Mapping[str, tuple[str, str]], key: str | None) -> tuple[str, str]:
    """The words and the shape of a state; one that has none yet stands as it is."""
    return table.get(key or "unknown", (plain_word(key), "none"))


def band_shape(value: Value) -> str:
    """The shape of a value's band: from its better end to its worse."""
    from civicgauge.pipeline.bandplaces import band_place

    place, of = band_place(value.indicator_id, value.band or "")
    return _STEPS[of][place] if of in _STEPS else "none"


def none_of(names: Mapping[str, Any] | None) -> dict[str, None]:
    """The names, each with nothing: takes them out of a link's query."""
    return dict.fromkeys(names or {})


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day_words,
    "moment": moment,
    "iso": iso,
    "web": clean.web_address,
    "short": short,
    "slug": slug,
    "word": plain_word,
}
GLOBALS: dict[str, Any] = {
    "amount": amount,
    "band_shape": band_shape,
    "between": between,
    "count": count,
    "known": known,
    "lacking": lacking,
    "none_of": none_of,
    "number": number,
    "state": state,
    "FRESHNESS": FRESHNESS,
    "LICENCES": LICENCES,
    "OUTCOMES": OUTCOMES,
    "PUBLICATION": PUBLICATION,
    "RUNS": RUNS,
    "STANCES": STANCES,
    "STATUSES": STATUSES,
    "STATUSES_SHORT": STATUSES_SHORT,
}
