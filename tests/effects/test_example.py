"""The example of docs/effects.md, run: what stands there is what is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicgauge.cli import main
from tests.homes import home_at

DOCS = Path(__file__).resolve().parents[2] / "docs"
CITY = (
    "id: demo-alder-falls\nname: Alder Falls\ncountry: US\ntime_zone: America/Chicago\n"
    "portals: [{kind: ckan, url: 'https://a.example'}]\n"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def said(*words: str) -> str:
        monkeypatch.setattr("civicgauge.cli.effect.utc_now", lambda: datetime(2026, 6, 30, 12, tzinfo=UTC))
        monkeypatch.setattr("sys.argv", ["civicgauge", *words])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        assert left.value.code == 0, told.err
        return told.out

    return said


def test_the_page_shows_what_the_command_prints(tmp_path: Path, run: Callable[..., str]) -> None:
    page = (DOCS / "effects.md").read_text(encoding="utf-8")
    plan = DOCS / "effects" / "potholes.yml"
    assert plan.read_text(encoding="utf-8").rstrip() in page
    with home_at(tmp_path) as context:
        (context.settings.cities / "demo-alder-falls.yml").write_text(CITY, encoding="utf-8")
        assert run("effect", "register", str(plan)) in page
        words = ("--by", "performance lead", "--folder", str(plan.parent))
        assert run("effect", "answer", "alder-potholes-2023", *words) in page
    d = ("--band-low=-0.1", "--band-high", "0.1", "--unit", "standard deviations (d)")
    assert run("effect", "word", "--estimate", "0.023", "--low=-0.04", "--high", "0.08", *d) in page
    assert run("effect", "word", "--estimate", "0.06", *d) in page
