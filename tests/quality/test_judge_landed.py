"""Judging landed tables: whose rows have not landed, several resources in a dataset, one run for all portals."""

from __future__ import annotations

from typing import Any

import pytest
from tests.quality.samples import between, check, dataset, in_set, landed, landed_column, outcomes, part

from civicgauge.errors import CivicgaugeError
from civicgauge.model import CheckResult
from civicgauge.quality import engine
from civicgauge.quality.form import Check
from civicgauge.quality.judge import judge

FILLED = between("filled_count", 1, table="landed_columns", detail="{filled_count} of {rows_count}")
ROWS = between("rows_count", 10, table="landed_tables", detail="{rows_count} {rows_count|row|rows}")


def judged(one: Check, tables: list[Any], columns: list[Any] | None = None, **more: Any) -> list[CheckResult]:
    rows = more.pop("datasets", None) or [dataset(n) for n in range(1, 6)]
    return judge([one], {"datasets": rows, "landed_tables": tables, "landed_columns": columns or [], **more})


# ---------------------------------------------------------------- which datasets, and what has not landed


def test_only_chosen_datasets_have_results() -> None:
    assert [r.dataset_id for r in judged(ROWS, [landed(2, rows_count=40), landed(4, rows_count=4)])] == ["d002", "d004"]
    assert judged(ROWS, []) == []
    assert judge([ROWS, FILLED], {"datasets": [dataset()]}) == []


def test_checks_on_the_catalogue_do_not_look_at_landed_tables() -> None:
    results = judge([in_set("kind", ["table"])], {"datasets": [dataset(1), dataset(2)], "landed_tables": [landed(1)]})
    assert outcomes(results) == ["passed", "passed"]


@pytest.mark.parametrize("one", [ROWS, FILLED])
def test_rows_that_have_not_landed_are_unknown_for_their_own_reason(one: Check) -> None:
    tables = [
        landed(1, is_landed=False, unread_reason="rows_unreadable"),
        landed(2, is_landed=False),
        landed(3, is_landed=None, unread_reason="rows_not_read"),
    ]
    assert [(str(r.outcome), r.reason, r.checked_count) for r in judged(one, tables)] == [
        ("unknown", "rows_unreadable", 0),
        ("unknown", "not_landed", 0),
        ("unknown", "rows_not_read", 0),
    ]


@pytest.mark.parametrize("one", [ROWS, FILLED])
def test_what_the_catalogue_says_of_the_dataset_comes_first(one: Check) -> None:
    datasets = [dataset(2, is_observed=False)]
    tables = [landed(n, rows_count=40) for n in (2, 3)]
    columns = [landed_column("ward", n, filled_count=0) for n in (2, 3)]
    assert [(str(r.outcome), r.reason) for r in judged(one, tables, columns, datasets=datasets)] == [
        ("unknown", "portal_not_read"),
        ("unknown", "not_in_catalogue"),
    ]


def test_a_chosen_dataset_is_judged_whether_or_not_it_counts() -> None:
    found = judged(ROWS, [landed(rows_count=40)], [], datasets=[dataset(1, is_counted=False)])
    assert [str(r.outcome) for r in found] == ["passed"]


def test_a_landed_table_without_columns_has_no_parts() -> None:
    assert [(str(r.outcome), r.reason) for r in judged(FILLED, [landed(rows_count=0)])] == [
        ("not_applicable", "no_parts")
    ]


# ---------------------------------------------------------------- several resources, words


def test_the_tables_of_a_dataset_come_to_one_result() -> None:
    tables = [
        landed(1, resource_id="a", title="Stops", rows_count=3),
        landed(1, resource_id="b", title="Routes", rows_count=40),
        landed(1, resource_id="c", title="Trips", is_landed=False, unread_reason="rows_not_read"),
        landed(2, resource_id="a", title="Stops", rows_count=30),
        landed(2, resource_id="b", title="Trips", is_landed=False, unread_reason="rows_not_read"),
    ]
    one = ROWS.model_copy(update={"observed": "{failed_count} of {checked_count} small"})
    found = [(str(r.outcome), r.observed, r.reason) for r in judged(one, tables)]
    assert found == [("failed", "1 of 2 small: Stops (3 rows)", None), ("unknown", None, "rows_not_read")]


def test_of_a_single_table_the_detail_is_all_that_is_said() -> None:
    assert [r.observed for r in judged(ROWS, [landed(1, rows_count=40), landed(2, rows_count=1)])] == [
        "40 rows",
        "1 row",
    ]


def test_a_column_of_an_unread_resource_makes_the_dataset_unknown_unless_another_fails() -> None:
    tables = [landed(n, resource_id=r, is_landed=r == "a") for n in (1, 2) for r in "ab"]
    columns = [
        landed_column("ward", 1, resource_id="a", filled_count=9, rows_count=9),
        landed_column("ward", 2, resource_id="a", filled_count=0, rows_count=9),
    ]
    found = [(str(r.outcome), r.observed, r.checked_count) for r in judged(FILLED, tables, columns)]
    assert found == [("unknown", None, 1), ("failed", "as seen: ward (0 of 9)", 1)]


def test_tables_and_columns_that_do_not_fit_together_are_a_fault_of_ours() -> None:
    with pytest.raises(CivicgaugeError, match="landed_tables: 1 rows repeat a resource"):
        judged(ROWS, [landed(1), landed(1)])
    with pytest.raises(CivicgaugeError, match="landed_columns: 1 resources are not in landed_tables"):
        judged(FILLED, [landed(1)], [landed_column("ward", 1, resource_id="other")])


# ---------------------------------------------------------------- family, types, derived, private


def test_a_check_of_a_family_speaks_of_its_tables_only() -> None:
    tables = [
        landed(1, family="crime", rows_count=1),
        landed(2, family="budget", rows_count=1),
        landed(3, rows_count=1),
        landed(4, family="budget", is_landed=False),
        landed(5, family="crime", is_landed=False),
    ]
    expected = [
        ("failed", None),
        ("not_applicable", "other_family"),
        ("not_applicable", "no_family"),
        ("not_applicable", "other_family"),
        ("unknown", "not_landed"),
    ]
    one = ROWS.model_copy(update={"family": "crime"})
    assert [(str(r.outcome), r.reason) for r in judged(one, tables)] == expected
    columns = [
        landed_column("ward", n, filled_count=0, family=family)
        for n, family in ((1, "crime"), (2, "budget"), (3, None))
    ]
    one = FILLED.model_copy(update={"family": "crime"})
    assert [(str(r.outcome), r.reason) for r in judged(one, tables, columns)] == expected


def share(**changes: Any) -> Check:
    """At most a tenth of a column's texts are odd, by a statistic of text and numbers."""
    return check(
        "expect_column_values_to_be_between",
        {"column": "odd_share", "max_value": 0.1},
        table="landed_columns",
        statistics={"odd_count": {"sql": "count(*) FILTER (WHERE {text} = 'odd')", "types": ["text", "number"]}},
        derived={"odd_share": "odd_count / filled_count"},
        **changes,
    )


def test_a_statistic_is_asked_of_its_types_and_missing_ones_are_told() -> None:
    tables = [landed(n) for n in range(1, 6)]
    columns = [
        landed_column("ward", 1, filled_count=10, odd_count=1),
        landed_column("ward", 2, filled_count=10, odd_count=2, type="number"),
        landed_column("ward", 3, filled_count=10, type="date"),
        landed_column("ward", 4, filled_count=10, odd_count=None),
        landed_column("ward", 5, filled_count=10),
    ]
    assert [(str(r.outcome), r.reason) for r in judged(share(), tables, columns)] == [
        ("passed", None),
        ("failed", None),
        ("not_applicable", "other_type"),
        ("unknown", "odd_share_not_known"),
        ("errored", "missing_column:odd_count"),
    ]


@pytest.mark.parametrize("filled", [0, None, "ten", True, float("nan")])
def test_a_derived_number_of_what_is_no_number_is_not_known(filled: object) -> None:
    column = landed_column("ward", filled_count=filled, odd_count=1)
    assert [r.reason for r in judged(share(), [landed()], [column])] == ["odd_share_not_known"]


def test_private_findings_are_marked() -> None:
    personal = check(
        "expect_column_values_to_be_null",
        {"column": "personal_kind"},
        table="landed_columns",
        private=True,
        observed="{failed_count} may contain personal data",
        detail="{personal_kind}",
    )
    columns = [landed_column("home", personal_kind="phone"), landed_column("ward")]
    (result,) = judged(personal, [landed()], columns)
    assert (result.is_private, result.observed) == (True, "1 may contain personal data: home (phone)")
    assert [r.is_private for r in judged(ROWS, [landed(rows_count=40)])] == [False]


# ---------------------------------------------------------------- conditions on numbers and names


def test_bounds_and_patterns_decide_what_a_check_applies_to() -> None:
    ruled = between(
        "filled_count",
        1,
        table="landed_columns",
        applies=[
            {"column": "rows_count", "at_least": 100, "at_most": 999, "otherwise": "odd_size"},
            {"column": "field_name", "matches": "(^|_)date$", "otherwise": "no_date"},
        ],
    )
    columns = [
        landed_column("Issue_Date", 1, rows_count=100, filled_count=3),
        landed_column("issue_date", 2, rows_count=99, filled_count=3),
        landed_column("issue_date", 3, rows_count=1000, filled_count=3),
        landed_column("update", 4, rows_count=500, filled_count=3),
        landed_column("issue_date", 5, rows_count=None, filled_count=3),
    ]
    assert [(str(r.outcome), r.reason) for r in judged(ruled, [landed(n) for n in range(1, 6)], columns)] == [
        ("passed", None),
        ("not_applicable", "odd_size"),
        ("not_applicable", "odd_size"),
        ("not_applicable", "no_date"),
        ("unknown", "rows_count_not_known"),
    ]


# ---------------------------------------------------------------- one run


def test_one_run_for_all_portals_and_one_more_for_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = engine._run

    def counted(frame: Any, expectations: Any, *rest: Any) -> Any:
        runs.extend([len(frame)] if expectations else [])
        return run(frame, expectations, *rest)

    monkeypatch.setattr(engine, "_run", counted)
    places = [(portal, n) for portal in ("a", "b", "c") for n in (1, 2)]
    datasets = [dataset(n, portal_id=portal) for portal, n in places]
    tables = [landed(n, portal_id=portal, rows_count=40 if n == 1 else 4) for portal, n in places]
    columns = [landed_column("ward", n, portal_id=portal, filled_count=4) for portal, n in places]
    checks = [between("rows_count", 10, table="landed_tables", id=f"rows_{n}") for n in range(3)]
    results = judge([*checks, FILLED], {"datasets": datasets, "landed_tables": tables, "landed_columns": columns})
    assert outcomes(results).count("failed") == 9
    assert runs == [6, 6, 6]


def test_checks_that_ask_about_different_rows_share_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = engine._run

    def counted(frame: Any, expectations: Any, *rest: Any) -> Any:
        runs.extend([len(frame)] if expectations else [])
        return run(frame, expectations, *rest)

    monkeypatch.setattr(engine, "_run", counted)
    known = [(40, 40), (None, 40), (40, None), (4, 40)]
    tables = [landed(n, rows_count=rows, columns_count=columns) for n, (rows, columns) in enumerate(known)]
    checks = [between(name, 10, table="landed_tables", id=name) for name in ("rows_count", "columns_count")]
    checks.append(between("rows_count", 3, table="landed_tables", id="rows_few"))
    results = judge(checks, {"datasets": [dataset(n) for n in range(4)], "landed_tables": tables})
    found = {name: outcomes([r for r in results if r.check_id == name]) for name in ("rows_count", "columns_count")}
    assert found["rows_count"] == ["passed", "unknown", "passed", "failed"]
    assert found["columns_count"] == ["passed", "passed", "unknown", "passed"]
    assert runs == [4, 4]  # one for all, one for what failed; no row had to be tried alone


def test_landed_tables_of_a_dataset_with_other_parts_do_not_mix() -> None:
    described = in_set("is_described", [True], table="columns", id="described")
    tables = {
        "datasets": [dataset()],
        "columns": [part("columns", is_described=True)],
        "landed_tables": [landed(rows_count=4)],
    }
    assert [(r.check_id, str(r.outcome)) for r in judge([described, ROWS], tables)] == [
        ("described", "passed"),
        ("sample", "failed"),
    ]
