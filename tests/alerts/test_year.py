"""A simulated year: in CI a few cities and two months, in `make prove` 200 cities and 365 days."""

from __future__ import annotations

import pytest

from tests.conftest import IN_FULL

from .year.__main__ import simulate

CITIES, DAYS = (200, 365) if IN_FULL else (20, 60)


@pytest.mark.timeout(3600)
def test_everything_that_was_planted_is_told_once_and_nothing_else() -> None:
    year, verdicts = simulate(CITIES, DAYS, seed=1)
    assert verdicts.wrong == []
    figures = verdicts.figures
    shown = ("openings told", "endings told", "baseline faults thanked for", "messages: digest", "messages: baseline")
    assert all(figures[name] > CITIES / 2 for name in shown)
    assert figures["bug of our own: held"] == 1
    assert figures["platform outages: told to operators"] == 1
    assert year.decided > CITIES * DAYS * 0.9
    if IN_FULL:
        assert all(figures[name] for name in ("reminders told", "worse told", "told at once"))
        assert figures["most asks in a digest"] == 5
