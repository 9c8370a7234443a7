"""What a check file says about the rows that it speaks of: where it applies, and what it needs to know."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal, Self

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

Scalar = StrictBool | StrictInt | StrictFloat | StrictStr | None
Number = StrictInt | StrictFloat
Reason = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class FromFile(BaseModel):
    """A part of a check file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(FromFile):
    """Holds where the column's value is one of `in`, is none of `not`, lies within bounds, or matches a pattern.

    A null is only ever one of `[null]`. `at_least` and `at_most` are for numbers; `matches` is a regular expression,
    looked for anywhere in a text, small and capital letters alike.
    """

    column: str
    among: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    not_among: tuple[Scalar, ...] | None = Field(default=None, alias="not")
    at_least: Number | None = None
    at_most: Number | None = None
    matches: str | None = None

    @field_validator("matches")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _one_way_at_most(self) -> Self:
        if self.among is not None and self.not_among is not None:
            raise ValueError("give `in` or `not`, not both")
        ways = (self.among, self.not_among, self.matches, self.at_least if self.at_most is None else self.at_most)
        if sum(way is not None for way in ways) > 1:
            raise ValueError("give a list, bounds or a pattern, and a second condition for the rest")
        return self

    @property
    def is_bounded(self) -> bool:
        """Whether it speaks of numbers within bounds."""
        return self.at_least is not None or self.at_most is not None

    @property
    def is_decisive(self) -> bool:
        """Whether it says which values are meant."""
        return self.is_bounded or any(way is not None for way in (self.among, self.not_among, self.matches))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """`matches`, compiled."""
        return re.compile(self.matches or "", re.IGNORECASE)


class Decisive(Condition):
    """A condition that says which values are meant."""

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if not self.is_decisive:
            raise ValueError(
                "say which values are meant: `in: [...]` or `not: [...]`, `at_least:` or `at_most:`, `matches:`"
            )
        return self


class Applies(Decisive):
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


class PartsMissing(FromFile):
    """What a check on parts says of a dataset that has none; `when` are conditions on the dataset's own row."""

    when: Annotated[tuple[Decisive, ...], Field(min_length=1)]
    outcome: Literal["unknown", "not_applicable"]
    reason: Reason
