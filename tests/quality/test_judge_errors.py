"""Expectations that raise, columns that are missing, rows that get lost: only the culprit is errored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.quality.samples import between, check, dataset, in_set, judged, outcomes, reasons, values

from civicgauge.quality import engine
from civicgauge.quality.judge import judge, unusable

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

# ---------------------------------------------------------------- what raises


def test_an_odd_cell_is_errored_alone() -> None:
    cells = [*range(40), "many", *range(40)]
    found = judged(between("age_days", 5), values("age_days", *cells))
    assert found == ["errored" if cell == "many" else "passed" if cell >= 5 else "failed" for cell in cells]


def test_an_odd_cell_says_the_kind_of_exception_and_no_value() -> None:
    results = judge([between("age_days", 5)], {"datasets": values("age_days", 7, "a secret")})
    assert [r.reason for r in results] == [None, "expectation_raised:TypeError"]
    assert "secret" not in repr(results)


def test_odd_cells_of_the_same_type_are_found_by_splitting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What raises on the value rather than on the type: an expectation that cannot stand one particular number."""
    run = engine._run

    def touchy(frame: Any, expectations: Any, form: Any, ids: Any) -> Any:
        return _burst(ids) if (frame["age_days"] == 13).any() else run(frame, expectations, form, ids)

    monkeypatch.setattr(engine, "_run", touchy)
    found = judge([between("age_days", 5)], {"datasets": values("age_days", *range(30))})
    assert outcomes(found) == ["failed"] * 5 + ["passed"] * 8 + ["errored"] + ["passed"] * 16
    assert found[13].reason == "expectation_raised:RuntimeError"


def _burst(ids: Any) -> dict[str, dict[str, str]]:
    return {key: {"raised": "RuntimeError"} for key in ids}


def test_one_check_that_raises_leaves_the_others_alone() -> None:
    rows = values("age_days", 7, "odd", 1)
    results = judge([between("age_days", 5), in_set("kind", ["table"], id="other")], {"datasets": rows})
    assert outcomes([r for r in results if r.check_id == "other"]) == ["passed"] * 3
    assert outcomes([r for r in results if r.check_id == "sample"]) == ["passed", "errored", "failed"]


def test_when_everything_raises_the_search_ends() -> None:
    found = judged(
        check("expect_column_values_to_match_regex", {"column": "title", "regex": "("}), values("title", *"ab" * 300)
    )
    assert set(found) == {"errored"}


def test_an_expectation_that_compares_rows_is_not_split(monkeypatch: pytest.MonkeyPatch) -> None:
    unique = check("expect_column_values_to_be_unique", {"column": "title"})
    assert judged(unique, values("title", "a", "b", "a", None)) == ["failed", "passed", "failed", "unknown"]
    monkeypatch.setattr(engine, "_run", lambda _frame, _expectations, _form, ids: _burst(ids))
    assert judged(unique, values("title", "a", "b", "a")) == ["errored"] * 3


def test_a_missing_column_is_errored_for_every_row_with_its_name() -> None:
    rows = [{k: v for k, v in dataset(n).items() if k != "age_days"} for n in (1, 2)]
    assert reasons(between("age_days", 5), rows) == ["missing_column:age_days"] * 2
    assert judged(between("age_days", 5), rows) == ["errored"] * 2
    unmarked = [{k: v for k, v in dataset().items() if k != "is_counted"}]
    assert reasons(between("age_days", 5), unmarked) == ["missing_column:is_counted"]


def test_kwargs_that_great_expectations_refuses_are_told_and_errored() -> None:
    odd = check("expect_column_values_to_be_between", {"column": "age_days", "min_valu": 3})
    assert "extra fields not permitted" in unusable([odd, in_set("kind", ["table"], id="fine")])["sample"]
    assert list(unusable([in_set("kind", ["table"])])) == []
    assert reasons(odd, values("age_days", 1)) == ["expectation_unusable"]


@pytest.mark.parametrize(
    "info",
    [
        {
            "raised_exception": True,
            "exception_traceback": "Traceback\nTypeError: a < b\n",
            "exception_message": "a < b",
        },
        {"a metric": {"raised_exception": True, "exception_traceback": "Traceback\nTypeError: a < b\n"}},
    ],
)
def test_both_shapes_of_an_exception_inside_a_result_are_read(info: dict[str, Any]) -> None:
    assert engine._raised(info) == "expectation_raised:TypeError"
    assert engine._raised({"raised_exception": False, "exception_traceback": None}) is None


def test_rows_that_get_lost_on_the_way_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    run = engine._run
    monkeypatch.setattr(engine, "_run", lambda frame, *rest: run(frame.iloc[1:], *rest))
    assert reasons(between("age_days", 5), values("age_days", 7, 8)) == ["rows_differ"] * 2
