"""Which keys were ever judged by which version of their rule, and when each was last found in order.

It tells a first sight from a change, for the tens of thousands of keys of a city that have no incident.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Mapping
from datetime import date, timedelta

_BEGINNING = date(1999, 12, 31)
_NEVER = 0


class Judged:
    """For each (incident key, rule version), as 64 bits of a digest, the last day in order: among 100,000 the chance
    that two are taken for one is 1 in 4 billion."""

    def __init__(self, days: Mapping[int, int] | None = None) -> None:
        self._days = dict(days or {})

    @classmethod
    def unpacked(cls, packed: bytes) -> Judged:
        """From `packed`; ValueError for bytes that cannot be that."""
        count, rest = divmod(len(packed), 10)
        if rest:
            raise ValueError(f"{len(packed)} bytes are no whole number of keys")
        return cls(dict(zip(_read("Q", packed[: 8 * count]), _read("H", packed[8 * count :]), strict=True)))

    @property
    def packed(self) -> bytes:
        """Ten bytes each: all tags in order, then their days, the lowest byte first. The same keys, the same bytes."""
        tags = sorted(self._days)
        return _written("Q", tags) + _written("H", [self._days[tag] for tag in tags])

    def has(self, key: str, version: int) -> bool:
        """Whether the key was judged by that version."""
        return _tag(key, version) in self._days

    def last_ok(self, key: str, version: int) -> date | None:
        """The last day on which that version found it in order; None for never."""
        days = self._days.get(_tag(key, version), _NEVER)
        return _BEGINNING + timedelta(days=days) if days else None

    def add(self, key: str, version: int, ok_on: date | None = None) -> None:
        """Remember that it was judged, and in order on `ok_on`, where it was."""
        tag = _tag(key, version)
        self._days[tag] = (ok_on - _BEGINNING).days if ok_on else self._days.get(tag, _NEVER)

    def __len__(self) -> int:
        return len(self._days)


def _read(kind: str, packed: bytes) -> array[int]:
    found = array(kind)
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _written(kind: str, values: list[int]) -> bytes:
    made = array(kind, values)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()


def _tag(key: str, version: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{key}|{version}".encode(), digest_size=8).digest(), "little")
