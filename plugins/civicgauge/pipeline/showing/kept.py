"""Small memories of what never changes: manifests and files of committed attempts in the lake."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from civicgauge.lake import Lake

T = TypeVar("T")
_MOST = 2_000
_FEW = 64  # more than there are indicators; the numbers of one in 1,000 cities take about 2 MB


class Memory:
    """The last few things that were made, by key; safe for several threads, which may make one thing twice."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._times_cleared = 0
        self._held: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is held under the key, else what is made now; an error is held by nobody."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
            times = self._times_cleared
        made = make()
        with self._lock:
            if times == self._times_cleared:  # else it may have been read before what it was cleared for
                self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything, what is being made just now as well."""
        with self._lock:
            self._held.clear()
            self._times_cleared += 1


class Kept:
    """What is remembered of committed attempts: many `small` things, the few last `lists`, and the last `state`."""

    def __init__(self, lake: Lake) -> None:
        self._lake, self.small, self.lists, self.state = lake, Memory(_MOST), Memory(_FEW), Memory(1)
        self._mark: str | None = None

    def forget_before(self, mark: str | None) -> None:
        """Forget everything where the mark is another than the last time: the last purge's."""
        if mark != self._mark:
            self._mark = mark
            self.small.clear()
            self.lists.clear()
            self.state.clear()

    def portals_of(self, catalog_attempt: str) -> Mapping[str, Mapping[str, Any]] | None:
        """What became of each portal in a landed catalogue, by its id; None where the lake holds it no more."""
        return self.small.get(("portals", catalog_attempt), lambda: self._portals(catalog_attempt))

    def _portals(self, folder: str) -> Mapping[str, Mapping[str, Any]] | None:
        manifest = self._lake.manifest(folder)
        if manifest is None:
            return None
        kept = ("state", "problem", "verdict", "snapshot", "entries_count", "summary")
        read_at = manifest.get("read_at", {})
        return {
            portal_id: {**{name: told.get(name) for name in kept}, "read_at": read_at.get(portal_id)}
            for portal_id, told in manifest["portals"].items()
        }
