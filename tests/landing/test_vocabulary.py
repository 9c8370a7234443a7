"""ISO 8601 durations, and vocabulary files that are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing.frequency_words import build
from civicgauge.landing.iso8601 import longest_days
from civicgauge.landing.vocabulary import parse_vocabulary, read_vocabulary


@pytest.mark.parametrize(
    ("text", "days"),
    [("R/P10Y", 3653), ("R/P4Y", 1461), ("R/P3Y", 1096), ("R/P2Y", 731), ("R/P1Y", 366), ("R/P6M", 184),
     ("R/P0.5Y", 184),
     ("R/P4M", 123), ("R/P3M", 92), ("R/P2M", 62), ("R/P1M", 31), ("R/P0.5M", 16), ("R/P0.33M", 11), ("R/P2W", 14),
     ("R/P1W", 7),
     ("R/P3.5D", 3.5), ("R/P0.5W", 3.5), ("R/P0.33W", 2.31), ("R/P1D", 1), ("R/PT1H", 1), ("R/PT0.1S", 1),
     ("R5/P7D", 7)],
)  # fmt: skip
def test_durations(text: str, days: float) -> None:
    assert longest_days(text) == days


@pytest.mark.parametrize(
    "text", ["R/P", "R/PT", "P", "R/P1", "R/1Y", "R/P1DT", "R/PT0S", "R/P1M/2020-01-01", "daily", "R/P1H", ""]
)
def test_what_is_no_duration(text: str) -> None:
    assert longest_days(text) is None


@given(st.integers(0, 40), st.integers(0, 11), st.integers(0, 5), st.integers(0, 30))
def test_duration_round_trip(years: int, months: int, weeks: int, days: int) -> None:
    text = "R/P" + "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (weeks, "W"), (days, "D")) if n)
    found = longest_days(text)
    if not (years or months or weeks or days):
        assert found is None
        return
    least = years * 365 + months * 28 + weeks * 7 + days
    assert found is not None
    assert least <= found <= least + years + months * 3 + 3


def test_a_spelling_given_twice_is_an_error() -> None:
    content = read_vocabulary("frequencies")
    content["spellings"]["weekly"].append("Daily.")
    with pytest.raises(ConfigurationError, match=r"'Daily\.' is given for daily and for weekly"):
        build(content)
    content["spellings"]["weekly"][-1] = False
    with pytest.raises(ConfigurationError, match="put it in quotes"):
        build(content)


def test_a_key_given_twice_and_a_missing_version_are_errors() -> None:
    with pytest.raises(ConfigurationError, match="given twice"):
        parse_vocabulary("x", "version: 1\nversion: 2\n")
    with pytest.raises(ConfigurationError, match="version"):
        parse_vocabulary("x", "a: 1\n")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        parse_vocabulary("x", "a: [")


def test_a_period_without_a_length_is_an_error() -> None:
    content = read_vocabulary("frequencies")
    content["spellings"]["lustrum"] = ["each lustrum"]
    with pytest.raises(ConfigurationError, match="lustrum"):
        build(content)
