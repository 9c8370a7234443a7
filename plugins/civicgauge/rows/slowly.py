"""A delimited file read record by record, whatever is wrong with it: the way for files that DuckDB refuses."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.lines import Records
from civicgauge.rows.plain import CsvSource, PlainTable, ReadLimits, TextParquet, counted
from civicgauge.rows.textwriter import Cells, TextWriter

FURTHER = "(further cells)"
_FURTHER_NOTE = "cells beyond the header are kept in a column of their own"
_RAGGED = 1_000
_CUT_NOTE = "the file ends in the middle of a row"


def read_slowly(plain: PlainTable, work: Path, limits: ReadLimits) -> PlainTable:
    """The rows of a CsvSource by the csv module, record by record, whatever is wrong with them."""
    source = plain.source
    if not isinstance(source, CsvSource):
        return plain
    target = work / "text.parquet"
    width = len(plain.headers)
    with source.path.open("rb") as file, TextWriter(target, width, limits) as writer:
        for _ in range(source.skip_rows):
            file.readline()
        records = Records(file, source.delimiter, width, limits)
        fitting = _Fitting(width, source.delimiter)
        fields: list[str] = []
        for fields in records:
            cells: Cells = [field or None for field in fields] if len(fields) == width else fitting.fit(fields)
            if len(cells) != width:
                _refuse_runaway(records.oddities, fitting, writer.rows_count)
            if cells:
                writer.widen(len(cells))
                writer.add(cells, sum(map(len, fields)))
    is_cut = 0 < len(fields) < width and not _ends_with_newline(source.path)
    has_further = fitting.long_rows > 0 and width > 1
    return PlainTable(
        headers=(*plain.headers, FURTHER) if has_further else plain.headers,
        format_id=plain.format_id,
        encoding=plain.encoding,
        rows_count=writer.rows_count,
        source=TextParquet(target),
        oddities=counted(plain.oddities, records.oddities, fitting.oddities(), writer.oddities, {"cut_rows": is_cut}),
        notes=(*plain.notes, *([_FURTHER_NOTE] * has_further), *([_CUT_NOTE] * is_cut)),
    )


def _refuse_runaway(oddities: Mapping[str, int], fitting: _Fitting, rows: int) -> None:
    """After a quote that never closed, few good rows: the value was a monster, and its lines are no rows."""
    ragged = fitting.short_rows + fitting.long_rows
    if oddities.get("unclosed_quotes") and ragged > max(_RAGGED, rows // 2):
        raise RowsUnreadable("a value in quotes that never close or hold more than any cell may")


@dataclass(slots=True)
class _Fitting:
    """Makes records of another width fit, and counts them."""

    width: int
    delimiter: str
    short_rows: int = 0
    long_rows: int = 0
    empty_rows: int = 0

    def fit(self, fields: list[str]) -> Cells:
        """The record as cells: all that goes beyond the header is one cell more. None at all where nothing stands."""
        if self.width == 1 and len(fields) > 1:
            return [self.delimiter.join(fields)]  # a list of names or addresses: its commas part nothing
        while len(fields) > self.width and not fields[-1]:
            fields.pop()  # delimiters at the end of a line, without a value
        if len(fields) < self.width and not any(field.strip() for field in fields):
            self.empty_rows += 1
            return []
        self.short_rows += len(fields) < self.width
        if len(fields) > self.width:
            self.long_rows += 1
            beyond = io.StringIO()
            csv.writer(beyond, lineterminator="").writerow(fields[self.width :])
            fields[self.width :] = [beyond.getvalue()]
        return [field or None for field in fields]

    def oddities(self) -> dict[str, int]:
        """The counts by name."""
        return {"short_rows": self.short_rows, "long_rows": self.long_rows, "empty_rows": self.empty_rows}


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(1, path.stat().st_size), os.SEEK_END)
        return file.read() == b"\n"
