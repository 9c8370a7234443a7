"""Texts that portals send, made harmless: on one line, of bounded length, nothing that turns or hides what follows."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

LONGEST_ADDRESS = 900
_MARKS_ON_END = 4  # no script needs more marks on one letter; stacked ones cover the lines above and below
_KEPT_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")  # these are seen
_A_KEY = re.compile(r"[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}")  # what a signed link holds, and its signature
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~-._"  # what a percent sign need not stand for; quotes and angles it must


def line(text: str, limit: int) -> str:
    """The text on one line of at most `limit` characters, cut with an ellipsis.

    Control characters, bidirectional overrides, zero-width and private characters go; so do lone surrogates, which no
    mail can carry, and noncharacters, which no HTML may hold. Ordinary letters of any script stay.
    """
    begin = text[: limit * 4 + 200]  # of a megabyte, no more is looked at
    seen = begin if begin.isascii() and begin.isprintable() else "".join(_kept(begin))
    seen = " ".join(seen.split())
    is_whole = len(seen) <= limit and len(begin) == len(text)
    return seen if is_whole or not seen else seen[: limit - 1].rstrip() + "…"


def _kept(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category.startswith("Z") or letter in "\t\n\r\v\f\x85":
            kept.append(" ")
        elif category in ("Cc", "Cs", "Co") or (category == "Cf" and letter not in _KEPT_FORMATS):
            continue
        elif marks <= _MARKS_ON_END and not _is_noncharacter(letter):
            kept.append(letter)
    return kept


def _is_noncharacter(letter: str) -> bool:
    return ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF


def address(text: str, limit: int = LONGEST_ADDRESS) -> str:
    """An http(s) address that may be linked; '' for anything else.

    A cut address leads nowhere, so one that is too long is none. One with a name before an @ looks like another host.
    """
    if not text or line(text, limit) != text or " " in text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that are no IPv6 address: not an address
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    if not is_web or "@" in parts.netloc or not parts.netloc.isascii():
        return ""
    quoted = quote(text, safe=_IN_ADDRESSES)
    return quoted if len(quoted) <= limit else ""


def path(text: str, limit: int = 200) -> str:
    """An address's path for logs: nothing in it that could forge a line, and `-` for a part that is a key.

    Links are keys, and they also come to addresses where none is: by a proxy that leaves its own path on them.
    """
    begin = "/".join("-" if _A_KEY.search(part) else part for part in text[:2_000].split("/"))
    return "".join(each if each.isalnum() or each in "/-_.~" else "?" for each in begin[:limit])


def mail_address(text: str) -> str:
    """A plain e-mail address, as it may stand in a `mailto:`; '' for anything else."""
    name, at, host = text.partition("@")
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(" <>,;:\"'()[]\\?&%#/")
    return text if at and name and "." in host and "@" not in host and is_plain and len(text) <= 254 else ""


def web_address(text: str) -> str:
    """The text as it stands, where it is a web address that may become a link; '' otherwise (a script, a name before
    the host). For pages, which escape it themselves; `address` is stricter, and quotes."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname and not parts.username else ""


def contact_href(contact: str) -> str:
    """Where the contact of the settings leads, a page or a mailbox; '' where it is neither."""
    return web_address(contact) or (f"mailto:{contact}" if "@" in contact and "/" not in contact else "")
