"""Rows for pages: the datasets of a city's day, what was checked of them, and what landed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.shownrows import Rows

Keys = Collection[tuple[str, str]]
"""Datasets by portal id and dataset id."""

_IDENTITY = ("title", "permalink", "publisher", "presence", "removed_on", "last_seen")
_TO_MEND = ("failed", "unknown")


class ShownDatasets(Rows):
    """Every question is of one city; `keys` None asks for all of its datasets."""

    def holds(self, name: str, city_id: str, day: date) -> bool:
        """Whether a table holds anything of the city's day: rows of old days are dropped."""
        table = self.table(name)
        one = sa.select(sa.literal(1)).where(table.c.day == day, table.c.city_id == city_id).limit(1)
        return bool(self.ask(one))

    def days(self, city_id: str, day: date, keys: Keys | None = None) -> list[Row]:
        """Rows of `dataset_day` by key, each with who it is."""
        state, known = self.table("dataset_day"), self.table("dataset")
        same = [known.c[name] == state.c[name] for name in ("city_id", "portal_id", "dataset_id")]
        more = [known.c[name] for name in _IDENTITY]
        statement = sa.select(state, *more).select_from(sa.outerjoin(state, known, sa.and_(*same)))
        here = (state.c.day == day, state.c.city_id == city_id, _among(state, keys))
        return self.ask(statement.where(*here).order_by(*state.primary_key))

    def ids(self, city_id: str, portal_id: str) -> list[str]:
        """The ids of every dataset of a portal that was ever seen."""
        table = self.table("dataset").c
        here = (table.city_id == city_id, table.portal_id == portal_id)
        return [row["dataset_id"] for row in self.ask(sa.select(table.dataset_id).where(*here))]

    def identities(self, city_id: str, keys: Keys | None = None) -> list[Row]:
        """Rows of `dataset` by key."""
        table = self.table("dataset")
        statement = sa.select(table).where(table.c.city_id == city_id, _among(table, keys))
        return self.ask(statement.order_by(*table.primary_key))

    def counts(self, city_id: str, day: date, *, with_private: bool) -> list[Row]:
        """Portal, dataset and outcome with how many checks failed, or are unknown."""
        table = self.table("check_result")
        by = (table.c.portal_id, table.c.dataset_id, table.c.outcome)
        here = [table.c.day == day, table.c.city_id == city_id, table.c.outcome.in_(_TO_MEND)]
        if not with_private:
            here.append(table.c.is_private.is_(sa.false()))
        return self.ask(sa.select(*by, sa.func.count().label("count")).where(*here).group_by(*by))

    def results(
        self,
        city_id: str,
        day: date,
        keys: Keys | None = None,
        *,
        with_private: bool,
        check_ids: Collection[str] | None = None,
    ) -> list[Row]:
        """Rows of `check_result` by key, of some checks or of all."""
        table = self.table("check_result")
        statement = sa.select(table).where(table.c.day == day, table.c.city_id == city_id, _among(table, keys))
        if not with_private:
            statement = statement.where(table.c.is_private.is_(sa.false()))
        if check_ids is not None:
            statement = statement.where(table.c.check_id.in_(sorted(check_ids)))
        return self.ask(statement.order_by(*table.primary_key))

    def landings(self, city_id: str, keys: Keys | None = None) -> list[Row]:
        """Rows of `landing`, newest first."""
        table = self.table("landing")
        statement = sa.select(table).where(table.c.city_id == city_id, _among(table, keys))
        return self.ask(statement.order_by(table.c.fetched_at.desc(), *table.primary_key))

    def pulls(self, city_id: str, days: Sequence[date], keys: Keys | None = None) -> list[Row]:
        """Rows of `pull` of these days, newest first."""
        table = self.table("pull")
        here = (table.c.day.in_(list(days)), table.c.city_id == city_id, _among(table, keys))
        return self.ask(sa.select(table).where(*here).order_by(table.c.day.desc(), *table.primary_key))


def _among(table: sa.Table, keys: Keys | None) -> sa.ColumnElement[bool]:
    """Rows of these datasets: a seek for each, by a key that goes on with portal and dataset."""
    if keys is None:
        return sa.true()
    portals: dict[str, list[Any]] = {}
    for portal_id, dataset_id in sorted(keys):
        portals.setdefault(portal_id, []).append(dataset_id)
    of_portal = [sa.and_(table.c.portal_id == p, table.c.dataset_id.in_(ids)) for p, ids in portals.items()]
    return sa.or_(sa.false(), *of_portal)
