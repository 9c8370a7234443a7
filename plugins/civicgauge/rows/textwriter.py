"""Rows of text into Parquet, a batch at a time; columns may join late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.plain import MIB, ReadLimits

Cells = Sequence[str | None]

_BATCH_CELLS = 100_000  # Python strings in memory at once
_BATCH_CHARACTERS = 8 * MIB
_GROUP_BYTES = 32 * MIB
_GROUP_ROWS = 65_536


class TextWriter:
    """Writes the columns c0, c1, ... as text. A row shorter than the columns ends in nulls; a longer one is an error.

    A context manager; `close` (or leaving without an error) completes the file. Where columns joined after rows had
    been written, the file is written once more, so that memory stays flat in any case.
    """

    def __init__(self, path: Path, columns: int, limits: ReadLimits) -> None:
        self.path = path
        self.rows_count = 0
        self.oddities: dict[str, int] = {}
        self._limits = limits
        self._columns = 0
        self._rows: list[Cells] = []
        self._characters = 0
        self._batches: list[pa.RecordBatch] = []
        self._parts: list[Path] = []
        self._writer: Any = None
        self._part_columns = 0
        self.widen(columns)

    def widen(self, columns: int) -> None:
        """Have at least this many columns from now on; earlier rows have null there."""
        if columns > self._limits.columns:
            raise RowsUnreadable(f"the table has more than {self._limits.columns:,} columns; that is no table")
        self._columns = max(columns, self._columns)

    def add(self, cells: Cells, characters: int) -> None:
        """Append one row; `characters` is about how much text it holds."""
        self._rows.append(cells)
        self.rows_count += 1
        self._characters += characters
        if len(self._rows) * self._columns >= _BATCH_CELLS or self._characters >= _BATCH_CHARACTERS:
            self._flush_rows()

    def close(self) -> None:
        """Write what is left; the file is complete afterwards."""
        self._flush_rows()
        self._flush_batches()
        if self._writer is None:
            self._open_part(self._columns)
        self._writer.close()
        if len(self._parts) == 1 and self._part_columns == self._columns:
            self._parts[0].replace(self.path)
        else:
            self._join_parts()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        if self._writer is not None:
            self._writer.close()
        for part in self._parts:
            part.unlink(missing_ok=True)

    # ------------------------------------------------------------ batches to row groups

    def _flush_rows(self) -> None:
        if not self._rows:
            return
        rows, self._rows, self._characters = self._rows, [], 0
        width = self._columns
        padded = [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in rows]
        arrays = [self._array(column) for column in zip(*padded, strict=True)]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=_schema(width)))
        total = sum(batch.nbytes for batch in self._batches)
        if total >= _GROUP_BYTES or sum(batch.num_rows for batch in self._batches) >= _GROUP_ROWS:
            self._flush_batches()

    def _array(self, column: Sequence[str | None]) -> pa.Array:
        try:
            array = _text_array(column)
        except UnicodeEncodeError:  # half a pair of surrogates, as JSON may spell it
            self._count("lone_surrogates", sum(1 for cell in column if cell and not _is_whole(cell)))
            array = _text_array([cell and cell.encode(errors="replace").decode() for cell in column])
        holds_nul = pc.match_substring(array, "\x00")
        if pc.any(holds_nul).as_py():
            self._count("nul_bytes", pc.sum(pc.count_substring(array, "\x00")).as_py())
            array = pc.replace_substring(array, "\x00", "")
        return array

    def _count(self, name: str, number: int) -> None:
        self.oddities[name] = self.oddities.get(name, 0) + number

    def _flush_batches(self) -> None:
        if not self._batches:
            return
        if self._writer is None or self._part_columns != self._columns:
            self._open_part(self._columns)
        schema = _schema(self._columns)
        batches, self._batches = self._batches, []
        table = pa.Table.from_batches([_widened(batch, schema) for batch in batches])
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))

    def _open_part(self, columns: int) -> None:
        if self._writer is not None:
            self._writer.close()
        part = self.path.with_name(f"{self.path.name}.{len(self._parts)}.part")
        self._parts.append(part)
        self._part_columns = columns
        self._writer = pq.ParquetWriter(part, _schema(columns), compression="zstd", use_dictionary=True)

    def _join_parts(self) -> None:
        schema = _schema(self._columns)
        with pq.ParquetWriter(self.path, schema, compression="zstd") as writer:
            for part in self._parts:
                with pq.ParquetFile(part) as file:
                    for number in range(file.num_row_groups):
                        group = file.read_row_group(number, use_threads=False).combine_chunks().to_batches()
                        table = pa.Table.from_batches([_widened(batch, schema) for batch in group], schema=schema)
                        writer.write_table(table, row_group_size=max(1, table.num_rows))
                part.unlink()


def _schema(columns: int) -> pa.Schema:
    return pa.schema([(f"c{number}", pa.string()) for number in range(columns)])


def _text_array(column: Sequence[str | None]) -> pa.Array:
    """By a builder: `pa.array` would import pandas to see whether a list is one of its own, 50 MiB."""
    builder = pa.lib.StringBuilder()
    builder.append_values(column)
    return builder.finish()


def _widened(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    empty = [pa.nulls(batch.num_rows, pa.string())] * (len(schema) - batch.num_columns)
    return pa.RecordBatch.from_arrays([*batch.columns, *empty], schema=schema) if empty else batch


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
