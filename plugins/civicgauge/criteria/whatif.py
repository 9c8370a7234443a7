"""What a number of points would come to under a standard's public rule: arithmetic alone, of no city.

One criterion, one point. The share of points is compared with each level's lower bound without rounding: 30 of 45 is
66.67 % and does not reach 67 %. Some criteria are publicly said to have prerequisites; which is not, so that they are
not modelled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from civicgauge.criteria.form import Level, Standard
from civicgauge.errors import ConfigurationError

RULE = (
    "One point for each criterion. The share is points divided by criteria, not rounded, and a level begins where the "
    "share is at least its lower bound."
)
NOT_MODELLED = "Some criteria have prerequisites; which is not public, so that they are not modelled here."


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`level` is the highest one reached, None below the lowest; `next_level` and `points_to_next` None at the top."""

    points: int
    of: int
    level: Level | None
    next_level: Level | None
    points_to_next: int | None

    @property
    def share(self) -> Fraction:
        """Points of criteria, exactly."""
        return Fraction(self.points, self.of)


def what_if(standard: Standard, points: int) -> WhatIf:
    """What these points would come to; ConfigurationError for points that the standard does not have."""
    of = standard.criteria_count
    if not 0 <= points <= of:
        raise ConfigurationError(
            f"points: {points} is not between 0 and {of}, the number of criteria of {_name(standard)}"
        )
    share = Fraction(points, of)
    reached = [level for level in standard.levels if share >= level.bound]
    above = [level for level in standard.levels if share < level.bound]
    level, following = (reached[-1] if reached else None), (above[0] if above else None)
    missing = None if following is None else ceil(following.bound * of) - points
    return WhatIf(points, of, level, following, missing)


def points_of(standard: Standard, codes: Sequence[str]) -> int:
    """How many points these codes are; ConfigurationError for codes that are unknown or named twice."""
    given = [code.strip() for code in codes]
    known = {criterion.code for criterion in standard.criteria}
    problems = [
        f"criteria: {code!r} is no criterion of {_name(standard)}{_closest(code, known)}"
        for code in dict.fromkeys(given)
        if code not in known
    ]
    problems += [
        f"criteria: {code} is named {n} times" for code, n in Counter(given).items() if n > 1 and code in known
    ]
    if problems:
        raise ConfigurationError("Codes that cannot be counted:", tuple(problems))
    return len(given)


def _closest(code: str, known: set[str]) -> str:
    """The code in capitals where that one exists, else the letters that codes begin with."""
    if code.upper() in known:
        return f"; write {code.upper()}"
    letters = sorted({name.rstrip("0123456789") for name in known})
    return f"; its listed codes begin with {', '.join(letters)}"


def _name(standard: Standard) -> str:
    return f"{standard.standard} {standard.version}"
