"""What a city may do next."""

from __future__ import annotations

from dataclasses import dataclass

from civicgauge.pipeline.showing.forms import Mend


@dataclass(frozen=True)
class Steps:
    """What would help most; `why_none` where it cannot be told any more."""

    mends: tuple[Mend, ...] = ()
    n_more: int = 0
    why_none: str | None = None
