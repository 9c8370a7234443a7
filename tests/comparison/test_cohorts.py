"""Staff's file of cohorts: every mistake with its place, and for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.checking import check
from civicgauge.pipeline.cohorts import cohort, load_cohorts, misplaced
from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings, shipped
from tests.comparison.made_up import Town, cohort_file, settle
from tests.homes import home_at

GOOD = "cohorts:\n  - id: gulf\n    title: On the gulf\n    cities: [elm-falls, oak-port]\n    note: alike\n"
MISSPELT = "there is no city 'oak-prt', did you mean 'oak-port'?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to stand in, with a home whose registry knows three cities."""
    monkeypatch.chdir(tmp_path)
    with home_at(tmp_path / "home") as context:
        settle(context, [Town("elm-falls"), Town("oak-port"), Town("fir-ridge")])
        yield tmp_path


def settings(folder: Path, text: str) -> Settings:
    """The home's settings with that text as the file of cohorts."""
    return replace(Settings.from_environment(), cohorts=cohort_file(folder, text))


def test_a_file_is_read(folder: Path) -> None:
    found = load_cohorts(settings(folder, GOOD))
    assert list(found) == ["gulf"]
    assert (found["gulf"].title, found["gulf"].cities) == ("On the gulf", ("elm-falls", "oak-port"))
    assert load_cohorts(settings(folder, "cohorts: []\n")) == {}
    assert load_cohorts(Settings.from_environment()) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("oak-port", "oak-prt"), f"4:25: cohorts[0].cities[1]: {MISSPELT}"),
        (GOOD.replace("oak-port", "elm-falls"), "4:25: cohorts[0].cities[1]: 'elm-falls' is given twice; name each"),
        (GOOD + GOOD[9:], "6:9: cohorts[1].id: 'gulf' is given twice; each cohort needs its own id"),
        (GOOD + "    colour: red\n", "6:5: cohorts[0].colour: "),
        (GOOD.replace("    title: On the gulf\n", ""), "2:5: cohorts[0].title: "),
        (GOOD.replace("id: gulf", "id: On The Gulf"), "2:9: cohorts[0].id: "),
        (GOOD.replace("[elm-falls, oak-port]", "elm-falls"), "4:13: cohorts[0].cities: "),
        (GOOD.replace(", oak-port", ""), "4:13: cohorts[0].cities: "),
        ("- gulf\n", "1:1: file: must be lines of `key: value`"),
        ("", "1:1: file: is empty"),
        ("cohorts: [\n", "2:1: file: a bracket is not closed"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_place(folder: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_cohorts(settings(folder, text))
    assert len(raised.value.problems) == 1, raised.value.problems
    assert raised.value.problems[0].startswith(f"cohorts.yml:{expected}")


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    text = GOOD.replace("oak-port", "nowhere") + GOOD[9:].replace("note", "colour")
    with pytest.raises(ConfigurationError) as raised:
        load_cohorts(settings(folder, text))
    assert [problem.split(": ")[1] for problem in raised.value.problems] == [
        "cohorts[0].cities[1]", "cohorts[1].id", "cohorts[1].colour",
    ]  # fmt: skip


def test_a_file_that_is_not_there_is_an_error(folder: Path) -> None:
    lost = replace(Settings.from_environment(), cohorts=folder / "lost.yml")
    with pytest.raises(ConfigurationError, match=r"lost\.yml:1:1: file: cannot be read"):
        load_cohorts(lost)


def test_check_reads_it_too(folder: Path) -> None:
    problems, counts = check(Context(settings(folder, GOOD)))
    assert (problems, counts["cohorts"]) == ([], 1)
    problems, counts = check(Context(settings(folder, GOOD.replace("oak-port", "oak-prt"))))
    assert "cohorts" not in counts
    assert problems == [f"cohorts.yml:4:25: cohorts[0].cities[1]: {MISSPELT}"]


def test_a_cohort_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="no cohort 'golf'; there are gulf"):
        cohort(settings(folder, GOOD), "golf")
    with pytest.raises(ConfigurationError, match="set CIVICGAUGE_COHORTS to one"):
        cohort(Settings.from_environment(), "gulf")


def test_a_file_inside_the_project_is_warned_of(folder: Path) -> None:
    inside = replace(Settings.from_environment(), cohorts=shipped("dags") / "cohorts.yml")
    assert "keep the file outside of it" in str(misplaced(inside))
    assert misplaced(settings(folder, GOOD)) is None
    assert misplaced(Settings.from_environment()) is None


def test_the_setting_names_the_file(folder: Path) -> None:
    assert Settings.from_environment({"CIVICGAUGE_COHORTS": "mine.yml"}).cohorts == folder / "mine.yml"
    assert Settings.from_environment({}).cohorts is None
