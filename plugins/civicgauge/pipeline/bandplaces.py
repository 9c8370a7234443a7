"""Where a band stands between the better end and the worse, by its indicator's file."""

from __future__ import annotations

from functools import cache

Bands = tuple[tuple[str, ...], tuple[float, ...]]


def band_place(indicator_id: str, band: str) -> tuple[int, int]:
    """The place from 0 (the better end) and how many there are; (0, 0) where the indicator has no such band."""
    names, _ = _bands().get(indicator_id, ((), ()))
    return (names.index(band), len(names)) if band in names else (0, 0)


def band_limits(indicator_id: str) -> tuple[float, ...]:
    """The values at which one band ends and the next begins; empty where the indicator has no bands."""
    return _bands().get(indicator_id, ((), ()))[1]


@cache
def _bands() -> dict[str, Bands]:
    from civicgauge.indicators import discover

    return {each.id: (each.bands.names, each.bands.limits) for each in discover() if each.bands}
