"""Letters about an edition as the demo cities could get them: one of each news."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from civicgauge.alerts.editions import Contested, Corrected, EditionNews, Figure, Line, News
from civicgauge.alerts.letters import Letter
from tests.alerts.letters import DAY, OURS, letter

TITLE, ID = "First half of 2026", "2026-h1"
LINKS = {"page": f"{OURS}/see/{'p5Lm' * 11}/edition/{ID}", "contest": f"{OURS}/e/{'w3Tz' * 11}"}
KEPT = Figure(0.62, "share", "ok", 0.58, 0.66)
DIFFERS = (
    Line("Promises to update kept", KEPT, Figure(0.81, "share", "ok", 0.8, 0.82)),
    Line("Datasets with an open licence", Figure(0.4, "share", "ok", 0.4, 0.4), Figure(0.25, "share", "ok", 0.2, 0.3)),
    Line("Age of the newest performance data", Figure(41, "days", "ok"), Figure(1, "days", "ok")),
    Line("Years between the newest budget and now", Figure(1, "years", "ok"), Figure(2, "years", "ok")),
)
WITHOUT = (
    Line("Links that work", Figure(None, "share", "insufficient", 0.3, 0.9)),
    Line("Signals of an inventory", Figure(None, "signals", "insufficient", 2.0, None)),
    Line("Median of missed cycles", Figure(None, "cycles", "insufficient", None, 1.25)),
    Line("Data that changed lately", Figure(None, "share", "not_measured")),
)
DISPUTES = (
    Contested(f"{ID}-d1", "Datasets with an open licence", "Our terms are open", True, False, "They were read.", KEPT),
    Contested(f"{ID}-d2", "", "The whole is late", False, False, "It was taken on the day that it names."),
)
ERRATUM = Corrected(f"{ID}-e1", "Datasets with an open licence", KEPT, Figure(0.5, "share", "ok"), "Counted twice.")


def news(which: News, **more: Any) -> EditionNews:
    """What a message tells."""
    is_frozen = which in (News.FROZEN, News.ERRATUM)
    facts: dict[str, Any] = {
        "ids": (ID,),
        "edition_id": ID,
        "title": TITLE,
        "measured_on": DAY,
        "until": DAY + timedelta(days=1460 if is_frozen else 14),
        "frozen_on": DAY + timedelta(days=20) if is_frozen else None,
        "n_values": 46,
        "n_without": 6,
        "links": LINKS,
        "disputes": DISPUTES if which is News.DECIDED else (),
        "errata": (ERRATUM,) if which is News.ERRATUM else (),
    }
    if which is News.PREVIEW:
        facts |= {"differs": DIFFERS, "without": WITHOUT, "last_title": "Second half of 2025"}
    return EditionNews(which, **(facts | more))


def edition(which: News = News.PREVIEW, language: str = "en", **more: Any) -> Letter:
    """The letter of it."""
    return letter("edition", language, edition=news(which, **more))


def editions(language: str = "en") -> dict[str, Letter]:
    """One of each news."""
    return {f"edition-{which}": edition(which, language) for which in News}
