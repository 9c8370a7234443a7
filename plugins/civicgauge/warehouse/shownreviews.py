"""Rows for pages: editions and what stands in them, decisions and what they change, and the audit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.shownrows import CityDays, Rows

SETTLED = ("in_force", "reopened", "ended")
"""The states of decisions that two people have agreed on: what others than staff see."""

_MANY = 400  # bound values of one statement, well below what SQLite takes


@dataclass(frozen=True, slots=True)
class Acts:
    """Which acts of the audit are wanted: of these cities (None: of all, and of none), of an action, from, before."""

    city_ids: Collection[str] | None = None
    action: str | None = None
    since: datetime | None = None
    before: datetime | None = None


class ShownReviews(Rows):
    """What people judged. Who may see which row is the caller's to say."""

    # ------------------------------------------------------------ editions

    def editions(self, states: Collection[str] | None = None) -> list[Row]:
        """Editions, the newest first; of some states or of all."""
        table = self.table("edition")
        statement = sa.select(table) if states is None else sa.select(table).where(table.c.state.in_(sorted(states)))
        return self.ask(statement.order_by(table.c.opened_at.desc(), table.c.edition_id))

    def edition(self, edition_id: str) -> Row | None:
        """One edition; None where there is none."""
        return next(iter(self._of("edition", edition_id)), None)

    def edition_cities(self, edition_ids: Collection[str], city_id: str | None = None) -> list[Row]:
        """The cities of editions, by key; or one of them."""
        table = self.table("edition_city")
        statement = sa.select(table).where(table.c.edition_id.in_(sorted(edition_ids)))
        if city_id is not None:
            statement = statement.where(table.c.city_id == city_id)
        return self.ask(statement.order_by(*table.primary_key)) if edition_ids else []

    def edition_values(self, edition_id: str, city_id: str) -> list[Row]:
        """The numbers of a city in an edition, by key."""
        return self._of("edition_value", edition_id, city_id)

    def edition_counts(self, edition_id: str) -> list[Row]:
        """City and status with how many numbers of an edition have it, and how many decisions change."""
        table = self.table("edition_value").c
        by = (table.city_id, table.status)
        changed = sa.func.count(table.decided_status).label("decided")
        statement = sa.select(*by, sa.func.count().label("count"), changed).group_by(*by)
        return self.ask(statement.where(table.edition_id == edition_id))

    def errata(self, edition_id: str, city_id: str | None = None) -> list[Row]:
        """The corrections of an edition, or of one city in it, the oldest first."""
        return sorted(self._of("erratum", edition_id, city_id), key=lambda row: (row["made_at"], row["erratum_id"]))

    def signatures(self, edition_id: str) -> list[Row]:
        """The signatures under an edition, in their order. Names of people: for staff alone."""
        return self._of("edition_signature", edition_id)

    def disputes(self, edition_id: str, city_id: str | None = None) -> list[Row]:
        """What cities contest of an edition, the oldest first."""
        return sorted(self._of("dispute", edition_id, city_id), key=lambda row: (row["made_at"], row["dispute_id"]))

    def tallies(self, table: str, **where: Any) -> dict[tuple[str, str], int]:
        """By edition and city, how many rows of a table are as named."""
        known = self.table(table)
        by = (known.c.edition_id, known.c.city_id)
        here = [known.c[name] == value for name, value in where.items()]
        found = self.ask(sa.select(*by, sa.func.count().label("count")).where(*here).group_by(*by))
        return {(row["edition_id"], row["city_id"]): row["count"] for row in found}

    def signed(self) -> dict[str, int]:
        """By edition, how many signatures are under what it now holds."""
        signature, edition = self.table("edition_signature").c, self.table("edition").c
        same = sa.and_(signature.edition_id == edition.edition_id, signature.content_digest == edition.content_digest)
        statement = sa.select(edition.edition_id, sa.func.count().label("count")).where(same)
        return {row["edition_id"]: row["count"] for row in self.ask(statement.group_by(edition.edition_id))}

    def _of(self, name: str, edition_id: str, city_id: str | None = None) -> list[Row]:
        table = self.table(name)
        here = [table.c.edition_id == edition_id, *([] if city_id is None else [table.c.city_id == city_id])]
        return self.ask(sa.select(table).where(*here).order_by(*table.primary_key))

    # ------------------------------------------------------------ decisions

    def decisions(self, city_ids: Collection[str], states: Collection[str] | None = None) -> list[Row]:
        """Decisions on these cities, the newest first, each with its entry's title; of some states or of all."""
        table = self.table("decision").c
        more = [] if states is None else [table.state.in_(sorted(states))]
        parts = _parts(city_ids)
        return self._newest_first(row for some in parts for row in self._decisions(table.city_id.in_(some), *more))

    def decisions_named(self, ids: Collection[str]) -> list[Row]:
        """The same by their ids; those that there are."""
        column = self.table("decision").c.decision_id
        return self._newest_first(row for some in _parts(ids) for row in self._decisions(column.in_(some)))

    def _decisions(self, *where: sa.ColumnElement[bool]) -> list[Row]:
        decision, known = self.table("decision"), self.table("dataset")
        same = (known.c[name] == decision.c[name] for name in ("city_id", "portal_id", "dataset_id"))
        joined = sa.outerjoin(decision, known, sa.and_(*same))
        return self.ask(sa.select(decision, known.c.title).select_from(joined).where(*where))

    @staticmethod
    def _newest_first(rows: Iterator[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: (-row["made_at"].timestamp(), row["decision_id"]))

    def decided(self, city_days: CityDays, indicator_ids: Collection[str] | None = None) -> list[Row]:
        """Numbers as decided of these city-days, by key; there is none where no decision changes the number."""
        table = self.table("decided_value")
        wanted = set(city_days)
        days = sorted({day for day, _ in wanted})
        if not days:
            return []
        statement = sa.select(table).where(table.c.day.in_(days))  # few: filtered here rather than in a long statement
        if len(wanted) <= _MANY:
            statement = statement.where(table.c.city_id.in_(sorted({city_id for _, city_id in wanted})))
        if indicator_ids is not None:
            statement = statement.where(table.c.indicator_id.in_(sorted(indicator_ids)))
        found = self.ask(statement.order_by(*table.primary_key))
        return [row for row in found if (row["day"], row["city_id"]) in wanted]

    # ------------------------------------------------------------ the audit

    def acts(self, wanted: Acts, part: tuple[int, int]) -> tuple[list[Row], int]:
        """Acts of the audit, the newest first, from one place on so many; and how many there are in all."""
        table, (offset, size) = self.table("audit"), part
        here = list(_of_acts(table, wanted))
        count = self.ask(sa.select(sa.func.count().label("count")).select_from(table).where(*here))[0]["count"]
        statement = sa.select(table).where(*here).order_by(table.c.number.desc()).limit(size).offset(offset)
        return self.ask(statement), int(count)

    def acts_seen(self, city_ids: Collection[str] | None) -> tuple[list[str], list[str]]:
        """The cities and the actions that the audit holds of these cities, to choose from."""
        table = self.table("audit")
        here = list(_of_acts(table, Acts(city_ids)))
        found = self.ask(sa.select(table.c.city_id, table.c.action).where(*here).distinct())
        return sorted({row["city_id"] for row in found} - {""}), sorted({row["action"] for row in found})


def _of_acts(table: sa.Table, wanted: Acts) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.city_ids is not None:
        yield table.c.city_id.in_(sorted(wanted.city_ids))
    if wanted.action is not None:
        yield table.c.action == wanted.action
    if wanted.since is not None:
        yield table.c.at >= wanted.since
    if wanted.before is not None:
        yield table.c.at < wanted.before


def _parts(words: Collection[str]) -> Iterator[Sequence[str]]:
    """Words in order, so many at a time as a statement takes."""
    told = sorted(words)
    yield from (told[at : at + _MANY] for at in range(0, len(told), _MANY))
