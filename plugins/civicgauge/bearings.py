"""How a number bears on a criterion: the words that indicators, which say it, and criteria, which use it, share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StanceRule:
    """From where on a number speaks for a city (`in_line`), and from where on against (`differs`).

    In line where the worse end of its bounds is as good as `in_line` or better; differing where the better end is worse
    than `differs`; else not observed. The limits are civicgauge's own judgement, not the standard's.
    """

    in_line: float
    differs: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """How an indicator bears on a criterion of the What Works Cities 2022 standard; without a rule it only informs."""

    criterion: str
    rule: StanceRule | None = None

    @property
    def decides(self) -> bool:
        """Whether the criterion's stance rests on this number."""
        return self.rule is not None


def decides(criterion: str, *, in_line: float, differs: float) -> Bearing:
    """The criterion's stance rests on this number, by that rule."""
    return Bearing(criterion, StanceRule(in_line, differs))


def informs(*criteria: str) -> tuple[Bearing, ...]:
    """The number is shown beside these criteria and decides none of them."""
    return tuple(Bearing(criterion) for criterion in criteria)
