"""What numbers say of criteria: by the whole of their bounds, with what people attest beside and never mixed in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.bearings import Bearing, StanceRule, decides
from civicgauge.criteria import standards
from civicgauge.criteria.assess import CriterionEvidence, Observation, assess, stance_of, summary
from civicgauge.indicators import discover
from civicgauge.model import Attestation, IndicatorValue, Status
from civicgauge.review.attesting import standing

DAY = date(2026, 3, 2)
NAME = "what-works-cities-2022"
STANDARD = standards()[NAME]
RULE = StanceRule(in_line=0.8, differs=0.5)


def value(low: float | None, high: float | None, **other: Any) -> IndicatorValue:
    facts: dict[str, Any] = {
        "indicator_id": "x",
        "indicator_version": 1,
        "value": low if low == high else None,
        "unit": "share",
        "status": Status.OK if low == high else Status.INSUFFICIENT,
        "numerator": None,
        "denominator": None,
        "n_unknown": 0,
        "value_low": low,
        "value_high": high,
        "direction": "higher_is_better",
    }
    return IndicatorValue(**{**facts, **other})


@pytest.mark.parametrize(
    ("low", "high", "stance"),
    [
        (0.8, 0.8, "in_line"),
        (0.8, 1.0, "in_line"),
        (0.79, 1.0, "not_observed"),  # the truth may lie below
        (0.0, 0.5, "not_observed"),
        (0.0, 0.49, "differs"),
        (0.0, 1.0, "not_observed"),
        (0.6, 0.6, "not_observed"),  # between the two limits
        (None, None, "not_observed"),
    ],
)
def test_a_number_speaks_by_the_whole_of_its_bounds(low: float | None, high: float | None, stance: str) -> None:
    assert stance_of(value(low, high), RULE) == stance


@pytest.mark.parametrize(
    ("low", "high", "stance"),
    [(0.0, 92.0, "in_line"), (0.0, None, "not_observed"), (0.0, 93.0, "not_observed"), (400.0, None, "differs")],
)
def test_where_less_is_better_the_ends_change_places(low: float, high: float | None, stance: str) -> None:
    found = value(low, high, direction="lower_is_better", unit="days")
    assert stance_of(found, StanceRule(in_line=92, differs=366)) == stance


def test_what_could_not_be_measured_says_nothing() -> None:
    for status in (Status.ERROR, Status.NOT_APPLICABLE):
        assert stance_of(value(1.0, 1.0, status=status), RULE) == "not_observed"
    assert stance_of(value(1.0, 1.0, direction="neutral"), RULE) == "not_observed"


def of(observed: dict[str, list[Observation]], *attestations: Attestation) -> dict[str, CriterionEvidence]:
    said = standing(attestations, NAME, DAY)
    found = assess(NAME, STANDARD, observed, said.held, lapsed=said.lapsed)
    return {each.criterion.code: each for each in found}


def deciding(low: float, high: float, code: str = "OD3") -> Observation:
    return Observation(value(low, high), decides(code, in_line=0.8, differs=0.5))


def test_a_criterion_is_in_line_where_every_deciding_number_is_and_differs_where_one_does() -> None:
    assert of({"OD3": [deciding(0.9, 0.9), deciding(0.8, 1)]})["OD3"].stance == "in_line"
    assert of({"OD3": [deciding(0.9, 0.9), deciding(0, 1)]})["OD3"].stance == "not_observed"
    assert of({"OD3": [deciding(0.9, 0.9), deciding(0, 0.2), deciding(0, 1)]})["OD3"].stance == "differs"


def test_a_number_that_only_informs_decides_nothing() -> None:
    found = of({"OD3": [Observation(value(1.0, 1.0), Bearing("OD3"))]})["OD3"]
    assert (found.stance, len(found.observations)) == ("not_observed", 1)
    (told,) = json.loads(str(found.row()["evidence"]))
    assert (told["stance"], told["rule"], told["low"]) == ("informs", None, 1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=5))
def test_knowing_less_never_makes_a_stance(bounds: list[tuple[float, float]]) -> None:
    known = [deciding(min(pair), max(pair)) for pair in bounds]
    wider = [deciding(0, max(pair)) for pair in bounds]
    before, after = of({"OD3": known})["OD3"].stance, of({"OD3": wider})["OD3"].stance
    assert after in (before, "not_observed")


def attested(**other: Any) -> Attestation:
    facts: dict[str, Any] = {"criterion": "DM1", "stance": "in_line", "by": "staff", "said_on": "2026-01-01"}
    return Attestation.model_validate({**facts, "until": "2026-12-31", **other})


def test_what_people_attest_stands_beside_and_changes_no_stance() -> None:
    found = of({"OD3": [deciding(0, 0.2)]}, attested(), attested(criterion="OD3"))
    assert (found["DM1"].stance, found["DM1"].basis) == ("not_observed", "attested")
    assert found["DM1"].row()["attested_stance"] == "in_line"
    assert (found["OD3"].stance, found["OD3"].row()["attested_stance"]) == ("differs", "in_line")


def test_an_attestation_holds_from_its_day_to_its_last() -> None:
    past, future = attested(until="2026-03-01"), attested(said_on="2026-03-03")
    assert of({}, past, future)["DM1"].attestation is None
    ended = of({}, past, future)["DM1"].row()
    assert (ended["attested_stance"], ended["expires_at"]) == (None, date(2026, 3, 1))
    assert of({}, attested(said_on="2026-03-02", until="2026-03-02"))["DM1"].row()["expires_at"] == DAY
    later = attested(said_on="2026-02-01", stance="differs")
    assert of({}, later, attested())["DM1"].attestation is later


def test_the_summary_counts_what_a_portal_can_show_and_names_no_level() -> None:
    found = assess(NAME, STANDARD, {"OD3": [deciding(1, 1)], "OD2": [deciding(0, 0.1)]}, {})
    told = summary(STANDARD, found)
    assert told.startswith("1 of 11 observable criteria in line, 1 differing, 9 not observable here")
    assert not {level.name for level in STANDARD.levels} & set(told.replace(",", " ").split())


def test_a_criterion_of_another_version_takes_up_what_bears_on_the_one_it_is_like() -> None:
    older = standards()["what-works-cities-2018"]
    found = {e.criterion.code: e for e in assess("x", older, {"DM2": [deciding(1, 1, "DM2")]}, {})}
    assert found["DG1"].stance == "in_line"
    assert found["DG2"].basis == "attested"


def test_every_observable_criterion_rests_on_an_indicator_and_no_other_one_does() -> None:
    decided = {bearing.criterion for indicator in discover() for bearing in indicator.bearings if bearing.decides}
    assert decided == {criterion.code for criterion in STANDARD.criteria if criterion.observable != "none"}
