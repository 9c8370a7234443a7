"""Aggregates over a landed Parquet file in few scans and bounded memory; one that fails takes no other with it.

Each column of the file is read once where that is possible: aggregates that read the same columns share a scan, and a
scan takes as many columns as the memory limit bears. Aggregates that keep values (`distinct`, `mode`, ...) go a few at
a time: a distinct count over a hundred text columns at once needs more than 512 MB.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from civicgauge.rows.kept import Value, plain
from civicgauge.rows.sqltext import literal, path_literal

FAILURES = (duckdb.Error, ValueError, OverflowError)  # the last two: a value for which Python has no word
_MOST_TOGETHER, _MOST_KEEPING = 400, 4  # aggregates in one scan
_KEEPS_VALUES = re.compile(
    r"\bdistinct\b|\b(mode|median|mad|quantile\w*|list|array_agg|group_concat|string_agg|histogram\w*|map_from\w+)\s*\(",
    re.I,
)
_SHARE_FOR_PAGES = 0.3  # of the memory limit, for decompressed pages; as much again goes with them
_UNITS = {"KB": 1e3, "MB": 1e6, "GB": 1e9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


@dataclass(frozen=True, slots=True)
class Asked:
    """One aggregate: a statistic of the table (column '') or of one column, as SQL, and the columns that it reads."""

    name: str
    column: str
    sql: str
    reads: frozenset[str]


@dataclass
class Batch:
    """Aggregates of one scan, and the columns that the scan reads."""

    asked: list[Asked] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)


class Scanner:
    """One landed file as the view `landed`, and how much of it may be read at once.

    `scratch` is a folder for what does not fit into memory. The connection reaches no other file, but for paths with
    signs of a pattern (`*`, `?`, `[`).
    """

    def __init__(self, link: duckdb.DuckDBPyConnection, scratch: Path, budget: float, sizes: dict[str, int]) -> None:
        self.link = link
        self.scratch = scratch
        self._budget = budget
        self._sizes = sizes

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether these columns can be read in one scan."""
        return sum(self._sizes.get(column, 0) for column in columns) <= self._budget

    def compute(
        self, asked: Sequence[Asked], fail: Callable[[Asked, Exception], None]
    ) -> Iterator[tuple[Asked, Value]]:
        """Each aggregate with its value; those that fail are told to `fail` and left out."""
        light = [a for a in asked if not _KEEPS_VALUES.search(a.sql)]
        heavy = [a for a in asked if _KEEPS_VALUES.search(a.sql)]
        for batch in (*self._batches(light, _MOST_TOGETHER), *self._batches(heavy, _MOST_KEEPING)):
            yield from self._scan(batch.asked, fail)

    def one(self, sql: str) -> Value:
        """The one value of a query over `landed`."""
        row = self.link.execute(sql).fetchone()
        return plain(row[0]) if row else None

    def _batches(self, asked: Sequence[Asked], most: int) -> list[Batch]:
        """Aggregates by the scan that reads their columns already, else in the last one that has room for them."""
        packed: list[Batch] = []
        for each in asked:
            homes = (b for b in packed if len(b.asked) < most and each.reads <= b.reads)
            home = next(homes, packed[-1] if packed else None)
            if home is None or len(home.asked) >= most or not self._has_room(home, each):
                home = Batch()
                packed.append(home)
            home.asked.append(each)
            home.reads |= each.reads
        return packed

    def _has_room(self, batch: Batch, asked: Asked) -> bool:
        return asked.reads <= batch.reads or self.fits(batch.reads | asked.reads)

    def _scan(self, batch: Sequence[Asked], fail: Callable[[Asked, Exception], None]) -> Iterator[tuple[Asked, Value]]:
        """One scan for a batch; where it fails, without what cannot be, or in halves."""
        if not batch:
            return
        try:
            values = self._values(batch)
        except FAILURES as error:
            if len(batch) == 1:
                fail(batch[0], error)
                return
            sound = self._sound(batch, fail) if isinstance(error, duckdb.ProgrammingError) else batch
            for part in (sound,) if len(sound) < len(batch) else _halves(batch):
                yield from self._scan(part, fail)
            return
        yield from zip(batch, values, strict=True)

    def _values(self, batch: Sequence[Asked]) -> list[Value]:
        # the count makes a query of aggregates of any text, so that what is none is refused
        selected = ", ".join(f"({each.sql}\n)" for each in batch)
        row = self.link.execute(f"SELECT count(*), {selected} FROM landed").fetchone()  # noqa: S608 - checks' own SQL
        if row is None or len(row) != len(batch) + 1:
            raise ValueError("the statistic is not one value")
        return [plain(value) for value in row[1:]]

    def _sound(self, batch: Sequence[Asked], fail: Callable[[Asked, Exception], None]) -> list[Asked]:
        """What of a batch can be asked at all; of what does not even parse or bind, `fail` is told."""
        sound = []
        for each in batch:
            try:
                self.link.execute(f"EXPLAIN SELECT count(*), ({each.sql}\n) FROM landed")  # noqa: S608
                sound.append(each)
            except duckdb.Error as error:
                fail(each, error)
        return sound


def _halves(batch: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The columns of one statistic stay together: where one fails, it often fails in many."""
    by_statistic = sorted(batch, key=lambda each: each.name)
    half = len(by_statistic) // 2
    return by_statistic[:half], by_statistic[half:]


@contextmanager
def scanning(parquet: Path, memory_limit: str, threads: int) -> Iterator[Scanner]:
    """A scanner of one file; its scratch folder lies beside the file and is gone afterwards."""
    with TemporaryDirectory(prefix=".profile-", dir=parquet.parent) as folder, duckdb.connect() as link:
        scratch = Path(folder)
        link.execute("SET TimeZone='UTC'; SET enable_progress_bar=false; SET preserve_insertion_order=false")
        link.execute("SET autoload_known_extensions=false; SET autoinstall_known_extensions=false")
        link.execute("SET memory_limit=?", [memory_limit])
        link.execute("SET threads=?", [threads])
        link.execute("SET temp_directory=?", [str(scratch / "spill")])
        source = path_literal(parquet)
        if source == literal(str(parquet)):  # to follow a pattern, DuckDB must list folders
            # a check's SQL reads this table and nothing else
            link.execute("SET allowed_paths=?", [[str(parquet)]])
            link.execute("SET allowed_directories=?", [[folder]])
            link.execute("SET enable_external_access=false")
        link.execute(f"CREATE VIEW landed AS SELECT * FROM read_parquet({source})")  # noqa: S608
        budget = _bytes(memory_limit) * _SHARE_FOR_PAGES / threads
        yield Scanner(link, scratch, budget, _sizes(link, source))


def _sizes(link: duckdb.DuckDBPyConnection, source: str) -> dict[str, int]:
    """The most bytes that each column takes in a row group."""
    names = {row[0] for row in link.execute("DESCRIBE landed").fetchall()}
    found: dict[str, int] = {}
    query = f"SELECT path_in_schema, max(total_uncompressed_size) FROM parquet_metadata({source}) GROUP BY 1"  # noqa: S608
    for path, size in link.execute(query).fetchall():
        name = path if path in names else path.rsplit(", ", 1)[0]  # the parts of a point lie in columns of their own
        found[name] = found.get(name, 0) + (size or 0)
    return found


def _bytes(limit: str) -> float:
    match = re.fullmatch(r"\s*([\d.]+)\s*([KMG]i?B)\s*", limit, re.I)
    if match is None:
        raise ValueError(f"{limit!r} is no amount of memory such as 400MB")
    return float(match.group(1)) * _UNITS[match.group(2).upper()]
