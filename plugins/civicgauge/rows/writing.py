"""Typed rows into Parquet: DuckDB reads and types them in a stream, pyarrow writes, in the file's order.

DuckDB's own COPY keeps rows in order either on one thread or in 400 MiB; here its threads read ahead, up to a bounded
buffer, while another writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.landed import LandedColumn
from civicgauge.rows.forms import MACROS, Form, fast, typed
from civicgauge.rows.plain import MIB, PlainTable
from civicgauge.rows.sources import CannotRead, row_bytes, rows_sql
from civicgauge.rows.sqltext import literal, quoted

_MEMORY_LIMIT = "256MB"
_GROUP_BYTES, _GROUP_CELLS = 16 * MIB, 1_000_000
_GROUP_ROWS = 50_000
_BATCHES = 4  # to a group
# A column of more distinct text than this in a group is written plainly: its dictionary would cost time and space.
# Extremes of row groups serve nobody here (tables are profiled whole) and cost a twentieth of the time.
_WRITTEN = {
    "compression": "zstd",
    "compression_level": 1,
    "dictionary_pagesize_limit": 16 * 1024,
    "write_statistics": False,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A column on its way: which of the file's it is, how its texts are read, what it becomes."""

    index: int
    form: Form
    landed: LandedColumn

    def read(self) -> str:
        """The column's SQL in the inner query: its text, and its dates and numbers by the common spelling."""
        value = fast(self.form, self._text)
        return self._text if value is None else f"{self._text}, {value} AS {self._fast}"

    def select(self) -> str:
        """The column's SQL: the typed values, with the text as received beside them."""
        values = typed(self.form, self._text, self._fast)
        if values is None:
            return f"{self._text} AS {quoted(self.landed.name)}"
        return f"{values} AS {quoted(self.landed.name)}, {self._text} AS {quoted(self.landed.received_name)}"

    @property
    def _text(self) -> str:
        return f"c{self.index}"

    @property
    def _fast(self) -> str:
        return f"f{self.index}"


@contextmanager
def connected(folder: Path, *, threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in bounded memory, with the macros of the typed expressions; `folder` is for what does not fit."""
    with duckdb.connect() as link:
        link.execute(
            f"SET memory_limit='{_MEMORY_LIMIT}'; SET threads={threads}; SET TimeZone='UTC';"
            f"SET temp_directory={literal(str(folder))}; SET enable_progress_bar=false;"
            "SET autoload_known_extensions=false; SET preserve_insertion_order=true;"
            # else what is only for the few texts of an uncommon spelling is computed for all
            "SET disabled_optimizers='common_subexpressions'"
        )
        for macro in MACROS:
            link.execute(macro)
        yield link


def write_typed(link: duckdb.DuckDBPyConnection, plain: PlainTable, columns: Sequence[Typed], target: Path) -> int:
    """Write the columns to `target` and return the number of rows. Raises CannotRead where DuckDB refuses the file."""
    read = ", ".join(column.read() for column in columns)
    selected = ", ".join(column.select() for column in columns)
    query = f"SELECT {selected} FROM (SELECT {read} FROM {rows_sql(plain.source, len(plain.headers))})"  # noqa: S608
    group = _group_rows(plain, columns)
    rows = 0
    try:
        reader = link.sql(query).to_arrow_reader(max(1, group // _BATCHES))
    except duckdb.Error as error:
        raise CannotRead(type(error).__name__) from None
    with (
        reader as batches,
        pq.ParquetWriter(target, batches.schema, **_WRITTEN) as writer,
        ThreadPoolExecutor(1) as other,  # writes one group while DuckDB and this thread make the next
    ):
        written: Future[None] | None = None
        for table in _groups(batches, group):
            if written is not None:
                written.result()
            written = other.submit(writer.write_table, table, row_group_size=table.num_rows)
            rows += table.num_rows
        if written is not None:
            written.result()
    return rows


def _group_rows(plain: PlainTable, columns: Sequence[Typed]) -> int:
    """How many rows go into a row group, which is held in memory until it is written."""
    width = sum(1 + (column.landed.received_name != column.landed.name) for column in columns)
    return int(max(1, min(_GROUP_ROWS, _GROUP_BYTES / row_bytes(plain.source), _GROUP_CELLS / width)))


def _groups(batches: pa.RecordBatchReader, rows: int) -> Iterator[pa.Table]:
    """Batches joined to groups of about so many rows, or of as many bytes as are to be held."""
    held: list[pa.RecordBatch] = []
    while True:
        try:
            batch = batches.read_next_batch()
        except StopIteration:
            break
        except (OSError, pa.ArrowException) as error:  # what becomes of DuckDB's own errors on the way
            raise CannotRead(str(error).partition(":")[0][:60]) from None
        held.append(batch)
        if sum(b.num_rows for b in held) >= rows or sum(b.nbytes for b in held) >= 2 * _GROUP_BYTES:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)
