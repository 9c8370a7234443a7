"""The picture: the same bytes each time, spoken by a screen reader, nothing of the world in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from civicgauge.effects.analysis import design_of
from civicgauge.effects.its import model_of
from civicgauge.effects.plot import Picture, draw, drawn
from civicgauge.errors import ConfigurationError
from tests.effects.simulated import series

SVG = "{http://www.w3.org/2000/svg}"


def picture() -> Picture:
    found = series(48, -6)
    return Picture(
        title="Patrol <b>$5$</b>: days",
        unit="days",
        periods=[f"{2021 + t // 12}-{t % 12 + 1:02}" for t in range(48)],
        values=found.values,
        n_before=24,
        start="2023-01-01",
        source="a file & its rows",
        comparison=[("sister", series(48, 0, seed=2).values), ("cousin", series(48, 0, seed=3).values)],
        fit=model_of(design_of(found, "none")).fit(found.values),
        verdict="evidence of benefit",
        reason="it is so",
    )


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_bytes_twice(kind: str) -> None:
    assert drawn(picture(), kind) == drawn(picture(), kind)


def test_the_svg_says_what_it_shows(tmp_path: Path) -> None:
    draw(picture(), tmp_path / "p.svg")
    root = ET.fromstring((tmp_path / "p.svg").read_text(encoding="utf-8"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "effect-title effect-desc"
    assert root.findtext(f"{SVG}title") == "Patrol <b>$5$</b>: days"
    assert root.findtext(f"{SVG}desc") == (
        "48 periods of days, 2021-01 to 2024-12. The programme started on 2023-01-01. evidence of benefit: it is so."
    )


def test_nothing_after_the_start_is_drawn_before_registration(tmp_path: Path) -> None:
    before = replace(picture(), values=picture().values[:24], periods=picture().periods[:24], fit=None, comparison=())
    body = drawn(before, "svg").decode()
    assert "The programme started" not in body
    with pytest.raises(ConfigurationError, match=r"end the file's name in \.svg or \.png"):
        draw(before, tmp_path / "p.gif")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        draw(before, tmp_path / "none" / "p.svg")
