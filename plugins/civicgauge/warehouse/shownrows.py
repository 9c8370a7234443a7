"""Rows for pages: a few of a large table by its key or an index, never the whole of it; suspect days are left out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from civicgauge.warehouse import readers
from civicgauge.warehouse.cityday import SHOWN, Row
from civicgauge.warehouse.engine import reading

Tables = Mapping[str, sa.Table]
CityDays = Collection[tuple[date, str]]

WITHDRAWN_CURSOR = "withdrawn"
"""The mark of the last purge: what was read before it is not to be shown after it."""

_STATE_RUNS = 200
_COMPARED = (
    *("day", "city_id", "indicator_id", "indicator_version", "status", "value", "value_low", "value_high"),
    *("n_unknown", "unit", "direction", "reason", "band"),
)
_LIVE = ("open", "acknowledged", "snoozed", "disputed", "fix_claimed")
_WAITING = ("queued", "claimed", "sending", "doubtful", "failed")


class Rows:
    """What every part asks by: an engine, the tables, and one way to ask."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self._engine, self._tables = engine, tables

    def ask(self, statement: sa.Select[Any]) -> list[Row]:
        """The rows of a statement, all at once."""
        with reading(self._engine) as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]

    def table(self, name: str) -> sa.Table:
        """One of the tables."""
        return self._tables[name]


class ShownRows(Rows):
    """Cities, their runs and their numbers."""

    def state(self) -> str:
        """A digest of what is current: another one after every commit, purge and act of a person, and after what
        happens to an incident.

        Of the last runs alone: all of them are too many to be asked for a page. Commits may land in another order than
        their times, yet not hundreds of them at once.
        """
        run, event, audit = self.table("run"), self.table("incident_event"), self.table("audit")
        last = sa.select(run.c.run_id, run.c.ended_at, run.c.is_current)
        last = last.order_by(run.c.ended_at.desc(), run.c.run_id).limit(_STATE_RUNS)
        with reading(self._engine) as connection:
            found = [tuple(row) for row in connection.execute(last)]
            told = connection.execute(sa.select(sa.func.max(event.c.at))).scalar()
            acts = connection.execute(sa.select(sa.func.max(audit.c.number))).scalar()
        return hashlib.sha256(repr((found, told, acts, self.withdrawn())).encode()).hexdigest()[:20]

    def withdrawn(self) -> str | None:
        """The mark of the last purge; None before the first."""
        return readers.cursor_value(self._engine, self.table("cursor"), WITHDRAWN_CURSOR)

    def cities(self) -> list[Row]:
        """Every city, by id."""
        city = self.table("city")
        return self.ask(sa.select(city).order_by(city.c.city_id))

    def newest_runs(self, before: date, city_ids: Collection[str] | None = None) -> dict[str, Row]:
        """By city, the current run of its newest shown day before that day: one seek for each city."""
        return self._newest(before, city_ids, shown_only=True)

    def newest_attempts(self, before: date, city_ids: Collection[str] | None = None) -> dict[str, Row]:
        """By city, its newest attempt before that day, whatever came of it."""
        return self._newest(before, city_ids, shown_only=False)

    def _newest(self, before: date, city_ids: Collection[str] | None, *, shown_only: bool) -> dict[str, Row]:
        run, city = self.table("run"), self.table("city")
        other = run.alias("newest")
        one = sa.select(other.c.run_id).where(other.c.city_id == city.c.city_id, other.c.day < before)
        if shown_only:
            one = one.where(other.c.is_current, other.c.outcome.in_(SHOWN)).order_by(other.c.day.desc())
        else:
            one = one.order_by(other.c.day.desc(), other.c.ended_at.desc())
        ids = sa.select(one.limit(1).correlate(city).scalar_subquery()).select_from(city)
        if city_ids is not None:
            ids = ids.where(city.c.city_id.in_(sorted(city_ids)))
        return {row["city_id"]: row for row in self.ask(sa.select(run).where(run.c.run_id.in_(ids)))}

    def shown_runs(self, city_id: str, days: tuple[date, date]) -> list[Row]:
        """Day, id and outcome of a city's shown runs from the first to the last day, newest first."""
        run = self.table("run")
        chosen = sa.select(run.c.day, run.c.run_id, run.c.outcome, run.c.results_attempt, run.c.catalog_attempt)
        here = (run.c.city_id == city_id, run.c.day.between(*days), run.c.is_current, run.c.outcome.in_(SHOWN))
        return self.ask(chosen.where(*here).order_by(run.c.day.desc()))

    def values(self, city_days: CityDays, indicator_ids: Collection[str] | None = None) -> list[Row]:
        """Values of these city-days by key, of some indicators or of all; every version."""
        value = self.table("indicator_value")
        statement = sa.select(value).where(_among(value, city_days))
        if indicator_ids is not None:
            statement = statement.where(value.c.indicator_id.in_(sorted(indicator_ids)))
        return self.ask(statement.order_by(*value.primary_key)) if city_days else []

    def numbers(self, city_days: CityDays, indicator_ids: Collection[str]) -> list[Row]:
        """The same with what is compared alone: they are many."""
        value = self.table("indicator_value")
        chosen = sa.select(*(value.c[name] for name in _COMPARED))
        here = (_among(value, city_days), value.c.indicator_id.in_(sorted(indicator_ids)))
        return self.ask(chosen.where(*here).order_by(*value.primary_key)) if city_days else []

    def points(self, city_id: str, days: Sequence[date]) -> list[Row]:
        """What a history needs of a city's values on some days, by day."""
        value = self.table("indicator_value").c
        chosen = (value.day, value.indicator_id, value.indicator_version)
        numbers = (value.status, value.value, value.value_low, value.value_high)
        statement = sa.select(*chosen, *numbers).where(value.day.in_(list(days)), value.city_id == city_id)
        return self.ask(statement.order_by(*chosen)) if days else []

    def evidence(self, city_days: CityDays) -> list[Row]:
        """Rows of `criterion_evidence` of these city-days, by key."""
        table = self.table("criterion_evidence")
        return self.ask(sa.select(table).where(_among(table, city_days)).order_by(*table.primary_key))

    def stances(self, city_days: CityDays, standards: Iterable[str]) -> list[Row]:
        """City, standard and stance with how many observable criteria have it."""
        table = self.table("criterion_evidence").c
        by = (table.city_id, table.standard, table.stance)
        statement = sa.select(*by, sa.func.count().label("count")).group_by(*by)
        here = (table.standard.in_(sorted(standards)), table.basis != "attested")
        found = self.table("criterion_evidence")
        return self.ask(statement.where(_among(found, city_days), *here)) if city_days else []

    def incidents(self, city_id: str, last: date, resolved_since: date, *, with_staffs: bool) -> list[Row]:
        """A city's incidents: those that live, and those resolved since a day; none that opened after the last day.

        Those that are operators' own, private or not yet opened are for staff alone.
        """
        table = self.table("incident")
        c = table.c
        seen = sa.or_(c.state.in_(_LIVE), sa.and_(c.state == "resolved", c.resolved_on >= resolved_since))
        if with_staffs:
            seen = sa.or_(seen, c.state == "pending")
        else:
            seen = sa.and_(seen, c.audience == "city", c.is_private.is_(sa.false()))
        opened = sa.or_(c.opened_on.is_(None), c.opened_on <= last)
        return self.ask(sa.select(table).where(c.city_id == city_id, seen, opened).order_by(c.incident_key))

    # ------------------------------------------------------------ health

    def recent_attempts(self, limit: int, city_ids: Collection[str] | None = None) -> list[Row]:
        """The attempts that ended last, of some cities or of all."""
        run = self.table("run")
        statement = sa.select(run).order_by(run.c.ended_at.desc(), run.c.run_id).limit(limit)
        return self.ask(statement if city_ids is None else statement.where(run.c.city_id.in_(sorted(city_ids))))

    def suspect_runs(self, days: tuple[date, date]) -> list[Row]:
        """Current runs in doubt of these days, newest first."""
        run = self.table("run")
        here = (run.c.outcome == "suspect", run.c.day.between(*days), run.c.is_current)
        return self.ask(sa.select(run).where(*here).order_by(run.c.day.desc(), run.c.city_id))

    def attempts_of(self, day: date, outcomes: Iterable[str]) -> list[Row]:
        """City, outcome and clock times of the attempts at a day."""
        run = self.table("run").c
        statement = sa.select(run.city_id, run.outcome, run.is_current, run.started_at, run.ended_at)
        return self.ask(statement.where(run.outcome.in_(sorted(outcomes)), run.day == day))

    def run_of_airflow(self, city_id: str, airflow_run_id: str) -> Row | None:
        """The newest attempt that an Airflow run made."""
        run = self.table("run")
        here = (run.c.city_id == city_id, run.c.airflow_run_id == airflow_run_id)
        return next(iter(self.ask(sa.select(run).where(*here).order_by(run.c.ended_at.desc()).limit(1))), None)

    def waiting_messages(self) -> dict[str, int]:
        """How many messages have not gone out, by state."""
        table = self.table("notification").c
        statement = sa.select(table.state, sa.func.count().label("count")).where(table.state.in_(_WAITING))
        return {row["state"]: row["count"] for row in self.ask(statement.group_by(table.state))}

    def cursor(self, name: str) -> Row | None:
        """A job's mark with its time."""
        table = self.table("cursor")
        return next(iter(self.ask(sa.select(table).where(table.c.name == name))), None)


def _among(table: sa.Table, city_days: CityDays) -> sa.ColumnElement[bool]:
    """Rows of these city-days: a seek for each, by the key that begins with day and city."""
    days: dict[date, list[str]] = {}
    for day, city_id in sorted(city_days):
        days.setdefault(day, []).append(city_id)
    of_day = [sa.and_(table.c.day == day, table.c.city_id.in_(ids)) for day, ids in days.items()]
    return sa.or_(sa.false(), *of_day)
