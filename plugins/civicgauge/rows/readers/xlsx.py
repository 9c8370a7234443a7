"""XLSX workbooks: the largest sheet that is not hidden, its cells as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.archives import open_member
from civicgauge.rows.dialect import Record, title_count
from civicgauge.rows.plain import PlainTable
from civicgauge.rows.readers import Found
from civicgauge.rows.records import RecordTable
from civicgauge.rows.sheetvalues import CellTexts
from civicgauge.rows.sheetxml import TextStore, shared_texts, sheet_rows
from civicgauge.rows.workbook import Workbook, open_workbook

_HEAD = 200


class Xlsx:
    """Takes zip archives that hold a workbook."""

    suffixes = (".xlsx", ".xlsm")

    def claims(self, found: Found) -> int:
        """Beyond doubt where the member of a workbook is there."""
        return 100 if "xl/workbook.xml" in found.members else 0

    def read(self, found: Found) -> PlainTable:
        """One pass; formulas count by the values that were stored with them."""
        seen = {"empty_rows": 0, "title_lines": 0}
        with (
            open_workbook(found.path, found.limits) as book,
            TextStore(found.work / "texts.bin") as texts,
            RecordTable(found.work, found.limits) as table,
        ):
            if book.texts is not None:
                with open_member(book.archive, book.texts) as source:
                    for text in shared_texts(source, found.limits.record_bytes):
                        texts.add(text)
            _fill(table, _rows(book, CellTexts(book, texts), found.limits.record_bytes, seen), seen)
            plain = table.done("xlsx", None, seen)
            count = book.sheets_count
        return replace(plain, notes=(f"the workbook has {count} sheets; the largest was read",) if count > 1 else ())


READER = Xlsx()


def _rows(book: Workbook, texts: CellTexts, largest: int, seen: dict[str, int]) -> Iterator[Record]:
    """The rows in which something stands, as text, with their numbers."""
    with open_member(book.archive, book.sheet) as source:
        for row in sheet_rows(source, largest):
            cells = [None if cell is None else texts.text(*cell) for cell in row.cells]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Record(tuple(cells), row.number, row.number + 1)
            else:
                seen["empty_rows"] += 1


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
