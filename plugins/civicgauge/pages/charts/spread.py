"""Cities on one line without names, at a fixed size, so that paper shows it as the screen does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from civicgauge.pages.charts.numbers import finite, number
from civicgauge.pages.charts.strip import Peer
from civicgauge.pages.charts.svg import Axis, at, axis, image, said

_WIDTH, _EDGE, _DOT, _LANES = 300.0, 8.0, 3.0, 8
_TOP, _BARE, _FOOT = 24.0, 6.0, 15.0
_STROKE = 'stroke="currentColor" fill="none"'


def spread(dots: Sequence[Peer], quantiles: Mapping[str, float] | None, unit: str) -> Markup:
    """Each city a dot, stacked where they meet; the middle half shaded; `is_here` marked in words.

    What has bounds and no value is left out, but for oneself. Dots alike by their numbers alone: nobody is named.
    """
    others = sorted(value for dot in dots if not dot.is_here and (value := finite(dot.value)) is not None)
    mine = next((dot for dot in dots if dot.is_here), None)
    quantiles = {name: known for name, told in (quantiles or {}).items() if (known := finite(told)) is not None}
    own = [each for each in (mine.value, mine.low, mine.high) if each is not None] if mine else []
    along = axis([*others, *own, *quantiles.values()], unit, _EDGE, _WIDTH - _EDGE)
    lanes = list(_stacked(others, along))
    deep = max([lane for _, lane in lanes], default=0) + 1
    top = _TOP if mine else _BARE
    foot = top + 2 * _DOT * max(deep, 3) + 2
    parts = [*_middle(quantiles, along, top - 4, foot), *_dots(lanes, foot)]
    parts.append(f'<path class="chart-line" d="M{at(_EDGE)} {at(foot)}H{at(_WIDTH - _EDGE)}" {_STROKE} opacity=".6"/>')
    parts += [*_ends(along, foot, unit), *(_here(mine, along, foot) if mine else ())]
    return image("spread", (_WIDTH, foot + _FOOT), _words(others, quantiles, mine, unit), parts)


def _stacked(values: Sequence[float], along: Axis) -> Iterator[tuple[float, int]]:
    """The place of each, and how many stand below it; the last lane takes what is over."""
    ends: list[float] = []
    for value in values:
        x = along.place(value)
        lane = next((n for n, end in enumerate(ends) if x - end >= 2 * _DOT), len(ends))
        lane = min(lane, _LANES - 1)
        ends[lane : lane + 1] = [x]
        yield x, lane


def _dots(lanes: Sequence[tuple[float, int]], foot: float) -> Iterator[str]:
    """One path, however many dots: each is a line without length and a round end."""
    if lanes:
        places = "".join(f"M{at(x)} {at(foot - 1 - _DOT - 2 * _DOT * lane)}h0" for x, lane in lanes)
        round_ends = f'stroke-width="{at(2 * _DOT - 0.8)}" stroke-linecap="round" opacity=".7"'
        yield f'<path class="chart-dots" d="{places}" {_STROKE} {round_ends}/>'


def _middle(quantiles: Mapping[str, float], along: Axis, top: float, foot: float) -> Iterator[str]:
    if not {"p25", "median", "p75"} <= quantiles.keys():
        return
    low, high = along.place(quantiles["p25"]), along.place(quantiles["p75"])
    box = f'x="{at(low)}" y="{at(top)}" width="{at(max(high - low, 1))}" height="{at(foot - top)}"'
    yield f'<rect class="chart-promise" {box} opacity=".15"/>'
    line = f"M{at(along.place(quantiles['median']))} {at(top)}V{at(foot)}"
    yield f'<path class="chart-tick" d="{line}" {_STROKE} stroke-dasharray="3 3"/>'


def _ends(along: Axis, foot: float, unit: str) -> Iterator[str]:
    for value, x, anchor in ((along.low, 0.0, "start"), (along.high, _WIDTH, "end")):
        text = f'x="{at(x)}" y="{at(foot + 12)}" text-anchor="{anchor}" font-size="10"'
        yield f'<text class="chart-label" {text}>{said(number(value, unit))}</text>'


def _here(dot: Peer, along: Axis, foot: float) -> Iterator[str]:
    """Oneself: a ring with the bounds as a line, words above; at the middle of the bounds where there is no value."""
    ends = [each for each in map(finite, (dot.low, dot.high)) if each is not None]
    value = finite(dot.value)
    if value is None and not ends:
        return
    x = along.place(value if value is not None else sum(ends) / len(ends))
    y = at(_TOP - 6)
    if len(ends) == 2 and ends[0] != ends[1]:
        bounds = f"M{at(along.place(ends[0]))} {y}H{at(along.place(ends[1]))}"
        yield f'<path class="chart-here" d="{bounds}" {_STROKE} stroke-width="2"/>'
    if value is not None:
        yield f'<path class="chart-here" d="M{at(x)} {y}V{at(foot)}" {_STROKE}/>'
        yield f'<circle class="chart-here" cx="{at(x)}" cy="{y}" r="4"/>'
    anchor = "start" if x < _WIDTH / 4 else "end" if x > 3 * _WIDTH / 4 else "middle"
    text = f'x="{at(x)}" y="10" text-anchor="{anchor}" font-size="10" font-weight="bold"'
    yield f'<text class="chart-here" {text}>you are here</text>'


def _words(others: Sequence[float], quantiles: Mapping[str, float], mine: Peer | None, unit: str) -> tuple[str, str]:
    told = [f"{len(others)} cities without names"]
    if others:
        told.append(f"from {number(others[0], unit)} to {number(others[-1], unit)}")
    title = " ".join(told)
    half = [f"Half of them lie below {number(quantiles['median'], unit)}."] if "median" in quantiles else []
    own = "no value" if mine is None or finite(mine.value) is None else number(mine.value, unit)
    return title, " ".join([f"{title}.", *half, *([f"You are here: {own}."] if mine else [])])
