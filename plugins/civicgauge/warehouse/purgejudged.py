"""What of people's judgements goes with what a city withdraws, besides decisions and disputes, which name their entry.

Attestations and the count of series that were tried go with a whole city; a registered question on a programme, and its
answers, with a table that one of its series is from: the plan holds columns and values of its rows. Editions stay as
they were signed: numbers about the city, and ids of datasets, as indicators and tombstones hold them. What people wrote
elsewhere and names the entry (a claim about the whole edition, why a number was corrected) gives way to a notice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

Tables = Mapping[str, sa.Table]
Key = tuple[str, str | None, str | None, str | None]
"""City, portal, entry, resource; None is any."""

OF_A_CITY, OF_A_PLAN = ("attestation", "effect_look"), ("effect_result", "effect_plan")
_WORDS = {
    "dispute": ("claim", "answer", "evidence_url"),
    "erratum": ("reason",),
    "decision": ("reason", "evidence_url"),
    "attestation": ("statement", "answer", "evidence_url"),
}
"""What people wrote, by table; an address gives way to none."""
_ATTESTED = (
    *("attested_stance", "attested_by", "attested_on", "attested_url"),
    *("expires_at", "is_contradicted"),
)
_MAIN = "main"  # the portal of a source that names none


def conditions(connection: Connection, tables: Tables, key: Key) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """The tables and the rows in them that go, answers before their plans."""
    for name in OF_A_CITY:
        table = tables[name]
        yield table, sa.and_(table.c.city_id == key[0], sa.true() if key[1] is None else sa.false())
    plans = _plans(connection, tables["effect_plan"], key)
    for name in OF_A_PLAN:
        yield tables[name], tables[name].c.plan_id.in_(plans)


def words_of(
    connection: Connection, tables: Tables, city_id: str, names: Collection[str]
) -> Iterator[tuple[sa.Table, Mapping[str, Any], list[str]]]:
    """(table, key, columns) of each judgement on the city whose words hold one of these names, not within a word."""
    if not names:
        return
    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for name, columns in _WORDS.items():
        table = tables[name]
        keys = [column.name for column in table.primary_key]
        chosen = sa.select(*table.primary_key, *(table.c[column] for column in columns))
        for row in connection.execute(chosen.where(table.c.city_id == city_id)).mappings().all():
            if told := [column for column in columns if named.search(row[column] or "")]:
                yield table, {each: row[each] for each in keys}, told


def take_words_out(connection: Connection, tables: Tables, key: Key, names: Collection[str], notice: str) -> None:
    """Let the notice take the place of words that name what is withdrawn.

    Of a whole city also of why its numbers were corrected; and what was attested leaves the evidence of its days.
    """
    for table, row, columns in list(words_of(connection, tables, key[0], names)):
        values = {column: None if column.endswith("_url") else notice for column in columns}
        connection.execute(sa.update(table).where(*(table.c[n] == v for n, v in row.items())).values(values))
    if key[1] is None:
        erratum = tables["erratum"]
        connection.execute(sa.update(erratum).where(erratum.c.city_id == key[0]).values(reason=notice))
        copied = tables["criterion_evidence"]  # each day holds what was attested then, beside what was observed
        connection.execute(sa.update(copied).where(copied.c.city_id == key[0]).values(dict.fromkeys(_ATTESTED)))


def plans_of(connection: Connection, tables: Tables, key: Key) -> set[str]:
    """The ids of the plans that go: the audit speaks of them."""
    return set(_plans(connection, tables["effect_plan"], key))


def _plans(connection: Connection, plan: sa.Table, key: Key) -> list[str]:
    rows = connection.execute(sa.select(plan.c.plan_id, plan.c.city_id, plan.c.source, plan.c.comparison)).tuples()
    return sorted(plan_id for plan_id, city_id, *told in rows if any(_is_of(each, city_id, key) for each in _in(told)))


def _in(told: list[str]) -> Iterator[Mapping[str, Any]]:
    """The series of a plan: its own, and those that it is compared with."""
    source, comparison = (json.loads(text) for text in told)
    yield source
    yield from comparison


def _is_of(source: Mapping[str, Any], city_id: str, key: Key) -> bool:
    """Whether a series is from what is withdrawn; one from a file is of its plan's city alone."""
    told: Mapping[str, Any] = source.get("dataset") or {}
    named = (source.get("csv") or told).get("city") or city_id
    portal = (told.get("portal") or _MAIN) if told else None
    found = (named, portal, told.get("id"), told.get("resource"))
    pairs = list(zip(key, found, strict=True))
    is_of_the_entry = all(wanted is None or wanted == has for wanted, has in pairs[:3])
    wanted, has = pairs[3]
    # one that names no part reads the one that there is
    return is_of_the_entry and (wanted is None or has in (wanted, None))
