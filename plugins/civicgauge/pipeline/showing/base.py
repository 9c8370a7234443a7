"""What every page stands on: the warehouse's rows for pages, who may be seen, and each city's shown day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.pipeline.context import Context, method_version, utc_now
from civicgauge.pipeline.days import moment_of
from civicgauge.pipeline.showing.forms import NotShown, Viewer
from civicgauge.pipeline.showing.kept import Kept
from civicgauge.pipeline.showing.seeing import Known, Seeing, first_left_out
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.shownreviews import ShownReviews
from civicgauge.warehouse.shownrows import ShownRows
from civicgauge.warehouse.shownsets import ShownDatasets

Row = Mapping[str, Any]
Asking = Callable[[date, Collection[str] | None], Mapping[str, Row]]


@dataclass(frozen=True)
class Base:
    """One for an app: everything in it may be used by several threads at once. `now` is the clock of health alone."""

    context: Context
    warehouse: Warehouse
    seeing: Seeing
    now: Callable[[], datetime] = utc_now

    @cached_property
    def rows(self) -> ShownRows:
        """The warehouse's rows for pages."""
        return self.warehouse.shown

    @cached_property
    def datasets(self) -> ShownDatasets:
        """The same of datasets."""
        return self.warehouse.shown_datasets

    @cached_property
    def reviews(self) -> ShownReviews:
        """The same of what people judged."""
        return self.warehouse.shown_reviews

    @property
    def kept(self) -> Kept:
        """What is kept in memory of attempts, which never change but where something is withdrawn from them."""
        self._kept.forget_before(self.seeing.withdrawn())
        return self._kept

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.context.lake)

    def newest_runs(self, as_of: str | None) -> Mapping[str, Row]:
        """By city, the run of its newest shown day, not after `as_of`."""
        self.check(as_of)
        key = ("newest", as_of, self.seeing.version())
        return self.kept.lists.get(key, lambda: self._by_limit(as_of, self.rows.newest_runs))

    def newest_attempts(self, as_of: str | None) -> Mapping[str, Row]:
        """By city, its newest attempt, not at a day after `as_of`."""
        self.check(as_of)
        key = ("attempts", as_of, self.seeing.version())
        return self.kept.lists.get(key, lambda: self._by_limit(as_of, self.rows.newest_attempts))

    def _by_limit(self, as_of: str | None, ask: Asking) -> Mapping[str, Row]:
        """Asked once where all cities leave out the same days; a time of day may lie on two days at once."""
        limits: dict[date, list[str]] = {}
        by_zone: dict[str, date] = {}
        for city_id, known in self.seeing.everyone().items():
            zone = known.zone
            limit = by_zone.setdefault(zone.key, first_left_out(as_of, zone))
            limits.setdefault(limit, []).append(city_id)
        if len(limits) == 1:
            return ask(next(iter(limits)), None)
        return {city_id: run for limit, ids in limits.items() for city_id, run in ask(limit, ids).items()}

    def shown_city(self, viewer: Viewer, city_id: str, as_of: str | None) -> tuple[Known, Row | None]:
        """A city and the run of its day; None where it was never measured and no day was asked for, else NotShown."""
        self.check(as_of)
        known = self.seeing.one(viewer, city_id)
        run = self.rows.newest_runs(first_left_out(as_of, known.zone), [city_id]).get(city_id)
        if run is None and as_of:
            raise NotShown(city_id)
        return known, run

    def measured_city(self, viewer: Viewer, city_id: str, as_of: str | None) -> tuple[Known, Row]:
        """The same for what there is only of a measured day."""
        known, run = self.shown_city(viewer, city_id, as_of)
        if run is None:
            raise NotShown(city_id)
        return known, run

    def state(self) -> str:
        """A digest of what is current in the warehouse, of who may see it, and of the texts; a second old at most."""
        return self.kept.state.get(int(self.seeing.clock()), self._state)

    def _state(self) -> str:
        files = sorted(self.context.settings.expectations.rglob("*.yml"))
        checks = [(file.name, file.stat().st_mtime_ns) for file in files]
        told = (self.seeing.version(), method_version(), checks)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:20]

    @staticmethod
    def check(as_of: str | None) -> None:
        """ConfigurationError where `as_of` is no date, whichever city it is asked of."""
        if as_of:
            moment_of(as_of, ZoneInfo("UTC"), "as_of")
