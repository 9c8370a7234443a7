"""Reading back what an export has written: the workbook and the files then hold the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

_SIZE = 5_000


def columns(folder: Path, table: str) -> list[str]:
    """The columns of a written table."""
    return list(pq.read_schema(folder / f"{table}.parquet").names)


def rows(
    folder: Path, table: str, only: Sequence[str] | None = None, where: tuple[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a written table in their order, a few at a time; `where` keeps those whose column says that word."""
    with pq.ParquetFile(folder / f"{table}.parquet") as file:
        for batch in file.iter_batches(batch_size=_SIZE, columns=list(only) if only else None, use_threads=False):
            kept = batch if where is None else batch.filter(pc.equal(batch.column(where[0]), where[1]))
            yield from kept.to_pylist()
