"""The pages in a real browser: read, pressed, and taken as pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers import browser, pictures

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(browser.found() is None, reason="no Chromium on PATH")
def test_pages_are_shown_without_a_complaint_and_the_button_works(tmp_path: Path) -> None:
    """The policy lets the style through and the form act; nothing is wider than a phone."""
    assert pictures.take(tmp_path) == []
    kept = {path.name for path in (ROOT / "docs" / "images").glob("answer-*.png")}
    assert {path.name for path in tmp_path.glob("*.png")} == kept
