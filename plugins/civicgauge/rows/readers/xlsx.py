"""XLSX workbooks: the largest sheet that is not hidden, its cells as text."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.dialect import Record, title_count
from civicgauge.rows.plain import PlainTable
from civicgauge.rows.readers import Found
from civicgauge.rows.records import RecordTable
from civicgauge.rows.workbook import main_sheet

_HEAD = 200
_BLANK_ROWS = 2_000_000  # a sheet has a million rows at most; a file that claims more would never end
_DAMAGE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, NotImplementedError, EOFError,
    OSError, zipfile.BadZipFile, zlib.error, Tree.ParseError,
)  # fmt: skip


class Xlsx:
    """Takes zip archives that hold a workbook."""

    suffixes = (".xlsx", ".xlsm")

    def claims(self, found: Found) -> int:
        """Beyond doubt where the member of a workbook is there."""
        return 100 if "xl/workbook.xml" in found.members else 0

    def read(self, found: Found) -> PlainTable:
        """One pass; formulas count by the values that were stored with them."""
        sheet, sheets = main_sheet(found.path, found.limits)
        notes = (f"the workbook has {sheets} sheets; the largest was read",) if sheets > 1 else ()
        seen = {"empty_rows": 0, "title_lines": 0}
        with warnings.catch_warnings(), RecordTable(found.work, found.limits) as table:
            warnings.simplefilter("ignore")
            try:
                _fill(table, _rows(found.path, sheet.name, seen), seen)
            except _DAMAGE as error:  # openpyxl has no error of its own for a sheet that is not what it should be
                raise RowsUnreadable(f"a workbook that is damaged ({type(error).__name__} while reading)") from error
            plain = table.done("xlsx", None, seen)
        return replace(plain, notes=notes)


READER = Xlsx()


def _rows(path: Path, name: str, seen: dict[str, int]) -> Iterator[Record]:
    """The rows in which something stands, as text, with their numbers."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    # given a path, openpyxl would judge the file by its name
    with (
        path.open("rb") as file,
        closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book,
    ):
        sheet = book[name]
        sheet.reset_dimensions()  # what the file says of its size is often wrong
        for number, values in enumerate(sheet.iter_rows(values_only=True)):
            cells = [None if value is None else _text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Record(tuple(cells), number, number + 1)
            else:
                seen["empty_rows"] += 1
                if seen["empty_rows"] > _BLANK_ROWS:
                    raise RowsUnreadable("a workbook whose rows are numbered beyond what a sheet may hold")


def _text(value: Any) -> str:
    """A cell as text: dates as ISO 8601, without a time where it is midnight; numbers as they are stored."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, time) else str(value)


def _fill(table: RecordTable, rows: Iterator[Record], seen: dict[str, int]) -> None:
    head = list(islice(rows, _HEAD))
    if not head:
        raise RowsUnreadable("a workbook whose largest sheet is empty")
    # a row of two cells or more is the header or wider; what stands above it are titles
    width = next((len(row.fields) for row in head if row.filled > 1), len(head[0].fields))
    titles = title_count([Record(_padded(row.fields, width), row.line, row.end) for row in head])
    seen["title_lines"] = titles
    header = [field or "" for field in head[titles].fields]
    table.name(header)
    for row in chain(head[titles + 1 :], rows):
        table.add(list(_padded(row.fields, len(header))))


def _padded(fields: Sequence[str | None], width: int) -> tuple[str | None, ...]:
    return (*fields, *[None] * (width - len(fields)))
