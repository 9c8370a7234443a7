"""Indicators are found by their files; one that raises costs no other; each is described whole."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.indicators.cities import evidence, row

from civicgauge import indicators
from civicgauge.errors import CivicgaugeError
from civicgauge.indicators import Evidence, Figure, Indicator, discover, measure
from civicgauge.model import Status

NEW_FILE = """
from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share

INDICATORS = (
    Indicator(
        id="{id}", version=1, title="Permalinks", question="Do addresses last?", unit="share",
        direction="higher_is_better", formula="passed / all", sources={{"socrata": "permalink", "ckan": "permalink"}},
        checks=("permalink_wellformed",), bearings=(), gaming="-", gain="-", benefit=1, effort=1, advice="-",
        arithmetic=share(checked("permalink_wellformed")),
    ),
)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A further folder of the package, as if files had been added beside the shipped ones."""
    monkeypatch.setattr(indicators, "__path__", [*indicators.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        del sys.modules[name]


def test_an_added_file_is_found_and_measured_with_no_other_file_touched(folder: Path) -> None:
    (folder / "zz_permalinks.py").write_text(NEW_FILE.format(id="permalink_share"), encoding="utf-8")
    assert discover()[-1].id == "permalink_share"
    assert measure(evidence([(row(dataset_id="a"), {})]))[-1].reason == "nothing_known"


def test_an_id_used_twice_is_refused_by_name(folder: Path) -> None:
    (folder / "zz_again.py").write_text(NEW_FILE.format(id="licence_open_share"), encoding="utf-8")
    with pytest.raises(CivicgaugeError, match="licence_open_share"):
        discover()


def test_a_file_without_indicators_is_refused_by_name(folder: Path) -> None:
    (folder / "zz_empty.py").write_text("INDICATORS = ()\n", encoding="utf-8")
    with pytest.raises(CivicgaugeError, match=r"indicators/zz_empty\.py"):
        discover()


def test_a_helper_with_an_underscore_is_no_indicator(folder: Path) -> None:
    (folder / "_zz_helper.py").write_text("raise RuntimeError('must not be imported')\n", encoding="utf-8")
    assert "permalink_share" not in {indicator.id for indicator in discover()}


def test_an_indicator_that_raises_is_an_error_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_evidence: Evidence) -> Figure:
        raise ZeroDivisionError("of our own making")

    first, second = discover()[:2]
    with caplog.at_level(logging.ERROR):
        values = measure(evidence([]), [replace(first, arithmetic=broken), second])
    assert (values[0].status, values[0].value, values[0].reason) == (Status.ERROR, None, "ZeroDivisionError")
    assert values[1].status is Status.OK
    assert first.id in caplog.text
    assert "of our own making" in caplog.text


def test_every_check_that_an_indicator_relies_on_exists() -> None:
    shipped = {file.stem for file in (Path(__file__).parents[2] / "expectations").rglob("*.yml")}
    assert {check for indicator in discover() for check in indicator.checks} <= shipped


def test_order_is_that_of_the_files_and_of_their_tuples() -> None:
    ids = [indicator.id for indicator in discover()]
    assert ids[:4] == [f"datasets_{event}_count" for event in ("counted", "added", "found", "removed")]
    assert ids[-6:-3] == ["promises_kept_share", "promises_fresh_share", "promises_testable_share"]
    assert ids[-3:] == ["rows_sound_share", "cells_filled_share", "rows_recent_share"]


@pytest.mark.parametrize("indicator", discover(), ids=lambda indicator: indicator.id)
def test_each_indicator_tells_people_what_they_need_to_know(indicator: Indicator) -> None:
    for text in (indicator.title, indicator.question, indicator.formula, indicator.gaming, indicator.advice):
        assert text.strip() == text
        assert "  " not in text
    assert set(indicator.sources) >= {"socrata", "ckan"}
    assert indicator.question.endswith("?")
    for text in (indicator.formula, indicator.gaming, indicator.advice, *indicator.sources.values()):
        assert text.endswith(".")
    assert indicator.version >= 1
