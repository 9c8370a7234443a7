"""The worked cases of every indicator come out as written (see casefiles.py for their form)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.indicators.casefiles import FOLDER, city_of, entries, number

from civicgauge.indicators import discover

INDICATORS = {indicator.id: indicator for indicator in discover()}
EXPECTED = {"value", "low", "high", "status", "numerator", "denominator", "n_unknown", "reason"}
ALSO = {"band", "evidence"}


@pytest.mark.parametrize(("indicator_id", "case"), entries("cases"))
def test_a_worked_case_comes_out_as_written(indicator_id: str, case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert set(expect) - ALSO == EXPECTED, "an expectation states every field; band and evidence where they matter"
    found = INDICATORS[indicator_id].measure(city_of(case))
    numbers = {"numerator": found.numerator, "denominator": found.denominator, "value": found.value}
    numbers |= {"low": found.value_low, "high": found.value_high}
    assert numbers == {key: number(expect[key]) for key in numbers}
    assert (found.status, found.n_unknown, found.reason) == (expect["status"], expect["n_unknown"], expect["reason"])
    told = {"band": found.band, "evidence": found.evidence}
    assert {key: told[key] for key in ALSO & set(expect)} == {key: expect[key] for key in ALSO & set(expect)}


def test_every_indicator_has_worked_cases_and_no_case_is_orphaned() -> None:
    assert {file.stem for file in FOLDER.glob("*.yml")} == set(INDICATORS)
    assert {entry.values[0] for entry in entries("cases")} == set(INDICATORS)


def test_no_two_cases_of_an_indicator_have_one_name() -> None:
    for kind in ("cases", "games"):
        names = [entry.id for entry in entries(kind)]
        assert len(set(names)) == len(names)
