"""The indicators, and one across a group of comparable cities: a strip, quantiles, a list by the worse bound."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from civicgauge.pages.asking import Ask
from civicgauge.pages.charts import between as bounds
from civicgauge.pages.charts import strip
from civicgauge.pages.sheets import PageRouter, Sheet, Table, beside
from civicgauge.pipeline.showing.forms import Dot, IndicatorPage, Viewer
from civicgauge.pipeline.words import theme

router = PageRouter()
_FILTERS = ("group", "here")
_ABOUT = ("id", "version", "title", "question", "unit", "direction", "formula", "criteria", "checks", "gaming")
_COLUMNS = (
    "city_id",
    "name",
    "day",
    "value",
    "value_low",
    "value_high",
    "status",
    "band",
    "indicator_id",
    "version",
    "decided_value",
    "decided_low",
    "decided_high",
    "decided_status",
    "decisions",
)


def _each(shown: Any, _viewer: Viewer) -> Iterator[dict[str, str]]:
    return ({"indicator_id": each["id"]} for each in shown.indicators())


@router.page("indicator", menu="Indicators")
def indicators(ask: Ask) -> Sheet:
    """All indicators, in reading order."""
    found = ask.shown.indicators()
    themes = [(name, list(some)) for name, some in groupby(found, key=lambda each: theme(each["id"]))]
    rows = [tuple(each[name] for name in _ABOUT) for each in found]
    return Sheet("indicators.html", {"indicators": found}, Table(_ABOUT, rows), {"themes": themes})


@router.page("indicator/{indicator_id}", each=_each)
def indicator(ask: Ask, indicator_id: str) -> Sheet:
    """One indicator across a group of cities."""
    asked = ask.listed(_FILTERS, sorts=("name",))
    form: IndicatorPage = ask.shown.indicator(ask.viewer, indicator_id, asked, ask.as_of)
    here = next((dot.city.name for dot in form.dots if dot.is_here and dot.city), None)
    chart = strip(form.dots, form.quantiles, here, form.about["unit"])
    table = Table(_COLUMNS, [_row(form, each) for each in form.rows])
    has_decided = any(dot.decided for dot in form.rows)
    values = {"chart": chart, "unit": form.about["unit"], "bounds": bounds, "has_decided": has_decided}
    return Sheet("indicator.html", form, table, values)


def _row(form: IndicatorPage, dot: Dot) -> tuple[object, ...]:
    city = (dot.city.city_id, dot.city.name, dot.city.day) if dot.city else (None, None, None)
    numbers = (dot.value, dot.low, dot.high, dot.status, dot.band)
    return (*city, *numbers, form.about["id"], form.about["version"], *beside(dot.decided))
