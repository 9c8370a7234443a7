"""Digests of what people sign: one spelling of a row, the same from either database and in whatever order rows come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from civicgauge.lake import canonical_json

Row = Mapping[str, Any]

_HEAD = ("edition_id", "title", "as_of", "method_version")


def row_digest(row: Row, *, leave_out: frozenset[str] = frozenset({"row_digest"})) -> str:
    """SHA-256 of a row's names and values; `leave_out` are columns that hold a digest of it."""
    return _of({name: _word(value) for name, value in row.items() if name not in leave_out})


def dispute_digest(row: Row) -> str:
    """The same of a dispute, without the decision that it led to: that may be reopened by it later."""
    return row_digest(row, leave_out=frozenset({"decision_id"}))


def content_digest(edition: Row, cities: Iterable[Row], values: Iterable[Row]) -> str:
    """SHA-256 of all that an edition holds: what is signed.

    Of its values as they are, not of the digests beside them. Neither state nor dates of the preview are in it.
    """
    parts = [
        {name: _word(edition[name]) for name in _HEAD},
        sorted(row_digest(row) for row in cities),
        sorted(row_digest(row) for row in values),
    ]
    return _of(parts)


def listing_digest(listing: Mapping[str, str]) -> str:
    """SHA-256 of a list of digests by path, as `canonical_json` spells it."""
    return hashlib.sha256(canonical_json(listing)).hexdigest()


def _of(value: Any) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _word(value: Any) -> Any:
    """A value with its kind, so that 1 and '1' differ, and 1 and 1.0 do not: a database gives either."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return {"number": repr(float(value) + 0.0) if abs(value) < 2**53 else str(int(value))}
    if isinstance(value, datetime):
        return {"time": value.astimezone(UTC).isoformat(timespec="microseconds")}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no spelling in a digest")
