"""A short, careful screen for personal data in landed rows: which columns may hold some, and of what kind.

Counts decide, and no value is kept or returned (DESIGN rule 13). The rules are in `suspicions`.
"""

from __future__ import annotations

from pathlib import Path

from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.meaning import families, resolve
from civicgauge.rows.names import plain
from civicgauge.rows.sampling import sampled_texts
from civicgauge.rows.suspicions import RULES, is_of_animals, is_suspicious

ROWS = 5_000
_NOBODY_PUBLISHES = frozenset({"ssn", "card", "date_of_birth"})


def screen(parquet: Path, table: LandedTable, *, family: str | None = None, rows: int = ROWS) -> dict[str, str]:
    """Columns that may hold personal data: {column: ssn, card, date_of_birth, email, phone or name}.

    Looks at no more than `rows` rows, spread over the file. Columns whose role the family publishes on purpose (an
    employee's name) are only looked at for what nobody publishes: numbers of persons and of cards, dates of birth.
    """
    names = {c.name: {plain(c.name), plain(c.header)} for c in table.columns}
    rules = dict(RULES)
    if any(is_of_animals(name) for told in names.values() for name in told):
        del rules["date_of_birth"]
    published = _published(family, table)
    columns = {c.received_name: c.name for c in table.columns if _may_hold(c, names[c.name])}
    found: dict[str, str] = {}
    for received, texts in sampled_texts(parquet, sorted(columns), rows):
        column = columns[received]
        kinds = (k for k in rules if k in _NOBODY_PUBLISHES or column not in published)
        kind = next((k for k in kinds if rules[k](names[column], texts)), None)
        if kind is not None:
            found[column] = kind
    return dict(sorted(found.items()))


def _published(family: str | None, table: LandedTable) -> set[str]:
    """The columns that the family says are published on purpose."""
    if family is None:
        return set()
    told = families()[family]
    roles = resolve(told, table.columns)
    return {roles[role] for role in told.published if role in roles}


def _may_hold(column: LandedColumn, names: set[str]) -> bool:
    """Texts, and numbers and dates whose name is suspicious; no shapes, no yes or no."""
    told = column.type in ("number", "date", "date_time", "instant") and any(is_suspicious(name) for name in names)
    return column.type == "text" or told
