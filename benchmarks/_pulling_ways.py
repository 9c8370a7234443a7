"""The ways to pull a table into typed Parquet, each a process of its own.

    python -m benchmarks._pulling_ways WAY ADDRESS FOLDER

WAY is `civicgauge` or `sodapy`. Leaves Parquet in FOLDER. `python -m benchmarks._pulling_ways facts FOLDER` says what
Parquet in FOLDER holds, so that ways can be held against one another.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks._table import DATASET, FIELDS

PAGE = 50_000  # the most that every version of the API gives; sodapy's own 1,000 would make it slower
NUMBERS = ("priority", "ward", "council_district", "latitude", "longitude", "estimated_cost")
DATES = tuple(field.name for field in FIELDS if field.datatype == "calendar_date")


def civicgauge(address: str, folder: Path) -> None:
    """What the pull stage does with a Socrata table: the view, the export, the count, the view again; then landing."""
    from civicgauge.city import Portal
    from civicgauge.landed import RowSource
    from civicgauge.portals import reader
    from civicgauge.rows.landing import land_table
    from civicgauge.web import Web

    portal = Portal(kind="socrata", url=address)
    url = f"{address}/api/views/{DATASET}/rows.csv?accessType=DOWNLOAD"
    source = RowSource(DATASET, DATASET, None, "export", url, declared_format="csv")
    spool, socrata = folder / "spool", reader("socrata")
    with Web(user_agent="benchmark", allow_private_hosts=True, requests_per_second=1000) as web:
        peek = socrata.peek(web, portal, source)
        fetched = socrata.fetch(web, portal, source, peek, None, spool)
    landed = land_table(
        spool, promised=fetched.peek.columns, format_hint=fetched.format_id, file_name="rows.csv",
        target=folder / "rows.parquet", work=folder,
    )  # fmt: skip
    print(json.dumps({"rows": landed.rows_count, "notes": [*fetched.notes, *landed.notes]}))


def sodapy(address: str, folder: Path) -> None:
    """What a user writes: `get_all` into a frame, columns made numbers and dates, `to_parquet`."""
    import pandas as pd
    from requests.adapters import HTTPAdapter
    from sodapy import Socrata

    adapter = {"prefix": "http://", "adapter": HTTPAdapter()}
    with Socrata(address.removeprefix("http://"), "none", session_adapter=adapter, timeout=300) as client:
        frame = pd.DataFrame.from_records(client.get_all(DATASET, order=":id", limit=PAGE))
    for name in ("case_number", *NUMBERS):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name], errors="coerce", format="%Y-%m-%dT%H:%M:%S.%f")
    frame["is_duplicate"] = frame["is_duplicate"].astype("boolean")
    frame.to_parquet(folder / "rows.parquet", compression="zstd", index=False)
    print(json.dumps({"rows": len(frame)}))


def facts(folder: Path) -> dict[str, object]:
    """Rows, and for each typed column how many values there are and what they come to."""
    import duckdb

    files = f"read_parquet('{folder}/**/*.parquet', union_by_name=true)"
    sums = [f"sum({n})" for n in NUMBERS] + [f"sum(epoch({n}))" for n in DATES]
    counted = [f"count({n})" for n in (*NUMBERS, *DATES)]
    with duckdb.connect() as link:
        asked = f"SELECT count(*), {', '.join(counted + sums)}, count(*) FILTER (is_duplicate) FROM {files}"
        row = link.execute(asked).fetchone()
    assert row is not None
    names = ["rows", *counted, *sums, "duplicates"]
    return {n: round(v, 2) if isinstance(v, float) else v for n, v in zip(names, row, strict=True)}


if __name__ == "__main__":
    if sys.argv[1] == "facts":
        print(json.dumps(facts(Path(sys.argv[2]))))
    else:
        {"civicgauge": civicgauge, "sodapy": sodapy}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
