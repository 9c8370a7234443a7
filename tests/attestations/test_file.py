"""A file of attestations: all of it or nothing, every problem with its line, and again it changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.attestations import withdraw
from civicgauge.pipeline.reviewing.attestfile import lines_of, load
from civicgauge.review.attesting import FIELDS, NotTaken
from tests.attestations.conftest import AT, entry


def written(path: Path, *entries: dict[str, Any]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, FIELDS)
            writer.writeheader()
            writer.writerows(entries)
    else:
        path.write_text(yaml.safe_dump({"attestations": list(entries)}, sort_keys=False), encoding="utf-8")
    return path


def stored(context: Context) -> list[tuple[str, str]]:
    with context.warehouse() as warehouse:
        return [(row["criterion"], row["state"]) for row in warehouse.reviews.rows("attestation")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named as they are from here."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", ["csv", "yml"])
def test_a_file_is_loaded_once(context: Context, tmp_path: Path, kind: str, proofs: str) -> None:
    told = [
        entry(),
        entry(criterion="LC1", evidence=f"{proofs}/minutes.html", digest="", statement='He said "yes", so'),
    ]
    path = written(tmp_path / f"told.{kind}", *told)
    first = load(context, path, AT)
    assert (len(first.new), first.known) == (2, {})
    assert stored(context) == [("DM1", "proposed"), ("LC1", "proposed")]
    again = load(context, path, AT)
    assert (again.new, set(again.known)) == ((), set(first.new))
    withdraw(context, first.new[0], by="data steward", reason="a slip", at=AT)
    assert load(context, path, AT).known[first.new[0]] == "withdrawn"
    written(path, *told, entry(criterion="DM3"))
    assert len(load(context, path, AT).new) == 1


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_all_bad_rows_are_named_with_their_lines_and_nothing_is_entered(context: Context, tmp_path: Path) -> None:
    bad = [
        entry(statement="two\nlines"),
        entry(valid_until="2026-10-01"),
        entry(criterion="DM99"),
        entry(city="nowhere", standard="x"),
        entry(digest=""),
        entry(statement="two\nlines"),
        entry(valid_until="2026-10-20", said_on="2026-01-01"),
        entry(digest="", evidence="http://127.0.0.1:9/never-asked"),
    ]
    with pytest.raises(NotTaken) as told:
        load(context, written(tmp_path / "told.csv", *bad), AT)
    assert told.value.message == "Attestations that cannot be taken; nothing was entered:"
    begins = [problem.split(": ")[:2] for problem in told.value.problems]
    assert begins == [
        ["told.csv:4", "valid_until"],
        ["told.csv:5", "criterion"],
        ["told.csv:6", "city"],
        ["told.csv:6", "standard"],
        ["told.csv:7", "evidence"],
        ["told.csv:8", "the same attestation as in told.csv:2; keep one of them"],
        ["told.csv:10", "valid_until"],
    ]
    with pytest.raises(NotTaken) as told:
        load(context, written(tmp_path / "told.yml", *bad), AT)
    assert len(told.value.problems) == len(begins)
    assert told.value.problems[0].startswith("told.yml:14:3: valid_until: ")
    assert stored(context) == []


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_a_proof_that_is_not_there_keeps_the_whole_file_out(context: Context, tmp_path: Path, proofs: str) -> None:
    path = written(tmp_path / "told.csv", entry(), entry(criterion="LC1", evidence=f"{proofs}/gone", digest=""))
    with pytest.raises(NotTaken, match=r"told\.csv:3: evidence: the proof could not be read: .*404"):
        load(context, path, AT)
    assert stored(context) == []


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_another_proof_for_the_same_words_is_no_second_attestation(context: Context, tmp_path: Path) -> None:
    told = entry(evidence="https://alpha.example.gov/minutes")
    load(context, written(tmp_path / "told.csv", told), AT)
    with pytest.raises(NotTaken, match=r"told\.csv:2: digest: dm1-\w+ is there already with another proof"):
        load(context, written(tmp_path / "told.csv", {**told, "digest": "00" * 32}), AT)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", "", "a.txt: is neither .csv nor .yml"),
        ("a.csv", "", "a.csv:1: columns are missing: city, standard"),
        ("a.csv", "city;standard;criterion\n", "a.csv:1: its columns are separated by semicolons"),
        ("a.csv", ",".join([*FIELDS, "name"]), "a.csv:1: 'name' is no column; known: city"),
        ("a.csv", ",".join([*FIELDS, "city"]), "a.csv:1: the column city is given twice"),
        ("a.csv", ",".join(FIELDS), "a.csv:1: holds no attestation"),
        ("a.csv", ",".join(FIELDS) + "\na,b\n", "a.csv:2: 2 cells under 10 columns"),
        ("a.csv", ",".join(FIELDS) + '\n"a', "a.csv:2: is no CSV"),
        ("a.csv", b"city\n\xff", "a.csv:2: is not UTF-8 text"),
        ("a.yml", "", "a.yml:1:1: file: is empty"),
        ("a.yml", "city: x", "a.yml:1:7: city: is not known here; write attestations:"),
        ("a.yml", "attestations: x", "a.yml:1:15: attestations: must be a list"),
        ("a.yml", "- x", "a.yml:1:3: [0]: must be lines of `key: value`"),
        ("a.yml", "- city: x\n  mayor: y", "a.yml:2:3: [0].mayor: is no field of an attestation"),
        ("a.yml", "- [", "a.yml:2:1: file: a bracket is not closed"),
        ("none.csv", None, "none.csv:1: cannot be read: no such file"),
    ],
)
def test_a_file_that_is_none_is_named(tmp_path: Path, name: str, text: str | bytes | None, told: str) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    _, problems = lines_of(tmp_path / name)
    assert told in "\n".join(problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode), kind=st.sampled_from(["csv", "yml"]))
def test_any_bytes_are_lines_or_problems(tmp_path: Path, body: bytes, kind: str) -> None:
    path = tmp_path / f"any.{kind}"
    path.write_bytes(body)
    lines, problems = lines_of(path)
    assert lines or problems
    assert all(problem.startswith(f"any.{kind}") for problem in problems)
