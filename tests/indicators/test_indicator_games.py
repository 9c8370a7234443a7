"""A test plays each game that an indicator's `gaming` text names (see casefiles.py for their form).

A game that does not work raises no `value_low` and, where less is better, lowers no `value_high`; of a count, which has
no bounds, it does not better the number. One that is said to work must work, so that the text stays honest.
"""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from tests.indicators.casefiles import city_of, entries

from civicgauge.indicators import Indicator, discover
from civicgauge.model import IndicatorValue

INDICATORS = {indicator.id: indicator for indicator in discover()}
GAMES = entries("games")
KEYS = {"name", "before", "after"}


def _is_bettered(indicator: Indicator, before: IndicatorValue, after: IndicatorValue) -> bool:
    if indicator.is_count or indicator.direction == "neutral":
        moved = (_counted(after) or 0.0) - (_counted(before) or 0.0)
        return {"higher_is_better": moved > 0, "lower_is_better": moved < 0, "neutral": moved != 0}[indicator.direction]
    if indicator.direction == "lower_is_better":
        return _high(after) < _high(before)
    return _low(after) > _low(before)


def _counted(value: IndicatorValue) -> float | None:
    """The number of a count also where it is not shown."""
    return value.numerator if value.unit == "datasets" else value.value


def _low(value: IndicatorValue) -> float:
    return -math.inf if value.value_low is None else value.value_low


def _high(value: IndicatorValue) -> float:
    return math.inf if value.value_high is None else value.value_high


@pytest.mark.parametrize(("indicator_id", "game"), GAMES)
def test_a_game_works_only_where_it_is_said_to(indicator_id: str, game: dict[str, Any]) -> None:
    works = game.get("works", False)
    assert set(game) == (KEYS | {"works", "because"} if works else KEYS)
    indicator = INDICATORS[indicator_id]
    before, after = indicator.measure(city_of(game["before"])), indicator.measure(city_of(game["after"]))
    assert _is_bettered(indicator, before, after) is works, (before, after)
    if not works and not indicator.is_count:
        assert after.value_low is not None, "what applied has ceased to apply"
        assert _low(after) <= _low(before), (before, after)


def test_every_indicator_has_a_game_unless_there_is_nothing_to_gain() -> None:
    played = {entry.values[0] for entry in GAMES}
    for key, indicator in INDICATORS.items():
        nothing = indicator.direction == "neutral" and indicator.gaming.startswith("There is nothing to gain")
        assert (key in played) is not nothing, key


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS.keys())
def test_the_text_says_that_a_game_would_work_just_where_one_does(indicator: Indicator) -> None:
    works = any(game.get("works") for key, game in (entry.values for entry in GAMES) if key == indicator.id)
    assert works is bool(re.search(r"\bwould\b", indicator.gaming)), indicator.gaming
