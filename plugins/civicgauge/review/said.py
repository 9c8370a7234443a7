"""What a person says in an act: a role, a reason, a digest; cleaned, and refused in words that say what to do."""

from __future__ import annotations

import re
from datetime import date

from civicgauge import clean
from civicgauge.errors import ConfigurationError

LONGEST_ROLE, LONGEST_REASON = 80, 500
_AT = r"(?:[@\uff20\ufe6b]|%40)"  # as it is written, wide, small, and in web addresses
_ADDRESS = re.compile(rf"\S+{_AT}\S+")
_MAILBOX = re.compile(r"[\w.+-]+(@|%40)[\w-]+\.[a-z]{2,}", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")


def role(text: str, what: str = "--by") -> str:
    """A role on one line; ConfigurationError where it is empty, too long or holds an address."""
    said = clean.line(text, LONGEST_ROLE + 1)
    if not said:
        raise ConfigurationError(f"{what}: say who, by role, such as 'data steward'")
    if len(said) > LONGEST_ROLE or re.search(_AT, said):
        raise ConfigurationError(f"{what}: a role of at most {LONGEST_ROLE} letters, without an address")
    return said


def reason(text: str, what: str = "--reason") -> str:
    """A reason on one line, addresses of people left out; ConfigurationError where it is empty."""
    said = clean.line(_ADDRESS.sub("(address left out)", text), LONGEST_REASON)
    if not said:
        raise ConfigurationError(f"{what}: say why, in a sentence; it is kept and shown")
    return said


def two_people(first: str, second: str, what: str = "--by") -> str:
    """The second role; ConfigurationError where it is the first one again, however it is written."""
    said = role(second, what)
    if said.casefold() == role(first, what).casefold():
        raise ConfigurationError(f"{what}: {said!r} is who proposed it; a second person has to agree")
    return said


def holds_mailbox(address: str) -> bool:
    """Whether a web address holds an address of a person, as `?to=jane@city.example`: such a one is not kept."""
    return bool(_MAILBOX.search(address))


def evidence_digest(text: str, what: str = "--digest") -> str:
    """A SHA-256 digest in 64 hexadecimal letters; ConfigurationError for anything else."""
    said = text.strip().lower()
    if not _DIGEST.fullmatch(said):
        raise ConfigurationError(f"{what}: {clean.line(text, 80)!r} is no SHA-256 digest (64 letters of 0-9 and a-f)")
    return said


def an_id(text: str, what: str) -> str:
    """A short id of small letters, digits and hyphens; ConfigurationError for anything else."""
    if not _ID.fullmatch(text):
        raise ConfigurationError(f"{what}: {clean.line(text, 80)!r} is no id; write small letters, digits and hyphens")
    return text


def a_day(text: str, what: str) -> date:
    """A day as 2026-01-31; ConfigurationError for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:  # Python reads 2027-W01-1, too, which few people do
        raise ConfigurationError(f"{what}: {clean.line(text, 40)!r} is no day; write it as 2026-01-31")
    return found


def in_order(first: date, last: date, what: str) -> None:
    """ConfigurationError where the dates are crossed."""
    if last < first:
        raise ConfigurationError(f"{what}: {last} is before {first}; the dates are crossed")
