"""Charts as inline SVG: pure functions from values to markup, styled by classes and `currentColor`.

Each is an image with a title and a description that say in words what it shows; the page sets a table with the same
numbers beside it. No chart holds an id, so that any number of them may stand on a page. What portals wrote is escaped.
"""

from __future__ import annotations

from civicgauge.pages.charts.ages import ages
from civicgauge.pages.charts.badge import badge
from civicgauge.pages.charts.bar import interval_bar
from civicgauge.pages.charts.history import history
from civicgauge.pages.charts.numbers import between, number
from civicgauge.pages.charts.spread import spread
from civicgauge.pages.charts.strip import strip

__all__ = ["ages", "badge", "between", "history", "interval_bar", "number", "spread", "strip"]
