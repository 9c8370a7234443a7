"""Whether a crawl is believed before a city is blamed (DESIGN rule 8). Pure.

A catalogue whose number of entries differs by more than max(5, 5 %) from the median of the last seven accepted ones is
held, and so is one in which more than twice as many entries came or went. Three crawls in a row that agree make a new
base, if nothing the portal answers singly speaks against it; a base that is smaller needs the portal's own no for what
is missing, since an unstable index can agree with itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from civicgauge.model import Presence

WINDOW = 7
AGREEING = 3
ALIKE_SHARE = 0.9  # share of ids that agreeing crawls have in common
CONFIRMED_SHARE = 0.9  # share of the missing entries asked for that the portal itself says are gone


@dataclass(frozen=True, slots=True)
class PastCrawl:
    """An earlier day's last crawl: its size, whether it was accepted, and whether it made a new base."""

    entries_count: int
    is_accepted: bool
    is_new_base: bool
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class CrawlVerdict:
    """`accepted` or `held`, with the base it was held against and the reason in words."""

    state: Literal["accepted", "held"]
    is_new_base: bool
    base_count: float | None
    tolerance: float | None
    reason: str


def tolerance_of(base_count: float) -> float:
    """How far a catalogue may differ from its base: max(5, 5 %)."""
    return max(5.0, 0.05 * base_count)


def base_of(history: Sequence[PastCrawl]) -> float | None:
    """The median size of the last seven accepted crawls since the last new base; `history` is newest first."""
    sizes: list[int] = []
    for past in history:
        if past.is_accepted:
            sizes.append(past.entries_count)
        if len(sizes) == WINDOW or (past.is_accepted and past.is_new_base):
            break
    return float(median(sizes)) if sizes else None


def differs(entries_count: int, base_count: float) -> bool:
    """Whether a size is outside the base's tolerance, either way."""
    return abs(entries_count - base_count) > tolerance_of(base_count)


def why_doubtful(ids: frozenset[str], history: Sequence[PastCrawl], last_ids: frozenset[str] | None) -> str | None:
    """Why a crawl is not believed at once; None if it is. Its size counts, and how many entries came or went.

    The second limit is twice the tolerance: it is for a catalogue of about the same size with other entries in it.
    """
    base = base_of(history)
    if base is None:
        return None
    tolerance = tolerance_of(base)
    if differs(len(ids), base):
        return f"{len(ids)} entries against a base of {base:g} (tolerance {tolerance:g})"
    gone, new = len((last_ids or ids) - ids), len(ids - (last_ids or ids))
    if max(gone, new) > 2 * tolerance:
        return f"{gone} entries went and {new} came since the last accepted crawl (tolerance {2 * tolerance:g})"
    return None


def judge_crawl(
    ids: frozenset[str],
    history: Sequence[PastCrawl],
    last_ids: frozenset[str] | None,
    missing: Mapping[str, Presence],
    new: Mapping[str, Presence],
) -> CrawlVerdict:
    """The verdict on today's crawl; `missing` and `new` are what the portal answered when asked for those singly."""
    base = base_of(history)
    if base is None:
        return CrawlVerdict("accepted", True, None, None, "the first crawl is the first base")  # noqa: FBT003
    tolerance, doubtful = tolerance_of(base), why_doubtful(ids, history, last_ids)
    if doubtful is None:
        return CrawlVerdict("accepted", False, base, tolerance, "within the tolerance of its base")  # noqa: FBT003
    objection = _objection(ids, base, history, missing, new)
    if objection is None:
        reason = f"{doubtful}; {AGREEING} crawls agree: a new base"
        return CrawlVerdict("accepted", True, base, tolerance, reason)  # noqa: FBT003
    return CrawlVerdict("held", False, base, tolerance, f"{doubtful}; {objection}")  # noqa: FBT003


def _objection(
    ids: frozenset[str],
    base: float,
    history: Sequence[PastCrawl],
    missing: Mapping[str, Presence],
    new: Mapping[str, Presence],
) -> str | None:
    """Why three crawls do not make a new base yet; None if they do."""
    if not _agree(ids, history):
        return f"held until {AGREEING} crawls in a row agree or an operator accepts it"
    if Presence.PRESENT in missing.values():
        return "held: the portal still answers for entries that its catalogue leaves out"
    if Presence.GONE in new.values():
        return "held: the portal denies entries that its catalogue lists"
    gone = sum(answer is Presence.GONE for answer in missing.values())
    if len(ids) < base and (not missing or gone < CONFIRMED_SHARE * len(missing)):
        return "held: the portal does not itself say that the missing entries are gone; an operator may accept it"
    return None


def _agree(ids: frozenset[str], history: Sequence[PastCrawl]) -> bool:
    before = history[: AGREEING - 1]
    if len(before) < AGREEING - 1 or any(past.is_accepted for past in before):
        return False
    middle = median([len(ids), *(past.entries_count for past in before)])
    return all(
        not differs(past.entries_count, middle) and len(ids & past.ids) >= ALIKE_SHARE * max(len(ids | past.ids), 1)
        for past in before
    ) and not differs(len(ids), middle)


def ask_for(candidates: Sequence[str], limit: int) -> list[str]:
    """Which entries to ask for singly: a bounded sample spread evenly over the sorted ids, so that it stays polite."""
    ordered = sorted(set(candidates))
    if len(ordered) <= limit:
        return ordered
    return [ordered[i * len(ordered) // limit] for i in range(limit)]
