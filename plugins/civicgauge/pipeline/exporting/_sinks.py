"""Where rows go: a table's Parquet and, where it has one, its CSV."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from civicgauge.pipeline.exporting import _kinds
from civicgauge.pipeline.exporting.reading import Table
from civicgauge.warehouse import Batch


class Columnar:
    """A table's Parquet file and, where a path is given for it, its CSV."""

    def __init__(self, table: Table, parquet: Path, text: Path | None) -> None:
        self._columns, self._files = table.columns, ExitStack()
        self._schema = _kinds.parquet_schema(table.columns, table.comment)
        self._parquet = self._files.enter_context(pq.ParquetWriter(parquet, self._schema, compression="zstd"))
        self._csv_schema = _kinds.csv_schema(table.columns)
        self._csv = self._files.enter_context(pacsv.CSVWriter(text, self._csv_schema)) if text is not None else None

    def write(self, rows: Batch) -> None:
        """Add a batch of rows in plain words."""
        arrays = _kinds.told(rows, self._columns)
        self._parquet.write_batch(_kinds.for_parquet(arrays, self._schema))
        if self._csv is not None:
            self._csv.write_batch(_kinds.for_csv(arrays, self._columns, self._csv_schema))

    def __enter__(self) -> Columnar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)
