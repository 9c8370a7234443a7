"""What readers of different kinds share: texts, contacts, and which custom fields may be kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from civicgauge.errors import AnswerUnreadable
from civicgauge.model import ContactState

# Fields that name people or are marked internal are dropped when a catalogue is landed (DESIGN rule 13); the
# frequency of updates is kept even where a portal files it under "internal".
_PERSONAL = re.compile(
    r"steward|e-?mail|phone|contact|contato|author|maintainer|\bautor\b|respons[aá]vel", re.IGNORECASE
)
_INTERNAL = re.compile(r"^internal\b|^internal_", re.IGNORECASE)
_ABOUT_UPDATES = re.compile(r"frequen|updat|refresh|period|how.often|department|agency", re.IGNORECASE)

# How much of a portal's texts is landed, in characters; the whole stands in the raw answer.
TITLE, SHORT, DESCRIPTION, ID = 500, 300, 20_000, 200

_EMAIL = re.compile(r"[A-Z0-9._%+\-']+@[A-Z0-9\-]+(\.[A-Z0-9\-]+)+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+|www\.[^\s/]+\.[^\s/]+", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?\d[\s().-]*){7,}")


def text_of(value: Any) -> str | None:
    """A portal's value as trimmed text; None when it holds nothing. Lists are joined, objects written as JSON."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, list):
        try:
            parts = [part for item in value if (part := text_of(item))]
        except RecursionError:  # nested beyond all sense; whatever it is, it is not a text
            return None
        return ", ".join(parts) or None
    if isinstance(value, Mapping):
        return _clean(json.dumps(value, sort_keys=True, ensure_ascii=False)) if value else None
    return _clean(str(value)).strip() or None


def _clean(text: str) -> str:
    """Text that every store can hold: no halves of surrogate pairs, no NUL."""
    return text.encode("utf-8", errors="replace").decode("utf-8").replace("\x00", "")


def checked_id(value: Any) -> str:
    """A dataset's id as text; AnswerUnreadable for one that no store should hold."""
    found = text_of(value) or ""
    if not 0 < len(found) <= ID:
        raise AnswerUnreadable(f"an entry's id is empty or longer than {ID} characters: {found[:80]!r}")
    return found


def cut(text: str | None, most: int) -> str | None:
    """At most so many characters; what was cut off is marked. The whole stands in the raw answer."""
    return text if text is None or len(text) <= most else f"{text[: most - 1]}\u2026"


def may_keep(key: str) -> bool:
    """Whether a publisher-defined field may be landed: it names no person and is not internal."""
    if _PERSONAL.search(key):
        return False
    return not _INTERNAL.search(key) or bool(_ABOUT_UPDATES.search(key))


def contact_state(*values: str | None) -> ContactState:
    """The best of what visible contact fields hold: a mail address, web address or telephone number is well formed.

    A name alone is not a contact; other text in a contact field is malformed.
    """
    given = [value.removeprefix("mailto:") for value in values if value and value.strip()]
    if any(_EMAIL.search(v) or _ADDRESS.search(v) or _PHONE.search(v) for v in given):
        return ContactState.WELL_FORMED
    return ContactState.MALFORMED if given else ContactState.ABSENT


def is_mapping_list(value: Any) -> bool:
    """Whether a value is a list of objects, as a list of entries must be."""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def mapped(value: Any) -> Mapping[str, Any]:
    """An object as it is; an empty one for anything else that stands where an object should."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> list[Any]:
    """A list as it is; an empty one for anything else that stands where a list should."""
    return value if isinstance(value, list) else []


def load(name: str, body: bytes) -> Any:
    """A stored answer as JSON; AnswerUnreadable naming it otherwise."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise AnswerUnreadable(f"the stored answer {name} is not JSON: {error}", body[:2000]) from error


def whole_number(value: Any) -> int | None:
    """A count as the portal writes it (a number, or text that is one); None when it is neither."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 2**63 else None
