"""A file of rows as it came becomes `rows.parquet`: every text as received, and typed values beside it.

DuckDB reads, types and writes in one stream, in bounded memory. Its count of rows is held against the file's own lines;
where it refuses a file or counts otherwise, the file is read record by record and typed from there.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from civicgauge.errors import CivicgaugeError, RowsUnreadable
from civicgauge.landed import LandedColumn, LandedTable, PromisedColumn
from civicgauge.rows.forms import UNTYPED, Form
from civicgauge.rows.headers import RECEIVED, Named, named
from civicgauge.rows.inference import forms_of
from civicgauge.rows.opening import CsvSource, PlainTable, TextParquet, open_table, reread_slowly
from civicgauge.rows.plain import counted
from civicgauge.rows.sources import CannotRead, take_sample
from civicgauge.rows.survey import pieces
from civicgauge.rows.writing import Typed, connected, write_typed

log = logging.getLogger("civicgauge.rows")


def land_table(
    spool: Path,
    *,
    promised: Sequence[PromisedColumn] | None,
    format_hint: str | None,
    file_name: str | None,
    target: Path,
    work: Path,
) -> LandedTable:
    """Write the rows of a received file to `target`, and say what they are.

    `promised` are the columns that the portal lists (None: none), `format_hint` and `file_name` what it says of the
    file. `work` is a folder for scratch files. Every cell that was received stands in `target`: in the column itself
    where it is text or geometry, else in its `received_name`, null where nothing stood; the platform's own columns
    (row ids, computed regions) are left out and noted. Raises RowsUnreadable where the file holds no table.
    """
    with tempfile.TemporaryDirectory(prefix="land-", dir=work) as scratch:
        folder = Path(scratch)
        plain = open_table(spool, format_hint=format_hint, file_name=file_name, work=folder)
        landed = _tried(plain, promised, target, folder)
        if landed is None and isinstance(plain.source, CsvSource):
            landed = _tried(reread_slowly(plain, folder), promised, target, folder)
        if landed is None:
            raise CivicgaugeError(f"{spool.name}: DuckDB does not give back the rows that were read")
        return landed


def _tried(
    plain: PlainTable, promised: Sequence[PromisedColumn] | None, target: Path, folder: Path
) -> LandedTable | None:
    try:
        return _landed(plain, promised, target, folder)
    except CannotRead as error:
        log.info("DuckDB does not read the rows as they lie (%s)", error)
        return None


def _landed(
    plain: PlainTable, promised: Sequence[PromisedColumn] | None, target: Path, folder: Path
) -> LandedTable | None:
    """The table, written; None where its rows differ in number from those of the file."""
    kept, left_out = _kept(named(plain.headers, promised))
    with ThreadPoolExecutor(1) as other:  # counts while DuckDB looks at the sample
        inside = other.submit(_newlines_inside, plain.source)
        with connected(folder) as link:
            take_sample(link, plain, folder)
            columns = _columns(kept, forms_of(link, kept))
        newlines_inside = inside.result()
    # a new connection, for the memory of the first; a second thread would take 70 MiB more for a Parquet file, which
    # was long in the making anyway
    with connected(folder, threads=2 if isinstance(plain.source, CsvSource) else 1) as link:
        rows = write_typed(link, plain, columns, target)
    blank = _blank_lines(plain, rows, newlines_inside)
    if blank is None:
        return None
    notes = (f"{len(left_out)} columns of the platform's own left out: {', '.join(left_out)}",) if left_out else ()
    return LandedTable(
        columns=tuple(column.landed for column in columns),
        rows_count=rows,
        format_id=plain.format_id,
        encoding=plain.encoding,
        oddities=counted(plain.oddities, {"empty_rows": blank, "system_columns": len(left_out)}),
        notes=(*plain.notes, *notes),
    )


def _kept(columns: Sequence[Named]) -> tuple[list[Named], list[str]]:
    """The publisher's columns, and the headers of the platform's own."""
    system = [c for c in columns if c.header.startswith(":") or (c.promised and c.promised.is_system)]
    left_out = {column.index for column in system}
    kept = [column for column in columns if column.index not in left_out]
    if not kept:
        raise RowsUnreadable("the table has no columns but the platform's own")
    return kept, [column.header for column in system]


def _columns(kept: Sequence[Named], forms: Mapping[int, tuple[Form, bool]]) -> list[Typed]:
    found = []
    for position, column in enumerate(kept, 1):
        form, is_told = forms[column.index]
        landed = LandedColumn(
            name=column.name,
            header=column.header,
            type=form.type,
            type_source="portal" if is_told else "inferred",
            declared_type=column.promised.datatype if column.promised else "",
            received_name=column.name if form.type in UNTYPED else column.name + RECEIVED,
            position=position,
        )
        found.append(Typed(column.index, form, landed))
    return found


# ---------------------------------------------------------------- is it all there?


def _blank_lines(plain: PlainTable, rows: int, newlines_inside: int | None) -> int | None:
    """How many blank lines the file has beside its rows; None where the rows are not those of the file.

    Records are counted by the file's quotes alone, apart from DuckDB. Where the lines that end no record make up the
    difference, there are no blank ones; in a table of one column a blank line may have become a row.
    """
    source = plain.source
    if not isinstance(source, CsvSource):
        return 0 if rows == plain.rows_count else None
    if rows == source.newline_count:
        return 0
    if len(plain.headers) > 1 and newlines_inside is not None and rows == source.newline_count - newlines_inside:
        return 0
    lines, blank = _records(source)
    return blank if lines - blank == rows else None


def _newlines_inside(source: CsvSource | TextParquet) -> int | None:
    """How many lines end inside quotes; None where the file is no delimited one, or its last quote stays open."""
    if not isinstance(source, CsvSource):
        return None
    quote, count, is_open = source.quote.encode(), 0, 0
    with source.path.open("rb") as file:
        for _ in range(source.skip_rows):
            file.readline()
        for piece in pieces(file):
            parts = piece.split(quote)
            count += b"".join(parts[1 - is_open :: 2]).count(b"\n")
            is_open ^= (len(parts) - 1) & 1
    return None if is_open else count


def _records(source: CsvSource) -> tuple[int, int]:
    """Records, blank lines among them, and how many these are: a line ends a record where no quote is open."""
    quote = source.quote.encode()
    lines = blank = is_open = 0
    with source.path.open("rb") as file:
        for _ in range(source.skip_rows):
            file.readline()
        for line in file:
            was_open = is_open
            is_open ^= line.count(quote) & 1
            if not is_open:
                lines += 1
                if len(line) < 3 and not was_open and not line.strip():
                    blank += 1
    return (-1 if is_open else lines), blank
