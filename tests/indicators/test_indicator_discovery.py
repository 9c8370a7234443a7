"""Indicators are found by their files; one that raises costs no other; each is described whole."""

from __future__ import annotations

import importlib
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.indicators.cities import CLASSES, evidence, row

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

MORE_IMPORTS = """from dataclasses import replace
from civicgauge.indicators import Bands
from civicgauge.bearings import decides, informs
"""


def _by_id(indicator_id: str) -> Indicator:
    return next(indicator for indicator in discover() if indicator.id == indicator_id)


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

    first, second = _by_id("licence_open_share"), _by_id("datasets_counted_count")
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
    files = sorted(path.stem for path in Path(indicators.__path__[0]).glob("[!_]*.py"))
    ids = [indicator.id for indicator in discover()]
    medians = [f"cycles_late_median_{each}" for each in CLASSES]  # the one file with several: in the order it gives
    expected = [each for file in files for each in (medians if file == "cycles_late_median" else [file])]
    assert ids == expected


CONTRADICTIONS = [
    (
        "bands=Bands(('good', 'poor'), (0.3, 0.6)),",
        "bands: 2 names need 1 limits, there are 2",
    ),
    (
        "bands=Bands(('good', 'fair', 'poor'), (0.3, 0.6)),",
        "bands: the limits 0.3 and 0.6 are out of order; begin at the better end",
    ),
    ("bands=Bands(('good', 'fair', 'good'), (0.6, 0.3)),", "bands: a name is given twice"),
    (
        "direction='lower_is_better', bands=Bands(('good', 'fair', 'poor'), (0.6, 0.3)),",
        "bands: the limits 0.6 and 0.3 are out of order; begin at the better end",
    ),
    (
        "direction='neutral', bands=Bands(('a', 'b'), (0.5,)),",
        "bands: a neutral number has no better end, hence no bands",
    ),
    (
        "direction='neutral', bearings=(decides('OD3', in_line=0.8, differs=0.5),),",
        "bearings: a neutral number decides nothing; use informs()",
    ),
    (
        "bearings=(decides('OD3', in_line=0.5, differs=0.8),),",
        "bearings: OD3: what is in line must lie beyond what differs",
    ),
    (
        "direction='lower_is_better', bearings=(decides('OD3', in_line=0.8, differs=0.5),),",
        "bearings: OD3: what is in line must lie beyond what differs",
    ),
    ("bearings=informs('OD3', 'DM4', 'OD3'),", "bearings: a criterion is given twice"),
    (
        "bearings=(decides('OD3', in_line=0.8, differs=0.5), *informs('OD3')),",
        "bearings: a criterion is given twice",
    ),
]


@pytest.mark.parametrize(("changes", "problem"), CONTRADICTIONS, ids=[problem for _, problem in CONTRADICTIONS])
def test_an_indicator_that_contradicts_itself_is_named_with_file_and_line(
    folder: Path, changes: str, problem: str
) -> None:
    sound = NEW_FILE.format(id="permalink_share")
    text = sound.replace("    ),\n)\n", f"    ),\n)\nINDICATORS = (replace(*INDICATORS, {changes}),)\n")
    assert text != sound
    (folder / "zz_wrong.py").write_text(MORE_IMPORTS + text, encoding="utf-8")
    line = next(n for n, words in enumerate((MORE_IMPORTS + text).splitlines(), 1) if 'id="permalink_share"' in words)
    with pytest.raises(CivicgaugeError) as caught:
        discover()
    assert f"indicators/zz_wrong.py:{line}: permalink_share: {problem}" in str(caught.value).splitlines()


def test_all_contradictions_are_told_at_once(folder: Path) -> None:
    for number in (1, 2):
        text = NEW_FILE.format(id=f"wrong_{number}").replace("bearings=()", "bearings=informs('OD3', 'OD3')")
        (folder / f"zz_wrong_{number}.py").write_text(MORE_IMPORTS + text, encoding="utf-8")
    with pytest.raises(CivicgaugeError, match=r"(?s)zz_wrong_1\.py:\d+: wrong_1: .*zz_wrong_2\.py:\d+: wrong_2: "):
        discover()


def test_a_sound_file_with_bands_and_bearings_is_taken(folder: Path) -> None:
    text = NEW_FILE.format(id="permalink_share").replace(
        "bearings=()", "bearings=(decides('OD3', in_line=0.8, differs=0.8),), bands=Bands(('a', 'b'), (0.5,))"
    )
    (folder / "zz_right.py").write_text(MORE_IMPORTS + text, encoding="utf-8")
    assert discover()[-1].criteria == ("OD3",)


@pytest.mark.parametrize("indicator", discover(), ids=lambda indicator: indicator.id)
def test_each_indicator_tells_people_what_they_need_to_know(indicator: Indicator) -> None:
    for text in (indicator.title, indicator.question, indicator.formula, indicator.gaming, indicator.advice):
        assert text.strip() == text
        assert "  " not in text
    assert set(indicator.sources) >= {"socrata", "ckan"}
    assert indicator.question.endswith("?")
    sentences = (indicator.formula, indicator.gaming, indicator.gain, indicator.advice)
    for text in (*sentences, *indicator.sources.values(), *indicator.steps.values()):
        assert text.endswith(".")
        assert not re.search(r"[a-z)`][.;:][A-Z]", text), "a space is missing between two sentences"
    assert indicator.version >= 1


@pytest.mark.parametrize("indicator", discover(), ids=lambda indicator: indicator.id)
def test_no_text_gives_a_verdict(indicator: Indicator) -> None:
    texts = [indicator.title, indicator.question, indicator.formula, indicator.gaming, indicator.gain, indicator.advice]
    texts += [
        *indicator.sources.values(),
        *indicator.steps.values(),
        *(indicator.bands.names if indicator.bands else ()),
    ]
    for text in texts:
        assert not re.search(r"(?i)\b(certified|meets|fails?|failed|non-compliant)\b", text), text
