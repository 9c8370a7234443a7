"""The pages in a real browser: read, pressed, and taken as pictures."""

from __future__ import annotations

from pathlib import Path

from tests.answers import pictures
from tests.browser import opened

ROOT = Path(__file__).resolve().parents[2]


def test_pages_are_shown_without_a_complaint_and_the_button_works(tmp_path: Path) -> None:
    """The policy lets the style through and the form act; nothing is wider than a phone, and axe finds nothing."""
    with opened() as chromium:
        assert pictures.take(tmp_path, chromium) == []
    kept = {path.name for path in (ROOT / "docs" / "images").glob("answer-*.png")}
    assert {path.name for path in tmp_path.glob("*.png")} == kept
