"""Who may see which city: by its file as it stands now, and by what was committed; the stricter counts.

City files are read again only where they changed, and looked at once a second at most: a city made private is gone from
the pages within a second or two.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge import registry
from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.model import City
from civicgauge.pipeline.days import day_after, moment_of
from civicgauge.pipeline.showing.forms import CityLine, NotShown, Viewer
from civicgauge.warehouse import Warehouse

_STRICTEST_FIRST = ("private", "shared_with_city", "public")
_Stamp = tuple[int, int, int]


class CityFiles:
    """The registry's cities by id; a file that cannot be read is as good as gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[_Stamp, City | None]] = {}
        self._stamps: dict[str, _Stamp] = {}
        self.cities: Mapping[str, City] = {}
        self.changes = 0

    def read(self) -> None:
        """Let `cities` be as the files stand now, parsing what changed alone; `changes` counts the times."""
        try:
            with os.scandir(self._folder) as entries:
                stamps = {e.name: _stamp(e) for e in entries if e.name.endswith(registry.SUFFIX) and e.name[0] != "."}
        except OSError:
            stamps = {}
        if stamps == self._stamps:
            return
        known = self._known
        self._known = {
            name: known[name] if name in known and known[name][0] == stamp else (stamp, self._load(name))
            for name, stamp in stamps.items()
        }
        self._stamps = stamps
        self.cities = {city.id: city for _, city in self._known.values() if city is not None}
        self.changes += 1

    @property
    def digest(self) -> str:
        """Another one whenever a file changed."""
        return hashlib.sha256(repr(sorted(self._stamps.items())).encode()).hexdigest()

    def _load(self, name: str) -> City | None:
        try:
            return registry.load_city(self._folder / name)
        except (ConfigurationError, OSError):  # `civicgauge check` and the DAG registry say what is wrong with it
            return None


def _stamp(entry: os.DirEntry[str]) -> _Stamp:
    try:
        told = entry.stat()
    except OSError:
        return (0, 0, 0)
    return (told.st_mtime_ns, told.st_size, told.st_ino)


@dataclass(frozen=True)
class Known:
    """A city as it is known at the moment: its committed row (None before its first run), and its file (None: gone)."""

    city_id: str
    row: Mapping[str, Any] | None
    file: City | None

    @cached_property
    def publication(self) -> str:
        """The stricter of what the file says and what was committed; private where one of them is missing."""
        words = (self.file.publication if self.file else "private", self.row["publication"] if self.row else "private")
        return min(words, key=_STRICTEST_FIRST.index)

    @cached_property
    def has_badge(self) -> bool:
        """Whether the city's file asks for a badge, and everybody may see the city."""
        return self.publication == "public" and self.file is not None and self.file.badge

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where its days are counted."""
        return ZoneInfo(self.row["time_zone"]) if self.row else self.file.zone if self.file else ZoneInfo("UTC")

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """The kinds of its portals; none where its file is gone."""
        return tuple(sorted({portal.kind for portal in self.file.portals})) if self.file else ()

    def told(self, name: str) -> Any:
        """A fact of the city: as committed, else as its file says."""
        return self.row[name] if self.row else getattr(self.file, name, None)

    def line(self, run: Mapping[str, Any] | None) -> CityLine:
        """The city as lists name it, with its shown run."""
        return CityLine(
            city_id=self.city_id,
            name=self.told("name"),
            state=self.told("state"),
            country=self.told("country"),
            population=self.told("population"),
            publication=self.publication,
            platforms=self.platforms,
            day=run["day"] if run else None,
            outcome=run["outcome"] if run else None,
        )


@dataclass
class Seeing:
    """Everything that is known of who may be seen, a second old at most. `clock` counts seconds."""

    warehouse: Warehouse
    folder: Path
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _at: float = float("-inf")
    _everyone: Mapping[str, Known] = field(default_factory=dict)
    _looked_at: tuple[str, int] | None = None
    _version: str = ""
    _withdrawn: str | None = None
    _failed: tuple[float, CivicgaugeError] | None = None

    def __post_init__(self) -> None:
        self._files = CityFiles(self.folder)

    def everyone(self) -> Mapping[str, Known]:
        """Every city with a committed row or a file, by id."""
        with self._lock:
            self._look()
            return self._everyone

    def version(self) -> str:
        """A digest of what is committed and of the city files: another one whenever somebody may see something new."""
        with self._lock:
            self._look()
            return self._version

    def withdrawn(self) -> str | None:
        """The mark of the last purge: what was remembered before it is to be forgotten."""
        with self._lock:
            self._look()
            return self._withdrawn

    def _look(self) -> None:
        """Look again where the last look is a second old; a city's committed row changes with a commit alone."""
        now = self.clock()
        if now - self._at < 1:
            return
        if self._failed is not None and now - self._failed[0] < 1:
            raise copy(self._failed[1])
        try:
            self._look_again()
        except CivicgaugeError as error:  # who waited meanwhile need not wait once more, one after another
            self._failed = self.clock(), copy(error)
            raise
        self._at, self._failed = now, None

    def _look_again(self) -> None:
        self._files.read()
        looked_at = (self.warehouse.shown.state(), self._files.changes)
        if looked_at != self._looked_at:
            rows = {row["city_id"]: row for row in self.warehouse.shown.cities()}
            files = self._files.cities
            ids = sorted(rows.keys() | files.keys())
            self._everyone = {i: Known(i, rows.get(i), files.get(i)) for i in ids}
            self._version = hashlib.sha256(f"{looked_at[0]} {self._files.digest}".encode()).hexdigest()
            self._withdrawn = self.warehouse.shown.withdrawn()
            self._looked_at = looked_at  # last: where something fails, all is looked at again

    def visible(self, viewer: Viewer) -> dict[str, Known]:
        """The cities that the viewer may see, by id."""
        return {city_id: known for city_id, known in self.everyone().items() if _may(viewer, known)}

    def public(self) -> set[str]:
        """The ids of the cities that everybody may see by name."""
        return {city_id for city_id, known in self.everyone().items() if known.publication == "public"}

    def one(self, viewer: Viewer, city_id: str) -> Known:
        """One city; NotShown where there is none, and where it is not for the viewer."""
        known = self.everyone().get(city_id)
        if known is None or not _may(viewer, known):
            raise NotShown(city_id)
        return known


def _may(viewer: Viewer, known: Known) -> bool:
    if viewer.only_cities is not None and known.city_id not in viewer.only_cities:
        return False
    return viewer.audience == "staff" or known.publication == "public" or is_own(viewer, known)


def is_own(viewer: Viewer, known: Known) -> bool:
    """Whether the viewer sees the city as the city itself does: row keys of what failed, not what is staff's alone."""
    named = viewer.audience == "city" and known.city_id in viewer.own_cities
    return named and known.publication in ("shared_with_city", "public")


def sees_rows(viewer: Viewer, known: Known) -> bool:
    """Whether keys of failing rows are for the viewer."""
    return viewer.audience == "staff" or is_own(viewer, known)


def first_left_out(as_of: str | None, zone: ZoneInfo) -> date:
    """The first day of a city that is not shown; ConfigurationError where `as_of` is no date."""
    return day_after(moment_of(as_of, zone, "as_of").astimezone(zone).date()) if as_of else date.max
