"""What is decided before Great Expectations, and its traps with nulls and types."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.quality.samples import between, check, dataset, in_set, judged, part, reasons, values

from civicgauge.quality import engine
from civicgauge.quality.judge import judge

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

# ---------------------------------------------------------------- nothing to judge


def test_no_datasets_give_no_results() -> None:
    assert judge([between("age_days", 1)], {"datasets": [], "resources": [], "columns": []}) == []
    assert judge([], {"datasets": [dataset()]}) == []


def test_without_rows_to_judge_great_expectations_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked about nothing")

    monkeypatch.setattr(engine, "_run", refuse)
    assert judged(between("age_days", 1), [dataset(), dataset(2, is_counted=False), dataset(3, is_observed=False)]) == [
        "unknown",
        "not_applicable",
        "unknown",
    ]


def test_a_dataset_without_parts_does_not_pass() -> None:
    described = in_set("is_described", [True], table="columns")
    assert judged(described, [dataset()], columns=[]) == ["not_applicable"]
    assert reasons(described, [dataset()], columns=[]) == ["no_parts"]


# ---------------------------------------------------------------- what is decided before


def test_what_is_not_counted_is_no_subject_and_what_was_not_read_is_unknown() -> None:
    rows = [dataset(1, is_counted=False, is_observed=False), dataset(2, is_counted=None), dataset(3, is_observed=False)]
    results = judge([in_set("kind", ["table"])], {"datasets": rows})
    assert [(r.outcome, r.reason) for r in results] == [
        ("not_applicable", "not_counted"),
        ("passed", None),
        ("unknown", "portal_not_read"),
    ]


def test_parts_of_a_portal_that_was_not_read_are_unknown_too() -> None:
    titled = between("title_length", 1, table="resources")
    rows = [dataset(1, is_observed=False), dataset(2, is_counted=False)]
    assert reasons(titled, rows, resources=[part("resources", 2, title_length=0)]) == ["portal_not_read", "not_counted"]


def test_applies_comes_before_needs_and_the_first_that_does_not_hold_speaks() -> None:
    ruled = between(
        "age_days",
        10,
        applies=[
            {"column": "kind", "in": ["table", "geo"], "otherwise": "not_a_table"},
            {"column": "series_role", "not": ["superseded"], "otherwise": "old_edition"},
        ],
        needs=[
            {"column": "freshness_status", "not": ["unknown"], "otherwise_column": "freshness_reason"},
            {"column": "publisher", "otherwise": "hidden"},
        ],
    )
    known = {"freshness_status": "due", "publisher": "DPW", "age_days": 12}
    rows = [
        dataset(1, **known),
        dataset(2, **known | {"kind": "file", "publisher": None, "series_role": "superseded"}),
        dataset(3, **known | {"series_role": "superseded"}),
        dataset(4, **known | {"kind": None}),
        dataset(5, **known | {"freshness_status": "unknown", "freshness_reason": "no_date"}),
        dataset(6, **known | {"freshness_status": None, "freshness_reason": None}),
        dataset(7, **known | {"publisher": None}),
        dataset(8, **known | {"age_days": None}),
        dataset(9, **known | {"age_days": 3}),
    ]
    assert [(str(r.outcome), r.reason) for r in judge([ruled], {"datasets": rows})] == [
        ("passed", None),
        ("not_applicable", "not_a_table"),
        ("not_applicable", "old_edition"),
        ("unknown", "kind_not_known"),
        ("unknown", "no_date"),
        ("unknown", "freshness_status_not_known"),
        ("unknown", "hidden"),
        ("unknown", "age_days_not_known"),
        ("failed", None),
    ]


def test_a_true_is_not_a_one() -> None:
    ruled = in_set("kind", ["table"], applies=[{"column": "age_days", "not": [True], "otherwise": "no"}])
    assert judged(ruled, values("age_days", 1, True)) == ["passed", "not_applicable"]


# ---------------------------------------------------------------- nulls and types


@pytest.mark.parametrize("null", [None, float("nan")])
def test_a_null_neither_passes_nor_fails(null: object) -> None:
    assert judged(between("age_days", 5), values("age_days", 9, null, 1)) == ["passed", "unknown", "failed"]


def test_pandas_nulls_are_nulls() -> None:
    import pandas

    assert judged(between("age_days", 5), values("age_days", pandas.NA, pandas.NaT, 9)) == [
        "unknown",
        "unknown",
        "passed",
    ]


def test_nulls_do_not_disturb_pairs_of_columns() -> None:
    pair = check(
        "expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "age_days", "column_B": "keywords_count"}
    )
    rows = [
        dataset(1, age_days=5, keywords_count=1),
        dataset(2, age_days=None, keywords_count=1),
        dataset(3, age_days=5, keywords_count=None),
        dataset(4, age_days=1, keywords_count=5),
    ]
    assert judged(pair, rows) == ["passed", "unknown", "unknown", "failed"]


def test_several_columns_are_compared_by_row() -> None:
    same = check("expect_multicolumn_values_to_be_equal", {"column_list": ["title", "description"]})
    rows = [dataset(1, title="a", description="a"), dataset(2, title="a", description="b"), dataset(3, title="a")]
    assert judged(same, rows) == ["passed", "failed", "unknown"]


def test_an_expectation_about_nulls_sees_them() -> None:
    dated = check("expect_column_values_to_not_be_null", {"column": "data_updated_at"})
    assert judged(dated, values("data_updated_at", NOON, None)) == ["passed", "failed"]


def test_one_that_fails_outweighs_one_that_is_unknown_and_unknown_one_that_passes() -> None:
    both = between("age_days", 5, also=[{"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "title"}}])
    rows = [dataset(1, title=None), dataset(2, title="a"), dataset(3, title="a", age_days=9), dataset(4, age_days=1)]
    assert judged(both, rows) == ["failed", "unknown", "passed", "failed"]


def test_times_with_a_zone_are_compared_as_moments() -> None:
    recent = check("expect_column_values_to_be_between", {"column": "data_updated_at", "min_value": NOON})
    east = timezone(timedelta(hours=5))
    cells = [NOON, NOON - timedelta(seconds=1), (NOON + timedelta(hours=1)).astimezone(east), None]
    assert judged(recent, values("data_updated_at", *cells)) == ["passed", "failed", "passed", "unknown"]


def test_a_time_without_a_zone_among_others_is_our_fault_and_only_its_own() -> None:
    recent = check("expect_column_values_to_be_between", {"column": "data_updated_at", "min_value": NOON})
    rows = values("data_updated_at", NOON, NOON.replace(tzinfo=None), NOON - timedelta(days=1))
    assert judged(recent, rows) == ["passed", "errored", "failed"]


def test_numbers_whole_and_not_and_beyond_64_bits() -> None:
    assert judged(between("age_days", 5), values("age_days", 5, 4.5, 6.5)) == ["passed", "failed", "passed"]
    assert judged(between("age_days", 5), values("age_days", 2**80, 4)) == ["passed", "failed"]


def test_text_of_any_script_and_of_none() -> None:
    named = check("expect_column_value_lengths_to_be_between", {"column": "title", "min_value": 2})
    rows = values("title", "面積", "é", "'; DROP", "\ud800\ud800")  # the last is no Unicode text
    assert judged(named, rows) == ["passed", "failed", "passed", "errored"]
