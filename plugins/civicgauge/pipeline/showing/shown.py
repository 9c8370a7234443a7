"""The one door of pages to what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.showing import (
    audit,
    badge,
    brief,
    checks,
    cities,
    city,
    dataset,
    datasets,
    decisions,
    editioncity,
    editions,
    health,
    method,
    packs,
    texts,
)
from civicgauge.pipeline.showing.across import across
from civicgauge.pipeline.showing.badge import BadgeFacts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.beside import beside
from civicgauge.pipeline.showing.forms import (
    Asked,
    Check,
    CitiesPage,
    CityPage,
    DatasetPage,
    DatasetsPage,
    HealthPage,
    IndicatorPage,
    NotShown,
    Viewer,
)
from civicgauge.pipeline.showing.judged import (
    AuditPage,
    DecisionPage,
    DecisionsPage,
    EditionCityPage,
    EditionPage,
    EditionsPage,
)
from civicgauge.pipeline.showing.method import MethodPage, StandardPage
from civicgauge.pipeline.showing.packforms import BriefPage, PackPage, PacksPage
from civicgauge.pipeline.showing.seeing import Seeing
from civicgauge.pipeline.showing.whereabouts import Whereabouts, whereabouts
from civicgauge.warehouse import Warehouse


class Shown:
    """What pages show to whom. One for an app; every method may be called by several threads at once.

    `as_of` is a day or a time, as `export --as-of` takes it; None is the newest shown day. Any method raises NotShown
    for what there is not and for what is not for the viewer, ConfigurationError for an `as_of` that is no date, and
    what the warehouse raises: WarehouseOutOfDate, WarehouseBusy, ConfigurationError where it cannot be reached.
    """

    def __init__(self, context: Context, now: Callable[[], datetime] = utc_now) -> None:
        """Nothing is opened yet. `now` says what today is, for the pipeline's health alone."""
        warehouse = Warehouse(context.settings.warehouse)
        self._base = Base(context, warehouse, Seeing(warehouse, context.settings.cities), now)

    def check_ready(self) -> None:
        """None where pages can be shown; raises what says what to do where the warehouse is down or out of date."""
        self._base.warehouse.check()

    def now(self) -> datetime:
        """The clock, for what is said to be old."""
        return self._base.now()

    def method(self) -> MethodPage:
        """The method as this version of civicgauge has it; the same for everyone."""
        return method.method(self._base.context.settings.expectations)

    def standard(self, name: str) -> StandardPage:
        """A standard by its file's name; the same for everyone."""
        return method.standard(name)

    def state(self) -> str:
        """A digest of what pages stand on: another one after every commit and change of an incident, for ETags."""
        return self._base.state()

    def standards(self) -> tuple[StandardPage, ...]:
        """Every standard, the newest first."""
        return tuple(method.standard(name) for name, _ in method.standard_names())

    def checks(self) -> tuple[Check, ...]:
        """Every check, by id; the same for everyone."""
        return checks.checks(self._base.context.settings.expectations)

    def check(self, check_id: str) -> Check:
        """One check; the same for everyone."""
        return checks.check(self._base.context.settings.expectations, check_id)

    def close(self) -> None:
        """Close the connections; they are opened again where something is asked for after all."""
        self._base.warehouse.dispose()

    def cities(self, viewer: Viewer, asked: Asked, as_of: str | None = None) -> CitiesPage:
        """The cities that the viewer may see, each on its newest day.

        Filters: country, state, platform, outcome, publication. Sorts: name (unless asked otherwise), population, day,
        datasets, or an indicator's id (by the worse bound).
        """
        return cities.cities(self._base, viewer, asked, as_of)

    def city(self, viewer: Viewer, city_id: str, as_of: str | None = None) -> CityPage:
        """One city; without any value where it was never measured."""
        return city.city(self._base, viewer, city_id, as_of)

    def brief(self, viewer: Viewer, city_id: str, as_of: str | None = None) -> BriefPage:
        """One city on one sheet, for whoever leads it; peers are as everybody may see them, whoever asks."""
        return brief.brief(self._base, viewer, city_id, as_of)

    def pack(self, viewer: Viewer, cohort_id: str, as_of: str | None = None, *, for_cities: bool = False) -> PackPage:
        """A cohort's pack for a workshop, for staff alone.

        `for_cities`: without the cover that names the cities, and with counts as other audiences may see them.
        """
        return packs.pack(self._base, viewer, cohort_id, as_of, for_cities=for_cities)

    def packs(self, viewer: Viewer) -> PacksPage:
        """The cohorts that have a pack, for staff alone."""
        return packs.packs(self._base, viewer)

    def datasets(self, viewer: Viewer, city_id: str, asked: Asked, as_of: str | None = None) -> DatasetsPage:
        """A city's datasets, those with most to mend first.

        Filters: portal, kind, counted (yes, no, undecided), freshness, licence, checks (failed, unknown, neither).
        Sorts: title, age, unknown.
        """
        return datasets.datasets(self._base, viewer, city_id, asked, as_of)

    def dataset(
        self, viewer: Viewer, city_id: str, portal_id: str, dataset_id: str, as_of: str | None = None
    ) -> DatasetPage:
        """One dataset, by its id or its slug; of one that left the catalogue the last day on which it was there."""
        return dataset.dataset(self._base, viewer, city_id, (portal_id, dataset_id), as_of)

    def dataset_pages(self, viewer: Viewer, city_id: str, as_of: str | None = None) -> Iterator[DatasetPage]:
        """Every dataset of a city's day, by a few questions for all of them."""
        return dataset.dataset_pages(self._base, viewer, city_id, as_of)

    def indicator(
        self,
        viewer: Viewer,
        indicator_id: str,
        asked: Asked,
        as_of: str | None = None,
        *,
        city_id: str | None = None,
        group: str | None = None,
    ) -> IndicatorPage:
        """One indicator across the cities that the viewer may see, or of one city beside comparable ones.

        `group` is the id of one of the page's `groups`; the filters `here` (a city) and `group` say the same. Sorts: by
        the worse bound (unless asked otherwise), or name.
        """
        told = asked.filters or {}
        city_id, group = city_id or told.get("here"), group or told.get("group")
        indicator = texts.indicators().get(indicator_id)
        if indicator is None:
            raise NotShown(indicator_id)
        if city_id is not None:
            return beside(self._base, viewer, indicator, asked, as_of, (city_id, group))
        return across(self._base, viewer, indicator, asked, as_of, group)

    def indicators(self) -> tuple[dict[str, Any], ...]:
        """What every indicator says of itself, in reading order."""
        return tuple(texts.about(each) for each in texts.indicators().values())

    def badge(self, city_id: str, as_of: str | None = None) -> BadgeFacts:
        """What a city's badge may say, as everybody may see it; NotShown where its file asks for none."""
        return badge.badge(self._base, city_id, as_of)

    def editions(self, viewer: Viewer, asked: Asked) -> EditionsPage:
        """The frozen editions, and all for staff; filter: state. They are of no date but their own."""
        return editions.editions(self._base, viewer, asked)

    def edition(self, viewer: Viewer, edition_id: str, asked: Asked) -> EditionPage:
        """One edition with the cities that the viewer may see; for staff alone before it is frozen."""
        return editions.edition(self._base, viewer, edition_id, asked)

    def edition_city(self, viewer: Viewer, edition_id: str, city_id: str) -> EditionCityPage:
        """A city in an edition; in a preview for staff and the city itself alone."""
        return editioncity.edition_city(self._base, viewer, edition_id, city_id)

    def parts_of(self, viewer: Viewer, kind: str) -> list[dict[str, str]]:
        """Which pages of a kind there are for a viewer: edition, edition_city or decision."""
        of = {
            "edition": editions.edition_parts,
            "edition_city": editions.edition_city_parts,
            "decision": decisions.decision_parts,
        }
        return of[kind](self._base, viewer)

    def decisions(self, viewer: Viewer, asked: Asked, as_of: str | None = None) -> DecisionsPage:
        """Decisions on cities that the viewer may see, made up to `as_of`, as they now stand; what two people have not
        agreed on is for staff. Filters: city, field, state."""
        return decisions.decisions(self._base, viewer, asked, as_of)

    def decision(self, viewer: Viewer, decision_id: str) -> DecisionPage:
        """One decision."""
        return decisions.decision(self._base, viewer, decision_id)

    def audit(self, viewer: Viewer, asked: Asked, as_of: str | None = None) -> AuditPage:
        """Who did what, for staff alone. Filters: city, action, from, to (days of UTC, both included)."""
        return audit.audit(self._base, viewer, asked, as_of)

    def health(self, viewer: Viewer, asked: Asked, as_of: str | None = None) -> HealthPage:
        """The pipeline's health, of the cities that the viewer may see. Filters of portals: city, kind, state."""
        return health.health(self._base, viewer, asked, as_of)

    def resolve_task(
        self,
        viewer: Viewer,
        dag_id: str,
        run_id: str | None = None,
        task_id: str | None = None,
        map_index: int | None = None,
    ) -> Whereabouts:
        """What a DAG, a run or a task instance of Airflow is about; NotShown for a DAG of no city."""
        return whereabouts(self._base, viewer, dag_id, run_id, task_id, map_index)
