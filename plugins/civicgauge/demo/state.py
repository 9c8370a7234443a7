"""What a demo portal holds: its entries, their dates on the demo's clock, and changes made while it runs."""

from __future__ import annotations

import copy
import itertools
import re
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.demo.clock import Clock
from civicgauge.demo.faults import Faults

Entry = dict[str, Any]
ACTIONS = ("touch", "update", "edit", "delete", "private", "restore", "add")


@dataclass(frozen=True)
class Column:
    """One column of a demo table; `choices` are the texts that its rows draw from, `how` is a recipe of `recipes`."""

    name: str
    field: str
    datatype: str
    description: str
    choices: tuple[str, ...] = ()
    how: str = ""

    @property
    def is_system(self) -> bool:
        """Whether the platform made the column."""
        return self.field.startswith(":")


def columns_of(entry: Mapping[str, Any]) -> list[Column]:
    """The columns written as `Name | Type | description | choice; choice`, one a line, with their recipes of `made`.

    They stand under `columns`; of an uploaded file that is no table of the DataStore, under `table`.
    """
    found = []
    made = entry.get("made") or {}
    for line in str(entry.get("columns") or entry.get("table") or "").splitlines():
        name, datatype, description, choices = ([p.strip() for p in line.split("|")] + ["", "", ""])[:4]
        slug = name if name.startswith(":") else re.sub(r"\W+", "_", name.lower()).strip("_")
        words = tuple(c.strip() for c in choices.split(";") if c.strip())
        found.append(Column(name, slug, datatype, description, words, str(made.get(slug, ""))))
    return found


def ckan_id(host: str, name: str) -> str:
    """The id that a CKAN portal gives to a thing of that name: always the same one."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://{host}/{name}"))


@dataclass
class PortalState:
    """One portal; `spec` is its part of the city's file in `data/`, `bounds` the box that holds the city."""

    key: str
    spec: Mapping[str, Any]
    zone: ZoneInfo
    clock: Clock
    bounds: Mapping[str, float] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    entries: dict[str, Entry] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    requests: itertools.count[int] = field(default_factory=itertools.count)
    base_url: str = ""

    def __post_init__(self) -> None:
        year = self.clock.first_day(self.zone).year
        for given in self.spec["datasets"]:
            entry = self._completed(given)
            entry["title"] = re.sub(r"\{year-(\d+)\}", lambda m: str(year - int(m[1])), str(entry["title"]))
            self.entries[entry["id"]] = entry

    @property
    def kind(self) -> str:
        """socrata or ckan."""
        return str(self.spec["kind"])

    @property
    def host(self) -> str:
        """The name the portal gives itself."""
        return str(self.spec["host"])

    def now(self) -> datetime:
        """The present moment of the demo's clock, UTC."""
        return self.clock.now(self.zone)

    def days_served(self) -> int:
        """Days since the one the demo was started for."""
        return (self.clock.today(self.zone) - self.clock.first_day(self.zone)).days

    def visible(self) -> list[Entry]:
        """The entries that anyone may see, by id."""
        with self.lock:
            return [e for _, e in sorted(self.entries.items()) if e.get("state", "active") == "active"]

    def find(self, name: str) -> Entry | None:
        """An entry by id or name, visible or not."""
        with self.lock:
            return self.entries.get(name) or next((e for e in self.entries.values() if e.get("name") == name), None)

    def created_at(self, entry: Entry) -> datetime:
        """When the entry was made."""
        if isinstance(entry.get("created_at"), datetime):
            return entry["created_at"]  # type: ignore[no-any-return]
        return self._moment(entry, "created", int(entry.get("created", 1500)))

    def updated_at(self, entry: Entry, part: Mapping[str, Any] | None = None) -> datetime | None:
        """When the data of the entry, or of one part of it, changed; None where the portal does not say."""
        if isinstance(entry.get("updated_at"), datetime):
            return entry["updated_at"]  # type: ignore[no-any-return]
        days = (part or {}).get("updated", entry.get("updated"))
        return None if days is None else self._moment(entry, "updated", int(days), entry.get("every"))

    def touched_at(self, entry: Entry) -> datetime:
        """When the entry itself was last edited."""
        if isinstance(entry.get("touched_at"), datetime):
            return entry["touched_at"]  # type: ignore[no-any-return]
        days = entry.get("touched")
        if days is None:
            return self.created_at(entry) + timedelta(hours=2)
        return self._moment(entry, "touched", int(days))

    def change(self, action: str, dataset_id: str = "", **values: Any) -> str:
        """Change the portal as an editor would; returns the entry's id.

        `touch` (metadata only), `update` (data now), `edit` (`values` replace those in the demo's data), `delete`,
        `private`, `restore`, `add` (`values` are a new entry, as in the demo's data). KeyError for an unknown id.
        """
        if action not in ACTIONS:
            raise ValueError(f"{action!r} is no change; there are {', '.join(ACTIONS)}")
        with self.lock:
            if action == "add":
                return self._add(dataset_id, values)
            entry = self.find(dataset_id)
            if entry is None:
                raise KeyError(f"{self.key} has no dataset {dataset_id!r}")
            self._apply(entry, action, values)
            return str(entry["id"])

    def _apply(self, entry: Entry, action: str, values: Mapping[str, Any]) -> None:
        if action == "update":
            entry["updated_at"] = self.now()
            return
        entry["touched_at"] = self.now() + timedelta(microseconds=next(self.requests) % 1000)
        if action == "edit":
            entry.update(copy.deepcopy(dict(values)))
        elif action != "touch":
            entry["state"] = {"delete": "deleted", "private": "private", "restore": "active"}[action]

    def grow(self, entry: Entry, table: Entry, more: int) -> None:
        """Rows come into a table (the entry itself, or one part of it), a second after its last change."""
        with self.lock:
            last = self.updated_at(entry, table) or self.created_at(entry)
            table["rows"] = int(table.get("rows", 30)) + more
            entry["updated_at"] = last + timedelta(seconds=1)

    def _add(self, dataset_id: str, values: Mapping[str, Any]) -> str:
        named = {"id": dataset_id} if dataset_id else {}
        entry = self._completed({"title": "A new dataset", "tags": [], **values, **named})
        entry |= {"created_at": self.now(), "touched_at": self.now(), "updated_at": self.now()}
        self.entries[entry["id"]] = entry
        return str(entry["id"])

    def _completed(self, given: Mapping[str, Any]) -> Entry:
        entry = {**self.spec.get("defaults", {}), **copy.deepcopy(dict(given))}
        if "id" not in entry:
            entry["id"] = self.uuid(entry["name"])
        return entry

    def uuid(self, name: str) -> str:
        """The id that CKAN gives to a thing of that name: always the same one."""
        return ckan_id(self.host, name)

    def _moment(self, entry: Entry, what: str, days: int, every: int | None = None) -> datetime:
        return self.clock.moment(days, self.zone, f"{entry['id']} {what}", every).astimezone(UTC)
