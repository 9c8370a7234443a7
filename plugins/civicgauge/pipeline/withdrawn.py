"""What a city has withdrawn (DESIGN rule 13): tombstones in the lake, and what of an answer they leave.

A tombstone holds no content: what it speaks of, who asked for it in which role, when, why, counts, and the digest of
the list of digests of what was removed. From the moment it is there, what it names is neither kept nor shown.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from civicgauge.errors import AnswerUnreadable
from civicgauge.lake import Lake, canonical_json
from civicgauge.portals import PortalReader

PARENT = "withdrawn"


@dataclass(frozen=True)
class Scope:
    """A city, one of its portals, one entry of that, or one resource of that; null is all of them."""

    city_id: str
    portal_id: str | None = None
    dataset_id: str | None = None
    resource_id: str | None = None

    @property
    def key(self) -> str:
        """The tombstone's id: the same scope has the same one, however often it is withdrawn."""
        return hashlib.sha256(canonical_json(asdict(self))).hexdigest()[:16]

    @property
    def folder(self) -> str:
        """Where its tombstone lies."""
        return f"{PARENT}/{self.city_id}/{self.key}"

    def covers(self, portal_id: str | None, dataset_id: str | None = None, resource_id: str | None = None) -> bool:
        """Whether the whole of something is withdrawn; a part of it that is withdrawn is not enough."""
        told = ((self.portal_id, portal_id), (self.dataset_id, dataset_id), (self.resource_id, resource_id))
        return all(mine is None or mine == theirs for mine, theirs in told)

    def __str__(self) -> str:
        return "/".join(filter(None, (self.city_id, self.portal_id, self.dataset_id, self.resource_id)))


@dataclass(frozen=True)
class Withdrawal:
    """A tombstone as it stands."""

    scope: Scope
    told: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.scope} was withdrawn on {self.told['at'][:10]} by {self.told['by']}: {self.told['reason']}"


def of_city(lake: Lake, city_id: str) -> list[Withdrawal]:
    """Everything of a city that is withdrawn."""
    return [Withdrawal(Scope(**told["scope"]), told) for _, told in lake.committed(f"{PARENT}/{city_id}")]


def why_not(
    lake: Lake, city_id: str, portal_id: str, dataset_id: str | None = None, resource_id: str | None = None
) -> Withdrawal | None:
    """The withdrawal that covers the whole of a portal, entry or resource; None where none does."""
    found = of_city(lake, city_id)
    return next((each for each in found if each.scope.covers(portal_id, dataset_id, resource_id)), None)


def left_of_city_file(body: bytes, scope: Scope) -> bytes | None:
    """A copy of a city's file without what people attest in it, where the whole city is withdrawn; else None."""
    told = json.loads(body)
    if scope.portal_id is not None or not told.get("attestations"):
        return None
    return json.dumps({**told, "attestations": []}).encode()


@dataclass(frozen=True)
class Gone:
    """What of one portal is withdrawn: entries and, by entry, resources."""

    everything: bool = False
    entries: frozenset[str] = frozenset()
    resources: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, scopes: Iterator[Scope], portal_id: str) -> Gone:
        """What these scopes withdraw of a portal."""
        mine = [scope for scope in scopes if scope.portal_id in (None, portal_id)]
        return cls(
            any(scope.dataset_id is None for scope in mine),
            frozenset(s.dataset_id for s in mine if s.dataset_id is not None and s.resource_id is None),
            frozenset((s.dataset_id, s.resource_id) for s in mine if s.dataset_id and s.resource_id),
        )

    def __bool__(self) -> bool:
        return self.everything or bool(self.entries) or bool(self.resources)

    def left_of(self, answers: Mapping[str, bytes], source: PortalReader) -> dict[str, bytes]:
        """The answers without what is withdrawn; those that hold nothing of it are the same bytes."""
        return {name: self._left(body, source) for name, body in answers.items()} if self else dict(answers)

    def ids_left(self, ids: frozenset[str]) -> frozenset[str]:
        """The ids without those that are withdrawn."""
        return frozenset() if self.everything else ids - self.entries

    def _left(self, body: bytes, source: PortalReader) -> bytes:
        try:
            told = json.loads(body)
        except ValueError:
            return body
        left = _without(told, lambda each: self._is_gone(each, source), self._parts_gone(source))
        return body if left == told else json.dumps(left, ensure_ascii=False).encode(errors="surrogatepass")

    def _is_gone(self, each: Mapping[str, Any], source: PortalReader) -> bool:
        entry_id = _entry_id(each, source)
        return (self.everything and entry_id is not None) or entry_id in self.entries or self._is_described(each)

    def _is_described(self, each: Mapping[str, Any]) -> bool:
        """Whether an element of a `/data.json` speaks of an entry that is gone."""
        for name in ("identifier", "landingPage", "@id"):
            if isinstance(text := each.get(name), str):
                last = re.split(r"[/=#]", text.rstrip("/"))[-1]
                if last in self.entries or (self.everything and "distribution" in each):
                    return True
        return False

    def _parts_gone(self, source: PortalReader) -> Callable[[Mapping[str, Any]], frozenset[str]]:
        """Of an entry, the ids of its resources that are gone."""
        by_entry: dict[str, set[str]] = {}
        for dataset_id, resource_id in self.resources:
            by_entry.setdefault(dataset_id, set()).add(resource_id)
        return lambda each: frozenset(by_entry.get(_entry_id(each, source) or "", ()))


def _entry_id(each: Mapping[str, Any], source: PortalReader) -> str | None:
    try:
        return source.entry_id(each)
    except (AnswerUnreadable, AttributeError, KeyError, TypeError):  # an element of another kind
        return None


def _without(
    told: Any,
    is_gone: Callable[[Mapping[str, Any]], bool],
    parts_gone: Callable[[Mapping[str, Any]], frozenset[str]],
    gone: frozenset[str] = frozenset(),
) -> Any:
    """A JSON value without the elements of lists that are gone; `gone`: ids of resources within this entry."""
    if isinstance(told, list):
        kept = [x for x in told if not (isinstance(x, Mapping) and (is_gone(x) or x.get("id") in gone))]
        return [_without(each, is_gone, parts_gone, gone) for each in kept]
    if isinstance(told, Mapping):
        within = parts_gone(told) or gone
        return {name: _without(each, is_gone, parts_gone, within) for name, each in told.items()}
    return told


def of_portal(lake: Lake, city_id: str, portal_id: str) -> Gone:
    """What of a portal is withdrawn."""
    return Gone.of((each.scope for each in of_city(lake, city_id)), portal_id)
