"""What the pages for a mayor and for a workshop say of any number: how long, who, and what a workshop can try."""

from __future__ import annotations

from collections.abc import Mapping

from civicgauge.indicators import Indicator, Leader
from civicgauge.quality.form import Check

HOW_LONG = {
    1: "days: settings and texts on the portal",
    2: "weeks: somebody's routine changes",
    3: "months: a system or a contract changes",
}
"""By effort; our own estimate."""

PLATFORMS = ("socrata", "ckan")
_OF_DATASETS = ("share", "datasets")
_WITH_A_LIST = (
    "Open your city's page and find “{title}” under “What to do next” or among its numbers. Which of the datasets "
    "listed there would be missed first, and by whom?"
)
_FIRST_STEP = (
    "Take that one dataset and do the first step above, now, with whoever holds the rights to it. Where nobody in the "
    "room does, write down who does, and ask them before you leave."
)
_KEEP = "Write one sentence that keeps it from coming back: who looks, how often, and where that is written."
_SEARCH = (
    "Search your portal, and then your city's whole site, as a resident would. Write down the address of the best that "
    "you find, and how many minutes it took."
)
_ELSEWHERE = (
    "Where you found it elsewhere than on the portal, or as a document, say who would have to agree that it becomes a "
    "dataset. Where our checks missed a dataset that is there, write down its title: its words may be the reason."
)
_DRAFT = "Draft its title, its columns and how often it is renewed, on one sheet, and read it to another table."


def leader_of(indicator: Indicator) -> Leader:
    """What the indicator says to whoever leads a city; out of its other texts where its file says nothing to them."""
    if indicator.leader is not None:
        return indicator.leader
    return Leader(ask=indicator.advice, why="", who="the open-data team, with the department concerned")


def exercise(indicator: Indicator) -> tuple[str, ...]:
    """What the cities of a workshop can do there and then, each with its own portal."""
    if indicator.unit in _OF_DATASETS:
        return _WITH_A_LIST.format(title=indicator.title), _FIRST_STEP, _KEEP
    return _SEARCH, _ELSEWHERE, _DRAFT


def steps_for(indicator: Indicator, checks: Mapping[str, Check]) -> dict[str, tuple[str, ...]]:
    """The steps by platform: of the first check that has some, else the indicator's own, else its advice."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in PLATFORMS:
        fixes = (checks[each].fix.get(kind, checks[each].fix.get("any")) for each in indicator.checks if each in checks)
        steps = next((tuple(fix) for fix in fixes if fix), ())
        if not steps and kind in indicator.steps:
            steps = (indicator.steps[kind],)
        if steps:
            found[kind] = steps
    return found or {"any": (indicator.advice,)}
