"""Which rows of what people judged an export holds: what they settled, for whom it was then, and what was there then.

Others than staff see frozen editions, decisions and attestations that two people agreed on, and of an edition's cities
those that were for them when it was taken. An export as of a date leaves out what was done after it: the rows stand as
they stand now, and those that came later are not among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from civicgauge.warehouse.shownreviews import SETTLED

if TYPE_CHECKING:
    from civicgauge.warehouse.extracts import Scope

Condition = sa.ColumnElement[bool]
_STATES = {"edition": ("frozen",), "decision": SETTLED, "attestation": ("approved",)}
"""What others than staff see of it, by table and state."""

_DONE = {  # the columns that tell when it was done, the later first
    "edition": ("frozen_at", "opened_at"),
    "edition_signature": ("signed_at",),
    "dispute": ("made_at",),
    "erratum": ("made_at",),
    "decision": ("seconded_at", "made_at"),
    "attestation": ("seconded_at", "made_at"),
    "effect_plan": ("registered_at",),
    "effect_look": ("looked_at",),
    "effect_result": ("answered_at",),
    "audit": ("at",),
}
_OF_AN_EDITION = ("edition_city", "edition_value", "edition_signature", "dispute", "erratum")
_BY_CITY = ("edition_value", "erratum")


def conditions(table: sa.Table, scope: Scope) -> Iterator[Condition]:
    """The conditions on a table's rows; none for a table that people do not judge in."""
    if table.name in _STATES and not scope.with_private:
        yield table.c.state.in_(_STATES[table.name])
    if table.name in _DONE:
        yield from _by_then(table, scope)
    if table.name in _OF_AN_EDITION:
        edition = _other(table, "edition")
        here = [] if scope.with_private else [edition.c.state.in_(_STATES["edition"])]
        same = edition.c.edition_id == table.c.edition_id
        yield sa.exists().where(same, *here, *_by_then(edition, scope))
    if scope.sees is not None and table.name == "edition":  # one of none of their cities is not told of
        city = _other(table, "edition_city")
        yield sa.exists().where(city.c.edition_id == table.c.edition_id, city.c.publication.in_(sorted(scope.sees)))
    if scope.sees is not None and table.name == "edition_city":
        yield table.c.publication.in_(sorted(scope.sees))
    if scope.sees is not None and table.name in _BY_CITY:
        city = _other(table, "edition_city")
        same_city = (city.c[name] == table.c[name] for name in ("edition_id", "city_id"))
        yield sa.exists().where(*same_city, city.c.publication.in_(sorted(scope.sees)))
    if table.name == "decided_value" and scope.moment is not None:
        yield _by_earlier_decisions(table, scope)


def _by_then(table: sa.Table, scope: Scope) -> Iterator[Condition]:
    """Done by the end of the city's day; what is of no city, by the end of the day in UTC."""
    if scope.moment is None:
        return
    first, *others = (table.c[name] for name in _DONE[table.name])
    done = sa.func.coalesce(first, *others, type_=first.type) if others else first
    if "city_id" not in table.c:
        yield done <= scope.moment
        return
    limits: dict[datetime, list[str]] = defaultdict(list)
    for city_id, limit in scope.until.items():
        limits[limit].append(city_id)
    parts: list[Any] = [
        sa.and_(table.c.city_id.in_(sorted(cities)), done <= limit) for limit, cities in sorted(limits.items())
    ]
    yield sa.or_(sa.and_(table.c.city_id.not_in(sorted(scope.until)), done <= scope.moment), *parts)


def _by_earlier_decisions(table: sa.Table, scope: Scope) -> Condition:
    """No decision behind the number was agreed on only afterwards: the ids stand in a JSON list."""
    decision = _other(table, "decision")
    is_behind = table.c.decisions.contains(sa.literal('"') + decision.c.decision_id + sa.literal('"'))
    later = sa.not_(sa.and_(*_by_then(decision, scope)))
    return ~sa.exists().where(decision.c.city_id == table.c.city_id, is_behind, later)


def _other(table: sa.Table, name: str) -> sa.Table:
    return table.metadata.tables[f"{table.schema}.{name}" if table.schema else name]
