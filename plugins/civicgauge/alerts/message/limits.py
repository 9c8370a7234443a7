"""How much of a letter is shown. A message that grows too large is written again with less, never cut in the middle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of each; `title` and `text` are characters."""

    asks: int = 5
    others: int = 8
    cases: int = 5
    lines: int = 25
    steps: int = 8
    platforms: int = 3
    title: int = 110
    text: int = 360
    address: int = 900


LEVELS = (
    Limits(),
    Limits(others=6, cases=3, lines=20, steps=7, text=300),
    Limits(others=4, cases=2, lines=12, steps=6, platforms=2, title=90, text=220, address=600),
    Limits(others=3, cases=1, lines=8, steps=5, platforms=1, title=60, text=140, address=450),
    Limits(asks=3, others=1, cases=1, lines=4, steps=4, platforms=1, title=40, text=60, address=420),
    Limits(asks=1, others=1, cases=1, lines=2, steps=3, platforms=1, title=30, text=40, address=420),
)
"""From everything to the least that still says what, where, why and how to answer."""

LARGEST_BYTES = 95_000
"""Text and HTML as a mail carries them: with its headers it stays under 100 KB, so that mail programs show it whole."""
