"""`civicgauge whatif`: the numbers that staff entered and nothing else; no city, no file, no row."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def test_it_says_share_level_way_to_the_next_rule_and_what_it_is_not(tmp_path: Path, ask: Ask) -> None:
    told = ask(tmp_path, "whatif", "--standard", "what-works-cities-2022", "--points", "29")
    assert told.code == 0
    lines = dict(re.findall(r"^(\S[\w ]*?)  +(.+)$", told.out, re.MULTILINE))
    assert lines["Share"] == "29/43, 67.44 %"
    assert lines["Level"] == "Silver"
    assert lines["Next"] == "1 point more to Gold"
    assert lines["Lower bounds"] == "Silver 51 %, Gold 68 %, Platinum 85 %"
    assert "not rounded" in lines["Rule"]
    assert "prerequisites" in lines["Not modelled"]
    assert lines["On portals"].startswith("11 of 43 criteria have any signal")
    assert "numbers that staff entered: not stored, not exported" in told.out
    assert "nothing that is said of any city" in told.out
    assert not re.search(r"\b(certified|meets|fails|non-compliant)\b", told.out, re.IGNORECASE)


def test_two_thirds_of_the_older_version_are_not_67_percent(tmp_path: Path, ask: Ask) -> None:
    told = ask(tmp_path, "whatif", "--standard", "what-works-cities-2018", "--points", "30", "--json")
    found = json.loads(told.out)
    assert (found["share"], found["percent"], found["level"], found["points_to_next"]) == ("30/45", 66.67, "Silver", 1)
    assert found["levels"][2] == {"name": "Platinum", "at": "0.84", "inferred": True}
    assert any("84 % is inferred" in sentence for sentence in found["unknowns"])
    assert "any city" in found["notice"]


def test_codes_are_points(tmp_path: Path, ask: Ask) -> None:
    told = ask(tmp_path, "whatif", "--criteria", "DM1, OD3", "--points", "2", "--json")
    found = json.loads(told.out)
    assert (found["points"], found["level"], found["next_level"], found["points_to_next"]) == (2, None, "Silver", 20)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give --points N, or --criteria"),
        (("--points", "44"), "44 is not between 0 and 43"),
        (("--points=-1",), "-1 is not between"),
        (("--criteria", "DM1,XX9"), "'XX9' is no criterion"),
        (("--criteria", "DM1", "--points", "2"), "--points says 2, --criteria names 1"),
        (("--points", "2", "--standard", "wwc"), "known are what-works-cities-2018, what-works-cities-2022"),
        (("us-mo-kansas-city", "--points", "2"), "us-mo-kansas-city"),
    ],
)
def test_odd_input_is_refused_in_words(tmp_path: Path, ask: Ask, words: tuple[str, ...], said: str) -> None:
    told = ask(tmp_path, "whatif", *words)
    assert told.code == 2
    assert told.out == ""
    assert said in told.err


def test_nothing_is_stored(tmp_path: Path, ask: Ask) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert ask(tmp_path, "whatif", "--points", "30").code == 0
    assert sorted(tmp_path.rglob("*")) == before
