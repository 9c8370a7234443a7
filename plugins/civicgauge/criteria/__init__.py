"""Certification standards as data, one YAML file per version: the codes that checks and indicators cite.

Modelled on public descriptions, in our own words; not affiliated with any certification programme. How evidence lines
up with a criterion comes with the assessment stage; here a standard is a vocabulary that citations are held to.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from civicgauge.errors import ConfigurationError
from civicgauge.yamlfile import load_model

Code = Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")]


class Criterion(BaseModel):
    """One criterion: what it asks, and whether a portal can show anything of it.

    `observable`: `automatic` (a portal shows it nearly whole), `partial` (a portal shows a part, people confirm) or
    `none` (only people can attest it).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: str
    asks: str
    observable: Literal["automatic", "partial", "none"]


class Practice(BaseModel):
    """A group of criteria."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Standard(BaseModel):
    """One version of a standard. `criteria_count` is what its publisher states; the list must add up to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    standard: str
    version: str
    disclaimer: str
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    criteria_count: int
    practices: Annotated[tuple[Practice, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Standard:
        codes = [criterion.code for criterion in self.criteria]
        if len(codes) != self.criteria_count or len(set(codes)) != len(codes):
            raise ValueError(
                f"criteria_count: {self.criteria_count} are stated, {len(set(codes))} different are listed"
            )
        return self

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the file."""
        return tuple(criterion for practice in self.practices for criterion in practice.criteria)


@cache
def standards() -> dict[str, Standard]:
    """Every standard of this folder by file name; ConfigurationError with all problems, each with its place."""
    found, problems = {}, []
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        standard, said = load_model(path, Standard)
        problems += [str(problem) for problem in said]
        if standard is not None:
            found[path.stem] = standard
    if problems:
        raise ConfigurationError("Standards that cannot be used:", tuple(problems))
    return found
