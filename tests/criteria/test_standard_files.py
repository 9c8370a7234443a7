"""A standard's file: what the two shipped ones hold, and contradictions named with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicgauge import criteria
from civicgauge.criteria import load_standards, observable_count, signal_sentence, standards

SHIPPED = Path(criteria.__file__).parent
SMALL = """standard: Small
version: "1"
valid_from: 2020-01-01
valid_to: 2021-12-31
disclaimer: Modelled on nothing.
sources: ["https://example.org"]
unknowns: [Who wrote it.]
levels:
  - {name: Low, at: 0.5}
  - {name: High, at: 0.75}
criteria_count: 4
unlisted_count: 1
practices:
  - name: One
    criteria:
      - {code: A1, name: First, asks: Something., attest: Somebody., observable: partial}
      - {code: A2, name: Second, asks: Something., attest: Somebody., observable: none}
  - name: Two
    criteria:
      - {code: B1, name: Third, asks: Something., attest: Somebody., observable: none, link_check: true}
"""
OLDER = """standard: Small
version: "0"
valid_from: 2018-01-01
valid_to: 2019-12-31
disclaimer: Modelled on nothing.
sources: ["https://example.org"]
unknowns: []
levels: []
criteria_count: 1
like_standard: small
practices:
  - name: One
    criteria:
      - {code: Z1, name: First, asks: Something., attest: Somebody., observable: partial, like: A1}
"""


def said(folder: Path, **files: str) -> list[str]:
    """The problems of a folder with these files, each without the folder's own path."""
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    _, problems = load_standards(folder)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in problems]


def test_the_2018_version_names_what_is_known_and_counts_what_is_not() -> None:
    standard = standards()["what-works-cities-2018"]
    assert (standard.criteria_count, standard.unlisted_count, len(standard.practices)) == (45, 42, 8)
    assert [(c.code, c.like) for c in standard.criteria] == [("DG1", "DM2"), ("DG2", "DM1"), ("DG3", "DM4")]
    assert [(str(level.at), level.inferred) for level in standard.levels] == [
        ("0.51", False),
        ("0.67", False),
        ("0.84", True),
    ]
    assert any("42 of the 45" in sentence for sentence in standard.unknowns)


def test_each_standard_says_how_much_of_it_a_portal_can_show() -> None:
    new, old = standards()["what-works-cities-2022"], standards()["what-works-cities-2018"]
    assert observable_count(new) == 11
    assert {c.code for c in new.criteria if c.link_check} == {"OD1", "DM9"}
    assert signal_sentence(new).startswith("11 of 43 criteria have any signal on a portal; of 2 more only the address")
    assert observable_count(old) == 2
    assert "2 of 45 criteria are known to have" in signal_sentence(old)
    assert "of 42 neither code nor name is publicly known" in signal_sentence(old)


def test_two_files_that_fit_are_no_problem(tmp_path: Path) -> None:
    assert said(tmp_path, small=SMALL, older=OLDER) == []
    found, _ = load_standards(tmp_path)
    assert sorted(found) == ["older", "small"]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        (
            "criteria_count: 4",
            "criteria_count: 5",
            "small.yml:11:17: criteria_count",
            "5 are stated, 3 are listed and 1",
        ),
        ("code: B1", "code: A1", "small.yml:20:16: practices[1].criteria[0].code", "A1 is given twice"),
        ("valid_to: 2021-12-31", "valid_to: 2019-12-31", "small.yml:4:11: valid_to", "the dates are crossed"),
        ("at: 0.75", "at: 0.5", "small.yml:10:22: levels[1].at", "0.5 is not above 0.5"),
        ("at: 0.75", "at: 0.4", "small.yml:10:22: levels[1].at", "from the lowest up"),
        ("at: 0.75", "at: 1.5", "small.yml:10:22: levels[1].at", ""),
        ("name: High", "name: low", "small.yml:10:12: levels[1].name", "low is given twice"),
        ("link_check: true", "like: A1", "small.yml:20", "name the standard it speaks of as like_standard"),
        ("link_check: true", "link_check: true, known: false", "small.yml:20", "nothing can be observed"),
        ("unknowns: [Who wrote it.]", "unknowns: []", "small.yml:12:17: unlisted_count", "say in `unknowns`"),
        ("observable: partial", "observable: partly", "small.yml:16", "partly"),
        ("attest: Somebody., observable: partial", "observable: partial", "small.yml:16", "attest"),
    ],
)
def test_a_contradiction_is_named_with_its_line(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    (problem,) = said(tmp_path, small=SMALL.replace(old, new, 1))
    assert problem.startswith(place)
    assert words in problem


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (lambda text: text.replace("like: A1", "like: A9"), "older.yml:14", "A9 is no criterion of small"),
        (lambda text: text.replace("like_standard: small", "like_standard: other"), "older.yml:10:16", "known: small"),
        (lambda text: text.replace("like_standard: small", "like_standard: older"), "older.yml:10:16", "no other"),
    ],
)
def test_like_must_name_a_criterion_of_another_standard(
    tmp_path: Path, change: Callable[[str], str], place: str, words: str
) -> None:
    (problem,) = said(tmp_path, small=SMALL, older=change(OLDER))
    assert problem.startswith(place)
    assert words in problem


@pytest.mark.parametrize("end", ["valid_to: 2020-01-01\n", ""])
def test_two_versions_of_one_standard_are_not_in_force_on_one_day(tmp_path: Path, end: str) -> None:
    (problem,) = said(tmp_path, small=SMALL, older=OLDER.replace("valid_to: 2019-12-31\n", end))
    assert problem.startswith("small.yml:3:13: valid_from: older.yml is still in force on 2020-01-01")


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    problems = said(tmp_path, small=SMALL.replace("at: 0.75", "at: 0.4").replace("code: B1", "code: A1"), older="[]")
    assert [problem.split(":")[:2] for problem in problems] == [
        ["older.yml", "1"],
        ["small.yml", "10"],
        ["small.yml", "20"],
    ]


def test_levels_are_exact_and_sources_are_named() -> None:
    for name, standard in standards().items():
        text: Any = yaml.safe_load((SHIPPED / f"{name}.yml").read_text(encoding="utf-8"))
        for level, written in zip(standard.levels, text["levels"], strict=True):
            assert str(level.at) == str(written["at"])
            assert level.bound * 100 == int(level.bound * 100)
        assert all(source.startswith("https://") for source in standard.sources)


ODD = st.sampled_from(
    [".nan", ".inf", "-.inf", "1e400", "1e-400", "yes", "0x1F", "-1", "0", "2026-02-30", "2020-01-01T00:00:00Z", "[]",
     "{}", "null", "''", '"0.5"', "9999-12-31", "A1", "older", "small", "1.0000000000000000001"]
) | st.text("abcZ019.:-[]{} \n", max_size=8)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_behind_a_key_the_files_are_read_or_the_place_is_named(
    tmp_path: Path, data: st.DataObject
) -> None:
    texts = {"small": SMALL, "older": OLDER}
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(texts)))
        values = list(re.finditer(r"(?<=: )[^:,{}\n]+", texts[name]))
        value = values[data.draw(st.integers(0, len(values) - 1))]
        texts[name] = texts[name][: value.start()] + data.draw(ODD) + texts[name][value.end() :]
    for name, text in texts.items():
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    found, problems = load_standards(tmp_path)
    assert all(problem.line >= 1 and problem.message for problem in problems)
    assert problems or set(found) == set(texts)
    for standard in found.values():
        shares = [level.bound for level in standard.levels]
        assert shares == sorted(set(shares))
        assert len(standard.criteria) + standard.unlisted_count == standard.criteria_count
