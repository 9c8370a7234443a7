"""The badge that a city may show: flat, with what was observed and when; grey when that is long ago."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup

from civicgauge.pages.charts.svg import at, said

Tone = Literal["plain", "old"]
OLD = timedelta(days=45)
_BACK = {"plain": "#1f5f8b", "old": "#6b6b6b"}  # white on both: more than 4.5 to 1
_NARROW, _BROAD = frozenset("iIl.,:;|!'ft()[]1j "), frozenset("mwMWQO@%")


def tone_of(observed_on: date, today: date) -> Tone:
    """The badge's tone: old where nothing was observed for more than 45 days."""
    return "old" if today - observed_on > OLD else "plain"


def badge(label: str, message: str, tone: Tone = "plain") -> Markup:
    """A badge of two fields. It stands alone on other sites, so it brings its colours with it."""
    left, right = (said(text, 60) for text in (label, message))
    widths = _width(label[:60]) + 12, _width(message[:60]) + 12
    whole = sum(widths)
    texts = "".join(
        f'<text x="{at(x)}" y="14" textLength="{at(width - 12)}" lengthAdjust="spacingAndGlyphs">{text}</text>'
        for x, width, text in ((6.0, widths[0], left), (widths[0] + 6, widths[1], right))
    )
    return Markup(  # noqa: S704 - its texts are escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{at(whole)}" height="20" '
        f'viewBox="0 0 {at(whole)} 20">'
        f"<title>{left}: {right}</title><desc>A badge of civicgauge: automated observations, not an assessment.</desc>"
        f'<rect width="{at(whole)}" height="20" rx="3" fill="#333"/>'
        f'<path d="M{at(widths[0])} 0h{at(widths[1] - 3)}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{at(widths[1] - 3)}z" '
        f'fill="{_BACK.get(tone, _BACK["old"])}"/>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">{texts}</g></svg>'
    )


def _width(text: str) -> float:
    """About how wide it is drawn at 11 pixels; `textLength` makes it exact."""
    return max(1.0, sum(3.9 if c in _NARROW else 10 if c in _BROAD else 7 for c in text))
