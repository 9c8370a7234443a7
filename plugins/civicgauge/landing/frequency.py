"""The declared update frequency of a dataset: which field says it, and the period it promises (DESIGN rule 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from civicgauge.landing.frequency_words import NO_PERIOD, FieldNames, FrequencyWords, field_form, frequency_words
from civicgauge.landing.iso8601 import longest_days

Source = Literal["declared", "unmapped", "undeclared", "untestable", "not_periodic"]
PeriodClass = Literal["daily", "weekly", "monthly", "quarterly", "yearly", "longer"]

# Upper ends in days; "daily" is everything below a week, as DESIGN rule 4 counts business days there.
_CLASSES: tuple[tuple[float, PeriodClass], ...] = ((14, "weekly"), (62, "monthly"), (123, "quarterly"), (366, "yearly"))


@dataclass(frozen=True, slots=True)
class Frequency:
    """What a portal promises for one dataset.

    `text` and `field` are those of the publishing frequency, or of the data-change frequency where that is all there
    is; `data_change_text` is the latter's value. `period_days` is the longest calendar length; of an ambiguous word
    the slow reading, and `period_days_min` the fast one (equal where there is no doubt; both None without a period).
    """

    text: str | None
    field: str | None
    period_days: float | None
    period_days_min: float | None
    source: Source
    period_class: PeriodClass | None
    data_change_text: str | None
    vocabulary_version: int


def class_of(period_days: float | None) -> PeriodClass | None:
    """daily (< 7 days), weekly (7-14), monthly (to 62), quarterly (to 123), yearly (to 366), longer; None for None."""
    if period_days is None:
        return None
    if period_days < 7:
        return "daily"
    return next((name for end, name in _CLASSES if period_days <= end), "longer")


def resolve_frequency(
    custom_fields: Sequence[tuple[str, str]],
    portal_domain: str,
    portal_kind: str,
    portal_values: frozenset[str] = frozenset(),
) -> Frequency:
    """The promise in a dataset's custom fields, through the vocabulary `frequencies.yml`.

    `portal_domain` is the name the portal gives itself; `portal_values` are all values of the portal's frequency
    fields, which settle ambiguous words (without them "bi-weekly" stays a range). Of several fields that fit, the
    first that says something counts, publishing before data change. No text raises; an unknown spelling is
    `unmapped`.
    """
    vocabulary = frequency_words()
    fields = vocabulary.fields(portal_domain, portal_kind)
    named = [(name, field_form(name, portal_kind), value) for name, value in custom_fields]
    publishing, data_change = _candidates(named, fields)
    judged = [(name, value, _judge(vocabulary, value, form, portal_domain, portal_values))
              for name, form, value in publishing + data_change]  # fmt: skip
    said = next((j for j in judged if j[2][0] != "undeclared"), judged[0] if judged else None)
    change = next((value.strip() for _, _, value in data_change if value.strip()), None)
    if said is None:
        return Frequency(None, None, None, None, "undeclared", None, None, vocabulary.version)
    name, value, (source, slow, fast) = said
    return Frequency(
        value.strip() or None, name, slow, fast, source, class_of(slow), change, vocabulary.version
    )  # fmt: skip


def frequency_values(
    custom_fields: Sequence[tuple[str, str]], portal_domain: str, portal_kind: str
) -> tuple[tuple[str, str], ...]:
    """Every (field, value) of a dataset that speaks of a frequency; together they make a portal's `portal_values`."""
    fields = frequency_words().fields(portal_domain, portal_kind)
    named = [(name, field_form(name, portal_kind), value) for name, value in custom_fields]
    publishing, data_change = _candidates(named, fields)
    return tuple((name, value) for name, _, value in publishing + data_change)


Named = list[tuple[str, str, str]]


def _candidates(named: Named, fields: FieldNames) -> tuple[Named, Named]:
    """The fields that fit, each once, in order of preference; a data-change field never counts as publishing."""
    change = _first_fits(named, fields.data_change)
    publishing = [field for field in _first_fits(named, fields.publishing) if field not in change]
    return publishing, change


def _first_fits(named: Named, patterns: tuple[re.Pattern[str], ...]) -> Named:
    found: Named = []
    for pattern in patterns:
        found += [n for n in named if n not in found and pattern.search(n[1])]
    return found


def _judge(
    vocabulary: FrequencyWords, value: str, field: str, domain: str, portal_values: frozenset[str]
) -> tuple[Source, float | None, float | None]:
    """The source of a period, its slow and its fast reading in days."""
    if (days := longest_days(value)) is not None:
        return "declared", days, days
    meaning = vocabulary.meaning(value, field)
    if meaning is None:
        return "unmapped", None, None
    if meaning in NO_PERIOD:
        return meaning, None, None  # type: ignore[return-value]
    fast, slow = vocabulary.periods[vocabulary.settled(meaning, domain, portal_values)]
    return "declared", slow, fast
