"""The picture of a series: points, fitted line, counterfactual with its interval, start, comparison.

Readable in grey print: lines differ by dash and weight, not by colour alone. The same input makes the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from civicgauge import clean
from civicgauge.effects.its import Fit
from civicgauge.errors import ConfigurationError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _GREY, _PALE, _BLUE = "#1a1a1a", "#6b6b6b", "#c9d6e2", "#1f5f8b"
_MOST_TICKS, _LETTERS = 9, 65  # under the axis
_STYLE: Any = {
    "svg.hashsalt": "civicgauge",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.parse_math": False,  # a programme's name may hold dollars
}


_METADATA: Any = {"svg": {"Date": None, "Creator": "civicgauge"}, "png": {"Software": "civicgauge"}}


@dataclass(frozen=True)
class Picture:
    """What is drawn. `fit` is None where nothing after the start may be shown."""

    title: str
    unit: str
    periods: Sequence[str]
    values: Sequence[float]
    n_before: int
    start: str
    source: str
    comparison: Sequence[tuple[str, Sequence[float]]] = ()
    fit: Fit | None = None
    verdict: str = ""
    reason: str = ""


def draw(picture: Picture, path: Path) -> None:
    """Write the picture as SVG or PNG, by the file's ending; ConfigurationError for another."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("svg", "png"):
        raise ConfigurationError(f"--plot: {path.name}: end the file's name in .svg or .png")
    body = drawn(picture, kind)
    try:
        path.write_bytes(body)
    except OSError as error:
        raise ConfigurationError(f"--plot: {path}: cannot be written: {error.strerror}") from None


def drawn(picture: Picture, kind: str) -> bytes:
    """The picture's bytes as `svg` or `png`."""
    import matplotlib as mpl

    with mpl.rc_context(_STYLE):
        figure = _figure(picture)
        out = io.BytesIO()
        figure.savefig(out, format=kind, dpi=144, metadata=_METADATA[kind])
    return _accessible(out.getvalue(), picture) if kind == "svg" else out.getvalue()


def _figure(picture: Picture) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.2, 4.8))
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    figure.subplots_adjust(left=0.1, right=0.97, top=0.87, bottom=0.27)
    x = list(range(len(picture.values)))
    for number, (_, values) in enumerate(picture.comparison):
        names = _line("comparison: " + ", ".join(name for name, _ in picture.comparison), 60)
        told = names if number == 0 else "_"
        axes.plot(x, values, color=_GREY, linewidth=0.8, linestyle=(0, (1, 1.5)), label=told)
    if picture.fit is not None:
        _fitted(axes, picture, picture.fit)
    axes.plot(x, picture.values, color=_INK, marker="o", markersize=3, linewidth=0.6, label="observed")
    if picture.n_before < len(x):
        axes.axvline(
            picture.n_before - 0.5, color=_INK, linewidth=1, linestyle=(0, (4, 2)), label=f"start, {picture.start}"
        )
    _labels(figure, axes, picture)
    return figure


def _fitted(axes: Axes, picture: Picture, fit: Fit) -> None:
    import numpy as np

    n, count = picture.n_before, len(picture.values)
    after = np.arange(n, count)
    bounds = fit.intervals(fit.model.design.without_programme())
    low, middle, high = ([getattr(each, name) for each in bounds] for name in ("low", "value", "high"))
    axes.fill_between(after, low, high, color=_PALE, linewidth=0, label="95 % interval of the counterfactual")
    line = fit.fitted()
    axes.plot(range(n), line[:n], color=_BLUE, linewidth=1.8, label="fitted")
    axes.plot(after, line[n:], color=_BLUE, linewidth=1.8)
    axes.plot(
        after, middle, color=_BLUE, linewidth=1.6, linestyle=(0, (5, 2)), label="without the programme (counterfactual)"
    )


def _labels(figure: Figure, axes: Axes, picture: Picture) -> None:
    most = min(_MOST_TICKS, _LETTERS // len(picture.periods[0]))
    step = max(1, -(-len(picture.periods) // most))
    axes.set_xticks(
        range(0, len(picture.periods), step), [picture.periods[i] for i in range(0, len(picture.periods), step)]
    )
    axes.set_xlabel("period")
    axes.set_ylabel(_line(picture.unit, 60))
    figure.text(0.1, 0.95, _line(picture.title, 90), fontsize=11, weight="bold")
    if picture.verdict:
        figure.text(0.1, 0.905, _line(picture.verdict, 110), fontsize=9)
    figure.text(0.1, 0.02, _line(f"Source: {picture.source}", 130), fontsize=7, color=_GREY)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.16), ncols=2, frameon=False, fontsize=8)


def _line(text: str, most: int) -> str:
    return clean.line(text, most)


def _accessible(svg: bytes, picture: Picture) -> bytes:
    """The SVG with a title and a description that a screen reader speaks."""
    said = [f"{len(picture.values)} periods of {picture.unit}, {picture.periods[0]} to {picture.periods[-1]}."]
    if picture.n_before < len(picture.values):
        said.append(f"The programme started on {picture.start}.")
    if picture.verdict:
        said.append(f"{picture.verdict}: {picture.reason}.")
    told: dict[str, Any] = {"title": _line(picture.title, 200), "desc": _line(" ".join(said), 900)}
    parts = "".join(f'<{name} id="effect-{name}">{escape(text)}</{name}>' for name, text in told.items())
    head, mark, rest = svg.decode().partition("<svg ")
    opening, _, inside = rest.partition(">")
    return f'{head}{mark}role="img" aria-labelledby="effect-title effect-desc" {opening}>{parts}{inside}'.encode()
