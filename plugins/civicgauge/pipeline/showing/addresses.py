"""How a dataset is named in an address: ids of portals hold slashes, spaces and worse."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,100}")
_DIGITS = 32


def slug(dataset_id: str) -> str:
    """The id itself where it is plain, else `~` and the first 32 hex digits of its SHA-256."""
    if _PLAIN.fullmatch(dataset_id):
        return dataset_id
    return "~" + hashlib.sha256(dataset_id.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
