"""Editions: the list, one with its cities, and a city in one, which before freezing is that city's preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from civicgauge.pages.asking import Ask, permitted
from civicgauge.pages.sheets import PageRouter, Sheet, Table, beside
from civicgauge.pipeline.showing.forms import Viewer
from civicgauge.pipeline.showing.judged import (
    EditionCityLine,
    EditionCityPage,
    EditionLine,
    EditionPage,
    EditionsPage,
    EditionValue,
)
from civicgauge.pipeline.words import reading_place, theme

router = PageRouter()
_STATUSES = ("ok", "insufficient", "not_measured", "not_applicable", "error")
_LISTED = ("edition_id", "title", "state", "as_of", "frozen_at", "method_version", "content_digest", "cities", "errata")
_CITIES = ("edition_id", "city_id", "name", "measured_on", "outcome", *_STATUSES, "decided", "errata")
_VALUES = (
    *("edition_id", "city_id", "measured_on", "indicator_id", "indicator_version", "title", "unit", "status", "value"),
    *("value_low", "value_high", "numerator", "denominator", "n_unknown", "decided_value", "decided_low"),
    *("decided_high", "decided_status", "decisions", "corrected_status", "corrected_value", "corrected_low"),
    *("corrected_high", "corrected_at", "row_digest"),
)


def _each_edition(shown: Any, viewer: Viewer) -> Iterator[Mapping[str, str]]:
    yield from shown.parts_of(viewer, "edition")


def _each_city(shown: Any, viewer: Viewer) -> Iterator[Mapping[str, str]]:
    yield from shown.parts_of(viewer, "edition_city")


@router.page("editions", menu="Editions")
def editions(ask: Ask) -> Sheet:
    """The list of the editions that the viewer may see."""
    asked = ask.listed(("state",))
    form: EditionsPage = ask.shown.editions(_who(ask), asked)
    permitted(asked.filters, form.filters)
    return Sheet("editions.html", form, Table(_LISTED, [_listed(each) for each in form.rows]))


@router.page("edition/{edition_id}", each=_each_edition)
def edition(ask: Ask, edition_id: str) -> Sheet:
    """One edition; its CSV twin lists its cities."""
    form: EditionPage = ask.shown.edition(_who(ask), edition_id, ask.listed())
    return Sheet("edition.html", form, Table(_CITIES, [_city(form, each) for each in form.cities]))


@router.page("edition/{edition_id}/city/{city_id}", each=_each_city)
def edition_city(ask: Ask, edition_id: str, city_id: str) -> Sheet:
    """A city in an edition; its CSV twin holds the numbers."""
    form: EditionCityPage = ask.shown.edition_city(_who(ask), edition_id, city_id)
    placed = sorted(form.values, key=lambda each: reading_place(each.value.indicator_id))
    themes = [(name, list(found)) for name, found in groupby(placed, key=lambda each: theme(each.value.indicator_id))]
    values = {"themes": themes, "mended": [erratum for each in form.values for erratum in each.errata]}
    return Sheet("edition_city.html", form, Table(_VALUES, [_value(form, each) for each in form.values]), values)


def _who(ask: Ask) -> Viewer:
    """Who looks. No date changes an edition; one that is none is refused here as everywhere."""
    _ = ask.as_of
    return ask.viewer


def _listed(each: EditionLine) -> tuple[object, ...]:
    told = (each.edition_id, each.title, each.state, each.as_of, each.frozen_at, each.method_version)
    return (*told, each.content_digest, each.n_cities, each.n_errata)


def _city(form: EditionPage, each: EditionCityLine) -> tuple[object, ...]:
    named = (form.edition.edition_id, each.city_id, each.name, each.measured_on, each.outcome)
    return (*named, *(each.statuses.get(word, 0) for word in _STATUSES), each.n_decided, each.n_errata)


def _value(form: EditionCityPage, each: EditionValue) -> tuple[object, ...]:
    value = each.value
    named = (form.edition.edition_id, form.city_id, form.measured_on, value.indicator_id, value.version, value.title)
    measured = (value.unit, value.status, value.value, value.low, value.high, value.numerator, value.denominator)
    last = each.errata[-1] if each.errata else None
    mended = (last.new_status, last.new_value, last.new_low, last.new_high, last.made_at) if last else (None,) * 5
    return (*named, *measured, value.n_unknown, *beside(value.decided), *mended, each.row_digest)
