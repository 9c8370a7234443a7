"""Level arithmetic by the unrounded rule: the published turning points, and what holds for any number of points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.criteria import standards
from civicgauge.criteria.whatif import points_of, what_if
from civicgauge.errors import ConfigurationError

NEW, OLD = "what-works-cities-2022", "what-works-cities-2018"


@pytest.mark.parametrize(
    ("name", "points", "level", "to_next"),
    [
        (NEW, 0, None, 22),
        (NEW, 21, None, 1),
        (NEW, 22, "Silver", 8),
        (NEW, 29, "Silver", 1),
        (NEW, 30, "Gold", 7),
        (NEW, 36, "Gold", 1),
        (NEW, 37, "Platinum", None),
        (NEW, 43, "Platinum", None),
        (OLD, 22, None, 1),
        (OLD, 23, "Silver", 8),
        (OLD, 30, "Silver", 1),  # 66.67 % is not 67 %
        (OLD, 31, "Gold", 7),
        (OLD, 37, "Gold", 1),
        (OLD, 38, "Platinum", None),
    ],
)
def test_the_turning_points(name: str, points: int, level: str | None, to_next: int | None) -> None:
    result = what_if(standards()[name], points)
    assert (result.level and result.level.name, result.points_to_next) == (level, to_next)
    assert result.share == Fraction(points, standards()[name].criteria_count)


@given(st.sampled_from([NEW, OLD]), st.data())
def test_the_points_to_the_next_level_are_the_fewest_that_reach_it(name: str, data: st.DataObject) -> None:
    standard = standards()[name]
    points = data.draw(st.integers(0, standard.criteria_count))
    result = what_if(standard, points)
    if result.points_to_next is None:
        assert result.level == standard.levels[-1]
        return
    assert result.points_to_next > 0
    assert what_if(standard, points + result.points_to_next).level == result.next_level
    assert what_if(standard, points + result.points_to_next - 1).level == result.level


@pytest.mark.parametrize("points", [-1, 44])
def test_points_that_the_standard_does_not_have_are_refused(points: int) -> None:
    with pytest.raises(ConfigurationError, match="not between 0 and 43"):
        what_if(standards()[NEW], points)


def test_codes_are_counted_once_each_and_checked() -> None:
    standard = standards()[NEW]
    assert points_of(standard, ["DM1", " OD3", "EVAL4"]) == 3
    assert points_of(standard, [c.code for c in standard.criteria]) == 43
    with pytest.raises(ConfigurationError) as refused:
        points_of(standard, ["DM1", "dm2", "DG1", "DM1"])
    told = refused.value.problems
    assert len(told) == 3
    assert "write DM2" in told[0]
    assert "'DG1' is no criterion of What Works Cities Certification 2022" in told[1]
    assert "DM1 is named 2 times" in told[2]
