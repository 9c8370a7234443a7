"""A city on a day: what to do next, its numbers, the criteria they bear on, and how each can be defended."""

from __future__ import annotations

from itertools import groupby

from civicgauge.pages.asking import Ask
from civicgauge.pages.sheets import PageRouter, Sheet, Table, beside
from civicgauge.pipeline.showing.forms import CityPage, Criterion, Value
from civicgauge.pipeline.words import reading_place, theme

router = PageRouter()
_FIRST_STEPS = 5
_COLUMNS = (
    *("city_id", "day", "indicator_id", "indicator_version", "title", "value", "unit", "status", "reason", "numerator"),
    *("denominator", "n_unknown", "value_low", "value_high", "direction", "band", "previous_day", "previous_value"),
    *("input_digest", "run_id", "decided_value", "decided_low", "decided_high", "decided_status", "decisions"),
)


@router.page("city/{city_id}")
def city(ask: Ask, city_id: str) -> Sheet:
    """The city's page; its CSV twin holds the numbers."""
    form: CityPage = ask.shown.city(ask.viewer, city_id, ask.as_of)
    observed = [each for each in form.criteria if each.basis != "attested"]
    values = {
        "themes": _by_theme(form.values),
        "standards": _by_standard(form.criteria),
        "n_in_line": sum(each.stance == "in_line" for each in observed),
        "n_differs": sum(each.stance == "differs" for each in observed),
        "first_steps": form.next_steps[:_FIRST_STEPS],
        "later_steps": form.next_steps[_FIRST_STEPS:],
        "open_incidents": [each for each in form.incidents if each.state != "resolved"],
        "ended_incidents": [each for each in form.incidents if each.state == "resolved"],
        "open_count": sum(each.state != "resolved" for each in form.incidents),
    }
    return Sheet("city.html", form, Table(_COLUMNS, [_row(form, each) for each in form.values]), values)


def _by_theme(values: tuple[Value, ...]) -> list[tuple[str, list[Value]]]:
    placed = sorted(values, key=lambda each: reading_place(each.indicator_id))
    return [(name, list(found)) for name, found in groupby(placed, key=lambda each: theme(each.indicator_id))]


def _by_standard(criteria: tuple[Criterion, ...]) -> list[tuple[str, str, list[Criterion], list[Criterion]]]:
    """By standard: its name and version, the criteria of which anything was seen or attested, and the others."""
    found = []
    for (name, version), group in groupby(criteria, key=lambda each: (each.standard, each.standard_version)):
        listed = list(group)
        told = [each for each in listed if each.stance != "not_observed" or each.attested_stance or each.expires_at]
        found.append((name, version, told, [each for each in listed if each not in told]))
    return found


def _row(form: CityPage, value: Value) -> tuple[object, ...]:
    named = (form.city.city_id, form.city.day, value.indicator_id, value.version, value.title, value.value, value.unit)
    counted = (value.status, value.reason, value.numerator, value.denominator, value.n_unknown, value.low, value.high)
    told = (value.direction, value.band, value.previous_day, value.previous_value, value.input_digest, value.run_id)
    return named + counted + told + beside(value.decided)
