"""Where DuckDB reads a table's text from, and a sample of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from civicgauge.rows.lines import csv_reader
from civicgauge.rows.plain import MIB, CsvSource, PlainTable, TextParquet
from civicgauge.rows.sqltext import literal, path_literal

SAMPLE = "sample"


class CannotRead(Exception):
    """DuckDB refuses a table as it lies there. Its own words quote rows, which no log may hold: the kind is kept."""


_SAMPLE_ROWS, _SAMPLE_CELLS, _SAMPLE_BYTES = 20_000, 500_000, 16 * MIB
_TEXT_GROUP_BYTES = 32 * MIB  # after about so many the text writer ends a row group, unless it has 65,536 rows by then
_SAMPLE_TEXT = 2_000  # characters: the start of an outline shows that it is one
_LOOKS = (0.33, 0.66, 1.0)  # where else in the table the sample looks
_LOOK_ROWS, _LOOK_BYTES = 1_000, MIB // 4
# A longer line would cost DuckDB sixteen times its length in memory; such files are read record by record.
_LINE_BYTES, _BUFFER_BYTES = 2 * MIB, 8 * MIB


def rows_sql(source: CsvSource | TextParquet, width: int) -> str:
    """What stands after FROM: the table's columns c0, c1, ... as text."""
    if isinstance(source, TextParquet):
        return f"read_parquet({path_literal(source.path)})"
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(width))
    # DuckDB 2.0.1 loses rows where it is told that lines end in CR LF, and reads them well by itself
    new_line = r", new_line='\n'" if source.newline == "\n" else ""
    return (
        f"read_csv({path_literal(source.path)}, auto_detect=false, columns={{{columns}}}, header=false,"
        f" skip={source.skip_rows}, delim={literal(source.delimiter)}, quote={literal(source.quote)},"
        f" escape={literal(source.quote)}, nullstr=[''], null_padding=false, strict_mode=true, ignore_errors=false,"
        f" max_line_size={_LINE_BYTES}, buffer_size={_BUFFER_BYTES}{new_line})"
    )


def row_bytes(source: CsvSource | TextParquet) -> float:
    """About how many bytes of text a row has; at least 1."""
    if isinstance(source, CsvSource):
        return max(1.0, source.path.stat().st_size / max(1, source.newline_count))
    with pq.ParquetFile(source.path) as file:
        rows = [int(file.metadata.row_group(number).num_rows) for number in range(file.metadata.num_row_groups)]
    # the file does not tell: equal texts stand there once
    return max(1.0, _TEXT_GROUP_BYTES / max(1, min(rows[:-1], default=sum(rows))))


def take_sample(link: duckdb.DuckDBPyConnection, plain: PlainTable, folder: Path) -> None:
    """Fill the temporary table `sample` with the table's first rows, and some of its middle and end.

    `folder` is for a scratch file. Raises CannotRead where DuckDB refuses the first rows.
    """
    try:
        _fill(link, plain, folder)
    except duckdb.Error as error:
        raise CannotRead(type(error).__name__) from None


def _fill(link: duckdb.DuckDBPyConnection, plain: PlainTable, folder: Path) -> None:
    source, width = plain.source, len(plain.headers)
    most = int(max(1, min(_SAMPLE_ROWS, _SAMPLE_CELLS / width, _SAMPLE_BYTES / row_bytes(source))))
    rows = rows_sql(source, width)
    texts = ", ".join(f"left(c{number}, {_SAMPLE_TEXT}) AS c{number}" for number in range(width))
    link.execute(f"CREATE TEMP TABLE {SAMPLE} AS SELECT {texts} FROM {rows} LIMIT {most}")  # noqa: S608 - a path, numbers
    if isinstance(source, CsvSource):
        if source.newline_count > most:
            _insert(link, [row for place in _LOOKS for row in _look(source, place, width)], width, folder)
    elif plain.rows_count is not None and plain.rows_count > most:
        rows = rows.removesuffix(")") + ", file_row_number=true)"
        for place in _LOOKS:
            start = max(most, int(place * plain.rows_count) - _LOOK_ROWS)
            link.execute(
                f"INSERT INTO {SAMPLE} SELECT {texts} FROM {rows}"  # noqa: S608 - numbers, a path
                f" WHERE file_row_number BETWEEN {start} AND {start + _LOOK_ROWS - 1} LIMIT {most}"
            )


def _look(source: CsvSource, place: float, width: int) -> Iterator[list[str]]:
    """Some rows of that part of the file. A look may begin inside a quoted value; what does not fit is passed over."""
    with source.path.open("rb") as file:
        file.seek(max(0, int(place * source.path.stat().st_size) - _LOOK_BYTES))
        lines = file.read(_LOOK_BYTES).decode(errors="replace").partition("\n")[2]
    reader = csv_reader(io.StringIO(lines, newline="\n"), source.delimiter, strict=False)
    try:
        yield from (fields for fields in reader if len(fields) == width)
    except csv.Error:  # a carriage return where csv allows none: enough was seen
        return


def _insert(link: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[str]], width: int, folder: Path) -> None:
    """By way of a file: making Arrow arrays of Python's texts would import pandas, 50 MiB."""
    path = folder / "looks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    looks = CsvSource(path, delimiter=",", quote='"', newline="\n", skip_rows=0, newline_count=len(rows))
    link.execute(f"INSERT INTO {SAMPLE} SELECT * FROM {rows_sql(looks, width)}")  # noqa: S608 - a path
