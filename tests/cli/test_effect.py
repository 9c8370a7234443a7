"""`civicgauge effect`: what it prints, and that it never says what it must not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.effects.simulated import write_csv, write_plan
from tests.homes import home_at

FORBIDDEN = re.compile(r"\b(ineffective|certified|meets|fails|non-compliant)\b", re.IGNORECASE)
CITY = "id: demo-alder-falls\nname: Alder Falls\ncountry: US\ntime_zone: America/Chicago\nportals: [{kind: ckan, url: 'https://a.example'}]\n"
D = ("--band-low=-0.1", "--band-high", "0.1", "--unit", "standard deviations (d)")


def test_published_analyses(tmp_path: Path, ask: Ask) -> None:
    told = ask(tmp_path, "effect", "word", "--estimate", "0.023", "--low=-0.04", "--high", "0.08", *D)
    assert told.code == 0
    assert "Verdict           no effect of practical size\n" in told.out
    assert not FORBIDDEN.search(told.out)
    told = ask(tmp_path, "effect", "word", "--estimate", ".06", *D, "--json")
    assert json.loads(told.out)["verdict"] == "insufficient data"
    assert "no interval given" in json.loads(told.out)["reason"]
    told = ask(tmp_path, "effect", "word", "--estimate", "1", "--low", "2", "--high", "3", *D)
    assert (told.code, told.out) == (2, "")


def test_from_registration_to_the_picture(tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("civicgauge.cli.effect.utc_now", lambda: datetime(2025, 2, 1, 12, tzinfo=UTC))
    home = tmp_path / "home"
    with home_at(home) as context:
        (context.settings.cities / "demo-alder-falls.yml").write_text(CITY, encoding="utf-8")
    write_csv(tmp_path / "days.csv", -30)
    path = str(write_plan(tmp_path))
    told = ask(home, "effect", "register", path)
    assert told.code == 0, told.err
    assert "After the start   nothing of it was read" in told.out
    assert "registered 762 days after the start" in told.out
    looked = tmp_path / "look.svg"
    told = ask(home, "effect", "look", path, "--by", "data steward", "--plot", str(looked), "--json")
    assert len(json.loads(told.out)["series"][0]["values"]) == 24
    assert looked.read_bytes().startswith(b"<?xml")
    assert "not answered yet" in ask(home, "effect", "list").out
    told = ask(home, "effect", "answer", "alder-potholes", "--by", "data steward", "--folder", str(tmp_path))
    assert told.code == 0, told.err
    assert "Verdict           evidence of benefit\n" in told.out
    assert "No stance on a criterion follows from this without a review by staff." in told.out
    assert not FORBIDDEN.search(told.out)
    drawn = tmp_path / "effect.png"
    shown = ask(home, "effect", "show", "alder-potholes", "--plot", str(drawn))
    assert shown.out == told.out
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert json.loads(ask(home, "effect", "list", "--json").out)[0]["verdict"] == "evidence of benefit"
    assert "nothing is registered" in ask(home, "effect", "list", "--city", "elsewhere").err
    told = ask(home, "effect", "register", str(write_plan(tmp_path, ("low: -5", "low: 5"))))
    assert told.code == 2
    assert "plan.yml:12:7: band" in told.err
