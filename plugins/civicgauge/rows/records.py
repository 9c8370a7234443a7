"""Records with names (JSON and its kin) into a table of text: columns in the order in which they are first seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.jsontext import cell_text
from civicgauge.rows.plain import MIB, PlainTable, ReadLimits, TextParquet, counted, header_oddities
from civicgauge.rows.textwriter import TextWriter

VALUE = "value"  # the column of what is no record but stands among them


class RecordTable:
    """Takes records one by one and gives the table at the end. A context manager, as TextWriter is."""

    def __init__(self, work: Path, limits: ReadLimits, names: Iterable[str] = ()) -> None:
        self._headers: list[str] = list(names)
        self._places = {name: place for place, name in reversed(list(enumerate(self._headers)))}
        self._width: int | None = None  # of a list, as the header or the first of them has it
        self._limits = limits
        self._path = work / "text.parquet"
        self._writer = TextWriter(self._path, len(self._headers), limits)
        self._seen = {"long_rows": 0, "short_rows": 0, "values_without_name": 0}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._writer.__exit__(kind, error, trace)

    def add(self, record: Any) -> None:
        """One row: a mapping by name, a list by place, anything else as the one value of the row."""
        if isinstance(record, Mapping):
            self._by_name(record)
        elif isinstance(record, list):
            self._by_place(record)
        else:
            self._seen["values_without_name"] += 1
            self._by_name({VALUE: record})

    def name(self, headers: Iterable[str]) -> None:
        """Columns by name, before any row."""
        for header in headers:
            self._join(header)

    def _by_name(self, record: Mapping[str, Any]) -> None:
        cells: list[str | None] = [None] * len(self._headers)
        for name, value in record.items():
            place = self._places.get(name)
            if place is None:
                place = self._join(name)
                cells.append(None)
            cells[place] = cell_text(value)
        self._write(cells)

    def _by_place(self, record: Sequence[Any]) -> None:
        if self._width is None:
            self._width = len(self._headers) or len(record)
        self._seen["long_rows"] += len(record) > self._width
        self._seen["short_rows"] += len(record) < self._width
        while len(record) > len(self._headers):
            self._join("")
        self._write([cell_text(value) for value in record])

    def _join(self, name: str) -> int:
        self._headers.append(name)
        self._writer.widen(len(self._headers))
        self._places.setdefault(name, len(self._headers) - 1)
        return len(self._headers) - 1

    def _write(self, cells: list[str | None]) -> None:
        characters = sum([len(cell) for cell in cells if cell is not None])
        if characters > self._limits.cell_bytes and any(len(c or "") > self._limits.cell_bytes for c in cells):
            raise RowsUnreadable(f"a cell is larger than {self._limits.cell_bytes // MIB} MiB, which none may be")
        self._writer.add(cells, characters)

    def done(self, format_id: str, encoding: str | None, oddities: Mapping[str, int]) -> PlainTable:
        """Complete the file and give the table. Raises RowsUnreadable where no column is known."""
        if not self._headers:
            self._writer.__exit__(RowsUnreadable, None, None)
            raise RowsUnreadable("a list without records, so that not even its columns are known")
        self._writer.close()
        return PlainTable(
            headers=tuple(self._headers),
            format_id=format_id,
            encoding=encoding,
            rows_count=self._writer.rows_count,
            source=TextParquet(self._path),
            oddities=counted(oddities, header_oddities(tuple(self._headers)), self._seen, self._writer.oddities),
        )
