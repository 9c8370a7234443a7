"""The shipped checks on families, on rows: they speak of roles that the family has, and find what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from civicgauge.landed import ColumnType, LandedColumn, LandedTable, Statistic
from civicgauge.landed_tables import LANDED_TABLES
from civicgauge.landing.tables import SCHEMAS
from civicgauge.model import CheckResult
from civicgauge.quality.cases import DEFAULTS
from civicgauge.quality.checks import load_checks
from civicgauge.quality.form import Check
from civicgauge.quality.judge import judge
from civicgauge.quality.measures import row_statistics
from civicgauge.rows.failing import failing_rows
from civicgauge.rows.meaning import families, missing_roles, resolve
from civicgauge.rows.profile import profile
from civicgauge.settings import shipped
from tests.rows.styles import STYLES, column

CHECKS = {
    check.id: check
    for check in load_checks(shipped("expectations"), {n: frozenset(s.names) for n, s in SCHEMAS.items()})
    if check.family is not None
}
_SQL: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "number": "DOUBLE",
    "money": "DOUBLE",
    "date": "DATE",
    "date_time": "TIMESTAMP",
    "instant": "TIMESTAMPTZ",
    "point": "STRUCT(lon DOUBLE, lat DOUBLE)",
}
_ROLE = re.compile(r"\{([a-z_]+)(?:\.text)?\}")

# Roles of a family with the types that stand in the tables below, and a sound row.
TABLES: dict[str, dict[str, tuple[ColumnType, str]]] = {
    "service_requests": {
        "Request Number": ("text", "17-1"),
        "Opened": ("date_time", "2026-03-01 09:00:00"),
        "Closed": ("date", "2026-03-01"),
        "Request Type": ("text", "Pothole"),
        "Status": ("text", "Closed"),
        "Ward": ("text", "4"),
    },
    "building_permits": {
        "Permit Number": ("text", "B-1"),
        "Applied Date": ("date", "2026-03-01"),
        "Issued Date": ("instant", "2026-03-09 00:00:00+00"),
        "Expires Date": ("date", "2026-09-09"),
        "Permit Type": ("text", "New"),
        "Project Cost": ("money", "120000"),
        "Address": ("text", "1 Main St"),
    },
    "business_licences": {
        "License Number": ("text", "L-1"),
        "Business Name": ("text", "A Shop"),
        "License Type": ("text", "Retail"),
        "Date Issued": ("date", "2026-01-02"),
        "Start Date": ("date", "2026-01-01"),
        "Expiration Date": ("date", "2026-12-31"),
    },
    "crime_incidents": {
        "Case Number": ("text", "C-1"),
        "Date Occurred": ("date_time", "2026-01-02 23:00:00"),
        "Date Reported": ("date", "2026-01-02"),
        "Offense": ("text", "Theft"),
        "Beat": ("text", "12"),
    },
    "budget": {
        "Fiscal Year": ("text", "2025-26"),
        "Department": ("text", "Parks"),
        "Fund": ("text", "General"),
        "Account": ("text", "Salaries"),
        "Approved Amount": ("money", "-1000"),
    },
    "expenditures": {
        "Vendor": ("text", "A Firm"),
        "Amount": ("money", "100"),
        "Payment Date": ("date", "2025-07-03"),
        "Fiscal Year": ("number", "2026"),
        "Department": ("text", "Parks"),
    },
    "contracts": {
        "Contract Number": ("text", "K-1"),
        "Vendor": ("text", "A Firm"),
        "Award Amount": ("money", "100"),
        "Award Date": ("date", "2026-01-01"),
        "Start Date": ("date", "2026-02-01"),
        "End Date": ("date", "9999-12-31"),
    },
    "employee_salaries": {
        "Job Title": ("text", "Clerk"),
        "Department": ("text", "Parks"),
        "Annual Salary": ("money", "52000"),
        "Hourly Rate": ("money", "25"),
    },
}

# What is planted into one row of four, and the only check that is to find it.
PLANTED: list[tuple[str, dict[str, str | None], str]] = [
    ("service_requests", {"Closed": "2026-02-28"}, "requests_closed_after_opened"),
    ("service_requests", {"Closed": None}, "requests_closed_dated"),
    ("service_requests", {"Ward": " "}, "requests_placed"),
    ("building_permits", {"Applied Date": "2026-04-01"}, "permits_issued_after_applied"),
    ("building_permits", {"Expires Date": "2025-09-09"}, "permits_expire_after_issued"),
    ("building_permits", {"Project Cost": "-5"}, "permits_costs_plausible"),
    ("business_licences", {"Start Date": "2027-01-01"}, "licences_expire_after_start"),
    ("business_licences", {"Date Issued": "2027-06-01"}, "licences_expire_after_issued"),
    ("business_licences", {"Business Name": None}, "licences_named"),
    ("crime_incidents", {"Date Reported": "2025-01-02"}, "crimes_reported_after_occurred"),
    ("crime_incidents", {"Offense": ""}, "crimes_classified"),
    ("crime_incidents", {"Beat": None}, "crimes_located"),
    ("budget", {"Fiscal Year": "20023"}, "budget_years_plausible"),
    ("budget", {"Department": None}, "budget_departments_named"),
    ("budget", {"Approved Amount": "9e12"}, "budget_amounts_plausible"),
    ("expenditures", {"Vendor": None}, "payments_payees_named"),
    ("expenditures", {"Amount": "3e11"}, "payments_amounts_plausible"),
    ("expenditures", {"Amount": "-3"}, "payments_mostly_positive"),
    ("expenditures", {"Payment Date": "2019-07-03"}, "payments_in_fiscal_year"),
    ("contracts", {"End Date": "2026-01-31"}, "contracts_end_after_start"),
    ("contracts", {"Vendor": None}, "contracts_vendors_named"),
    ("contracts", {"Award Amount": "-1"}, "contracts_amounts_plausible"),
    ("employee_salaries", {"Annual Salary": "-1"}, "salaries_annual_plausible"),
    ("employee_salaries", {"Hourly Rate": "52000"}, "salaries_hourly_plausible"),
    ("employee_salaries", {"Job Title": None}, "salaries_titled"),
]


def judged(folder: Path, family: str, rows: list[dict[str, str | None]], only: list[str]) -> dict[str, CheckResult]:
    """The results of a family's checks on a table of these columns and received texts."""
    told = {name: kind for name, (kind, _) in TABLES[family].items() if name in only}
    columns = tuple(column(name, kind, at) for at, (name, kind) in enumerate(told.items(), 1))
    _write(folder / "rows.parquet", columns, rows)
    table = LandedTable(columns, len(rows), "csv", "utf-8")
    roles, kind = resolve(families()[family], columns), families()[family]
    checks = [check for check in CHECKS.values() if check.family == family]
    found = profile(folder / "rows.parquet", table, row_statistics(checks), roles)
    assert found.errors == {}
    absent = missing_roles(kind, roles)
    own = {"portal_id": "main", "dataset_id": "d001"}
    landed = dict.fromkeys(LANDED_TABLES.names) | DEFAULTS["landed_tables"] | own
    facts = {"family": family, "roles_missing_count": len(absent), "roles_missing": ", ".join(absent) or None}
    dataset = dict.fromkeys(SCHEMAS["datasets"].names) | DEFAULTS["datasets"] | own
    shown = {"resource_id": "d001", "rows_count": len(rows)}
    results = judge(checks, {"datasets": [dataset], "landed_tables": [landed | shown | facts | found.table]})
    return {result.check_id: result for result in results}


def _write(path: Path, columns: tuple[LandedColumn, ...], rows: list[dict[str, str | None]]) -> None:
    """Typed columns with the received texts beside them."""
    texts = [[row[c.name] for c in columns] for row in rows]
    picked = []
    for at, c in enumerate(columns):
        picked.append(f'TRY_CAST(c{at} AS {_SQL[c.type]}) AS "{c.name}"')
        picked += [f'c{at} AS "{c.received_name}"'] if c.received_name != c.name else []
    with duckdb.connect() as link:
        link.execute("SET TimeZone='UTC'")
        link.execute(f"CREATE TABLE t ({', '.join(f'c{at} VARCHAR' for at in range(len(columns)))})")
        if texts:
            link.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(columns))})", texts)
        link.execute(f"COPY (SELECT {', '.join(picked)} FROM t) TO '{path}' (FORMAT parquet)")


def sound(family: str, count: int = 4) -> list[dict[str, str | None]]:
    return [{name: text for name, (_, text) in TABLES[family].items()} for _ in range(count)]


def test_each_family_has_the_check_on_its_columns_and_another() -> None:
    of = {name: {c.id for c in CHECKS.values() if c.family == name} for name in families()}
    assert all(f"{name}_columns" in ids and len(ids) >= 3 for name, ids in of.items())


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_checks_speak_of_roles_that_their_family_has(check: Check) -> None:
    texts = [*(measure.sql for measure in check.statistics.values()), check.failing_rows or ""]
    assert {role for text in texts for role in _ROLE.findall(text)} <= set(families()[str(check.family)].roles)


@pytest.mark.parametrize("family", TABLES)
def test_sound_rows_pass_every_check(tmp_path: Path, family: str) -> None:
    results = judged(tmp_path, family, sound(family), list(TABLES[family]))
    assert {id_: str(r.outcome) for id_, r in results.items()} == dict.fromkeys(results, "passed")


@pytest.mark.parametrize(("family", "change", "id_"), PLANTED, ids=[id_ for _, _, id_ in PLANTED])
def test_what_is_planted_is_found_by_its_check_alone(
    tmp_path: Path, family: str, change: dict[str, str | None], id_: str
) -> None:
    rows = [*sound(family, 3), *(row | change for row in sound(family, 1))]
    results = judged(tmp_path, family, rows, list(TABLES[family]))
    assert [i for i, r in results.items() if r.outcome == "failed"] == [id_]
    assert {str(r.outcome) for r in results.values()} == {"passed", "failed"}
    columns = tuple(column(name, kind, at) for at, (name, (kind, _)) in enumerate(TABLES[family].items(), 1))
    table, predicate = LandedTable(columns, 4, "csv", "utf-8"), CHECKS[id_].failing_rows
    assert predicate is not None
    roles = resolve(families()[family], columns)
    found = failing_rows(tmp_path / "rows.parquet", table, Statistic(id_, "table", predicate), roles, None)
    assert found == {"": ["row 4"]}


def test_every_check_but_those_on_columns_has_something_planted() -> None:
    assert {id_ for _, _, id_ in PLANTED} == {id_ for id_ in CHECKS if not id_.endswith("_columns")}


@pytest.mark.parametrize("family", TABLES)
def test_an_empty_table_is_no_evidence(tmp_path: Path, family: str) -> None:
    results = judged(tmp_path, family, [], list(TABLES[family]))
    results.pop(f"{family}_columns")
    assert {str(r.outcome) for r in results.values()} == {"not_applicable"}


@pytest.mark.parametrize("family", TABLES)
def test_without_its_columns_a_table_fails_in_one_place_alone(tmp_path: Path, family: str) -> None:
    results = judged(tmp_path, family, sound(family), list(TABLES[family])[:1])
    failed = results.pop(f"{family}_columns")
    assert str(failed.outcome) == "failed"
    assert "missing: " in (failed.observed or "")
    assert {str(r.outcome) for r in results.values()} <= {"not_applicable", "unknown", "passed"}


def test_the_tables_here_are_as_their_families_say() -> None:
    for family, told in TABLES.items():
        columns = [column(name, kind, at) for at, (name, (kind, _)) in enumerate(told.items(), 1)]
        assert missing_roles(families()[family], resolve(families()[family], columns)) == ()
    assert {family for family, _ in STYLES} == set(TABLES)
