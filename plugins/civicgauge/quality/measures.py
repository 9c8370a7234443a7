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


def placeholders_wrong(sql: str, check: Check) -> Iterator[str]:
    """What is wrong with the braces of an SQL text, and whether it speaks of the column that it is asked of."""
    if ";" in sql:
        yield "is one expression, without a semicolon"
    named = {text for text in _BRACED.findall(sql) if not _REPEATS.fullmatch(text)}
    own = {"column", "text"} if check.table == "landed_columns" else set()
    for text in sorted(named - own):
        if not _PLACE.fullmatch(text):
            yield f"{{{text}}} is no placeholder; write {{column}}, {{text}}, {{role}} or {{role.text}}"
        elif text in ("column", "text", "column.text", "text.text"):
            yield f"{{{text}}} has no meaning in a check on {check.table}"
        elif check.family is None:
            yield f"{{{text}}} is the role of a column, and only a check with a `family` has roles"
    if sql and own and not named & own:
        yield "names neither {column} nor {text}, so that it would be the same for every column"
