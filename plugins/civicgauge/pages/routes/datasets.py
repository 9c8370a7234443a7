"""A city's datasets on its day, those with most to mend first."""

from __future__ import annotations

from civicgauge.pages.asking import Ask, permitted
from civicgauge.pages.sheets import PageRouter, Sheet, Table
from civicgauge.pipeline.showing.forms import DatasetsPage

router = PageRouter()
FILTERS = ("freshness", "checks", "licence", "kind", "counted", "portal")
SORTS = ("title", "age", "unknown")
_COLUMNS = (
    *("city_id", "day", "portal_id", "dataset_id", "title", "permalink", "kind", "is_counted", "declared_frequency"),
    *("freshness_status", "age_days", "licence_class", "checks_not_found", "checks_unknown"),
)


@router.page("city/{city_id}/datasets")
def datasets(ask: Ask, city_id: str) -> Sheet:
    """The list of a city's datasets."""
    asked = ask.listed(FILTERS, sorts=SORTS)
    form: DatasetsPage = ask.shown.datasets(ask.viewer, city_id, asked, ask.as_of)
    permitted(asked.filters, form.filters)
    return Sheet("datasets.html", form, Table(_COLUMNS, _rows(form)))


def _rows(form: DatasetsPage) -> list[tuple[object, ...]]:
    city = (form.city.city_id, form.city.day)
    return [
        (
            *city,
            *(row.portal_id, row.dataset_id, row.title, row.permalink, row.kind, row.is_counted),
            *(row.declared_frequency, row.freshness_status, row.age_days, row.licence_class),
            *(row.n_failed, row.n_unknown),
        )
        for row in form.rows
    ]
