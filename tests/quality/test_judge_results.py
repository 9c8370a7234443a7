"""From the parts of a dataset to one result; order, words, number of validations."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.quality.samples import between, dataset, in_set, part, values

from civicgauge.errors import CivicgaugeError
from civicgauge.quality import engine
from civicgauge.quality.judge import judge

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

# ---------------------------------------------------------------- parts of a dataset


def titled(**changes: Any) -> Any:
    applies = [{"column": "is_documentation", "not": [True], "otherwise": "documentation"}]
    return between("title_length", 1, table="resources", applies=applies, **changes)


@pytest.mark.parametrize(
    ("lengths", "outcome", "counts", "reason"),
    [
        ([3, 3], "passed", (0, 2), None),
        ([3, 0], "failed", (1, 2), None),
        ([3, None], "unknown", (0, 1), "title_length_not_known"),
        ([0, None], "failed", (1, 1), None),
        (["document"], "not_applicable", (0, 0), "documentation"),
        ([3, "document"], "passed", (0, 1), None),
        ([0, "odd"], "errored", (1, 1), "expectation_raised:TypeError"),
    ],
)
def test_parts_come_to_one_result(
    lengths: list[Any], outcome: str, counts: tuple[int, int], reason: str | None
) -> None:
    rows = [part("resources", title_length=n, is_documentation=n == "document") for n in lengths]
    results = judge([titled()], {"datasets": [dataset()], "resources": rows})
    assert [(str(r.outcome), r.failed_count, r.checked_count, r.reason) for r in results] == [
        (outcome, *counts, reason)
    ]
    assert results[0].subject == ""


def test_parts_are_named_by_title_or_id_on_one_line() -> None:
    rows = [
        part("resources", title="A\nB\x07" + "c" * 500, title_length=0),
        part("resources", title=" ", resource_id="r-2", title_length=0),
    ]
    words = judge([titled()], {"datasets": [dataset()], "resources": rows})[0].observed
    assert words == "as seen: A B " + "c" * 75 + "…, r-2"


def test_parts_of_a_dataset_that_is_not_there_are_a_fault_of_ours() -> None:
    with pytest.raises(CivicgaugeError, match="resources: 1 datasets are not in datasets"):
        judge([titled()], {"datasets": [dataset(1)], "resources": [part("resources", 2)]})


def test_a_dataset_given_twice_is_a_fault_of_ours() -> None:
    with pytest.raises(CivicgaugeError, match="repeat"):
        judge([between("age_days", 1)], {"datasets": [dataset(1), dataset(1)]})


# ---------------------------------------------------------------- order, words, cost


def test_results_are_ordered_and_do_not_depend_on_the_order_of_rows_or_checks() -> None:
    rows = [dataset(n, portal_id=p, age_days=n * 3) for n in range(6) for p in ("b", "a")]
    checks = [between("age_days", 5, id="zebra"), in_set("kind", ["table"], id="ant")]
    results = judge(checks, {"datasets": rows})
    assert [(r.portal_id, r.dataset_id, r.check_id) for r in results] == sorted(
        (row["portal_id"], row["dataset_id"], c.id) for row in rows for c in checks
    )
    assert judge(checks[::-1], {"datasets": rows[::-1]}) == results


def test_words_are_filled_from_the_row() -> None:
    told = between(
        "age_days",
        5,
        observed="{age_days} {age_days|day|days}, {expected_period_days}, {data_updated_at}, {title}, {is_observed}",
        expected="nothing but {publisher}",
    )
    row = dataset(age_days=1, expected_period_days=30.5, data_updated_at=NOON, title="a\tb {kind}")
    result = judge([told], {"datasets": [row]})[0]
    assert (result.observed, result.expected) == ("1 day, 30.5, 2026-03-01, a b {kind}, yes", "nothing but not found")


def test_one_validation_per_portal_and_table_and_one_more_for_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = engine._run

    def counted(frame: Any, *rest: Any) -> Any:
        runs.append(len(frame))
        return run(frame, *rest)

    monkeypatch.setattr(engine, "_run", counted)
    rows = [dataset(n, portal_id=p, age_days=9 if p == "a" else 1) for n in range(4) for p in ("a", "b")]
    judge([between("age_days", 5, id=f"c{n}") for n in range(5)], {"datasets": rows})
    assert [n for n in runs if n] == [4, 4, 4, 4]


def test_nothing_is_written_to_the_log_below_warnings(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="civicgauge"):
        judge([between("age_days", 5)], {"datasets": values("age_days", 1, 9)})
    assert [r.name for r in caplog.records if r.levelno < logging.WARNING and r.name.startswith("great_")] == []
