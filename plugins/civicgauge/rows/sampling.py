"""A bounded sample of a landed table's texts, spread over the whole file, in bounded memory at any number of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_GROUPS = 12  # row groups that are looked into at most
_COLUMNS = 8  # columns that are read at once
_BATCH = 2_048
_LONGEST = 2_000  # characters of one text


def sampled_texts(parquet: Path, columns: Sequence[str], rows: int) -> Iterator[tuple[str, list[str]]]:
    """For each column the texts that are more than blanks, of at most `rows` rows; long texts are cut.

    The rows are evenly spread over at most twelve row groups, themselves evenly spread over the file.
    """
    with pq.ParquetFile(parquet) as file:
        wanted = _wanted(file, rows)
        for start in range(0, len(columns), _COLUMNS):
            names = list(columns[start : start + _COLUMNS])
            found: dict[str, list[str]] = {name: [] for name in names}
            for group, places in wanted.items():
                for batch in _batches(file, group, names, places):
                    for name in names:
                        found[name] += _texts(batch.column(name))
            yield from found.items()


def _wanted(file: pq.ParquetFile, rows: int) -> dict[int, list[int]]:
    """The rows to take, by row group."""
    count = file.num_row_groups
    groups = sorted({at * count // min(count, _GROUPS) for at in range(min(count, _GROUPS))})
    sizes = {group: file.metadata.row_group(group).num_rows for group in groups}
    total = sum(sizes.values())
    take = min(rows, total)
    starts = dict(zip(groups, accumulate(sizes.values(), initial=0), strict=False))
    places = [at * total // take for at in range(take)]
    return {g: [p - starts[g] for p in places if starts[g] <= p < starts[g] + sizes[g]] for g in groups}


def _batches(file: pq.ParquetFile, group: int, names: list[str], places: list[int]) -> Iterator[pa.RecordBatch]:
    """The wanted rows of a row group."""
    start = 0
    for batch in file.iter_batches(batch_size=_BATCH, row_groups=[group], columns=names, use_threads=False):
        here = [place - start for place in places if start <= place < start + batch.num_rows]
        start += batch.num_rows
        if here:
            yield batch.take(pa.array(here))


def _texts(values: pa.Array) -> list[str]:
    texts = values.cast(pa.string()).to_pylist()
    return [short for text in texts if text is not None and (short := text[:_LONGEST].strip())]
