"""A portal-wide licence statement: what staff read, and whether it still says the same (DESIGN rule 5).

It fills only datasets that state no licence themselves, and it lapses when its text changes, until staff have read it
again and say so by a later `read_on`.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from typing import Any

from civicgauge.errors import CivicgaugeError
from civicgauge.model import City, LicenceStatement
from civicgauge.web import Web

log = logging.getLogger("civicgauge.snapshot")

_UNSEEN = re.compile(rb"<(script|style|noscript|svg|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")


def visible_text_digest(body: bytes) -> str:
    """SHA-256 of a page's words: scripts, styles, tags and white space do not count, for they change by themselves."""
    words = b" ".join(_TAG.sub(b" ", _UNSEEN.sub(b" ", body)).split())
    return hashlib.sha256(words).hexdigest()


def fetch(web: Web, statement: LicenceStatement) -> tuple[dict[str, Any], bytes | None]:
    """(what the manifest says of it, the page); a page that cannot be read is noted and stops nothing."""
    told: dict[str, Any] = {"url": str(statement.url), "read_on": statement.read_on.isoformat()}
    try:
        body = web.get(str(statement.url)).body
    except CivicgaugeError as error:
        log.warning("the licence statement was not read: %s", error)
        return {**told, "problem": str(error), "text_sha256": None}, None
    return {**told, "text_sha256": visible_text_digest(body)}, body


def standing(city: City, seen: Mapping[str, Any] | None, before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What is carried from day to day: the text that staff read, and whether it has changed since.

    `seen` is today's (from the snapshot), `before` what the last accepted day carried. The text read is the digest in
    the city file, or else the first one seen since `read_on` was given. A page that was not read changes nothing.
    """
    if city.licence_statement is None:
        return None
    read_on = city.licence_statement.read_on.isoformat()
    same_reading = before is not None and before["read_on"] == read_on
    text_read = city.licence_statement.sha256 or (before["text_sha256"] if before and same_reading else None)
    now = (seen or {}).get("text_sha256")
    was_lapsed = bool(before and same_reading and before["has_lapsed"])
    has_lapsed = (text_read is not None and now != text_read) if now else was_lapsed
    return {"read_on": read_on, "text_sha256": text_read or now, "has_lapsed": has_lapsed}
