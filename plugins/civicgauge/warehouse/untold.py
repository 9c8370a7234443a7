"""What waits to be told to cities: openings, what got worse, and ends. Personal data apart, which a person releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading

_ENDS = ("resolved", "closed", "confirmed")


def openings(engine: Engine, tables: Mapping[str, sa.Table]) -> list[Row]:
    """Incidents that are open, were opened by a change, and were told to nobody."""
    c = tables["incident"].c
    chosen = c.state.not_in(("pending", "resolved")), c.told_on.is_(None), sa.not_(c.is_baseline)
    return _rows(engine, sa.select(*c).where(*_of_cities(c), *chosen).order_by(c.city_id, c.incident_key))


def worse(engine: Engine, tables: Mapping[str, sa.Table], since: date) -> list[tuple[Row, date]]:
    """Incidents whose severity is another than was told, with the day (from `since` on) on which it got worse."""
    c, e = tables["incident"].c, tables["incident_event"].c
    got = sa.select(e.incident_key, e.episode, sa.func.max(e.day).label("worse_on"))
    got_worse = got.where(e.kind == "worsened", e.day >= since).group_by(e.incident_key, e.episode).subquery()
    same = sa.and_(got_worse.c.incident_key == c.incident_key, got_worse.c.episode == c.occurrences)
    chosen = c.state == "open", c.told_severity.is_not(None), c.severity != c.told_severity, sa.not_(c.is_baseline)
    statement = sa.select(*c, got_worse.c.worse_on).join(got_worse, same).where(*_of_cities(c), *chosen)
    rows = _rows(engine, statement.order_by(c.city_id, c.incident_key))
    return [({name: value for name, value in row.items() if name != "worse_on"}, row["worse_on"]) for row in rows]


def ends(engine: Engine, tables: Mapping[str, sa.Table], since: date) -> list[Row]:
    """Incidents found mended on a day from `since` on, known to their city, whose end was not told."""
    c, item = tables["incident"].c, tables["notification_item"].c
    told = sa.exists().where(item.incident_key == c.incident_key, item.episode == c.occurrences, item.notice.in_(_ENDS))
    is_known = sa.or_(c.told_on.is_not(None), c.is_baseline)
    chosen = c.state == "resolved", c.resolved_reason == "mended", c.resolved_on >= since, is_known, sa.not_(told)
    return _rows(engine, sa.select(*c).where(*_of_cities(c), *chosen).order_by(c.city_id, c.incident_key))


def live_counts(engine: Engine, tables: Mapping[str, sa.Table]) -> dict[tuple[str, str], int]:
    """How many are open, by city and rule."""
    c = tables["incident"].c
    counted = sa.select(c.city_id, c.rule_id, sa.func.count()).group_by(c.city_id, c.rule_id)
    with reading(engine) as connection:
        rows = connection.execute(counted.where(*_of_cities(c), c.state.not_in(("pending", "resolved")))).all()
    return {(city_id, rule_id): count for city_id, rule_id, count in rows}


def _of_cities(c: Any) -> tuple[sa.ColumnElement[bool], ...]:
    return c.audience == "city", sa.not_(c.is_private)


def _rows(engine: Engine, statement: sa.Select[tuple[object, ...]]) -> list[Row]:
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]
