"""An indicator over time, as one of many small pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Protocol

from markupsafe import Markup

from civicgauge.pages.charts.numbers import between, finite, number
from civicgauge.pages.charts.svg import Axis, at, axis, image, path

_WIDTH, _HEIGHT = 240.0, 72.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 4.0, 194.0, 12.0, 60.0
_LONGEST_GAP = timedelta(days=21)
_STROKE = 'stroke="currentColor" fill="none"'


class Measured(Protocol):
    """One measured day: `value` and bounds are None where there are none."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def version(self) -> int: ...


def history(points: Sequence[Measured], unit: str) -> Markup:
    """The values as a line, their bounds as a band, an upright rule where the method changed, the last value marked.

    Line and band have gaps where nothing was measured, and never join what two versions of a method found.
    """
    points = sorted(points, key=lambda point: point.day)
    if not points:
        return image("history", (_WIDTH, _HEIGHT), ("Not measured yet", "There is nothing to draw."), ())
    numbers = [each for point in points for each in (point.value, point.low, point.high)]
    up = axis(numbers, unit, _BOTTOM, _TOP)
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    along = Axis(first, last if last > first else first + 1, _LEFT, _RIGHT)
    parts = [f'<path class="chart-line" d="M{at(_LEFT)} {at(_BOTTOM)}H{at(_RIGHT)}" {_STROKE} opacity=".35"/>']
    stretches = list(_stretches(points))
    bands = "".join(_band(stretch, along, up) for stretch in stretches)
    lines = "".join(_line(stretch, along, up) for stretch in stretches)
    parts += [f'<path class="chart-range" d="{bands}" opacity=".25"/>'] if bands else []
    parts += (
        [f'<path class="chart-path" d="{lines}" {_STROKE} stroke-width="1.5" stroke-linecap="round"/>'] if lines else []
    )
    parts += _breaks(points, along)
    parts += _last(points[-1], along, up, unit)
    return image("history", (_WIDTH, _HEIGHT), _words(points, unit, up), parts)


def _stretches(points: Sequence[Measured]) -> Iterator[list[Measured]]:
    """Points that may be joined: of one version, and without a gap that is long for this history."""
    usual = median((later.day - earlier.day).days for earlier, later in pairwise(points)) if len(points) > 1 else 0
    longest = max(_LONGEST_GAP, timedelta(days=3 * usual))
    stretch = [points[0]]
    for earlier, later in pairwise(points):
        if later.version != earlier.version or later.day - earlier.day > longest:
            yield stretch
            stretch = []
        stretch.append(later)
    yield stretch


def _runs(stretch: Sequence[Measured], *, of_values: bool) -> Iterator[list[Measured]]:
    """The parts of a stretch that have values, or bounds."""
    run: list[Measured] = []
    for point in stretch:
        bounds = (point.low, point.high)
        has = finite(point.value) is not None if of_values else any(finite(each) is not None for each in bounds)
        if has:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _line(stretch: Sequence[Measured], along: Axis, up: Axis) -> str:
    drawn = ""
    for run in _runs(stretch, of_values=True):
        places = [(along.place(p.day.toordinal()), up.place(finite(p.value) or 0.0)) for p in run]
        drawn += path(places) if len(places) > 1 else f"{path(places)}h.1"
    return drawn


def _band(stretch: Sequence[Measured], along: Axis, up: Axis) -> str:
    drawn = ""
    for run in _runs(stretch, of_values=False):
        over, under = [], []
        for point in run:
            x, low, high = along.place(point.day.toordinal()), finite(point.low), finite(point.high)
            over.append((x, up.end if high is None else up.place(high)))
            under.append((x, up.start if low is None else up.place(low)))
        if len(run) == 1:  # a day alone is still seen
            over, under = (
                [(over[0][0] - 1, over[0][1]), (over[0][0] + 1, over[0][1])],
                [
                    (under[0][0] - 1, under[0][1]),
                    (under[0][0] + 1, under[0][1]),
                ],
            )
        if any(a[1] != b[1] for a, b in zip(over, under, strict=True)):
            drawn += f"{path([*over, *reversed(under)])}Z"
    return drawn


def _breaks(points: Sequence[Measured], along: Axis) -> Iterator[str]:
    for earlier, later in pairwise(points):
        if later.version != earlier.version:
            x = (along.place(earlier.day.toordinal()) + along.place(later.day.toordinal())) / 2
            rule = f"M{at(x)} {at(_TOP - 2)}V{at(_BOTTOM + 2)}"
            yield f'<path class="chart-break" d="{rule}" {_STROKE} stroke-dasharray="2 2"/>'
            place = f'x="{at(x)}" y="8" text-anchor="middle" font-size="9"'
            yield f'<text class="chart-label" {place}>v{later.version:d}</text>'


def _last(point: Measured, along: Axis, up: Axis, unit: str) -> Iterator[str]:
    value = finite(point.value)
    if value is None:
        return
    x, y = along.place(point.day.toordinal()), up.place(value)
    yield f'<circle class="chart-value" cx="{at(x)}" cy="{at(y)}" r="3"/>'
    yield f'<text class="chart-label" x="{at(x + 6)}" y="{at(y + 3.5)}" font-size="10">{number(value, unit)}</text>'


def _words(points: Sequence[Measured], unit: str, up: Axis) -> tuple[str, str]:
    known = [point for point in points if finite(point.value) is not None]
    first, last = points[0], points[-1]
    span = f"From {first.day} to {last.day}" if first.day != last.day else f"On {last.day}"
    last_said = number(last.value, unit) if finite(last.value) is not None else "no value"
    bounds = between(last.low, last.high, unit)
    said = [
        f"{len(points)} measured days, {len(known)} with a value.",
        f"Drawn from {number(up.low, unit)} to {number(up.high, unit)}.",
    ]
    if known:
        values = [finite(point.value) or 0.0 for point in known]
        said.append(f"Lowest {number(min(values), unit)}, highest {number(max(values), unit)}.")
    said += [
        f"The method changed to version {later.version:d} between {earlier.day} and {later.day}: not comparable across."
        for earlier, later in pairwise(points)
        if later.version != earlier.version
    ]
    title = f"{span}; last {last_said}" if last_said != "no value" or not bounds else f"{span}; last no value, {bounds}"
    return title, " ".join(said)
