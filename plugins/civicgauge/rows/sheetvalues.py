"""Raw cells of XLSX sheets as text: shared texts looked up, days as ISO 8601, numbers as people wrote them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from civicgauge.rows.sheetxml import TextStore
from civicgauge.rows.workbook import Workbook, small_document

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXACT = 15  # digits that a number of a sheet keeps


class CellTexts:
    """Makes text of the raw cells of one workbook."""

    def __init__(self, book: Workbook, texts: TextStore) -> None:
        from openpyxl.utils import datetime as days  # type: ignore[import-untyped]

        self._days = days
        self._epoch = days.CALENDAR_MAC_1904 if book.starts_1904 else days.CALENDAR_WINDOWS_1900
        self._texts = texts
        self._dated = _dated_styles(book)

    def text(self, kind: str, style: str, raw: str) -> str:
        """One cell. Raises ValueError or IndexError for a reference to a text that is not there."""
        if kind == "s":
            return _unescaped(self._texts[int(raw)])
        if kind == "n":
            form = self._dated.get(style)
            return number_text(raw) if form is None else self._moment(raw, is_length=form)
        if kind == "b":
            return "true" if raw.strip() == "1" else "false"
        return raw if kind in ("e", "d") else _unescaped(raw)

    def _moment(self, raw: str, *, is_length: bool) -> str:
        """A number that a sheet shows as a day, a time or a length of time; as it is where it can be none."""
        try:
            value: Any = self._days.from_excel(float(raw), self._epoch, timedelta=is_length)
        except (ValueError, OverflowError):
            return number_text(raw)
        if isinstance(value, datetime):
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        return str(value) if isinstance(value, timedelta) else str(value.isoformat())


def number_text(raw: str) -> str:
    """A stored number as text: `0.1` for 0.10000000000000001, `120000` for 1.2E5; anything else as it is.

    >>> [number_text(each) for each in ("007.50", "0.10000000000000001", "1.2E5", "x")]
    ['007.50', '0.1', '120000', 'x']
    """
    if len(raw) <= _EXACT and "E" not in raw and "e" not in raw:
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw
    if value.is_integer() and abs(value) < 10**_EXACT:
        return str(int(value))
    return repr(value) if abs(value) < float("inf") else raw


def _unescaped(text: str) -> str:
    """Text in which a sheet spells characters that XML cannot hold as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _dated_styles(book: Workbook) -> dict[str, bool]:
    """The styles (by their number, as cells give it) that show days or times; True for those of a length of time."""
    from openpyxl.styles import numbers  # type: ignore[import-untyped]

    if book.styles is None:
        return {}
    root = small_document(book.archive, book.styles)
    codes = dict(numbers.BUILTIN_FORMATS)
    for each in root.iter():
        if each.tag.endswith("}numFmt") and each.get("numFmtId", "").isdecimal():
            codes[int(each.get("numFmtId", "0"))] = each.get("formatCode", "")
    styles = next((each for each in root if each.tag.endswith("}cellXfs")), ())
    dated = {}
    for number, style in enumerate(styles):
        used = style.get("numFmtId", "0")
        code = codes.get(int(used) if used.isdecimal() else 0, "")
        if numbers.is_date_format(code):
            dated[str(number)] = bool(numbers.is_timedelta_format(code))
    return dated
