"""The form of a check file: what may stand in `expectations/<where>/<id>.yml`, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, StrictBool, field_validator, model_validator

from civicgauge.quality.alerting import Alerting
from civicgauge.quality.conditions import Applies, FromFile, Needs, PartsMissing
from civicgauge.quality.formulas import formula
from civicgauge.quality.measures import LANDED, Measure, unfit

Table = Literal["datasets", "resources", "columns", "landed_tables", "landed_columns"]
Severity = Literal["critical", "warning", "info"]
Expected = Literal["passed", "failed", "unknown", "not_applicable"]
Text = Annotated[str, Field(min_length=3)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]

RowExpectation = Literal[
    "expect_column_pair_values_a_to_be_greater_than_b",
    "expect_column_pair_values_to_be_equal",
    "expect_column_pair_values_to_be_in_set",
    "expect_column_value_lengths_to_be_between",
    "expect_column_value_lengths_to_equal",
    "expect_column_values_to_be_between",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_null",
    "expect_column_values_to_be_unique",
    "expect_column_values_to_match_regex",
    "expect_column_values_to_match_regex_list",
    "expect_column_values_to_match_strftime_format",
    "expect_column_values_to_not_be_in_set",
    "expect_column_values_to_not_be_null",
    "expect_column_values_to_not_match_regex",
    "expect_column_values_to_not_match_regex_list",
    "expect_compound_columns_to_be_unique",
    "expect_multicolumn_sum_to_equal",
    "expect_multicolumn_values_to_be_equal",
    "expect_select_column_values_to_be_unique_within_record",
]
"""The expectations of Great Expectations that say of each row by itself whether it is as expected, on a pandas frame.
Others are refused: an average or a share says nothing of one dataset, and some misjudge text in pandas 3."""

ROW_EXPECTATIONS: frozenset[str] = frozenset(get_args(RowExpectation))
ABOUT_NULLS = frozenset({"expect_column_values_to_be_null", "expect_column_values_to_not_be_null"})
COMPARING_ROWS = frozenset({"expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique"})

# Each of these would let a row through unseen: a share that may fail, a filter of its own, nulls passed over.
_REFUSED_KWARGS = {
    "mostly": "every dataset gets its own outcome, so no share of them may fail; take it out",
    "row_condition": "say which rows are meant with `applies`",
    "condition_parser": "say which rows are meant with `applies`",
    "ignore_row_if": "rows with nulls never reach the expectation; name them under `needs`",
}


class Serves(FromFile):
    """A criterion or rule that the evidence bears on, and where that is written."""

    standard: Text
    criterion: Text
    source: Text


class Expectation(FromFile):
    """The expectation handed to Great Expectations, as it names it."""

    type: RowExpectation
    kwargs: dict[str, Any]

    @field_validator("kwargs")
    @classmethod
    def _fair_to_every_row(cls, kwargs: dict[str, Any]) -> dict[str, Any]:
        for name in sorted(set(kwargs) & set(_REFUSED_KWARGS)):
            raise ValueError(f"{name} cannot be used: {_REFUSED_KWARGS[name]}")
        return kwargs

    @model_validator(mode="after")
    def _about_columns(self) -> Self:
        if not self.columns:
            raise ValueError(
                "kwargs: name the column that is looked at: `column`, `column_A` and `column_B`, or `column_list`"
            )
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the expectation looks at."""
        named = [self.kwargs.get(key) for key in ("column", "column_A", "column_B")]
        several = self.kwargs.get("column_list")
        return tuple(str(c) for c in [*named, *(several if isinstance(several, list) else [])] if c is not None)


@dataclass(frozen=True, slots=True)
class Question:
    """One expectation of a check; `key` tells it from all others."""

    key: str
    expectation: Expectation


class Cases(FromFile):
    """Rows that show what the check says; each may hold only the columns that matter (`cases.py` fills the rest)."""

    passed: tuple[dict[str, Any], ...] = ()
    failed: tuple[dict[str, Any], ...] = ()
    unknown: tuple[dict[str, Any], ...] = ()
    not_applicable: tuple[dict[str, Any], ...] = ()

    @field_validator("passed", "failed", "unknown", "not_applicable")
    @classmethod
    def _of_rows(cls, rows: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        for row in rows:
            dataset, landed, parts = row.get("dataset", {}), row.get("landed", {}), row.get("parts", [])
            fit = isinstance(parts, list) and all(isinstance(each, dict) for each in (dataset, landed, *parts))
            if not fit:
                raise ValueError(
                    "`dataset` and `landed` are one row each, `{column: value}`, and `parts` a list of rows"
                )
        return rows

    def of(self, outcome: str) -> tuple[dict[str, Any], ...]:
        """The rows that must come to this outcome."""
        rows: tuple[dict[str, Any], ...] = getattr(self, outcome)
        return rows


class Check(FromFile):
    """One claim about one thing: what a person reads, when it applies, what it needs, what is expected.

    On landed tables it may name `statistics` of the rows (SQL) and numbers `derived` from them, the `family` of tables
    that it is about, what to say of each table or column that fails (`detail`), how a failing row is found
    (`failing_rows`), and whether its findings are `private` (DESIGN rule 13).
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
    version: Annotated[int, Field(ge=1)]
    table: Table
    family: Name | None = None
    severity: Severity
    private: StrictBool = False
    title: Annotated[Text, Field(max_length=80)]
    question: Text
    why: Text
    fix: Annotated[dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]], Field(min_length=1)]
    serves: Annotated[tuple[Serves, ...], Field(min_length=1)]
    statistics: dict[Name, Measure] = Field(default_factory=dict)
    derived: dict[Name, Text] = Field(default_factory=dict)
    applies: tuple[Applies, ...] = ()
    needs: tuple[Needs, ...] = ()
    parts_missing: PartsMissing | None = None
    expectation: Expectation
    also: tuple[Expectation, ...] = ()
    observed: Text
    expected: Text
    detail: Text | None = None
    failing_rows: Text | None = None
    alert: Alerting = Alerting()
    cases: Cases
    no_case: dict[Expected, Text] = Field(default_factory=dict)

    @field_validator("derived")
    @classmethod
    def _arithmetic(cls, derived: dict[str, str]) -> dict[str, str]:
        for name, text in derived.items():
            try:
                formula(text)
            except ValueError as error:
                raise ValueError(f"{name} {error}") from error
        return derived

    @model_validator(mode="after")
    def _shown_by_cases(self) -> Self:
        for outcome in get_args(Expected):
            if not self.cases.of(outcome) and outcome not in self.no_case:
                raise ValueError(f"cases: none is {outcome}; add one, or say why under `no_case: {{{outcome}: ...}}`")
        if self.parts_missing and self.table not in ("resources", "columns"):
            raise ValueError("parts_missing: belongs to checks on resources or columns")
        return self

    @model_validator(mode="after")
    def _fit_for_its_table(self) -> Self:
        problems = list(unfit(self))
        if problems:
            raise ValueError("\n".join(problems))  # one line each, beginning with its place: see yamlfile
        return self

    @cached_property
    def is_landed(self) -> bool:
        """Whether it speaks of landed rows."""
        return self.table in LANDED

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of a row: the expectation, and each that must hold `also`."""
        keys = [self.id, *(f"{self.id}__{at}" for at, _ in enumerate(self.also, 2))]
        return tuple(Question(key, each) for key, each in zip(keys, (self.expectation, *self.also), strict=True))

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of its own table that the check cannot do without."""
        asked = {column for question in self.questions for column in question.expectation.columns}
        named = {c.column for c in (*self.applies, *self.needs)} | asked | set(self.statistics)
        return frozenset(named | {n.otherwise_column for n in self.needs if n.otherwise_column})

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of column that all its statistics can be asked of; empty where any type will do."""
        told = [frozenset(measure.types) for measure in self.statistics.values() if measure.types]
        return frozenset[str].intersection(*told) if told else frozenset()

    @cached_property
    def failing_types(self) -> frozenset[str]:
        """The types of column whose rows can be asked for by `failing_rows`; empty where any type will do."""
        listed = [frozenset(map(str, c.among)) for c in self.applies if c.column == "type" and c.among is not None]
        return frozenset[str].intersection(*listed, *([self.types] if self.types else [])) if listed else self.types


def split_case(check: Check, case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """A case's dataset row, the row of its landed table (checks on landed_columns), and its part rows.

    A case is a row of the check's own table, or `dataset:`, `landed:` and `parts:`.
    """
    if check.table == "datasets":
        return case, {}, []
    if set(case) & {"parts", "dataset", "landed"}:
        return case.get("dataset", {}), case.get("landed", {}), case.get("parts", [])
    return {}, {}, [case]
