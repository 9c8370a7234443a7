"""`civicgauge compare`: a page for a person, JSON for a program, and who may ask for what."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from civicgauge.pipeline.context import Context
from tests.cli.conftest import Ask
from tests.comparison.made_up import SHARE, Town, cohort_file, settle, share, towns
from tests.homes import home_at

NEVER = ("certified", "meets", "fails", "non-compliant", "rank", "best", "worst")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Twelve public cities beside one another, one with an interval of its own, and a private one."""
    made = tmp_path / "home"
    with home_at(made) as context:
        some = towns(12)
        some[3] = replace(some[3], own=share(0.95, 0.9, 1.0, band="nearly all"))
        settle(context, [*some, Town("secret", publication="private")])
    return made


def table_lines(text: str) -> dict[str, str]:
    """The table's lines by the first column."""
    return {line[:28].split("  ")[0].strip(): line for line in text.splitlines()}


def test_a_city_beside_its_peers_in_words(home: Path, ask: Ask) -> None:
    told = ask(home, "compare", "town-03")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].rstrip() == "Town 03 (town-03), 2026-06-30, beside 11 cities"
    assert lines[1].rstrip() == "Peer group: 250,000 to 499,999 people; socrata; 100 to 299 datasets."
    kept = re.sub(r"\s+", " ", told.out)
    assert "95.0 %" in kept
    assert "90.0 to 100.0 %" in kept
    assert "it is above" in kept
    assert " 2 of 11 " in kept  # the two highest peers overlap
    assert "▸nearly all 0" in kept
    assert "not an assessment" in kept
    assert "secret" not in told.out.lower()
    assert not [word for word in NEVER if word in told.out.lower()]
    for word in ("None", "null", "_share", "too_few"):
        assert word not in told.out


def test_as_json_it_is_the_rows(home: Path, ask: Ask) -> None:
    told = json.loads(ask(home, "compare", "town-03", "--json").out)
    assert {row["city_id"] for row in told["comparison"]} == {"town-03"}
    row = next(row for row in told["comparison"] if row["indicator_id"] == SHARE)
    assert (row["value"], row["n_overlapping"], row["position"]) == (0.95, 2, "above the middle half")
    assert len(told["comparison_strip"]) == 22


def test_few_peers_are_named_by_name_and_never_by_value(tmp_path: Path, ask: Ask) -> None:
    with home_at(tmp_path / "home") as context:
        settle(
            context, [Town(f"town-{name}", value) for name, value in zip("abcdefg", (5, 3, 1, 4, 2, 6, 0), strict=True)]
        )
    told = ask(tmp_path / "home", "compare", "town-a")
    assert "Middle half" not in told.out
    named = told.out[told.out.index("Peers by name") :]
    assert [named.index(f"Town {letter}") for letter in "BCDEFG"] == sorted(named.index(f"Town {x}") for x in "BCDEFG")


def test_mixed_platforms_are_told_before_the_table(tmp_path: Path, ask: Ask) -> None:
    with home_at(tmp_path / "home") as context:
        settle(context, [Town("town"), *towns(6, "other", kinds=["ckan"])])
    told = ask(tmp_path / "home", "compare", "town")
    assert "widened to any size of catalogue, any population, any platform" in told.out.replace("\n", " ")
    assert told.out.index("Platforms are mixed") < told.out.index("On socrata:") < told.out.index("This city")


def test_too_few_peers_show_nothing_and_say_so(tmp_path: Path, ask: Ask) -> None:
    with home_at(tmp_path / "home") as context:
        settle(context, towns(4))
    told = ask(tmp_path / "home", "compare", "town-00")
    assert told.code == 0
    assert "3 of 3 peers readable: too few to compare" in re.sub(r"\s+", " ", told.out)
    assert "Town 01" not in told.out


def test_a_private_city_is_for_staff(home: Path, ask: Ask) -> None:
    told = ask(home, "compare", "secret")
    assert (told.code, told.out) == (2, "")
    assert "--audience staff" in told.err
    assert "Secret (secret)" in ask(home, "compare", "secret", "--audience", "staff").out


def test_a_cohort_is_for_staff(home: Path, ask: Ask, tmp_path: Path) -> None:
    mine = {
        "id": "mine",
        "title": "My [cities]",
        "cities": ["town-00", "secret", *(f"town-{n:02}" for n in range(4, 9))],
    }
    path = str(cohort_file(tmp_path, {"cohorts": [mine]}))
    told = ask(home, "compare", "town-03", "--cohort", "mine", CIVICGAUGE_COHORTS=path)
    assert (told.code, told.out) == (2, "")
    told = ask(home, "compare", "town-03", "--cohort", "mine", "--audience", "staff", CIVICGAUGE_COHORTS=path)
    assert told.code == 0
    assert "Peer group: My [cities]." in told.out
    assert "beside 7 cities" in told.out
    assert ask(home, "check", CIVICGAUGE_COHORTS=path).code == 0
    assert ask(home, "compare", "town-03", "--cohort", "mine", "--audience", "staff").code == 2


def test_a_city_without_a_day_and_one_that_is_not_there(home: Path, ask: Ask) -> None:
    told = ask(home, "compare", "town-03", "--as-of", "2020-01-01")
    assert (told.code, told.out) == (0, "")
    assert "no measured day of town-03" in told.err
    assert ask(home, "compare", "nowhere").code == 2


def test_a_day_computed_by_two_versions_shows_the_newer(home: Path, ask: Ask) -> None:
    with home_at(home) as context:
        _again(context)
    lines = table_lines(ask(home, "compare", "town-03").out)
    assert "12.0 %" in lines["Promises kept"]


def _again(context: Context) -> None:
    settle(context, [replace(t, own=share(0.12, indicator_version=2)) for t in towns(12)])
