"""The shipped check files: they load, Great Expectations takes them, and their cases come out as they say."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from tests.quality.samples import COLUMNS, EXPECTATIONS, in_set

from civicgauge.quality.cases import case_tables, wrong_cases
from civicgauge.quality.checks import load_checks
from civicgauge.quality.form import ROW_EXPECTATIONS, Check, Expected
from civicgauge.quality.judge import judge, unusable
from civicgauge.quality.report import placeholders

RELIED_ON = {
    "datasets": "title_informative description_present keywords_present publisher_named contact_usable licence_stated "
    "licence_recognised licence_open frequency_declared frequency_recognised update_on_time frequency_not_contradicted "
    "data_date_known machine_readable has_distribution permalink_wellformed",
    "resources": "resource_address_wellformed resource_address_public resource_format_stated "
    "resource_format_recognised resource_titled",
    "columns": "columns_described column_names_readable",
    "landed_tables": "rows_present rows_not_collapsed rows_as_stated columns_promised_present columns_unlisted_absent "
    "columns_kept rows_not_repeated keys_unique keys_filled newest_event_found rows_not_ragged encoding_sound "
    "cells_filled",
    "landed_columns": "columns_not_empty placeholders_few nulls_not_written_out numbers_not_all_zero "
    "points_not_all_alike dates_not_in_future dates_not_impossible dates_not_default points_on_earth points_in_city "
    "values_fit_type numbers_within_history types_kept text_unbroken headers_usable personal_data_absent",
}


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    return load_checks(EXPECTATIONS, COLUMNS)


def test_the_checks_that_indicators_rely_on_are_there(checks: tuple[Check, ...]) -> None:
    tables = {c.id: c.table for c in checks}
    assert {id_: table for table, ids in RELIED_ON.items() for id_ in ids.split()}.items() <= tables.items()


def test_great_expectations_takes_every_expectation(checks: tuple[Check, ...]) -> None:
    assert unusable(checks) == {}


def test_every_case_of_every_file_comes_out_as_the_file_says(checks: tuple[Check, ...]) -> None:
    assert wrong_cases(checks, COLUMNS) == []


def test_every_file_shows_each_of_the_four_outcomes(checks: tuple[Check, ...]) -> None:
    unshown = {(c.id, outcome) for c in checks for outcome in get_args(Expected) if not c.cases.of(outcome)}
    # the two that apply to any rows at all
    assert unshown == {("rows_present", "not_applicable"), ("personal_data_absent", "not_applicable")}


def test_a_case_that_is_wrong_is_reported() -> None:
    cases = {"passed": [{"kind": "table"}], "failed": [{"kind": "table"}], "unknown": [{"kind": "link"}]}
    odd = in_set("kind", ["table"], cases=cases, no_case={"not_applicable": "only a sample"})
    assert wrong_cases([odd], COLUMNS) == [
        "sample: case 1 of failed came to passed; observed: as seen",
        "sample: case 1 of unknown came to failed; observed: as seen",
    ]


def test_every_file_says_what_to_do_on_both_platforms(checks: tuple[Check, ...]) -> None:
    assert {frozenset(c.fix) for c in checks} == {frozenset({"socrata", "ckan"})}
    assert min(len(steps) for c in checks for steps in c.fix.values()) >= 2


def test_no_text_speaks_as_if_a_city_were_assessed(checks: tuple[Check, ...]) -> None:
    ruling = re.compile(r"\b(certified|certifies|compliant|violat\w+|(city|cities) (fails?|meets?))\b", re.IGNORECASE)
    texts = [(c.id, text) for c in checks for text in (c.title, c.question, c.why, c.observed, c.expected)]
    assert [(id_, text) for id_, text in texts if ruling.search(text)] == []


def test_what_is_modelled_on_a_programme_says_so(checks: tuple[Check, ...]) -> None:
    sources = {s.source for c in checks for s in c.serves if s.standard.startswith("What Works Cities")}
    assert sources
    assert all("modelled on it" in source for source in sources)


def test_results_of_failing_cases_say_what_was_seen_and_what_was_hoped_for(checks: tuple[Check, ...]) -> None:
    results = judge(checks, case_tables(checks, COLUMNS))
    said = [r for r in results if r.outcome in ("passed", "failed")]
    assert len(said) > 100
    assert [r for r in said if not r.observed or not r.expected or r.reason] == []
    unsaid = [r for r in results if r.outcome not in ("passed", "failed")]
    assert [r for r in unsaid if r.observed or r.expected or not r.reason] == []


def test_the_words_for_parts_name_at_most_five_of_them(checks: tuple[Check, ...]) -> None:
    described = next(c for c in checks if c.id == "columns_described")
    tables = case_tables([described], COLUMNS)
    rows = [tables["columns"][0] | {"field_name": f"col_{n}", "is_described": n > 6} for n in range(20)]
    result = next(r for r in judge([described], tables | {"columns": rows}) if r.dataset_id == rows[0]["dataset_id"])
    assert (result.failed_count, result.checked_count) == (7, 20)
    assert result.observed == "7 of 20 columns without a description: col_0, col_1, col_2, col_3, col_4 and 2 more"


def test_only_the_search_for_personal_data_is_private_and_it_says_may_contain(checks: tuple[Check, ...]) -> None:
    private = [c for c in checks if c.private]
    assert [(c.id, str(c.severity)) for c in private] == [("personal_data_absent", "critical")]
    results = judge(private, case_tables(private, COLUMNS))
    assert results
    assert all(r.is_private for r in results)
    assert all("may contain" in (r.observed or "") for r in results if r.outcome == "failed")


def test_no_text_shows_a_value_of_a_citys_rows(checks: tuple[Check, ...]) -> None:
    values = {"lowest_number", "highest_number", "mean_number", "lowest_day", "number_usual_low", "number_usual_high"}
    assert [c.id for c in checks if values & set(placeholders(c.detail or ""))] == []


def test_every_accepted_expectation_exists_and_speaks_of_rows() -> None:
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )
    from great_expectations.expectations.registry import get_expectation_impl

    by_row = (ColumnMapExpectation, ColumnPairMapExpectation, MulticolumnMapExpectation)
    assert [name for name in sorted(ROW_EXPECTATIONS) if not issubclass(get_expectation_impl(name), by_row)] == []
