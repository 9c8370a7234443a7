"""One sheet of the workbook: a notice, a header, rows that are written one after another, and nothing that can act.

Text of portals is written as text and never becomes a formula or a link; what Excel cannot hold is cut, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import ceil
from typing import Any

from civicgauge.pipeline.words import NOTICE

MOST_ROWS = 1_048_576
"""Rows of a sheet, the notice and the header included."""
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
_HEAD_ROW = 1
_LINE, _MOST_LINES = 15.0, 27  # points; Excel takes 409 in a row

FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "align": "left", "indent": 1},  # beside a number, the two would run together
    "right": {"valign": "top", "align": "right"},
    "wrapped": {"valign": "top", "align": "left", "text_wrap": True, "indent": 1},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "share": {"valign": "top", "num_format": "0.0%"},
    "share_change": {"valign": "top", "num_format": "+0.0%;-0.0%;0.0%"},
    "number": {"valign": "top", "num_format": "#,##0.00"},
    "number_change": {"valign": "top", "num_format": "+#,##0.00;-#,##0.00;0.00"},
    "integer": {"valign": "top", "num_format": "#,##0"},
    "integer_change": {"valign": "top", "num_format": "+#,##0;-#,##0;0"},
    "head": {"valign": "top", "bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "bottom": 1},
    "title": {"bold": True, "font_size": 16},
    "notice": {"italic": True, "font_color": "#404040"},
    "bold": {"bold": True, "valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, its width in characters, and the format of its cells."""

    heading: str
    width: float
    format: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a format of its own."""

    value: Any
    format: str


class Book:
    """A workbook that is written row by row: memory does not grow with it."""

    def __init__(self, path: str) -> None:
        import xlsxwriter

        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "nan_inf_to_errors": False, **safe})
        self.formats = {name: self.workbook.add_format(how) for name, how in FORMATS.items()}

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        *,
        whole_in: str,
        most: int = MOST_ROWS,
    ) -> int:
        """A sheet with a filter over its rows; returns how many it holds. `whole_in` names the file that holds all."""
        sheet = self.workbook.add_worksheet(name)
        self._lay_out(sheet, columns)
        sheet.write_string(0, 0, NOTICE, self.formats["notice"])
        sheet.set_row(_HEAD_ROW, height((column.heading, column.width) for column in columns))
        for place, column in enumerate(columns):
            sheet.write_string(_HEAD_ROW, place, column.heading, self.formats["head"])
        left, room, count = iter(rows), most - _HEAD_ROW - 1, 0
        for count, row in enumerate(islice(left, room - 1), 1):
            self._row(sheet, _HEAD_ROW + count, row, columns)
        last = list(islice(left, 2))
        if len(last) > 1:
            sheet.write_string(most - 1, 0, f"Cut here: a sheet holds no more rows; all are in {whole_in}.")
        elif last:
            count += 1
            self._row(sheet, _HEAD_ROW + count, last[0], columns)
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(count, 1), len(columns) - 1)
        return count

    def _row(self, sheet: Any, at: int, row: Sequence[Any], columns: Sequence[Column]) -> None:
        wrapped = ((v, c.width) for v, c in zip(row, columns, strict=True) if c.format == "wrapped")
        sheet.set_row(at, height((str(value or ""), width) for value, width in wrapped))
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            self.write(sheet, at, place, value, column.format)

    def _lay_out(self, sheet: Any, columns: Sequence[Column]) -> None:
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.repeat_rows(0, _HEAD_ROW)
        for_print(sheet)

    def write(self, sheet: Any, row: int, place: int, value: Any, how: str) -> None:
        """One cell by its kind; null is an empty cell."""
        if isinstance(value, Cell):
            value, how = value.value, value.format
        given = self.formats[how]
        if value is None or value == "":
            sheet.write_blank(row, place, None, given)
        elif isinstance(value, bool):
            sheet.write_string(row, place, "yes" if value else "no", given)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value, given)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, given)
        else:
            text = str(value)
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … (cut)"
            sheet.write_string(row, place, shown, given)

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()


def height(cells: Iterable[tuple[str, float]]) -> float:
    """The height that wrapped texts need in columns of these widths, as not every program finds it by itself."""
    lines = [sum(max(1, ceil(len(line) / max(1.0, width))) for line in text.split("\n")) for text, width in cells]
    return _LINE * min(max(lines, default=1), _MOST_LINES)


def for_print(sheet: Any) -> None:
    """Landscape, as wide as the page, with the sheet's name and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(0)  # the printer's own
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
