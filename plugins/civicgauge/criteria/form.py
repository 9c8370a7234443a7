"""The form of a standard's file: practices, criteria, levels, and what of them is not publicly known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$", description="capital letters and a number, such as DM2")]
Sentence = Annotated[str, Field(min_length=1)]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Criterion(_Form):
    """One criterion: what it asks, whether a portal can show anything of it, and what only people can show.

    `observable`: `automatic` (a portal shows it nearly whole), `partial` (a portal shows a part, people confirm) or
    `none` (only people can attest it). `link_check`: a portal shows nothing, but the public document asked for has an
    address that can be tried. `attest`: what only people can show and what would be good evidence, one sentence.
    `like`: the criterion of the standard named by `Standard.like_standard` whose observations bear on this one too.
    `known` is false where a code is public and what it asks is not: counted, and nothing is lined up with it.
    """

    code: Code
    name: Sentence
    asks: Sentence
    attest: Sentence
    observable: Literal["automatic", "partial", "none"]
    link_check: bool = False
    like: Code | None = None
    known: bool = True


class Practice(_Form):
    """A group of criteria; empty where only its name is public."""

    name: Sentence
    criteria: tuple[Criterion, ...]


class Level(_Form):
    """A level begins at this share of the criteria, exactly as written. `inferred`: the bound was not read anywhere."""

    name: Sentence
    at: Annotated[Decimal, Field(gt=0, le=1, description="a share above 0, at most 1, such as 0.51")]
    inferred: bool = False

    @property
    def bound(self) -> Fraction:
        """`at` without any rounding."""
        return Fraction(self.at)


class Standard(_Form):
    """One version of a standard.

    `criteria_count` is what its publisher states; the listed criteria and `unlisted_count` (those of which neither
    code nor name is public) must add up to it. `valid_to` is the last day, None while it is in force. `levels` rise.
    """

    standard: Sentence
    version: str
    valid_from: date
    valid_to: date | None = None
    disclaimer: Sentence
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    unknowns: tuple[Sentence, ...]
    levels: tuple[Level, ...]
    criteria_count: Annotated[int, Field(gt=0)]
    unlisted_count: Annotated[int, Field(ge=0)] = 0
    like_standard: Annotated[
        str | None, Field(description="the file name, without .yml, of the standard that `like` speaks of")
    ] = None
    practices: Annotated[tuple[Practice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> Standard:
        problems = [*self._counts(), *self._codes(), *self._dates(), *self._levels(), *self._unknown()]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All listed criteria, in the order of the file."""
        return tuple(criterion for practice in self.practices for criterion in practice.criteria)

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Criterion]]:
        """Each listed criterion with its place in the file."""
        for i, practice in enumerate(self.practices):
            for j, criterion in enumerate(practice.criteria):
                yield ("practices", i, "criteria", j), criterion

    def _counts(self) -> Iterator[str]:
        listed = len(self.criteria)
        if listed + self.unlisted_count != self.criteria_count:
            yield (
                f"criteria_count: {self.criteria_count} are stated, {listed} are listed and {self.unlisted_count} are "
                "counted as unlisted; these must add up"
            )

    def _codes(self) -> Iterator[str]:
        seen: set[str] = set()
        for place, criterion in self.placed():
            if criterion.code in seen:
                yield f"{_dotted(place)}.code: {criterion.code} is given twice; each criterion has a code of its own"
            seen.add(criterion.code)

    def _dates(self) -> Iterator[str]:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            yield f"valid_to: {self.valid_to} is before valid_from ({self.valid_from}); the dates are crossed"

    def _levels(self) -> Iterator[str]:
        for i, level in enumerate(self.levels):
            before = self.levels[:i]
            if before and level.at <= before[-1].at:
                yield f"levels.{i}.at: {level.at} is not above {before[-1].at}; list levels from the lowest up"
            if level.name.casefold() in {other.name.casefold() for other in before}:
                yield f"levels.{i}.name: {level.name} is given twice"

    def _unknown(self) -> Iterator[str]:
        for place, criterion in self.placed():
            if not criterion.known and (criterion.observable != "none" or criterion.link_check or criterion.like):
                yield f"{_dotted(place)}.known: nothing can be observed of a criterion that is not known"
            if criterion.like and self.like_standard is None:
                yield f"{_dotted(place)}.like: name the standard it speaks of as like_standard, at the top of the file"
        if self.unlisted_count and not self.unknowns:
            yield "unlisted_count: say in `unknowns` what is not publicly known"


def _dotted(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place)
