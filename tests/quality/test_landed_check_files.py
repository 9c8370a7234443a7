"""Check files on landed rows: statistics, derived numbers, families, private findings, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quality.samples import CATALOG, COLUMNS, ROWS
from tests.quality.test_check_files import problems, write

from civicgauge.landed import Statistic
from civicgauge.quality.cases import wrong_cases
from civicgauge.quality.checks import load_checks
from civicgauge.quality.measures import row_statistics

TABLE = """\
id: closed_after_opened
version: 1
table: landed_tables
family: service_requests
severity: warning
title: Requests are closed after they are opened
question: Is no request closed before it was opened?
why: A request that ends before it begins spoils every average.
fix:
  socrata: [Look at both dates., Correct the wrong one.]
  ckan: [Look at both dates., Correct the wrong one.]
serves:
  - {standard: Our own, criterion: order of dates, source: the staff handbook}
statistics:
  too_early_count: {sql: "count(*) FILTER (WHERE {closed_at} < {opened_at})"}
derived:
  too_early_share: too_early_count / rows_count
needs:
  - {column: too_early_count, otherwise: dates_not_found}
expectation:
  type: expect_column_values_to_be_between
  kwargs: {column: too_early_share, max_value: 0.01}
observed: "{failed_count} of {checked_count} {checked_count|table|tables} with requests that end before they begin"
detail: "{too_early_count} of {rows_count} rows"
expected: at most one in a hundred
failing_rows: "{closed_at} < {opened_at}"
cases:
  passed: [{too_early_count: 1, rows_count: 100}]
  failed: [{too_early_count: 2, rows_count: 100}]
  unknown:
    - {too_early_count: null, rows_count: 100}
    - {is_landed: false, unread_reason: rows_not_read}
  not_applicable:
    - {too_early_count: 9, rows_count: 100, family: contracts}
    - {too_early_count: 9, rows_count: 100, family: null}
"""
COLUMN = (
    TABLE.replace("id: closed_after_opened", "id: ward_of_two_digits")
    .replace("table: landed_tables\nfamily: service_requests\n", "table: landed_columns\n")
    .replace(
        '{sql: "count(*) FILTER (WHERE {closed_at} < {opened_at})"}',
        "{sql: \"count(*) FILTER (WHERE NOT regexp_matches({text}, '^[0-9]{2}$'))\", types: [text, number]}",
    )
    .replace('failing_rows: "{closed_at} < {opened_at}"', "failing_rows: \"NOT regexp_matches({text}, '^[0-9]{2}$')\"")
    .replace("{is_landed: false", "{landed: {is_landed: false")
    .replace("rows_not_read}", "rows_not_read}}")
    .replace(", family: contracts", ", type: date")
    .replace(", family: null", ", type: point")
)


def test_a_check_on_tables_of_a_family_needs_no_python(tmp_path: Path) -> None:
    write(tmp_path, "closed_after_opened", TABLE)
    checks = load_checks(tmp_path, COLUMNS)
    assert wrong_cases(checks, COLUMNS) == []
    sql = "count(*) FILTER (WHERE {closed_at} < {opened_at})"
    assert row_statistics(checks) == (Statistic("too_early_count", "table", sql),)


def test_a_check_on_columns_is_asked_of_its_types_and_may_repeat_in_a_pattern(tmp_path: Path) -> None:
    write(tmp_path, "ward_of_two_digits", COLUMN)
    write(tmp_path, "closed_after_opened", TABLE)
    checks = load_checks(tmp_path, COLUMNS)
    assert wrong_cases(checks, COLUMNS) == []
    assert [(s.of, s.types) for s in row_statistics(checks)] == [("table", ()), ("column", ("text", "number"))]


def test_callers_need_not_name_the_landed_tables() -> None:
    catalogue = {name: COLUMNS[name] for name in ("datasets", "resources", "columns")}
    assert load_checks(ROWS, catalogue) == load_checks(ROWS, COLUMNS)
    assert wrong_cases(load_checks(ROWS, catalogue)[:2], catalogue) == []


def test_statistics_that_two_files_share_are_computed_once(tmp_path: Path) -> None:
    write(tmp_path, "first", TABLE.replace("id: closed_after_opened", "id: first"))
    write(tmp_path, "second", TABLE.replace("id: closed_after_opened", "id: second"))
    assert len(row_statistics(load_checks(tmp_path, COLUMNS))) == 1


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("{closed_at} < {opened_at})", "{closed_at} <= {opened_at})", "15:20"),
        ("too_early_count / rows_count", "too_early_count / (rows_count + 1)", "17:20"),
    ],
)
def test_one_name_has_one_meaning_in_all_files(tmp_path: Path, old: str, new: str, place: str) -> None:
    write(tmp_path, "first", TABLE.replace("id: closed_after_opened", "id: first"))
    write(tmp_path, "second", TABLE.replace("id: closed_after_opened", "id: second").replace(old, new))
    (told,) = problems(tmp_path)
    assert told.startswith(f"second.yml:{place}: ")
    assert f"is also in first.yml:{place}, with another meaning" in told


def test_the_same_name_may_mean_other_things_of_tables_and_of_columns(tmp_path: Path) -> None:
    write(tmp_path, "closed_after_opened", TABLE)
    write(tmp_path, "ward_of_two_digits", COLUMN)
    assert [s.name for s in row_statistics(load_checks(tmp_path, COLUMNS))] == ["too_early_count"] * 2


WRONG = [
    (TABLE, "too_early_count: {sql", "rows_count: {sql", "is a column of landed_tables already"),
    (TABLE, "too_early_share: too", "title: too", "is a column of landed_tables already"),
    (TABLE, "too_early_share: too", "too_early_count: too", "is a statistic too"),
    (TABLE, "too_early_count / rows_count", "too_early_count / row_count", "did you mean 'rows_count'"),
    (TABLE, "too_early_count / rows_count", "too_early_count // rows_count", "too_early_share cannot hold"),
    (TABLE, "too_early_count / rows_count", "__import__('os')", "cannot hold"),
    (TABLE, "too_early_count / rows_count", "2 + 2", "names no column"),
    (TABLE, "too_early_count / rows_count", "too_early_count +", "cannot be read as arithmetic"),
    (TABLE, "column: too_early_share", "column: too_late_share", "did you mean 'too_early_share'"),
    (TABLE, 'detail: "{too_early_count}', 'detail: "{early_count}', "is no column of landed_tables"),
    (TABLE, "passed: [{too_early_count: 1,", "passed: [{too_early_share: 0.1,", "is derived"),
    (TABLE, 'observed: "{failed_count}', 'observed: "{rows_count}', "cannot stand in a text of a check on parts"),
    (TABLE, "{closed_at} <", "{Closed At} <", "{Closed At} is no placeholder"),
    (TABLE, "{closed_at} <", "{column} <", "{column} has no meaning in a check on landed_tables"),
    (TABLE, "{opened_at})", "{opened_at}); DROP TABLE landed", "without a semicolon"),
    (TABLE, "family: service_requests\n", "", "is the role of a column"),
    (TABLE, '{opened_at})"}', '{opened_at})", types: [date]}', "types: belong to checks on landed_columns"),
    (TABLE, "severity: warning", "severity: warning\nprivate: true", 'has to say "may contain"'),
    (TABLE, "severity: warning", "severity: warning\nprivate: yes please", "private"),
    (COLUMN, "severity: warning", "severity: warning\nprivate: true", "points to no row"),
    (COLUMN, "types: [text, number]", "types: [texts]", "types"),
    (COLUMN, "NOT regexp_matches({text}, '^[0-9]{2}$'))\"", 'true)"', "the same for every column"),
    (COLUMN, "{text}", "{text.text}", "has no meaning"),
    (TABLE, "{closed_at} <", "{filled} <", "{filled} has no meaning in a check on landed_tables"),
    (COLUMN, "{landed: {is_landed", "{landed: {is_land", "did you mean 'is_landed'"),
    (TABLE, "table: landed_tables", "table: datasets", "family: belongs to checks on landed_tables"),
    (
        TABLE,
        "needs:",
        "parts_missing: {when: [{column: kind, in: [x]}], outcome: unknown, reason: x}\nneeds:",
        "resour",
    ),
    (
        TABLE,
        "{column: too_early_count, oth",
        "{column: too_early_count, at_least: 3, in: [3], oth",
        "a list, bounds or",
    ),
    (TABLE, "{column: too_early_count, oth", "{column: too_early_count, matches: '(', oth", "no regular expression"),
    (TABLE, "{column: too_early_count, oth", "{column: too_early_count, at_least: many, oth", "at_least"),
]


@pytest.mark.parametrize(("text", "old", "new", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_one_thing_wrong(tmp_path: Path, text: str, old: str, new: str, words: str) -> None:
    assert old in text
    name = text.split("\n", 1)[0].removeprefix("id: ")
    write(tmp_path, name, text.replace(old, new, 1))
    found = problems(tmp_path)
    assert any(words in problem for problem in found), found


def test_two_statistics_without_a_type_in_common_can_be_asked_of_no_column(tmp_path: Path) -> None:
    more = 'statistics:\n  dated: {sql: "max({column})", types: [date]}\n'
    write(tmp_path, "ward_of_two_digits", COLUMN.replace("statistics:\n", more))
    assert any("no type of column is among the types of all of them" in problem for problem in problems(tmp_path))


def test_a_case_without_a_table_is_reported(tmp_path: Path) -> None:
    case = "passed: [{dataset: {kind: table}, parts: []}]"
    write(tmp_path, "closed_after_opened", TABLE.replace("passed: [{too_early_count: 1, rows_count: 100}]", case))
    wrong = wrong_cases(load_checks(tmp_path, COLUMNS), COLUMNS)
    assert wrong == ["closed_after_opened: case 1 of passed came to no result; it has no row in landed_tables"]


def test_checks_of_the_catalogue_are_as_they_were() -> None:
    checks = load_checks(CATALOG, COLUMNS)
    assert not any(check.is_landed or check.private for check in checks)
    assert row_statistics(checks) == ()
