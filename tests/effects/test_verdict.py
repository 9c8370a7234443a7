"""The four verdicts, and published analyses by the same rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from civicgauge.effects.its import Estimate
from civicgauge.effects.verdict import (
    BENEFIT,
    HARM,
    INSUFFICIENT,
    NO_PRACTICAL_EFFECT,
    VERDICTS,
    Bounds,
    published,
    say,
)
from civicgauge.errors import ConfigurationError

D = Bounds(-0.1, 0.1, "standard deviations (d)")
NUMBERS = st.floats(-100, 100)


def test_published_analyses_of_dare() -> None:
    """West and O'Neal 2004: d = 0.023, 95 % -0.04 to 0.08; Ennett 1994: weighted mean .06, no interval here."""
    west = published(0.023, -0.04, 0.08, D)
    assert west.verdict == NO_PRACTICAL_EFFECT
    assert "-0.04 to 0.08" in west.reason
    ennett = published(0.06, None, None, D)
    assert ennett.verdict == INSUFFICIENT
    assert "no interval given" in ennett.reason


@pytest.mark.parametrize(
    ("estimate", "low", "high", "verdict"),
    [
        (0.2, 0.05, 0.35, BENEFIT),
        (-0.2, -0.35, -0.05, HARM),
        (0.05, 0.01, 0.09, NO_PRACTICAL_EFFECT),
        (0.05, -0.2, 0.3, INSUFFICIENT),
        (0.05, 0.0, 0.1, INSUFFICIENT),
    ],
)
def test_the_whole_interval_decides(estimate: float, low: float, high: float, verdict: str) -> None:
    assert published(estimate, low, high, D).verdict == verdict


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_every_interval_has_one_verdict_and_its_reason(a: float, b: float, c: float, is_higher_better: bool) -> None:
    low, middle, high = sorted((a, b, c))
    told = say(Estimate(middle, low, high), Bounds(-1, 1, "days", is_higher_better))
    assert told.verdict in VERDICTS
    assert (told.verdict == NO_PRACTICAL_EFFECT) == (low > -1 and high < 1)
    if told.verdict in (BENEFIT, HARM):
        assert low > 0 or high < 0
        assert (told.verdict == BENEFIT) == ((low > 0) == is_higher_better)
    assert "ineffective" not in f"{told.reason} {told.would_change}"
    assert "days" in told.reason
    assert told.would_change


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0.5, -0.1, 0.2, D), "--low -0.1 --high 0.2: the interval must hold the estimate"),
        ((0.0, 0.2, -0.2, D), "must hold the estimate"),
        ((0.0, -1, 1, Bounds(0.1, 0.2, "d")), "the band must hold 0"),
        ((5.0, 2, 9, Bounds(-1, float("inf"), "d")), "--band-high inf: give a number with an end"),
        ((1.0, 0.5, float("inf"), D), "--high inf: give a number with an end"),
        ((float("nan"), None, None, D), "--estimate nan: give a number with an end"),
    ],
)
def test_odd_published_numbers(words: tuple, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        published(*words)


def test_what_is_said_of_an_open_answer_is_so_at_the_bands_edge_and_at_any_level() -> None:
    """An interval that ends on the band's edge reaches not beyond it; a wider level asks for a larger effect."""
    told = published(0.05, 0.0, 0.1, D)
    assert told.verdict == INSUFFICIENT
    assert "beyond" not in told.reason
    assert "told from 0 less than four times in five" in told.would_change
    for level in (0.95, 0.99, 0.9975):
        z = norm.ppf((1 + level) / 2)
        seen = say(Estimate(0.0, -z, z), Bounds(-0.1, 0.1, "d"), level).smallest_seen
        assert norm.sf(z - seen) + norm.cdf(-z - seen) == pytest.approx(0.8, abs=0.001)


def test_one_end_is_no_interval() -> None:
    assert "only one end" in published(0.1, -0.1, None, D).reason
