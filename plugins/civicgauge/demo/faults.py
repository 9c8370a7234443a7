"""Faults that a demo portal can be told to show, as real portals do (reference: quirks Q1 to Q16 of the docs)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

ANSWER_KINDS = frozenset({"429", "503", "202", "403", "html200", "cut", "hang", "stall", "down"})
CATALOGUE_KINDS = frozenset({"duplicates", "moving", "short", "shrunk", "cap"})
TABLE_KINDS = frozenset({"rows_moving", "rows_short"})


@dataclass(frozen=True)
class Fault:
    """One fault.

    Kinds that replace or break an answer: `429` (with `retry_after` seconds, or without), `503`, `202` (accepted, ask
    again), `403`, `html200` (an HTML page with status 200), `cut` (half of the body; the Content-Length stays, or
    `chunked`), `hang` (waits `seconds`, then answers), `stall` (half of the body, then waits `seconds`, then the rest),
    `down` (the connection is closed at once).
    Kinds that falsify the catalogue: `duplicates` (`where`: `page`, one entry repeats inside a page and another is
    lost; `pages`, a page begins with the last entry of the one before), `moving` (an entry is touched between pages),
    `short` (`entries` fewer than the stated number), `shrunk` (consistent, but only `share` of the entries), `cap` (a
    page never holds more than `entries`, as a small `ckan.search.rows_max` does; CKAN only).
    Kinds that falsify a table, by export, dump or page: `rows_moving` (`entries` rows are added right after it was
    read), `rows_short` (it ends `entries` rows early, without a sign; not of pages).
    `path`: the beginning of the paths it is for. `times`: for how many such requests; None is always.
    """

    kind: str
    path: str = "/"
    times: int | None = None
    retry_after: int | None = None
    seconds: float = 5.0
    chunked: bool = False
    where: str = "page"
    entries: int = 1
    share: float = 0.5

    def __post_init__(self) -> None:
        if self.kind not in (kinds := ANSWER_KINDS | CATALOGUE_KINDS | TABLE_KINDS):
            known = ", ".join(sorted(kinds))
            raise ValueError(f"{self.kind!r} is no kind of fault; there are {known}")
        if self.where not in ("page", "pages"):
            raise ValueError(f"where is 'page' or 'pages', not {self.where!r}")

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Fault:
        """A fault from a JSON object; ValueError names what it does not know."""
        unknown = set(told) - {f.name for f in fields(cls)}
        if unknown or "kind" not in told:
            raise ValueError(f"a fault needs a kind and knows no {', '.join(sorted(unknown)) or 'other thing'}")
        return cls(**{**told, "kind": str(told["kind"])})


class Faults:
    """The faults of one portal, in the order in which they were added; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: list[tuple[Fault, int | None]] = []

    def add(self, kind: str, **options: Any) -> Fault:
        """Add a fault of this kind; options as in `Fault`."""
        return self.put(Fault.from_json({"kind": kind, **options}))

    def put(self, fault: Fault) -> Fault:
        """Add a fault."""
        with self._lock:
            self._left.append((fault, fault.times))
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._left.clear()

    def of_answer(self, path: str) -> Fault | None:
        """The fault for this request's answer, counted as shown; None when there is none."""
        taken = self._take(path, ANSWER_KINDS, first_only=True)
        return taken[0] if taken else None

    def of_catalogue(self, path: str) -> list[Fault]:
        """The faults for this reading of the catalogue, counted as shown."""
        return self._take(path, CATALOGUE_KINDS, first_only=False)

    def of_table(self, path: str) -> list[Fault]:
        """The faults for this reading of a table's rows, counted as shown."""
        return self._take(path, TABLE_KINDS, first_only=False)

    def _take(self, path: str, kinds: frozenset[str], *, first_only: bool) -> list[Fault]:
        taken: list[Fault] = []
        with self._lock:
            for position, (fault, left) in enumerate(self._left):
                if fault.kind not in kinds or not path.startswith(fault.path) or left == 0:
                    continue
                self._left[position] = (fault, None if left is None else left - 1)
                taken.append(fault)
                if first_only:
                    break
        return taken
