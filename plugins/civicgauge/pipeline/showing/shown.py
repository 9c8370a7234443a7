"""The one door of pages to what was measured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.showing import cities, city
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import Asked, CitiesPage, CityPage, Viewer
from civicgauge.pipeline.showing.seeing import Seeing
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
