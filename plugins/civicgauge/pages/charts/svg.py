"""The few pieces of SVG that the charts are made of, and the line on which values lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup, escape

from civicgauge.pages.charts.numbers import finite

_LONGEST = 90
_FAR = 1e15  # no number of ours; beyond it nothing could be drawn apart
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def said(text: object, longest: int = _LONGEST) -> str:
    """Text of any origin: short, on one line, escaped, without what XML cannot hold or what turns text."""
    plain = " ".join(
        "".join(c if c.isprintable() and c not in _TURNING else " " for c in str(text)[: longest * 4]).split()
    )
    return str(escape(plain if len(plain) <= longest else f"{plain[: longest - 1]}…"))


def at(value: float) -> str:
    """A place in the drawing, as short as it can be written."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def image(kind: str, size: tuple[float, float], words: tuple[str, str], parts: Iterable[str]) -> Markup:
    """A drawing in its own box: `words` are title and description, plain text."""
    width, height = at(size[0]), at(size[1])
    return _svg(kind, f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"', words, parts)


def wide(kind: str, height: float, words: tuple[str, str], parts: Iterable[str]) -> Markup:
    """A drawing as wide as the page lets it be: across in percent, down in pixels, so that its text keeps its size."""
    return _svg(kind, f'width="100%" height="{at(height)}"', words, parts)


def _svg(kind: str, box: str, words: tuple[str, str], parts: Iterable[str]) -> Markup:
    title, description = said(words[0], 200), said(words[1], 900)
    head = f'<svg class="chart chart-{kind}" role="img" {box} fill="currentColor">'
    inside = "".join(parts)
    return Markup(f"{head}<title>{title}</title><desc>{description}</desc>{inside}</svg>")  # noqa: S704 - escaped above


def layer(height: float, parts: Iterable[str]) -> str:
    """A part of a wide drawing whose paths are stretched across it: 0 to 1000, lines as thick as they are."""
    box = f'viewBox="0 0 1000 {at(height)}" width="100%" height="{at(height)}" preserveAspectRatio="none"'
    return f"<svg {box}>{''.join(parts)}</svg>"


@dataclass(frozen=True, slots=True)
class Axis:
    """Where values lie between `start` and `end` of a drawing; what is beyond lies at the nearer end."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """The place of a finite value."""
        part = (value - self.low) / (self.high - self.low)
        return self.start + min(max(part, 0.0), 1.0) * (self.end - self.start)


def axis(values: Iterable[float | None], unit: str, start: float, end: float) -> Axis:
    """From 0 to 1 for shares, so that all can be compared; else from 0 to a round number that holds all."""
    if unit == "share":
        return Axis(0.0, 1.0, start, end)
    known = [min(max(each, -_FAR), _FAR) for each in map(finite, values) if each is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Axis(-_round_up(-low) if low < 0 else 0.0, _round_up(high) if high > 0 or low < 0 else 1.0, start, end)


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, ..."""
    value = max(value, 1e-9)
    power = 10.0 ** floor(log10(value))
    return next((step * power for step in (1, 2, 5, 10) if value <= step * power), 10 * power)


def path(places: Sequence[tuple[float, float]]) -> str:
    """A line through places."""
    return "M" + "L".join(f"{at(x)} {at(y)}" for x, y in places)
