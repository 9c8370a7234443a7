"""One indicator's value and its bounds on a line."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from civicgauge.pages.charts.numbers import between, finite, number
from civicgauge.pages.charts.svg import at, axis, image

_WIDTH, _HEIGHT, _EDGE = 160.0, 22.0, 6.0
_MIDDLE = _HEIGHT / 2
BETTER = {"higher_is_better": "More is better.", "lower_is_better": "Less is better."}


def interval_bar(
    value: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    direction: str,
    bands: Sequence[float] = (),
) -> Markup:
    """The value as a mark, its bounds as a bar; an end without bound is open and reaches the end of the line.

    Without a value only the bounds are drawn. `bands` are the limits between an indicator's bands, drawn as ticks.
    """
    value, low, high = finite(value), finite(low), finite(high)
    if low is not None and high is not None and low > high:
        low, high = high, low
    limits = [each for each in map(finite, bands) if each is not None]
    line = axis((value, low, high, *limits), unit, _EDGE, _WIDTH - _EDGE)
    parts = [f'<path class="chart-line" d="M{at(_EDGE)} {at(_MIDDLE)}H{at(_WIDTH - _EDGE)}" {_STROKE} opacity=".35"/>']
    ticks = "".join(f"M{at(line.place(limit))} {at(_MIDDLE - 4)}v8" for limit in limits)
    if ticks:
        parts.append(f'<path class="chart-tick" d="{ticks}" {_STROKE} opacity=".6"/>')
    if low is not None or high is not None:
        parts.append(_bounds(None if low is None else line.place(low), None if high is None else line.place(high)))
    if value is not None:
        parts.append(f'<circle class="chart-value" cx="{at(line.place(value))}" cy="{at(_MIDDLE)}" r="4.5"/>')
    ends = f"On a line from {number(line.low, unit)} to {number(line.high, unit)}."
    words = " ".join(filter(None, [ends, BETTER.get(direction, ""), _limits(limits, unit)]))
    return image("bar", (_WIDTH, _HEIGHT), (_title(value, low, high, unit), words), parts)


_STROKE = 'stroke="currentColor" fill="none"'


def _bounds(low: float | None, high: float | None) -> str:
    start, end = _EDGE if low is None else low, _WIDTH - _EDGE if high is None else high
    width = max(end - start, 1.0)
    start = min(start, _WIDTH - _EDGE - width)
    top, height = _MIDDLE - 5, 10
    bar = (
        f'<rect class="chart-range" x="{at(start)}" y="{at(top)}" width="{at(width)}" height="{height}" opacity=".3"/>'
    )
    caps = "".join(f"M{at(place)} {at(top)}v{height}" for place in (low, high) if place is not None)
    arrows = "M6 7l-4 4 4 4" if low is None else ""
    arrows += f"M{at(_WIDTH - _EDGE)} 7l4 4-4 4" if high is None else ""
    return f'{bar}<path class="chart-ends" d="{caps}{arrows}" {_STROKE}/>'


def _title(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    bounds = between(low, high, unit)
    if value is None:
        return f"No value; {bounds}" if bounds else "No value and no bounds"
    return f"{number(value, unit)}, {bounds}" if bounds and not low == value == high else number(value, unit)


def _limits(limits: Sequence[float], unit: str) -> str:
    return f"Its bands change at {', '.join(number(each, unit) for each in limits)}." if limits else ""
