"""Chattanooga's published facts beside ours: the second half of docs/peers.md.

Made from chattanooga.yml, so that the page can be made where the recording is not; a test holds that file to the
recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

FACTS: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "chattanooga.yml").read_text(encoding="utf-8"))


def counted() -> Iterator[str]:
    """The counts and why they differ."""
    yield "| what | published | ours | why |"
    yield "|---|---:|---:|---|"
    for fact in FACTS["counts"]:
        yield f"| {fact['what']} | {fact['published']:,} | {fact['ours']:,} | {_line(fact['why'])} |"
    by_key = {fact["key"]: fact for fact in FACTS["counts"]}
    shares = [_share(by_key["columns_described"][side], by_key["columns"][side]) for side in ("published", "ours")]
    yield f"| described of all columns | {shares[0]} | {shares[1]} | both of the above |"


def declared() -> Iterator[str]:
    """The declared frequencies."""
    yield "| declared | published | ours, same field | ours, every field | ours, counted datasets |"
    yield "|---|---:|---:|---:|---:|"
    for word, tally in FACTS["frequencies"].items():
        yield f"| {word} | {' | '.join(str(tally[k]) for k in ('published', 'same_field', 'all_fields', 'counted'))} |"


def on_time() -> Iterator[str]:
    """Their rule and ours on the same entries."""
    total = sum(kind["entries"] for kind in FACTS["on_time"])
    known = total - next(kind["entries"] for kind in FACTS["on_time"] if kind["key"] == "rows_not_recorded")
    yield f"{total} entries declare one of the three words in that field; of {known} both rules can be computed.\n"
    yield "| entries | their rule | ours | why |"
    yield "|---:|---|---|---|"
    for kind in FACTS["on_time"]:
        yield f"| {kind['entries']} | {kind['theirs']} | {kind['ours']} | {_line(kind['why'])} |"
    yield (
        f"\nIn all {FACTS['ok_by_future_date']} entries that their rule calls ok on the recorded rows, the newest date "
        "is one that has not come yet."
    )


def published_run() -> str:
    """What the city's own run came to, in one sentence."""
    parts = [f"{word} {n['ok']} ok, {n['needs_review']} needs review" for word, n in FACTS["analysis"].items()]
    rows = sum(sum(n.values()) for n in FACTS["analysis"].values())
    return f"{'; '.join(parts)} ({rows} rows)"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"


def _line(text: str) -> str:
    return " ".join(text.split())
