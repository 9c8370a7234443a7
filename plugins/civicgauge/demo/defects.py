"""Defects planted in the demo's rows, as its data files name them: `{kind: written, column: street, value: "NULL"}`.

They change a table after it was made and before it is served, so that every way of serving it shows them. `rows` or
`share` say in how many rows (all that can be, unless given), spread evenly; `from_day` on which day after the demo's
start a defect begins (0: from the start).

    written         `value` stands in the column ({n} in it counts); no value: the cells are blank
    repeated        a row has the cell of the row before it
    moved           dates `days` later (or earlier, below 0)
    scaled          numbers times `by`
    minus_lost      places whose longitude lost its minus
    rows_repeated   rows that stand there twice
    rows_lost       only the first `rows` are left
    newest_lost     the rows of the last `days` by the column are missing
    ends_early      what is downloaded ends `rows` before the number of rows that the portal states
    column_lost     a column that the portal lists is not delivered
    column_added    a column `name` is delivered, filled with `value`, that nobody lists
    header          the column is called `name` in the file, which may be empty
Of files of text alone:
    ragged          rows with `value` as a field too many
    other_encoding  rows with accents in another encoding than the rest
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from civicgauge.demo.rows import Value
from civicgauge.demo.state import Column

IN_FILES = frozenset({"ragged", "other_encoding"})


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted defect; see above."""

    kind: str
    column: str = ""
    rows: int | None = None
    share: float | None = None
    value: Any = None
    days: int = 0
    by: float = 1
    name: str = ""
    from_day: int = 0

    @classmethod
    def from_yaml(cls, told: Mapping[str, Any]) -> Defect:
        """A defect from the demo's data; ValueError names what it does not know."""
        if unknown := set(told) - {f.name for f in fields(cls)}:
            raise ValueError(f"a defect knows no {', '.join(sorted(unknown))}: {told}")
        if told.get("kind") not in _KINDS and told.get("kind") not in IN_FILES:
            raise ValueError(f"{told.get('kind')!r} is no kind of defect; there are {', '.join([*_KINDS, *IN_FILES])}")
        return cls(**told)

    def picked(self, eligible: Sequence[int], of: int) -> list[int]:
        """Those of the eligible rows that it strikes, of a table of so many; ValueError where there are too few."""
        wanted = round(self.share * of) if self.share is not None else self.rows
        if wanted is None:
            return list(eligible)
        if wanted > len(eligible):
            raise ValueError(
                f"{self.kind} of {self.column or 'rows'}: {wanted} rows wanted, {len(eligible)} can have it"
            )
        return [eligible[(2 * position + 1) * len(eligible) // (2 * wanted)] for position in range(wanted)]


@dataclass
class Table:
    """A table on its way to be served. `unstated` rows are counted by the portal and not delivered."""

    columns: list[Column]
    rows: list[list[Value]]
    unstated: int = 0
    in_file: list[Defect] = field(default_factory=list)

    def at(self, name: str) -> int:
        """The position of a column; ValueError where there is none of that field."""
        found = [position for position, column in enumerate(self.columns) if column.field == name]
        if not found:
            raise ValueError(f"no column {name!r}; there are {', '.join(c.field for c in self.columns)}")
        return found[0]


def planted(holder: Mapping[str, Any], days_served: int) -> list[Defect]:
    """The defects of a table that have begun, in their order."""
    found = [Defect.from_yaml(told) for told in holder.get("defects") or []]
    return [defect for defect in found if defect.from_day <= days_served]


def apply(table: Table, defects: Sequence[Defect]) -> Table:
    """The table with the defects in it; those of files are kept for who writes the file."""
    for defect in defects:
        if defect.kind in IN_FILES:
            table.in_file.append(defect)
        else:
            _KINDS[defect.kind](table, defect)
    return table


def as_lines(lines: Sequence[str], defects: Sequence[Defect], encoding: str, delimiter: str) -> bytes:
    """The bytes of a file of lines, the first of which is its header, with the defects that only files have."""
    parts = list(lines)
    struck: set[int] = set()
    for defect in defects:
        if defect.kind == "ragged":
            for position in defect.picked(range(1, len(parts)), len(parts)):
                parts[position] = parts[position].rstrip("\r\n") + f"{delimiter}{defect.value}\r\n"
        else:
            struck |= set(defect.picked([i for i, line in enumerate(parts) if not line.isascii()], len(parts)))
    other = "cp1252" if encoding.startswith("utf") else "utf-8"
    return b"".join(line.encode(other if i in struck else encoding) for i, line in enumerate(parts))


# ---------------------------------------------------------------- cells


def _each(table: Table, defect: Defect, kinds: type | tuple[type, ...], change: Callable[[Any], Value]) -> None:
    """Change the picked cells of the column, of those that hold such a value."""
    at = table.at(defect.column)
    eligible = [i for i, row in enumerate(table.rows) if isinstance(row[at], kinds) and not isinstance(row[at], bool)]
    for position in defect.picked(eligible, len(table.rows)):
        table.rows[position][at] = change(table.rows[position][at])


def _written(table: Table, defect: Defect) -> None:
    at = table.at(defect.column)
    for number, position in enumerate(defect.picked(range(len(table.rows)), len(table.rows)), 1):
        table.rows[position][at] = _value(defect.value, number)


def _value(told: Any, number: int) -> Value:
    """A value as the data files write it, as a cell."""
    if isinstance(told, date) and not isinstance(told, datetime):
        return datetime.combine(told, time())
    if isinstance(told, list):
        return float(told[0]), float(told[1])
    return told.replace("{n}", str(number)) if isinstance(told, str) else told


def _repeated(table: Table, defect: Defect) -> None:
    at = table.at(defect.column)
    for position in defect.picked(range(1, len(table.rows), 2), len(table.rows)):
        table.rows[position][at] = table.rows[position - 1][at]


def _moved(table: Table, defect: Defect) -> None:
    _each(table, defect, datetime, lambda cell: cell + timedelta(days=defect.days))


def _scaled(table: Table, defect: Defect) -> None:
    _each(table, defect, (int, float), lambda cell: type(cell)(cell * defect.by))


def _minus_lost(table: Table, defect: Defect) -> None:
    _each(table, defect, tuple, lambda cell: (abs(cell[0]), cell[1]))


# ---------------------------------------------------------------- rows


def _rows_repeated(table: Table, defect: Defect) -> None:
    for position in reversed(defect.picked(range(len(table.rows)), len(table.rows))):
        table.rows.insert(position, list(table.rows[position]))


def _rows_lost(table: Table, defect: Defect) -> None:
    del table.rows[defect.rows or 0 :]


def _newest_lost(table: Table, defect: Defect) -> None:
    at = table.at(defect.column)
    days = {position: cell for position, row in enumerate(table.rows) if isinstance(cell := row[at], datetime)}
    last = max(days.values()) - timedelta(days=defect.days)
    table.rows = [row for position, row in enumerate(table.rows) if days.get(position, last) <= last]


def _ends_early(table: Table, defect: Defect) -> None:
    table.unstated = len(defect.picked(range(len(table.rows)), len(table.rows)))
    del table.rows[len(table.rows) - table.unstated :]


# ---------------------------------------------------------------- columns


def _column_lost(table: Table, defect: Defect) -> None:
    at = table.at(defect.column)
    del table.columns[at]
    for row in table.rows:
        del row[at]


def _column_added(table: Table, defect: Defect) -> None:
    table.columns.append(Column(defect.name, defect.name.lower().replace(" ", "_"), "Text", ""))
    for number, row in enumerate(table.rows, 1):
        row.append(_value(defect.value, number))


def _header(table: Table, defect: Defect) -> None:
    at = table.at(defect.column)
    table.columns[at] = replace(table.columns[at], name=defect.name)


_KINDS: dict[str, Callable[[Table, Defect], None]] = {
    "written": _written,
    "repeated": _repeated,
    "moved": _moved,
    "scaled": _scaled,
    "minus_lost": _minus_lost,
    "rows_repeated": _rows_repeated,
    "rows_lost": _rows_lost,
    "newest_lost": _newest_lost,
    "ends_early": _ends_early,
    "column_lost": _column_lost,
    "column_added": _column_added,
    "header": _header,
}
