"""What one HTTP door asked and got, in numbers, for the log of a task and the manifest of what it kept."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any


class Tally:
    """Counts; safe between threads."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._lock = threading.Lock()
        self._endings: Counter[str] = Counter()
        self._bytes, self._retries = 0, 0
        self._turn_seconds, self._pause_seconds = 0.0, 0.0

    def waited(self, seconds: float) -> None:
        """A request waited for its turn, so that the portal is not asked too often."""
        with self._lock:
            self._turn_seconds += seconds

    def ended(self, ending: int | str, size: int = 0) -> None:
        """A request ended with a status, or without an answer for a reason in one word."""
        with self._lock:
            self._endings[str(ending)] += 1
            self._bytes += size

    def again(self, pause: float) -> None:
        """A request is asked again after a pause."""
        with self._lock:
            self._retries += 1
            self._pause_seconds += pause

    def as_dict(self) -> dict[str, Any]:
        """The counts so far. `endings`: requests by status, or by the word for what came instead of one."""
        with self._lock:
            return {
                "requests": self._endings.total(),
                "endings": dict(sorted(self._endings.items())),
                "retries": self._retries,
                "bytes": self._bytes,
                "seconds_for_turns": round(self._turn_seconds, 1),
                "seconds_before_retries": round(self._pause_seconds, 1),
                "per_second_at_most": round(self._per_second, 3),
            }


def in_words(told: Mapping[str, Any]) -> tuple[str, str]:
    """A line on what was asked, and how fast that may be; and one on what was received, and the time it was waited."""
    endings = ", ".join(f"{count} × {_ending(word)}" for word, count in told["endings"].items()) or "none"
    again = f", {told['retries']} of them asked again" if told["retries"] else ""
    turns, pauses = told["seconds_for_turns"], told["seconds_before_retries"]
    waited = f"{turns:g} s for its turn" + (f" and {pauses:g} s before asking again" if pauses else "")
    return (
        f"asked: {told['requests']} requests ({endings}){again}; at most {told['per_second_at_most']:g} a second",
        f"received: {told['bytes']:,} bytes; waited {waited}",
    )


def _ending(word: str) -> str:
    return f"status {word}" if word.isdecimal() else word.replace("_", " ")
