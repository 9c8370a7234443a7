"""Where a band stands between the better end and the worse, by its indicator's file."""

from __future__ import annotations

from functools import cache


def band_place(indicator_id: str, band: str) -> tuple[int, int]:
    """The place from 0 (the better end) and how many there are; (0, 0) where the indicator has no such band."""
    names = _bands().get(indicator_id, ())
    return (names.index(band), len(names)) if band in names else (0, 0)


@cache
def _bands() -> dict[str, tuple[str, ...]]:
    from civicgauge.indicators import discover

    return {each.id: each.bands.names for each in discover() if each.bands}
