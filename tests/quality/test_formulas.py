"""Derived numbers: arithmetic over columns, and nothing else, whatever the row holds."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.quality.formulas import formula

ROW = {"a": 6, "b": 4.0, "zero": 0, "none": None, "text": "x", "flag": True, "huge": 10**400}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a / b", 1.5),
        ("(a + 20) / (b + 20)", 26 / 24),
        ("a - b * 2", -2.0),
        ("-a", -6),
        ("max(a, b, 9) - min(a, b)", 5.0),
        ("abs(b - a) / max(a, 1)", 2 / 6),
        ("a / zero", None),
        ("a + none", None),
        ("a + text", None),
        ("a + flag", None),
        ("huge", None),
        ("huge / b", None),
    ],
)
def test_what_formulas_come_to(text: str, value: float | None) -> None:
    assert formula(text).value(ROW) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "a +", "a ** 9", "a if b else 1", "a.b", "a[0]", "f(a)", "abs(a, b)", "max(a)", "'x' + a", "lambda: a"),
        *("1 + 1", "a == b", "not a", "(a, b)", "[a for a in b]", "max(a, key=b)", "a; b", "a + True"),
        "(" * 500 + "a" + ")" * 500,
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"arithmetic|cannot hold|names no column"):
        formula(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_formula_or_a_value_error(text: str) -> None:
    try:
        worked = formula(text)
    except ValueError:
        return
    assert worked.columns


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3))


@settings(max_examples=200, deadline=None)
@given(CELLS, CELLS)
def test_any_cells_give_a_finite_number_or_nothing(a: Any, b: Any) -> None:
    for text in ("a / b", "max(a - b, b - a) / max(abs(a), abs(b), 1)", "a * b + 1"):
        value = formula(text).value({"a": a, "b": b})
        assert value is None or math.isfinite(value)
