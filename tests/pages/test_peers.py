"""The thirteen datasets are the ones that the others judged: their published formulas give what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from civicgauge.landing.freshness import HDX_LADDER
from tests.pages.peers import NOW, RECORDED, judged

CASES: list[Mapping[str, Any]] = list(RECORDED["datasets"])
NAMES = [case["name"] for case in CASES]
# open-data-toronto/operations: period in days, and how many periods late give zero
TORONTO = {"Daily": (1, 7), "Weekly": (7, 4), "Monthly": (30, 2), "Quarterly": (91, 2), "Annually": (365, 0.5)}
# OCHA-DAP/hdx-data-freshness: the period that each word stands for there
HDX = {"Daily": 1, "Weekly": 7, "Monthly": 30, "Quarterly": 90, "Annually": 365}


def toronto_freshness(case: Mapping[str, Any]) -> float:
    age = case["age_days"]
    if age is None:
        return 1.0
    old = 1.0 if age <= 730 else max(0.0, 1 - (age / 1095) ** 2)
    if case["frequency"] not in TORONTO:
        return (1 + old) / 2
    period, zero_at = TORONTO[case["frequency"]]
    late = 1.0 if age <= period else max(0.0, 1 - ((age - period) / period / zero_at) ** 2)
    return (late + old) / 2


def hdx_status(case: Mapping[str, Any]) -> str:
    if case["frequency"] not in HDX:
        return "Fresh"
    age = case["age_days"] if case["age_days"] is not None else (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days
    _, *steps = next(row for row in HDX_LADDER if row[0] == HDX[case["frequency"]])
    return ("Fresh", "Due", "Overdue", "Delinquent")[sum(age >= step for step in steps)]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_toronto_s_formula_gives_what_was_recorded(case: Mapping[str, Any]) -> None:
    assert toronto_freshness(case) == pytest.approx(float(case["toronto"]["fresh"]), abs=0.0006)
    total = float(case["toronto"]["total"])
    assert case["toronto"]["grade"] == ("Gold" if total > 0.8 else "Silver" if total > 0.6 else "Bronze")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_published_ladder_gives_hdx_s_status(case: Mapping[str, Any]) -> None:
    assert case["hdx"].split()[0] == hdx_status(case)


def test_ours_are_computed_on_the_same_ages() -> None:
    found = {case["name"]: row for case, row in zip(CASES, judged(), strict=True)}
    assert [row["age_days"] for row in found.values()] == [case["age_days"] for case in CASES]
    assert {row["touched_at"] for row in found.values()} == {NOW}
    assert [row["freshness_status"] for row in found.values()] == [case["written_for"] for case in CASES]
    assert {name: row["freshness_reason"] for name, row in found.items() if row["freshness_reason"]} == {
        "daily, no date": "no_data_date",
        "as available, 900 days old": "untestable",
        "real-time, no date": "no_data_date",
    }
