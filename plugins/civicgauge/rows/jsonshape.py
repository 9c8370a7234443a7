"""Where in a JSON document the rows lie, and what their columns are called, found by a look at its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import ijson  # type: ignore[import-untyped]

from civicgauge.rows.jsontext import BUFFER_BYTES, GuardedStream

_USUAL = frozenset({"features", "records", "rows", "data", "results", "value", "values", "items", "entries"})
_NAMING = frozenset({"fields", "result.fields", "columns", "meta.view.columns", "headers", "header"})
_DEPTH = 3  # how many objects may stand around the list
_EVENTS = 5_000_000  # after so many the likeliest list is taken
_LISTS = 1_000
_NAMES = 10_000

Event = tuple[str, str, Any]


@dataclass(slots=True)
class Shape:
    """`prefix` is the place of a row as ijson names it (`item`, `result.records.item`); None: there is no list.

    `holds` says what the rows are: map, array or value. `names` are the columns, where a list of them came before.
    """

    prefix: str | None = None
    holds: str = "value"
    names: tuple[str, ...] = ()


def shape_of(stream: GuardedStream) -> Shape:
    """Look for the rows: the list itself, or in an object the list under a usual name, else the longest one."""
    events = _events(stream)
    _, event, _ = next(events, ("", "", None))
    if event == "start_array":
        _, event, _ = next(events, ("", "", None))
        return Shape("item", _kind(event))
    look = _Look()
    for number, each in enumerate(events):
        if look.finds(each) or number > _EVENTS:
            break
    return look.shape()


def _events(stream: GuardedStream) -> Iterator[Event]:
    for event in ijson.parse(stream, buf_size=BUFFER_BYTES):
        stream.record_done()
        yield event


def _kind(event: str) -> str:
    return {"start_map": "map", "start_array": "array"}.get(event, "value")


@dataclass(slots=True)
class _List:
    holds: str = "value"
    count: int = 0


@dataclass(slots=True)
class _Look:
    """What has been seen of an object: its lists by the place of their elements, and lists of names."""

    lists: dict[str, _List] = field(default_factory=dict)
    names: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def finds(self, each: Event) -> bool:
        """Take note of one event; True where it begins the first row beyond doubt."""
        prefix, event, value = each
        known = self.lists.get(prefix)
        if event == "start_array" and known is None:
            self._begin(prefix)
        elif known is not None and not event.startswith("end_"):
            known.count += 1
            if known.count == 1:
                known.holds = _kind(event)
            return known.holds != "value" and _last_key(prefix) in _USUAL
        if event == "string":
            self._name(prefix, value)
        return False

    def _begin(self, prefix: str) -> None:
        is_outermost = ".item." not in f"{prefix}."
        if is_outermost and prefix.count(".") < _DEPTH and len(self.lists) < _LISTS:
            self.lists[f"{prefix}.item"] = _List()

    def _name(self, prefix: str, value: str) -> None:
        place, is_inside, key = prefix.rpartition(".item")
        if not is_inside or place not in _NAMING or key not in ("", ".id", ".name"):
            return
        found = self.names.setdefault(place, [])
        if len(found) < _NAMES and (key == "" or not found or key in found[-1]):
            found.append({})
        found[-1][key] = value

    def shape(self) -> Shape:
        """The conclusion: rows under a usual name (a list may be empty), else the longest list of objects or lists."""
        full = {prefix: each for prefix, each in self.lists.items() if each.holds != "value"}
        usual = [prefix for prefix in self.lists if _last_key(prefix) in _USUAL]
        prefix = next((each for each in usual if each in full), None)
        if prefix is None and full:
            rows = [each for each in full if each.removesuffix(".item") not in _NAMING]
            prefix = max(rows, default=None, key=self._size)
        if prefix is None:
            prefix = next((each for each in usual if not self.lists[each].count), None)
        if prefix is None:
            return Shape()
        holds = self.lists[prefix].holds
        names = [] if holds == "map" else next(iter(self.names.values()), [])
        told = (each.get(".name") or each.get("") or each.get(".id") or "" for each in names)
        return Shape(prefix, holds, tuple(told))

    def _size(self, prefix: str) -> int:
        return self.lists[prefix].count


def _last_key(prefix: str) -> str:
    return prefix.removesuffix(".item").rpartition(".")[2]
