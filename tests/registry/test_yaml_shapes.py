"""Choices, dictionaries and lists of models, as the files of checks have them; and what stands beside the model."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from civicgauge.yamlfile import load_model, read_model, read_yaml


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(content: str) -> list[str]:
    Path("check.yml").write_text(content)
    read, problems = load_model(Path("check.yml"), Check)
    assert (read is None) == bool(problems)
    return [str(problem).removeprefix("check.yml:") for problem in problems]


class Level(StrEnum):
    LOW = "low"
    HIGH = "high"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Simple(_Strict):
    kind: Literal["simple"]
    limit: int


class Ranged(_Strict):
    kind: Literal["ranged"]
    low: float
    high: float


class Case(_Strict):
    rows: list[dict[str, object]]
    why: Annotated[str, Field(description="one sentence on why")]


class Check(_Strict):
    level: Level = Level.LOW
    test: Annotated[Simple | Ranged, Field(discriminator="kind")]
    other: Simple | Ranged | None = None
    applies: bool = True
    cases: dict[Literal["passed", "failed"], list[Case]] = {}
    kwargs: dict[str, object] = {}
    since: date | None = None

    @model_validator(mode="after")
    def _agree(self) -> Check:
        if self.kwargs.get("wrong"):
            raise ValueError("kwargs.wrong: must not be given\nthe whole is odd")
        return self


TEST = "test: {kind: simple, limit: 1}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "test: {kind: simpel, limit: 1}",
            ["1:7: test: 'simpel' is not one of simple, ranged, did you mean 'simple'?"],
        ),
        ("test: {limit: 1}", ["1:7: test: needs the key 'kind', which says what it is"]),
        ("test: {kind: ranged, low: x}", ["1:7: test.high: is missing", "1:27: test.low: 'x' is not a number"]),
        (TEST + "other: {kind: ranged, low: x, high: 2}", ["2:28: other.low: 'x' is not a number"]),
        (TEST + "other: 3", ["2:8: other: must be lines of `key: value`, not '3'"]),
        (TEST + "level: hihg", ["2:8: level: 'hihg' is not one of low, high, did you mean 'high'?"]),
        (TEST + "applies: 1", ["2:10: applies: must be true or false, not '1'"]),
        (
            TEST + "cases: {pased: []}",
            ["2:9: cases.pased: 'pased' is not one of passed, failed, did you mean 'passed'?"],
        ),
        (
            TEST + "cases:\n  failed:\n    - rows: [1]\n",
            [
                "4:7: cases.failed[0].why: is missing; one sentence on why",
                "4:14: cases.failed[0].rows[0]: must be lines of `key: value`, not '1'",
            ],
        ),
        (
            TEST + "cases:\n  failed:\n    - {rows: [], why: x, wy: y}\n",
            ["4:26: cases.failed[0].wy: is not a key here, did you mean 'why'?"],
        ),
        (TEST + "kwargs:\n  wrong: 1\n", ["1:1: file: the whole is odd", "3:10: kwargs.wrong: must not be given"]),
        (TEST + "since: soon", ["2:8: since: 'soon' is not a date such as 2026-01-31"]),
        (TEST + "kwargs: {a: {b: 1, b: 2}}", ["2:20: kwargs.a.b: is given twice; the first is on line 2"]),
    ],
)
def test_choices_dictionaries_and_lists_lead_to_the_right_place(content: str, expected: list[str]) -> None:
    assert said(content) == expected


def test_the_values_of_a_sound_file_are_those_that_yaml_gives() -> None:
    Path("check.yml").write_text(TEST + "since: 2026-01-15\nkwargs: {day: 2026-01-15, n: 1, 'on': [yes, 'x']}\n")
    loaded = read_model(Path("check.yml"), Check)
    assert loaded.problems == []
    assert loaded.model is not None
    assert loaded.model.since == date(2026, 1, 15)
    assert loaded.model.kwargs == {"day": date(2026, 1, 15), "n": 1, "on": [True, "x"]}
    assert loaded.marks.place(("kwargs", "n")) == (3, 30)
    assert loaded.marks.place(("kwargs", "n"), key=True) == (3, 27)
    assert loaded.marks.place(("kwargs", "none", "deeper")) == (3, 9)


def test_context_reaches_the_validators_and_hints_the_messages() -> None:
    class Aware(_Strict):
        size: int

        @model_validator(mode="after")
        def _small(self, info: ValidationInfo) -> Aware:
            if self.size > info.context["most"]:
                raise ValueError("size: is too large")
            return self

    Path("a.yml").write_text("size: 3\n")
    assert load_model(Path("a.yml"), Aware, context={"most": 3})[1] == []
    assert str(load_model(Path("a.yml"), Aware, context={"most": 2})[1][0]) == "a.yml:1:7: size: is too large"
    Path("a.yml").write_text("{}\n")
    problems = load_model(Path("a.yml"), Aware, hints={"size": "a count"})[1]
    assert [str(p) for p in problems] == ["a.yml:1:1: size: is missing; a count"]


def test_read_yaml_gives_data_places_and_problems() -> None:
    Path("a.yml").write_text("a: 1\na: 2\n")
    data, marks, problems = read_yaml(Path("a.yml"))
    assert data == {"a": 2}
    assert marks.place(("a",)) == (2, 4)
    assert [str(p) for p in problems] == ["a.yml:2:1: a: is given twice; the first is on line 1"]
