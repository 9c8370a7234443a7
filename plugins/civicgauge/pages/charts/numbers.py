"""Numbers as charts and tables write them: short, with their unit, never rounded up to a whole that they are not."""

from __future__ import annotations

from math import floor, isfinite

_NAMED = {"days": "day", "years": "year", "cycles": "period", "stages": "stage", "signals": "signal"}
_LETTERS = ((999.5e6, 1e9, "G"), (999.5e3, 1e6, "M"), (1e4, 1e3, "k"))  # from where three digits would be four


def finite(value: float | None) -> float | None:
    """The number; None where there is none, or no finite one."""
    return float(value) if value is not None and isfinite(value) else None


def number(value: float | None, unit: str) -> str:
    """A value as a person reads it; '–' where there is none."""
    value = finite(value)
    if value is None:
        return "–"
    if unit == "share":
        return f"{_percent(value):g} %"
    shown = _short(value)
    one = _NAMED.get(unit)
    return f"{shown} {one if shown == '1' else f'{one}s'}" if one else shown


def between(low: float | None, high: float | None, unit: str) -> str:
    """Both bounds in words; '' where there are none."""
    low, high = finite(low), finite(high)
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {number(high, unit)}"
    if high is None:
        return f"at least {number(low, unit)}"
    return f"between {number(low, unit)} and {number(high, unit)}"


def _percent(share: float) -> float:
    """To one place; what is not quite all, or not quite none, is not rounded to it."""
    percent = round(100 * share, 1)
    if percent == 100 and share < 1:
        return 99.9
    return 0.1 if percent == 0 and share > 0 else percent


def _short(value: float) -> str:
    size = abs(value)
    for limit, unit, letter in _LETTERS:
        if size >= limit:
            return f"{value / unit:.3g}{letter}"
    return f"{value:.3g}" if size < 100 and value != floor(value) else f"{value:,.0f}"
