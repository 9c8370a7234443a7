"""The cities, with their bands and how they stand to the criteria; never a rank, never a total."""

from __future__ import annotations

from civicgauge.pages.asking import Ask, permitted
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import CitiesPage, CityRow

router = PageRouter()
_FILTERS = ("state", "country", "platform", "publication", "outcome")
_HEAD = ("city_id", "name", "state", "country", "population", "platforms", "publication", "day", "outcome", "datasets")
_STANCES = ("criteria_in_line", "criteria_differ", "criteria_not_observed")


@router.page("cities", menu="Cities")
def cities(ask: Ask) -> Sheet:
    """The list of the cities that the viewer may see."""
    asked = ask.listed(_FILTERS, sorts=None)
    form = ask.shown.cities(ask.viewer, asked, ask.as_of)
    permitted(asked.filters, form.filters)
    return Sheet("cities.html", form, _table(form))


def _table(form: CitiesPage) -> Table:
    bands = tuple(f"{indicator}_band" for indicator, _ in form.columns)
    return Table(_HEAD + _STANCES + bands, [_row(form, each) for each in form.rows])


def _row(form: CitiesPage, row: CityRow) -> tuple[object, ...]:
    city = row.city
    named = (city.city_id, city.name, city.state, city.country, city.population, city.platforms, city.publication)
    counted = (city.day, city.outcome, row.n_datasets, row.n_in_line, row.n_differs, row.n_not_observed)
    return named + counted + tuple(_band(row, indicator) for indicator, _ in form.columns)


def _band(row: CityRow, indicator_id: str) -> str | None:
    value = row.bands.get(indicator_id)
    return value.band if value else None
