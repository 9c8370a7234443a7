"""What templates say: days, numbers and statuses in words, and a shape beside each word of state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup, escape

from civicgauge import clean
from civicgauge.pages import charts, judged
from civicgauge.pipeline.bandplaces import band_limits, band_place
from civicgauge.pipeline.showing.addresses import slug
from civicgauge.pipeline.showing.forms import Value
from civicgauge.pipeline.words import STATUSES, day_words, why

_TITLE, _PROSE = 160, 2_000
_MINUTES = "%H:%M"
_CODE = re.compile("`([^`]{1,200})`")

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
    "informs": ("only informs", "none"),
}
FRESHNESS = {
    "fresh": ("on time", "good"),
    "due": ("due now", "fair"),
    "overdue": ("overdue", "weak"),
    "delinquent": ("long overdue", "poor"),
    "unknown": ("not known", "unknown"),
    "not_applicable": ("no updates expected", "none"),
}
RUNS = {
    "complete": ("complete", "good"),
    "partial": ("partial: not every portal was read", "fair"),
    "suspect": ("suspect: held back", "weak"),
    "not_measured": ("not measured", "none"),
    "failed": ("failed", "poor"),
}
LICENCES = {
    "open": ("open", "good"),
    "not_open": ("not open", "poor"),
    "terms_unread": ("terms not yet read", "unknown"),
    "doubtful": ("doubtful", "unknown"),
    "unrecognised": ("not recognised", "unknown"),
    "none": ("none stated", "weak"),
    "unknown": ("not known", "unknown"),
}
PULLS = {
    "changed": "its rows had changed",
    "unchanged": "its rows were the same",
    "touched_unchanged": "it bore a newer date, and the same rows",
    "failed": "its rows could not be fetched",
}
CHECKS = {
    "failed": ("something not found", "poor"),
    "unknown": ("something could not be seen", "unknown"),
    "neither": ("all found", "good"),
}
CHOICES = {
    "freshness": FRESHNESS,
    "licence": LICENCES,
    "checks": CHECKS,
    "outcome": RUNS,
    "state": judged.STATES,
    "field": judged.FIELDS,
}
PUBLICATION = {
    "private": "for our staff alone",
    "shared_with_city": "for the city and our staff",
    "public": "public",
}
SEVERITIES = {
    "critical": ("critical", "poor"),
    "error": ("late or not usable now", "poor"),
    "warning": ("worth mending", "weak"),
    "info": ("for information", "none"),
}
BASES = {"automatic": "by numbers alone", "partial": "by numbers, in part", "attested": "only people can show it"}
DOCUMENTS = {"ok": "answers", "broken": "leads nowhere", "unknown": "could not be told"}
RUNGS = {1: "little", 2: "some", 3: "much"}
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
    """A number with its unit, as the charts write it; – where there is none."""
    said = charts.number(value, unit)
    return f"{said} {'dataset' if said == '1' else 'datasets'}" if unit == "datasets" and said != "–" else said


def between(value: Value) -> str:
    """The interval in words; '' where it holds one number and nothing is unknown."""
    is_exact = value.low == value.high and value.n_unknown == 0
    return "" if is_exact else charts.between(value.low, value.high, value.unit)


def change(value: Value) -> str:
    """How the value moved since the shown day before, by the same method; '' where that cannot be said."""
    if value.value is None or value.previous_value is None:
        return ""
    since = f"since {day_words(value.previous_day)}"
    was = amount(value.previous_value, value.unit)
    if was == amount(value.value, value.unit):
        return f"the same {since}"
    return f"{'up' if value.value > value.previous_value else 'down'} from {was} {since}"


def title_of(values: Iterable[Value], indicator_id: str) -> str:
    """An indicator's title, where the city has a value of it; else its id in words."""
    found = next((each.title for each in values if each.indicator_id == indicator_id), None)
    return found or plain_word(indicator_id)


def standard_words(name: str, version: str) -> str:
    """A standard's name as people write it, from that of its file."""
    return f"{name.removesuffix(f'-{version}').replace('-', ' ').title()} {version}"


def known(value: Value) -> str:
    """How much of what applies is known, and how much is not."""
    parts = []
    counted = None if value.denominator is None else value.denominator - value.n_unknown
    if counted and value.numerator is not None:
        parts.append(f"{_plain(value.numerator)} of {_plain(counted)} known")
    parts += [f"{value.n_unknown} unknown"] if value.n_unknown else []
    return ", ".join(parts)


def _plain(number: float) -> str:
    """Every digit of a whole number, two places of another."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


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


def choice_words(name: str, choice: str) -> str:
    """A filter's choice for a person."""
    table = CHOICES.get(name, {})
    return table[choice][0] if choice in table else plain_word(choice) if name != "portal" else choice


def band_shape(value: Value) -> str:
    """The shape of a value's band: from its better end to its worse."""
    place, of = band_place(value.indicator_id, value.band or "")
    return _STEPS[of][place] if of in _STEPS else "none"


def none_of(names: Mapping[str, Any] | None) -> dict[str, None]:
    """The names, each with nothing: takes them out of a link's query."""
    return dict.fromkeys(names or {})


def prose(text: str) -> Markup:
    """A text of ours with its names of fields, which stand between backticks, as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(clean.line(text, _PROSE)))))  # noqa: S704 - escaped first


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day_words,
    "moment": moment,
    "iso": iso,
    "web": clean.web_address,
    "short": short,
    "slug": slug,
    "word": plain_word,
    "prose": prose,
}
GLOBALS: dict[str, Any] = {
    "ages": charts.ages,
    "amount": amount,
    "band_limits": band_limits,
    "band_shape": band_shape,
    "between": between,
    "change": change,
    "choice_words": choice_words,
    "count": count,
    "known": known,
    "lacking": lacking,
    "none_of": none_of,
    "history": charts.history,
    "interval_bar": charts.interval_bar,
    "bounds": charts.between,
    "standard_words": standard_words,
    "state": state,
    "spread": charts.spread,
    "strip": charts.strip,
    "title_of": title_of,
    "BASES": BASES,
    "DOCUMENTS": DOCUMENTS,
    "FRESHNESS": FRESHNESS,
    "LICENCES": LICENCES,
    "OUTCOMES": OUTCOMES,
    "PUBLICATION": PUBLICATION,
    "PULLS": PULLS,
    "RUNGS": RUNGS,
    "RUNS": RUNS,
    "SEVERITIES": SEVERITIES,
    "STANCES": STANCES,
    "STATUSES": STATUSES,
    **judged.GLOBALS,
}
