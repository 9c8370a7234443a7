"""The form of a check file: what may stand in `expectations/<where>/<id>.yml`, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    field_validator,
    model_validator,
)

Table = Literal["datasets", "resources", "columns"]
Severity = Literal["critical", "warning", "info"]
Expected = Literal["passed", "failed", "unknown", "not_applicable"]
Scalar = StrictBool | StrictInt | StrictFloat | StrictStr | None
Text = Annotated[str, Field(min_length=3)]
Reason = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]

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


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Form):
    """Holds where the column's value is one of `in`, or is none of `not`. A null is only ever one of `[null]`."""

    column: str
    among: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    not_among: tuple[Scalar, ...] | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_list_at_most(self) -> Self:
        if self.among is not None and self.not_among is not None:
            raise ValueError("give `in` or `not`, not both")
        return self


class _Decisive(Condition):
    @model_validator(mode="after")
    def _a_list(self) -> Self:
        if self.among is None and self.not_among is None:
            raise ValueError("say which values are meant: `in: [...]` or `not: [...]`")
        return self


class Applies(_Decisive):
    """Where it does not hold, the check is not applicable for the reason `otherwise`."""

    otherwise: Reason


class Needs(Condition):
    """Where the column is null or the condition does not hold, the outcome is unknown, for the reason given."""

    otherwise: Reason | None = None
    otherwise_column: str | None = None

    @model_validator(mode="after")
    def _a_reason(self) -> Self:
        if self.otherwise is None and self.otherwise_column is None:
            raise ValueError("say why: `otherwise: a_reason`, or `otherwise_column: the column that holds the reason`")
        return self


class PartsMissing(_Form):
    """What a check on parts says of a dataset that has none; `when` are conditions on the dataset's own row."""

    when: Annotated[tuple[_Decisive, ...], Field(min_length=1)]
    outcome: Literal["unknown", "not_applicable"]
    reason: Reason


class Serves(_Form):
    """A criterion or rule that the evidence bears on, and where that is written."""

    standard: Text
    criterion: Text
    source: Text


class Expectation(_Form):
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


class Cases(_Form):
    """Rows that show what the check says; each may hold only the columns that matter (`cases.py` fills the rest)."""

    passed: tuple[dict[str, Any], ...] = ()
    failed: tuple[dict[str, Any], ...] = ()
    unknown: tuple[dict[str, Any], ...] = ()
    not_applicable: tuple[dict[str, Any], ...] = ()

    @field_validator("passed", "failed", "unknown", "not_applicable")
    @classmethod
    def _of_rows(cls, rows: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        for row in rows:
            dataset, parts = row.get("dataset", {}), row.get("parts", [])
            fit = isinstance(dataset, dict) and isinstance(parts, list) and all(isinstance(p, dict) for p in parts)
            if not fit:
                raise ValueError("`dataset` is one row, `{column: value}`, and `parts` a list of rows")
        return rows

    def of(self, outcome: str) -> tuple[dict[str, Any], ...]:
        """The rows that must come to this outcome."""
        rows: tuple[dict[str, Any], ...] = getattr(self, outcome)
        return rows


class Check(_Form):
    """One claim about one thing: what a person reads, when it applies, what it needs, what is expected."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
    version: Annotated[int, Field(ge=1)]
    table: Table
    severity: Severity
    title: Annotated[Text, Field(max_length=80)]
    question: Text
    why: Text
    fix: Annotated[dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]], Field(min_length=1)]
    serves: Annotated[tuple[Serves, ...], Field(min_length=1)]
    applies: tuple[Applies, ...] = ()
    needs: tuple[Needs, ...] = ()
    parts_missing: PartsMissing | None = None
    expectation: Expectation
    also: tuple[Expectation, ...] = ()
    observed: Text
    expected: Text
    cases: Cases
    no_case: dict[Expected, Text] = {}

    @model_validator(mode="after")
    def _shown_by_cases(self) -> Self:
        for outcome in get_args(Expected):
            if not self.cases.of(outcome) and outcome not in self.no_case:
                raise ValueError(f"cases: none is {outcome}; add one, or say why under `no_case: {{{outcome}: ...}}`")
        if self.parts_missing and self.table == "datasets":
            raise ValueError("parts_missing: belongs to checks on resources or columns")
        return self

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of a row: the expectation, and each that must hold `also`."""
        keys = [self.id, *(f"{self.id}__{at}" for at, _ in enumerate(self.also, 2))]
        return tuple(Question(key, each) for key, each in zip(keys, (self.expectation, *self.also), strict=True))

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of its own table that the check cannot do without."""
        asked = {column for question in self.questions for column in question.expectation.columns}
        named = {c.column for c in (*self.applies, *self.needs)} | asked
        return frozenset(named | {n.otherwise_column for n in self.needs if n.otherwise_column})


def split_case(check: Check, case: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A case's dataset row and part rows: it is a row of the check's own table, or `dataset:` and `parts:`."""
    if check.table == "datasets":
        return case, []
    if set(case) & {"parts", "dataset"}:
        return case.get("dataset", {}), case.get("parts", [])
    return {}, [case]
