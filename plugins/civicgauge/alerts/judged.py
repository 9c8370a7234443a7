"""Which keys were ever judged by which version of their rule: what tells a first sight from a change."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable


class Judged:
    """A set of (incident key, rule version), as 64 bits of a digest each: among 100,000, a chance of 1 in 4 billion
    that two are taken for one."""

    def __init__(self, tags: Iterable[int] = ()) -> None:
        self._tags = set(tags)

    @classmethod
    def unpacked(cls, packed: bytes) -> Judged:
        """From `packed`; ValueError for bytes that are no whole number of tags."""
        found = array("Q")
        found.frombytes(packed)
        if sys.byteorder == "big":
            found.byteswap()
        return cls(found)

    @property
    def packed(self) -> bytes:
        """Eight bytes each, in order, the lowest byte first: the same set, the same bytes."""
        found = array("Q", sorted(self._tags))
        if sys.byteorder == "big":
            found.byteswap()
        return found.tobytes()

    def has(self, key: str, version: int) -> bool:
        """Whether the key was judged by that version."""
        return _tag(key, version) in self._tags

    def add(self, key: str, version: int) -> None:
        """Remember that it was."""
        self._tags.add(_tag(key, version))

    def __len__(self) -> int:
        return len(self._tags)


def _tag(key: str, version: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{key}|{version}".encode(), digest_size=8).digest(), "little")
