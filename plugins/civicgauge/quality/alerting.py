"""What a check file may say of the alert that a finding becomes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from civicgauge.quality.conditions import FromFile

AlertSeverity = Literal["critical", "error", "warning", "info"]
Text = Annotated[str, Field(min_length=3)]


class Worse(FromFile):
    """A stretch of a dataset's own fact where the finding matters more: `column` is one of those in `in`."""

    column: Text
    among: Annotated[tuple[str, ...], Field(alias="in", min_length=1)]
    severity: AlertSeverity


class Begins(FromFile):
    """Since when the evidence says that it is so: as many days ago as `age` (days) is beyond `allowed` (days)."""

    age: Text
    allowed: Text


class Alerting(FromFile):
    """How a finding becomes an alert to a city, where it is not as for all: a critical check tells errors, a warning
    tells warnings, after two failing days; what is `info` is told to nobody. `mended` says when it counts as mended.
    """

    severity: AlertSeverity | None = None
    opens_after_days: Annotated[int, Field(ge=1, le=30)] | None = None
    resolves_after_days: Annotated[int, Field(ge=1, le=30)] | None = None
    worse: Worse | None = None
    begins: Begins | None = None
    mended: Text | None = None

    @property
    def columns(self) -> frozenset[str]:
        """The facts of a dataset that it looks at."""
        named = {self.worse.column} if self.worse else set()
        return frozenset(named | ({self.begins.age, self.begins.allowed} if self.begins else set()))
