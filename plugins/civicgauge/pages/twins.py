"""The twins of a page: the whole form as JSON, its main table as CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from civicgauge import clean
from civicgauge.pages.sheets import Table
from civicgauge.pipeline.words import NOTICE

_LONGEST_CELL = 32_767  # what a spreadsheet holds
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_bytes(form: Any) -> bytes:
    """A form as JSON: its fields, dates in ISO 8601, the notice. Plain ASCII, so that no reader is led astray."""
    text = json.dumps(
        {"notice": NOTICE, **plain(form)}, allow_nan=False
    )  # without indent: that one is four times slower
    return (text.replace("<", "\\u003c") + "\n").encode("ascii")  # it stands in texts alone, and means the same there


def plain(value: Any) -> Any:
    """A value as JSON can hold it; what is no number (nan, inf) becomes null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def csv_bytes(table: Table) -> bytes:
    """A table as CSV (RFC 4180), in UTF-8; text that a spreadsheet would run as a formula gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([cell(each) for each in row] for row in table.rows)
    return out.getvalue().encode("utf-8")


def cell(value: Any) -> str | int | float | None:
    """A cell: numbers as they are, dates in ISO 8601, text on one line and harmless, lists with semicolons."""
    value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list):
        value = "; ".join(str(cell(each)) for each in value)
    text = clean.line(value if isinstance(value, str) else json.dumps(value), _LONGEST_CELL)
    return f"'{text}" if text.startswith(_FORMULA) or str(value).startswith(_FORMULA) else text
