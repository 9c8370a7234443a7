"""What the tests of landing share: a file in, its landed table and what stands in `rows.parquet` out."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from civicgauge.landed import LandedColumn, LandedTable, PromisedColumn
from civicgauge.rows.landing import land_table

_numbers = itertools.count()


@dataclass(frozen=True)
class Landed:
    """A landed table and its Parquet, by column."""

    table: LandedTable
    path: Path

    @property
    def types(self) -> dict[str, str]:
        return {column.name: column.type for column in self.table.columns}

    def column(self, name: str) -> LandedColumn:
        return next(column for column in self.table.columns if column.name == name)

    def values(self, name: str) -> list[Any]:
        return list(pq.read_table(self.path, columns=[name]).column(name).to_pylist())

    def received(self) -> list[tuple[str, ...]]:
        """Every cell as it came, by row; nothing for null, as the csv module has it."""
        names = [column.received_name for column in self.table.columns]
        read = pq.read_table(self.path, columns=names)
        return list(zip(*([cell or "" for cell in read.column(n).to_pylist()] for n in names), strict=True))

    def unparsed(self) -> dict[str, int]:
        """How many filled cells of each typed column have no typed value."""
        with duckdb.connect() as link:
            typed = [c for c in self.table.columns if c.name != c.received_name]
            counts = ", ".join(
                f'count(*) FILTER ("{c.name}" IS NULL AND trim("{c.received_name}") <> \'\')' for c in typed
            )
            if not typed:
                return {}
            found = link.execute(f"SELECT {counts} FROM read_parquet(?)", [str(self.path)]).fetchone()
        return {c.name: n for c, n in zip(typed, found, strict=True) if n}


def land(
    folder: Path,
    data: bytes | str,
    promised: Sequence[PromisedColumn] | None = None,
    hint: str | None = "csv",
    name: str | None = None,
) -> Landed:
    """Land a file as the pipeline would."""
    work = folder / f"land{next(_numbers)}"
    work.mkdir()
    spool, target = work / "rows.spool", work / "rows.parquet"
    spool.write_bytes(data.encode() if isinstance(data, str) else data)
    table = land_table(spool, promised=promised, format_hint=hint, file_name=name, target=target, work=work)
    assert sorted(path.name for path in work.iterdir()) == ["rows.parquet", "rows.spool"]  # no scratch is left
    assert LandedTable.from_dict(table.as_dict()) == table
    return Landed(table, target)


def one(folder: Path, texts: Sequence[str], header: str = "x", word: str | None = None) -> tuple[str, list[Any]]:
    """A column's type and typed values; `word` is what the platform promised (None: nothing)."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([("n", header), *enumerate(texts)])
    promised = None if word is None else (PromisedColumn("n", "n", ""), PromisedColumn("x", header, word))
    landed = land(folder, file.getvalue(), promised)
    column = landed.table.columns[1]
    assert landed.received() == [(str(number), text) for number, text in enumerate(texts)]
    return column.type, landed.values(column.name)
