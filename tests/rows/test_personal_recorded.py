"""The screen for personal data on a recorded portal's exports: no false alarm, and what is suspicious is."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civicgauge.landed import LandedTable
from civicgauge.rows.personal import screen
from tests.recordings import FOLDER, needs_recordings
from tests.rows.styles import column

FOUND = {
    ("dxzz-idjy", "description"): "email",  # private addresses of neighbourhood associations' people, in a free text
    ("fsiz-ya8k", "ContractorAddress1"): "email",  # mail addresses typed into a column of street addresses
}


@needs_recordings
@pytest.mark.slow
def test_recorded_exports(tmp_path: Path) -> None:
    """Every column as text, so that every one is looked at."""
    csv.field_size_limit(50_000_000)
    found, count = {}, 0
    for path in sorted((FOLDER / "chattanooga" / "rows").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        names = [f"c{at}" for at in range(len(header))]
        values = zip(*(row[: len(header)] + [""] * (len(header) - len(row)) for row in rows), strict=True)
        texts = dict(zip(names, map(list, values), strict=False)) or {name: [] for name in names}
        pq.write_table(pa.table(texts), tmp_path / "rows.parquet", row_group_size=20_000)
        columns = tuple(column(n, "text", at, header=h) for at, (n, h) in enumerate(zip(names, header, strict=True), 1))
        told = screen(tmp_path / "rows.parquet", LandedTable(columns, len(rows), "csv", "utf-8"))
        headers = dict(zip(names, header, strict=True))
        found |= {(path.name.removesuffix(".csv.gz"), headers[name]): kind for name, kind in told.items()}
        count += 1
    assert count == 174
    assert found == FOUND
