"""The worked cases in cases/<indicator id>.yml, readable by staff: datasets in, the value expected out.

A dataset is `row` (columns of the landed table that differ from an own Socrata table seen today) and `checks` (check
id: outcome, or `outcome, failed of checked` for a check on parts); `times` repeats it. Numbers may be fractions.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.indicators.cities import NO_EVENTS, evidence, result, row

from civicgauge.indicators import CatalogueEvents, discover
from civicgauge.model import CheckResult

FOLDER = Path(__file__).parent / "cases"
INDICATORS = {indicator.id: indicator for indicator in discover()}
EXPECTED = {"value", "low", "high", "status", "numerator", "denominator", "n_unknown", "reason"}


def _cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            found.append(pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}"))
    return found


def _datasets(case: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, CheckResult]]]:
    made = []
    for given in case["datasets"]:
        for _ in range(given.get("times", 1)):
            facts = row(dataset_id=f"d{len(made)}", **given.get("row", {}))
            made.append((facts, {key: _result(facts, key, said) for key, said in given.get("checks", {}).items()}))
    return made


def _result(facts: dict[str, Any], check_id: str, said: str) -> CheckResult:
    outcome, _, parts = said.partition(", ")
    failed, _, of = parts.partition(" of ")
    return result(facts, check_id, outcome, (int(failed), int(of)) if parts else (int(outcome == "failed"), 1))


def _number(given: Any) -> float | None:
    return None if given is None else float(Fraction(str(given)))


@pytest.mark.parametrize(("indicator_id", "case"), _cases())
def test_a_worked_case_comes_out_as_written(indicator_id: str, case: dict[str, Any]) -> None:
    assert set(case["expect"]) == EXPECTED, "an expectation states every field"
    events = CatalogueEvents(**case["events"]) if "events" in case else NO_EVENTS
    city = evidence(_datasets(case), events, tuple(case.get("portals_unread", ())))
    found = INDICATORS[indicator_id].measure(city)
    numbers = {"numerator": found.numerator, "denominator": found.denominator, "value": found.value}
    numbers |= {"low": found.value_low, "high": found.value_high}
    assert numbers == {key: _number(case["expect"][key]) for key in numbers}
    assert (found.status, found.n_unknown) == (case["expect"]["status"], case["expect"]["n_unknown"])
    assert found.reason == case["expect"]["reason"]


def test_every_indicator_has_worked_cases_and_no_case_is_orphaned() -> None:
    assert {file.stem for file in FOLDER.glob("*.yml")} == set(INDICATORS)
