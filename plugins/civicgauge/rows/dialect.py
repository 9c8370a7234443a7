"""How a delimited file is written, judged from its head: the delimiter, and where the header stands.

Quotes are respected: a delimiter inside a quoted value counts for nothing.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from civicgauge.rows.lines import csv_reader, hide_returns

DELIMITERS = (",", "\t", ";", "|", "^", "~")
_RECORDS = 2_000
_TITLES = 10
_NUMBER = re.compile(r"\s*[-+$(]?[\d.,]*\d[\d.,]*[%)]?\s*")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the head of a delimited file shows.

    `header_line` is the number of the line (from 0) that the header begins in, `data_line` that of the first row
    after it; `title_lines` counts the lines above the header that are neither blank nor data. `is_even`: every row of
    the head has as many fields as the header.
    """

    delimiter: str
    headers: tuple[str, ...]
    header_line: int
    data_line: int
    title_lines: int
    is_even: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a head: its fields, the line it begins in and the line after it."""

    fields: tuple[str | None, ...]
    line: int
    end: int

    @property
    def filled(self) -> int:
        """How many fields hold something."""
        return sum(1 for value in self.fields if value and value.strip())


def sniff(head: str, *, is_whole: bool, hint: str | None = None) -> Dialect:
    """The dialect of a file that begins with `head`; `is_whole` where that is all of it.

    `hint` (`tsv`) decides between delimiters that fit equally well. A file that no delimiter fits has one column.
    """
    order = ("\t", *DELIMITERS) if hint == "tsv" else DELIMITERS
    found = {delimiter: _records(head, delimiter, is_whole=is_whole) for delimiter in dict.fromkeys(order)}
    delimiter = max(found, key=lambda each: _score(found[each]))
    if _score(found[delimiter]) <= (0, 0):
        delimiter = order[0]
    return _dialect(delimiter, found[delimiter])


def _records(head: str, delimiter: str, *, is_whole: bool) -> list[Record]:
    text, stand_in = hide_returns(head)
    reader = csv_reader(io.StringIO(text, newline="\n"), delimiter, strict=False)
    records: list[Record] = []
    begins = 0
    for fields in reader:
        if fields:
            cells = fields if stand_in is None else [field.replace(stand_in, "\r") for field in fields]
            records.append(Record(tuple(cells), begins, reader.line_num))
        begins = reader.line_num
        if len(records) >= _RECORDS:
            return records
    # the last record of a head that was cut is cut as well
    return records if is_whole or len(records) < 2 else records[:-1]


def _score(records: Sequence[Record]) -> tuple[float, int]:
    """How well a delimiter fits: the share of records of the usual width, halved where no header has that width."""
    widths = Counter(len(record.fields) for record in records)
    split = {width: number for width, number in widths.items() if width > 1}
    if not split:
        return (0.0, 0)
    usual = max(split, key=lambda width: (split[width], width))
    has_header = len(records[0].fields) == usual or title_count(records) > 0
    is_near = len(records[0].fields) > 1
    weight = 1.0 if has_header else 0.5 if is_near else 0.0
    return (weight * split[usual] / len(records), usual if weight else 0)


def _dialect(delimiter: str, records: Sequence[Record]) -> Dialect:
    if not records:
        return Dialect(delimiter, ("",), 0, 1, 0, is_even=False)
    titles = title_count(records)
    header = records[titles]
    rows = records[titles + 1 :]
    return Dialect(
        delimiter=delimiter,
        headers=tuple(field or "" for field in header.fields),
        header_line=header.line,
        data_line=header.end,
        title_lines=titles,
        is_even=all(len(row.fields) == len(header.fields) for row in rows),
    )


def title_count(records: Sequence[Record]) -> int:
    """How many records at the start are titles above the header: only where nothing else is likely.

    Each title fills one field; the header below fills every field, differs from field to field and holds no digit
    first; what follows is as wide. A title must further stand apart (a blank line after it, or empty fields beside it,
    as spreadsheets write), or a column below the header must hold nothing but numbers.
    """
    count = 0
    while count < min(_TITLES, len(records) - 1) and records[count].filled == 1:
        count += 1
    if not count:
        return 0
    header, below = records[count], records[count + 1 :]
    width = len(header.fields)
    named = {field.strip().casefold() for field in header.fields if field and not field.strip()[:1].isdigit()}
    is_header = width >= 2 and header.filled == width == len(named)
    is_table = bool(below) and sum(len(row.fields) == width for row in below) >= 0.9 * len(below)
    stands_apart = any(len(r.fields) == width for r in records[:count]) or header.line > records[count - 1].end
    is_told = stands_apart or (width >= 3 and _has_numbers_below(header, below))
    return count if is_header and is_table and is_told else 0


def _has_numbers_below(header: Record, below: Sequence[Record]) -> bool:
    """Whether a column holds numbers and its header is none."""
    rows = [row.fields for row in below if len(row.fields) == len(header.fields)]
    return any(
        all(_NUMBER.fullmatch(row[place] or "") for row in rows) and not _NUMBER.fullmatch(header.fields[place] or "")
        for place in range(len(header.fields))
    )
