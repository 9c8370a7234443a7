"""Peers on one line: each a dot with its bounds as a thin line, the middle half shaded, and where one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from markupsafe import Markup

from civicgauge.pages.charts.numbers import finite, number
from civicgauge.pages.charts.svg import Axis, at, axis, layer, said, wide

_HEAD, _LANE, _LANES, _FOOT = 30.0, 8.0, 12, 22.0
_FEW, _MANY = 40, 400
_BINS = 60
_EDGE = 15.0
_STROKE = 'stroke="currentColor" fill="none" vector-effect="non-scaling-stroke"'


class Peer(Protocol):
    """A city among its peers: `value` and bounds are None where there are none."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def is_here(self) -> bool: ...


def strip(dots: Sequence[Peer], quantiles: Mapping[str, float] | None, here: str | None, unit: str = "share") -> Markup:
    """The peers' values; dots that would hide one another stand in lanes, by a fixed rule. Above 400, bars of counts.

    `quantiles`: `p25`, `median`, `p75` of the readable values where they are enough. `here` names the city whose dot
    (`is_here`) is marked. Peers with bounds and no value are a line without a dot.
    """
    shown = sorted(
        (d for d in dots if _numbers(d)), key=lambda d: (_middle(d), finite(d.low) or 0, finite(d.high) or 0)
    )
    along = axis([each for d in shown for each in (d.value, d.low, d.high)], unit, _EDGE, 1000 - _EDGE)
    peers = [d for d in shown if not d.is_here]
    lanes = list(_in_lanes(peers, along)) if len(peers) <= _MANY else []
    deep = max([lane for _, lane in lanes], default=_LANES if peers and not lanes else 0) + 1
    height = _HEAD + _LANE * max(deep, 4)
    inside = [
        *_middle_half(quantiles, along, height),
        *(_dots(lanes, along, height) if lanes else _bars(peers, along, height)),
    ]
    inside.append(f'<path class="chart-line" d="M{at(_EDGE)} {at(height)}H{at(1000 - _EDGE)}" {_STROKE} opacity=".5"/>')
    parts = [layer(height + 1, inside), *_ends(along, height, unit)]
    parts += [part for d in shown if d.is_here for part in _here(d, along, height, here)]
    return wide("strip", height + _FOOT, _words(dots, quantiles, here, unit), parts)


def _numbers(dot: Peer) -> bool:
    return any(finite(each) is not None for each in (dot.value, dot.low, dot.high))


def _middle(dot: Peer) -> float:
    """Where the dot stands, or the middle of what bounds it."""
    value, low, high = finite(dot.value), finite(dot.low), finite(dot.high)
    ends = [each for each in (low, high) if each is not None]
    return value if value is not None else sum(each / len(ends) for each in ends) if ends else 0.0


def _in_lanes(peers: Sequence[Peer], along: Axis) -> Iterator[tuple[Peer, int]]:
    """Each in the lowest lane that is free; where none is, in turn. Bounds count as taken while there are few peers."""
    taken: list[float] = []
    for place, dot in enumerate(peers):
        x = along.place(_middle(dot))
        start, end = _reach(dot, along) if len(peers) <= _FEW else (x, x)
        free = (lane for lane, last in enumerate(taken) if start - last >= 14)
        lane = next(free, len(taken) if len(taken) < _LANES else place % _LANES)
        taken += [end] if lane == len(taken) else []
        taken[lane] = max(taken[lane], end)
        yield dot, lane


def _reach(dot: Peer, along: Axis) -> tuple[float, float]:
    """From where to where its bounds are drawn: to the end of the line where one is missing."""
    x, low, high = along.place(_middle(dot)), finite(dot.low), finite(dot.high)
    if low is None and high is None:
        return x, x
    ends = (along.start if low is None else along.place(low), along.end if high is None else along.place(high), x)
    return min(ends), max(ends)


def _dots(lanes: Sequence[tuple[Peer, int]], along: Axis, height: float) -> Iterator[str]:
    """Two paths, however many dots: a dot is a line without length and a round end."""
    lines, full = "", ""
    for dot, lane in lanes:
        y = at(height - _LANE * (lane + 0.75))
        start, end = _reach(dot, along)
        if start < end:
            lines += f"M{at(start)} {y}H{at(end)}"
        if finite(dot.value) is not None:
            full += f"M{at(along.place(_middle(dot)))} {y}h0"
    if lines:
        yield f'<path class="chart-range" d="{lines}" {_STROKE} opacity=".35"/>'
    if full:
        yield f'<path class="chart-dots" d="{full}" {_STROKE} stroke-width="6" stroke-linecap="round" opacity=".75"/>'


def _bars(peers: Sequence[Peer], along: Axis, height: float) -> Iterator[str]:
    counts = [0] * _BINS
    wide_as = (along.end - along.start) / _BINS
    for dot in peers:
        if finite(dot.value) is not None:
            counts[min(int((along.place(_middle(dot)) - along.start) / wide_as), _BINS - 1)] += 1
    most = max(counts)
    if not most:
        return
    foot, thick = at(height), at(wide_as - 2)
    bars = "".join(
        f"M{at(along.start + wide_as * n)} {foot}v-{at((height - _HEAD) * count / most)}h{thick}V{foot}Z"
        for n, count in enumerate(counts)
        if count
    )
    yield f'<path class="chart-dots" d="{bars}" opacity=".75"/>'


def _middle_half(quantiles: Mapping[str, float] | None, along: Axis, height: float) -> Iterator[str]:
    known = {name: finite(value) for name, value in (quantiles or {}).items()}
    low, high, middle = known.get("p25"), known.get("p75"), known.get("median")
    if low is not None and high is not None:
        x, width = along.place(min(low, high)), abs(along.place(high) - along.place(low))
        box = f'x="{at(x)}" y="{at(_HEAD - 12)}" width="{at(max(width, 1))}" height="{at(height - _HEAD + 12)}"'
        yield f'<rect class="chart-promise" {box} opacity=".15"/>'
    if middle is not None:
        line = f"M{at(along.place(middle))} {at(_HEAD - 12)}V{at(height)}"
        yield f'<path class="chart-tick" d="{line}" {_STROKE} stroke-dasharray="3 3"/>'


def _ends(along: Axis, height: float, unit: str) -> Iterator[str]:
    middle = (along.low + along.high) / 2
    for value, x, anchor in ((along.low, "1.5", "start"), (middle, "50", "middle"), (along.high, "98.5", "end")):
        text = f'x="{x}%" y="{at(height + 16)}" text-anchor="{anchor}" font-size="11"'
        yield f'<text class="chart-label" {text}>{said(number(value, unit))}</text>'


def _here(dot: Peer, along: Axis, height: float, name: str | None) -> Iterator[str]:
    x, y = along.place(_middle(dot)) / 10, at(_HEAD - 7)
    start, end = _reach(dot, along)
    if start < end:
        box = f'x1="{at(start / 10)}%" x2="{at(end / 10)}%" y1="{y}" y2="{y}"'
        yield f'<line class="chart-here" {box} stroke="currentColor" stroke-width="2"/>'
    if finite(dot.value) is not None:
        yield f'<line class="chart-here" x1="{at(x)}%" x2="{at(x)}%" y1="14" y2="{at(height)}" stroke="currentColor"/>'
        yield f'<circle class="chart-here" cx="{at(x)}%" cy="{y}" r="5"/>'
    anchor = "start" if x < 25 else "end" if x > 75 else "middle"
    text = f'x="{at(x)}%" y="11" text-anchor="{anchor}" font-size="12" font-weight="bold"'
    yield f'<text class="chart-here" {text}>{said(name or "you are here", 34)}</text>'


def _words(dots: Sequence[Peer], quantiles: Mapping[str, float] | None, here: str | None, unit: str) -> tuple[str, str]:
    values = [value for d in dots if (value := finite(d.value)) is not None]
    bounded = sum(1 for d in dots if finite(d.value) is None and _numbers(d))
    spread = f" from {number(min(values), unit)} to {number(max(values), unit)}" if values else ""
    said_of = [f"{len(values)} of {len(dots)} cities have a value{spread}."]
    said_of += [f"{bounded} have bounds alone."] if bounded else []
    names = (("p25", "a quarter lie below"), ("median", "half below"), ("p75", "three quarters below"))
    known = [
        f"{words} {number(value, unit)}"
        for key, words in names
        if (value := finite((quantiles or {}).get(key))) is not None
    ]
    said_of += [f"{', '.join(known)}.".capitalize()] if known else ["Too few values for quantiles."]
    mine = next((d for d in dots if d.is_here), None)
    if mine is not None:
        said_of.append(
            f"{said_plain(here)}: {number(mine.value, unit) if finite(mine.value) is not None else 'no value'}."
        )
    return f"{len(dots)} cities side by side", " ".join(said_of)


def said_plain(name: str | None) -> str:
    """The name cut short; it is escaped with the rest of the words."""
    return (name or "The city looked at")[:60]
