"""Reading check files: a new one needs no Python, and bad ones say where and what is wrong, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.quality.samples import CATALOG, COLUMNS

from civicgauge.errors import ConfigurationError
from civicgauge.quality.cases import wrong_cases
from civicgauge.quality.checks import load_checks

NEW = """\
id: many_downloads
version: 1
table: datasets
severity: info
title: Dataset is downloaded
question: Has anyone downloaded it?
why: Data that nobody uses may need a better title.
fix:
  socrata: [Tell people about it.]
  ckan: [Tell people about it.]
serves:
  - {standard: Our own, criterion: use, source: the staff handbook}
applies:
  - {column: kind, in: [table], otherwise: not_a_table}
needs:
  - {column: download_count, otherwise: downloads_not_shown}
expectation:
  type: expect_column_values_to_be_between
  kwargs: {column: download_count, min_value: 1}
observed: "{download_count} {download_count|download|downloads}"
expected: at least one download
cases:
  passed: [{download_count: 1}]
  failed: [{download_count: 0}]
  unknown: [{download_count: null}, {kind: null, download_count: 4}]
  not_applicable: [{kind: file, download_count: 0}]
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load_checks(folder, COLUMNS)
    return [problem.replace(f"{folder.as_posix()}/", "") for problem in caught.value.problems]


def test_a_new_file_beside_the_shipped_ones_is_a_check(tmp_path: Path) -> None:
    for path in CATALOG.glob("*.yml"):
        write(tmp_path / "catalog", path.stem, path.read_text(encoding="utf-8"))
    write(tmp_path / "ours", "many_downloads", NEW)
    checks = load_checks(tmp_path, COLUMNS)
    assert [c.id for c in checks] == sorted([*(p.stem for p in CATALOG.glob("*.yml")), "many_downloads"])
    assert wrong_cases([c for c in checks if c.id == "many_downloads"], COLUMNS) == []


def test_every_problem_of_every_file_is_told_with_its_place(tmp_path: Path) -> None:
    write(
        tmp_path, "many_downloads", NEW.replace("severity: info", "severity: grave").replace("version: 1", "version: 0")
    )
    write(
        tmp_path,
        "odd_column",
        NEW.replace("id: many_downloads", "id: odd_column").replace("column: kind", "column: kid"),
    )
    write(tmp_path, "broken", "id: [\n")
    found = problems(tmp_path)
    assert [p.split(": ")[0] for p in found] == [
        "broken.yml:2:1",
        "many_downloads.yml:2:10",
        "many_downloads.yml:4:11",
        "odd_column.yml:14:14",
    ]
    assert "'kid' is no column of datasets; did you mean 'kind'?" in found[3]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("id: many_downloads", "id: other", "1:5", "the same"),
        ("min_value: 1}", "min_value: 1, mostly: 0.9}", "19:11", "mostly cannot be used"),
        ("_values_to_be_between", "_mean_to_be_between", "18:9", "expect_column"),
        ("{column: download_count, min_value: 1}", "{min_value: 1}", "19:11", "name the column"),
        (
            "{column: download_count, min_value: 1}",
            "{column: downloads, min_value: 1}",
            "19:11",
            "no column of datasets",
        ),
        ('"{download_count} {', '"{downloads} {', "20:11", "no column of datasets"),
        ('"{download_count} {', '"{} {', "20:11", "brace"),
        ("in: [table], otherwise: not_a_table", "otherwise: not_a_table", "14:5", "`in: [...]` or `not: [...]`"),
        ("in: [table]", "in: [table], not: [file]", "14:5", "not both"),
        ("otherwise: downloads_not_shown}", "not: [3]}", "16:5", "say why"),
        ("failed: [{download_count: 0}]", "failed: [{downloads: 0}]", "24:12", "no column of datasets"),
        ("  failed: [{download_count: 0}]\n", "", "23:3", "none is failed"),
        ("why: Data", "wy: Data", "7:1", "did you mean"),
        ("fix:\n", "fix: {}\nfixes:\n", "8:", "fix"),
        ("otherwise: downloads_not_shown", "otherwise: Downloads not shown", "16:", "otherwise"),
    ],
)
def test_one_thing_wrong(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    assert old in NEW
    write(tmp_path, "many_downloads", NEW.replace(old, new, 1))
    found = problems(tmp_path)
    assert any(p.startswith(f"many_downloads.yml:{place}") and words in p for p in found), found


def test_texts_of_checks_on_parts_name_counts_only(tmp_path: Path) -> None:
    text = NEW.replace("table: datasets", "table: columns").replace("download_count", "name_length")
    write(tmp_path, "many_downloads", text.replace("column: kind", "column: datatype").replace("kind:", "datatype:"))
    assert [p for p in problems(tmp_path) if "cannot stand in a text of a check on parts" in p]


def test_an_id_is_taken_once(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        write(tmp_path / folder, "many_downloads", NEW)
    found = problems(tmp_path)
    assert len(found) == 1
    assert found[0].startswith("second/many_downloads.yml:1:5: id: the id 'many_downloads' is taken by ")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such folder"):
        load_checks(tmp_path / "nowhere", COLUMNS)


def test_a_folder_without_files_has_no_checks(tmp_path: Path) -> None:
    assert load_checks(tmp_path, COLUMNS) == ()
