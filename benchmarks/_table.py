"""A table of city service requests in twenty mixed columns, the same for everyone who makes it.

    python -m benchmarks._table ROWS FOLDER

Writes what a Socrata portal serves of it: `rows.csv`, the bulk export (headers for people, US dates, a place as WKT);
`rows.jsonl`, the rows as the API gives them (numbers and dates as text, no nulls), with `rows.index`, the place of
every thousandth; `view.json` and `entry.json`, what the portal says of the dataset. About a tenth of the cells is
empty, one description in a hundred has two lines, and some forty values are wrong, whatever the number of rows.
"""

from __future__ import annotations

import json
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATASET = "bnch-0001"
TITLE = "Service requests"
UPDATED = 1_767_225_600  # what the view says of its rows: 2026-01-01
BLOCK = 1_000  # rows between two places of the index

STATUSES = ("Open", "Closed", "In Progress", "Cancelled", "Duplicate")
SOURCES = ("Phone", "Web", "Mobile App", "Walk-in", "Email")
DEPARTMENTS = (
    *("Streets & Sanitation", "Transportation", "Water Management", "Animal Care and Control", "Public Health"),
    *("Buildings", "Parks, Trees and Open Spaces", "Police", "Fire", "Finance", "Housing", "Cultural Affairs"),
)
REQUEST_TYPES = tuple(
    f"{what} {kind}"
    for what in ("Street Light", "Traffic Signal", "Sidewalk", "Alley", "Garbage Cart", "Tree", "Water Main", "Sewer")
    for kind in ("Out", "Repair", "Inspection Request", "Damage Complaint", 'Replacement, Not "Routine"')
)
_WORDS = (
    *("caller", "reports", "large", "pothole", "near", "corner", "light", "has", "been", "out", "since", "last"),
    *("week", "water", "running", "into", "alley", "behind", "building", "crew", "visited", "site", "no", "access"),
    *("follow", "up", "needed", "résident", "asks", "for", "call", "back"),
)
_STREETS = (
    "Main St",
    "Oak Ave",
    "Maple Blvd",
    "Martin Luther King Dr",
    "Lake Shore Dr",
    "Niño Way",
    "1st St",
    "Elm Ct",
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the API and above the export, Socrata's type, and the SQL of its value (`i`: the row)."""

    name: str
    header: str
    datatype: str
    sql: str


def _list(values: tuple[str, ...]) -> str:
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def _pick(values: tuple[str, ...], salt: int) -> str:
    return f"{_list(values)}[1 + chance(i, {salt}) % {len(values)}]"


def _some(sql: str, salt: int, percent: int = 12) -> str:
    """The value, or nothing in so many rows of a hundred."""
    return f"CASE WHEN chance(i, {salt}) % 100 >= {percent} THEN {sql} END"


def _told() -> str:
    """A sentence or two: thirty words and a number, in one row of a hundred on two lines."""
    words = " || ' ' || ".join(_pick(_WORDS, 100 + n) for n in range(30))
    line = "CASE WHEN i % 100 = 3 THEN chr(10) ELSE '; ' END"
    return f"{words} || {line} || 'ref. ' || chance(i, 150)"


_MINUTES = "chance(i, 3) % 4200000"  # eight years
FIELDS = (
    Field("request_id", "Service Request ID", "text", "'SR' || lpad(CAST(i AS VARCHAR), 9, '0')"),
    Field("case_number", "Case Number", "number", "CAST(100000 + i AS VARCHAR)"),
    Field("created_date", "Created Date", "calendar_date", f"opened({_MINUTES})"),
    Field("closed_date", "Closed Date", "calendar_date", _some(f"opened({_MINUTES} + chance(i, 4) % 40000)", 5, 20)),
    Field("due_date", "Due Date", "calendar_date", _some(f"opened({_MINUTES} + 20160)", 6)),
    Field("status", "Status", "text", _pick(STATUSES, 7)),
    Field("request_type", "Type of Service Request", "text", _pick(REQUEST_TYPES, 8)),
    Field("department", "Owner Department", "text", _some(_pick(DEPARTMENTS, 9), 10)),
    Field("source", "Method Received", "text", _some(_pick(SOURCES, 11), 12)),
    Field("priority", "Priority", "number", _some("CAST(1 + chance(i, 13) % 5 AS VARCHAR)", 14)),
    Field("description", "Description", "text", _some(_told(), 15)),
    Field(
        "street_address", "Street Address", "text", _some(f"(chance(i, 16) % 9900) || ' ' || {_pick(_STREETS, 17)}", 18)
    ),
    Field("zip_code", "ZIP Code", "text", _some("'60' || lpad(CAST(chance(i, 19) % 700 AS VARCHAR), 3, '0')", 20)),
    Field("ward", "Ward", "number", _some("CAST(1 + chance(i, 21) % 50 AS VARCHAR)", 22)),
    Field("council_district", "Council District", "number", _some("CAST(1 + chance(i, 23) % 12 AS VARCHAR)", 24)),
    Field("latitude", "Latitude", "number", _some("degrees(41, 6400000, i, 25)", 27)),
    Field("longitude", "Longitude", "number", _some("'-' || degrees(87, 5200000, i, 26)", 27)),
    Field("estimated_cost", "Estimated Cost", "number", _some("CAST(chance(i, 28) % 500000 / 100 AS VARCHAR)", 29)),
    Field(
        "is_duplicate",
        "Is Duplicate",
        "checkbox",
        _some("CASE chance(i, 30) % 9 WHEN 0 THEN 'true' ELSE 'false' END", 31),
    ),
    Field("location", "Location", "point", "'POINT (' || longitude || ' ' || latitude || ')'"),
)
"""Each value as text, nulls where there is none. `location` speaks of two columns before it."""

# What stands where: text among numbers, days that no calendar has, numbers and times that cannot be.
_WRONG = {
    "ward": "N/A",
    "closed_date": "2023-02-30T09:15:00.000",
    "estimated_cost": "see notes",
    "priority": "high",
    "due_date": "2019-01-01T00:00:00.000",
    "latitude": "0",
    "zip_code": "6o614",
    "status": "Pending review",
}

_MACROS = """
CREATE MACRO stirred(x) AS xor(x, x >> 16) * 73244475 % 4294967296;
CREATE MACRO chance(i, salt) AS stirred(stirred(stirred(i * 256 + salt)));
CREATE MACRO opened(minutes) AS
  strftime(TIMESTAMP '2018-01-01' + to_minutes(CAST(minutes AS BIGINT)), '%Y-%m-%dT%H:%M:%S.000');
CREATE MACRO degrees(whole, part, i, salt) AS
  whole || '.' || lpad(CAST(part + chance(i, salt) % 3500000 AS VARCHAR), 7, '0');
CREATE MACRO for_people(t) AS coalesce(strftime(try_strptime(t, '%Y-%m-%dT%H:%M:%S.%g'), '%m/%d/%Y %I:%M:%S %p'),
  regexp_replace(t, '^(\\d{4})-(\\d\\d)-(\\d\\d)T.*', '\\2/\\3/\\1 09:15:00 AM'));
"""


def make(rows: int, folder: Path, *, for_api: bool = True) -> None:
    """Write the table of so many rows into `folder`; without `rows.jsonl` where it is not `for_api`."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as link:
        link.execute("SET threads=2; SET memory_limit='1GB'; SET enable_progress_bar=false;" + _MACROS)
        link.execute(f"SET temp_directory='{folder / 'spill'}'")
        link.execute(f"CREATE VIEW told AS {_rows_sql(rows)}")
        headers = ", ".join(f'{_for_export(field)} AS "{field.header}"' for field in FIELDS)
        link.execute(f"COPY (SELECT {headers} FROM told) TO '{folder / 'rows.csv'}' (HEADER, DELIMITER ',')")
        if for_api:
            _write_api(link, folder)
    (folder / "view.json").write_text(json.dumps(view()), encoding="utf-8")
    (folder / "entry.json").write_text(json.dumps(entry()), encoding="utf-8")
    (folder / "count").write_text(str(rows), encoding="utf-8")


def _rows_sql(rows: int) -> str:
    step = max(40, rows * len(_WRONG) // 40)  # about forty wrong values in all
    step += step % 2 == 0
    values = [f"{field.sql} AS {field.name}" for field in FIELDS[:-1]]
    wrong = {name: f"i % {step} = {7 + 5 * number}" for number, name in enumerate(_WRONG)}
    mended = ", ".join(
        f"CASE WHEN {when} THEN '{_WRONG[name]}' ELSE {name} END AS {name}" for name, when in wrong.items()
    )
    right = f"SELECT i, {', '.join(values)} FROM range({rows}) AS t(i)"
    placed = f"SELECT *, {FIELDS[-1].sql} AS location FROM ({right})"
    return f"SELECT * REPLACE ({mended}) FROM ({placed})"


def _for_export(field: Field) -> str:
    return f"for_people({field.name})" if field.datatype == "calendar_date" else field.name


def _write_api(link: Any, folder: Path) -> None:
    """One object to a line, without its nulls, and where every thousandth line begins."""
    as_api = {
        "location": "CASE WHEN location IS NOT NULL THEN struct_pack(type := 'Point',"
        " coordinates := [CAST(longitude AS DOUBLE), TRY_CAST(latitude AS DOUBLE)]) END",
        "is_duplicate": "CAST(is_duplicate AS BOOLEAN)",
    }
    packed = ", ".join(f"{field.name} := {as_api.get(field.name, field.name)}" for field in FIELDS)
    query = f"SELECT CAST(json_merge_patch('{{}}', to_json(struct_pack({packed}))) AS VARCHAR) FROM told"
    result, places = link.execute(query), array("Q", [0])
    with (folder / "rows.jsonl").open("wb") as file:
        while block := result.fetchmany(BLOCK):
            file.write(b",\n".join(row[0].encode() for row in block) + b",\n")
            places.append(file.tell())
    (folder / "rows.index").write_bytes(places.tobytes())


def view() -> dict[str, object]:
    """What `/api/views/<id>.json` says."""
    columns = [
        {"id": n, "name": f.header, "fieldName": f.name, "dataTypeName": f.datatype, "position": n}
        for n, f in enumerate(FIELDS, 1)
    ]
    told = {"id": DATASET, "name": TITLE, "assetType": "dataset", "columns": columns, "rowIdentifierColumnId": 1}
    return {**told, "rowsUpdatedAt": UPDATED, "viewLastModified": UPDATED, "viewType": "tabular"}


def entry() -> dict[str, object]:
    """What the catalogue says."""
    moment = "2026-01-01T00:00:00.000Z"
    resource = {
        "id": DATASET,
        "name": TITLE,
        "type": "dataset",
        "lens_view_type": "tabular",
        "updatedAt": moment,
        "createdAt": moment,
        "metadata_updated_at": moment,
        "data_updated_at": moment,
        "columns_name": [field.header for field in FIELDS],
        "columns_field_name": [field.name for field in FIELDS],
        "columns_datatype": [field.datatype for field in FIELDS],
        "columns_description": ["" for _ in FIELDS],
    }
    return {"resource": resource, "classification": {}, "metadata": {}, "permalink": f"https://example.org/d/{DATASET}"}


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]), for_api="--export-only" not in sys.argv)
