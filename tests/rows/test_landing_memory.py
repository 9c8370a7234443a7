"""Memory is flat in the number of rows, and bounded at 258 columns; measured in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST_MIB = 360

_MEASURE = r"""
import json, re, sys
from pathlib import Path
from civicgauge.rows.landing import land_table
spool, target, work = map(Path, sys.argv[1:])
table = land_table(spool, promised=None, format_hint="csv", file_name=None, target=target, work=work)
# the peak of getrusage would begin with that of the process that started this one
peak = int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([table.rows_count, len(table.columns), peak]))
"""

_ROW = (
    'SR-{n:08},{m:02}/15/2026 {h:02}:05:00 PM,{m:02}/16/2026 {h:02}:45:00 AM,Open,"Caller says ""again"", near {n}\n'
    'second line",{a} MAIN ST,37402,{m},35.{n:06},-85.{n:06},POINT (-85.{n:06} 35.{n:06}),{h},"${a},234.50",{h}%,true,'
    "App,2026-{m:02}-15T{h:02}:00:00,{pad}\n"
)
_HEADERS = (
    "id,created,closed,status,description,address,zip,district,lat,lon,location,priority,cost,done,twice,source,"
    "updated,notes\n"
)


def _landed(folder: Path, spool: Path) -> tuple[int, int, float]:
    command = [sys.executable, "-c", _MEASURE, str(spool), str(folder / "rows.parquet"), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rows, columns, peak = json.loads(done.stdout)
    return rows, columns, peak


def _write(path: Path, rows: int) -> None:
    with path.open("w") as file:
        file.write(_HEADERS)
        for n in range(rows):
            file.write(_ROW.format(n=n % 1_000_000, m=n % 12 + 1, h=n % 11 + 1, a=n % 9 + 1, pad="x" * (n % 120)))


@pytest.mark.parametrize(
    "rows",
    [
        200_000,
        pytest.param(1_000_000, marks=pytest.mark.slow),
        *([pytest.param(3_000_000, marks=pytest.mark.timeout(900))] if os.environ.get("CIVICGAUGE_PROVE") else []),
    ],
)
def test_many_rows(tmp_path: Path, rows: int) -> None:
    spool = tmp_path / "spool"
    _write(spool, rows)
    found, columns, peak = _landed(tmp_path, spool)
    spool.unlink()
    assert (found, columns) == (rows, 18)
    assert peak < MOST_MIB


def test_many_rows_that_are_read_record_by_record(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    _write(spool, 200_000)
    with spool.open("a") as file:
        file.write("short,row\n")
    found, columns, peak = _landed(tmp_path, spool)
    assert (found, columns) == (200_001, 18)
    assert peak < MOST_MIB


def test_258_columns(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    cells = [
        f"{n}.25" if n % 3 == 0 else f"0{n % 9 + 1}/15/2026 05:05:00 PM" if n % 3 == 1 else "w" * n for n in range(258)
    ]
    with spool.open("w") as file:
        file.write(",".join(f"column {n}" for n in range(258)) + "\n")
        for n in range(25_000):
            file.write(",".join(cells[n % 258 :] + cells[: n % 258] if n % 7 == 0 else cells) + "\n")
    found, columns, peak = _landed(tmp_path, spool)
    assert (found, columns) == (25_000, 258)
    assert peak < MOST_MIB


def test_long_cells(tmp_path: Path) -> None:
    """Outlines of 1 MiB each, in lines that are read record by record."""
    spool = tmp_path / "spool"
    outline = "POLYGON ((" + "-85.123456789 35.123456789, " * 38_000 + "-85 35))"
    with spool.open("w") as file:
        file.write("n,outline,other\n")
        for n in range(300):
            file.write(f'{n},"{outline}","{outline}"\n')
    found, columns, peak = _landed(tmp_path, spool)
    assert (found, columns) == (300, 3)
    assert peak < MOST_MIB + 100  # a record of 2 MiB is held several times on its way
