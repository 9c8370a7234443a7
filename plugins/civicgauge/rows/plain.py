"""A table as it was received: its headers, and where its rows lie as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much a file may ask for before it is refused. The defaults fit a machine with a few hundred MiB to spare."""

    cell_bytes: int = 16 * MIB
    record_bytes: int = 32 * MIB  # one JSON record or row of a sheet, with all its cells
    columns: int = 5_000
    unpacked_bytes: int = 20 * 1024 * MIB  # what archives in archives may grow to, in all
    unpacked_ratio: int = 250  # asked only of what grows beyond `ratio_from_bytes`: tiny files pack very well
    ratio_from_bytes: int = 64 * MIB


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A delimited file that DuckDB can be asked to read directly and strictly: UTF-8, no NUL, its head rectangular.

    `skip_rows` lines at the start (0 or 1: the header) are no data; a byte order mark, where there is one, lies in
    them. `newline` is what ends most lines; do not give it to DuckDB where it is CR LF: 2.0.1 then loses rows without a
    word, while it reads such files well when left to itself. `newline_count` is the number of lines after the skipped
    ones, an unended last line counted: rows + blank lines + newlines inside values, whoever counts.
    """

    path: Path
    delimiter: str
    quote: str
    newline: str
    skip_rows: int
    newline_count: int


@dataclass(frozen=True, slots=True)
class TextParquet:
    """A Parquet file with the columns c0, c1, ... in the order of the headers, all text, null where nothing stood."""

    path: Path


@dataclass(frozen=True, slots=True)
class PlainTable:
    """What was found in a file. `headers` are as written there: they may be empty or stand there twice.

    `rows_count` is None where the rows were not counted yet (a CsvSource). `oddities` are counts by name, all above
    zero; `notes` are sentences for people. `encoding` is None for formats that have none of their own.
    """

    headers: tuple[str, ...]
    format_id: str
    encoding: str | None
    rows_count: int | None
    source: CsvSource | TextParquet
    oddities: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def header_oddities(headers: tuple[str, ...]) -> dict[str, int]:
    """How many headers are empty, and how many repeat an earlier one."""
    named = [header.strip().casefold() for header in headers if header.strip()]
    return {"empty_headers": len(headers) - len(named), "duplicate_headers": len(named) - len(set(named))}


def counted(*parts: Mapping[str, int]) -> dict[str, int]:
    """The sum of several counts by name, without zeros."""
    total: dict[str, int] = {}
    for part in parts:
        for name, number in part.items():
            total[name] = total.get(name, 0) + number
    return {name: number for name, number in total.items() if number}
