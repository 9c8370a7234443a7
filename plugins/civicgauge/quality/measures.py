"""The statistics that check files name: an SQL aggregate over a landed table, or over each of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from civicgauge.landed import ColumnType, Statistic
from civicgauge.quality.conditions import FromFile

if TYPE_CHECKING:
    from civicgauge.quality.form import Check

LANDED = ("landed_tables", "landed_columns")
_OF_COLUMNS = {"column", "text", "filled", "placeholder"}
_BRACED = re.compile(r"\{([^{}]*)\}")
_PLACE = re.compile(r"[a-z][a-z0-9_]*(\.text)?")
_REPEATS = re.compile(r"\d*,?\d*")  # `{3}` and `{2,}` in a pattern that SQL matches


class Measure(FromFile):
    """An SQL aggregate for DuckDB; `types` are the types of column that it can be asked of (none: any)."""

    sql: Annotated[str, Field(min_length=3)]
    types: tuple[ColumnType, ...] = ()


def row_statistics(checks: Sequence[Check]) -> tuple[Statistic, ...]:
    """Every statistic that the checks name, once each, those of tables before those of columns."""
    found = {
        (check.table, name): Statistic(name, "table" if check.table == "landed_tables" else "column", **dict(measure))
        for check in checks
        for name, measure in check.statistics.items()
    }
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[0] != "landed_tables", key[1])))


def unfit(check: Check) -> Iterator[str]:
    """What does not belong on the check's table, or lacks its counterpart."""
    if not check.is_landed:
        keys = ("family", "private", "statistics", "derived", "detail", "failing_rows")
        yield from (f"{k}: belongs to checks on landed_tables or landed_columns" for k in keys if getattr(check, k))
        return
    yield from _unfit_statistics(check)
    yield from (f"failing_rows: {wrong}" for wrong in _placeholders_wrong(check.failing_rows or "", check))
    if check.private and "may contain" not in check.observed:
        yield 'observed: a private finding is a suspicion, and has to say "may contain"'
    if check.private and check.failing_rows:
        yield "failing_rows: a private check points to no row"


def _unfit_statistics(check: Check) -> Iterator[str]:
    yield from (f"derived.{name}: is a statistic too" for name in sorted(set(check.statistics) & set(check.derived)))
    for name, measure in check.statistics.items():
        if measure.types and check.table == "landed_tables":
            yield f"statistics.{name}.types: belong to checks on landed_columns"
        yield from (f"statistics.{name}.sql: {wrong}" for wrong in _placeholders_wrong(measure.sql, check))
    if any(measure.types for measure in check.statistics.values()) and not check.types:
        yield "statistics: no type of column is among the types of all of them"


def _placeholders_wrong(sql: str, check: Check) -> Iterator[str]:
    """What is wrong with the braces of an SQL text, and whether it speaks of the column that it is asked of.

    `{column}` is the typed column, `{text}` what was received, `{filled}` whether that is more than blanks,
    `{placeholder}` whether it is a word for nothing, `{role}` and `{role.text}` the column of a role.
    """
    if ";" in sql:
        yield "is one expression, without a semicolon"
    named = {text for text in _BRACED.findall(sql) if not _REPEATS.fullmatch(text)}
    own = _OF_COLUMNS if check.table == "landed_columns" else set()
    for text in sorted(named - own):
        if not _PLACE.fullmatch(text):
            yield f"{{{text}}} is no placeholder; write {{column}}, {{text}}, {{filled}}, {{role}} or {{role.text}}"
        elif text.removesuffix(".text") in _OF_COLUMNS:
            yield f"{{{text}}} has no meaning in a check on {check.table}"
        elif check.family is None:
            yield f"{{{text}}} is the role of a column, and only a check with a `family` has roles"
    if sql and own and not named & own:
        yield "names neither {column} nor {text}, so that it would be the same for every column"
