"""Profiles of wide and of long tables within the memory limit."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import md5
from pathlib import Path

import duckdb
import pytest

from civicgauge.landed import Statistic
from civicgauge.rows.profile import BUILTIN, Profile, missing, profile
from civicgauge.rows.scans import scanning
from tests.rows.profiled import Values, landed

WIDTH = 258
_CHILD = """
import json, sys
from pathlib import Path
from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.profile import BUILTIN, Profile, missing, profile
names = [f"c{n}" for n in range(int(sys.argv[2]))]
columns = tuple(LandedColumn(name, name, "text", "inferred", "", name, n) for n, name in enumerate(names))
table = LandedTable(columns, int(sys.argv[3]), "csv", None)
found = profile(Path(sys.argv[1]), table, missing(BUILTIN, Profile(), {}, key="c0"), {}, key="c0")
status = Path("/proc/self/status").read_text()  # the peak of getrusage may be the parent's
peak = int(status.partition("VmHWM:")[2].split()[0])
print(json.dumps({"peak_mib": peak / 1024, "errors": found.errors, "table": found.table}))
"""


def text(row: int, column: int) -> str | None:
    """A cell that is another in each row, but for rows that repeat the one a thousand before."""
    row = row - 1_000 if row >= 2_900 else row
    return None if column % 7 == 3 else md5(f"{row} {column}".encode(), usedforsecurity=False).hexdigest()


def test_a_table_of_258_columns_in_little_memory(tmp_path: Path) -> None:
    rows = 3_000
    wide = [Values(f"c{n}", "text", [text(row, n) for row in range(rows)]) for n in range(WIDTH)]
    path, table = landed(tmp_path, *wide)
    names = [column.name for column in table.columns]
    with scanning(path, "100MB", 2) as scanner:
        assert not scanner.fits(names), "too wide for one scan, or this shows nothing"
    heavy = Statistic("exactly", "column", "count(DISTINCT {text})")
    found = profile(
        path, table, missing([*BUILTIN, heavy], Profile(), {}, key="c0"), {}, key="c0", memory_limit="100MB"
    )
    assert found.errors == {}
    assert found.table["duplicate_rows_count"] == 100
    assert found.table["duplicate_keys_count"] == 100
    assert found.columns["c3"] | {"placeholder_count": 0} == {
        "filled_count": 0,
        "placeholder_count": 0,
        "distinct_count": 0,
        "exactly": 0,
    }
    assert {values["exactly"] for n, values in found.columns.items() if int(n[1:]) % 7 != 3} == {2_900}
    assert all(values["distinct_count"] == values["exactly"] for values in found.columns.values())
    assert found.table["cells_filled_count"] == sum(column % 7 != 3 for column in range(WIDTH)) * rows


@pytest.mark.parametrize("limit", ["100MB", "2GB"])
def test_rows_that_repeat_are_told_by_every_column(tmp_path: Path, limit: str) -> None:
    """Rows that differ in one column alone do not repeat, whether they are hashed at once or in parts."""
    rows = 2_000
    wide = [
        Values(f"c{n}", "text", [f"{n}" * 900 + str(row if row == n else 0) for row in range(rows)]) for n in range(40)
    ]
    path, table = landed(tmp_path, *wide, use_dictionary=False)
    with scanning(path, limit, 2) as scanner:
        assert scanner.fits([column.name for column in table.columns]) == (limit == "2GB")
    found = profile(path, table, [Statistic("duplicate_rows_count", "table", "")], {}, memory_limit=limit)
    assert found.table == {"duplicate_rows_count": rows - 40}  # rows 1 to 39 are alone, all others equal


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc")
@pytest.mark.parametrize(("width", "rows"), [(8, 6_000_000), (WIDTH, 200_000)])
def test_peak_memory_stays_below_500_mib(tmp_path: Path, width: int, rows: int) -> None:
    path = tmp_path / "rows.parquet"
    cells = [
        f"md5((r * {width} + {n})::VARCHAR) AS c{n}" if n % 3 == 0 else f"'v' || (r % {n + 9}) AS c{n}"
        for n in range(width)
    ]
    with duckdb.connect() as link:
        link.execute("SET memory_limit='1GB'; SET threads=2; SET preserve_insertion_order=false")
        source = f"SELECT {', '.join(cells)} FROM range({rows}) AS t(r)"
        link.execute(f"COPY ({source}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)")
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), str(width), str(rows)], capture_output=True, text=True, check=True
    )
    told = json.loads(child.stdout)
    assert told["errors"] == {}
    assert (told["table"]["duplicate_rows_count"], told["table"]["duplicate_keys_count"]) == (0, 0)
    assert told["peak_mib"] < 500, told
