"""Signed links that expire: whoever holds one may see one thing or answer to it, without an account.

A link says in its path what it is for, and in its token for whom and until when. Each purpose has a salt of its own, so
that a link to a feed, which readers hand on, is no link to an answer.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer

from civicgauge.errors import ConfigurationError, GiveUpError

SHORTEST_KEY = 32
LONGEST_TOKEN = 500
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
_FORGED = "This link is not one of ours, or it was cut off on its way. Copy the whole address from the message."
_EXPIRED = "This link has expired. The newest message to you holds links that work."
_TOKEN = re.compile(r"[A-Za-z0-9_.-]+")  # the reader passes over other letters: one link would have many forms
_CASE_PAGES = ("fixed", "acknowledge", "snooze", "dispute", "target")


LEAVING_STAYS = timedelta(days=3 * 365)
"""Whoever finds an old message can still leave."""


class Purpose(StrEnum):
    """What a link is for; the first part of its path."""

    CASE = "i"  # one incident: see it, answer to it
    CITY = "c"  # a contact's own: the city's list, the cadence, the feedback report
    UNSUBSCRIBE = "u"
    FEED = "f"


class LinkRefused(GiveUpError):
    """A link that is not ours, or no longer good (`is_expired`); the message is for the person who followed it."""

    exit_code = 2

    def __init__(self, message: str = _FORGED, *, is_expired: bool = False) -> None:
        super().__init__(message)
        self.is_expired = is_expired

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),), {"is_expired": self.is_expired}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a link says. `incident_key` and `episode` are of links to an incident; else '' and 0."""

    purpose: Purpose
    contact_id: str
    city_id: str
    expires_at: datetime
    incident_key: str = ""
    episode: int = 0


class Links:
    """Makes links and reads them. Without a public address or a key it makes none, and reads none."""

    def __init__(self, public_url: str | None, keys: tuple[str, ...]) -> None:
        """`keys`, newest last: the last one signs, those before it are still read.

        ConfigurationError for a key that is too short and for an address that is none.
        """
        if any(len(key) < SHORTEST_KEY for key in keys):
            raise ConfigurationError(
                f"CIVICGAUGE_SIGNING_KEY: a key has at least {SHORTEST_KEY} characters; make one with `{MAKE_A_KEY}`"
            )
        self.base = _address(public_url) if public_url else ""
        self._readers = {purpose: _serializer(purpose, keys) for purpose in Purpose} if keys else {}

    def __bool__(self) -> bool:
        """Whether there are links at all."""
        return bool(self.base and self._readers)

    def for_case(
        self, contact_id: str, city_id: str, incident_key: str, episode: int, expires_at: datetime
    ) -> dict[str, str]:
        """One incident's links: view, fixed, acknowledge, snooze, dispute, target."""
        view = self._link(Purpose.CASE, contact_id, city_id, expires_at, incident_key, episode)
        return {"view": view} | {page: f"{view}/{page}" for page in _CASE_PAGES} if view else {}

    def for_contact(self, contact_id: str, city_id: str, expires_at: datetime) -> dict[str, str]:
        """A contact's links: list, cadence, unsubscribe, feedback, feed."""
        own = self._link(Purpose.CITY, contact_id, city_id, expires_at)
        if not own:
            return {}
        return {
            "list": own,
            "cadence": f"{own}/cadence",
            "unsubscribe": self._link(Purpose.UNSUBSCRIBE, contact_id, city_id, expires_at + LEAVING_STAYS),
            "feedback": f"{own}/feedback",
            "feed": self._link(Purpose.FEED, contact_id, city_id, expires_at),
        }

    def read(self, token: str, purpose: Purpose, now: datetime) -> Claim:
        """What the token says; LinkRefused where it was not signed by us for this purpose, or is no longer good."""
        reader = self._readers.get(purpose)
        if reader is None or len(token) > LONGEST_TOKEN or not _TOKEN.fullmatch(token):
            raise LinkRefused
        try:
            contact_id, city_id, until, *case = reader.loads(token)
        except BadData:
            raise LinkRefused from None
        claim = Claim(purpose, contact_id, city_id, datetime.fromtimestamp(until, UTC), *case)
        if claim.expires_at <= now:
            raise LinkRefused(_EXPIRED, is_expired=True)
        return claim

    def _link(self, purpose: Purpose, *said: str | int | datetime) -> str:
        if not self:
            return ""
        # seconds, rounded up: a link never ends before its time
        plain = [ceil(each.timestamp()) if isinstance(each, datetime) else each for each in said]
        token = self._readers[purpose].dumps(plain)
        text = token if isinstance(token, str) else token.decode("ascii")
        return f"{self.base}/{purpose}/{text}"


def _serializer(purpose: Purpose, keys: tuple[str, ...]) -> URLSafeSerializer:
    kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(list(keys), salt=f"civicgauge.link.{purpose}.v1", signer_kwargs=kwargs)


def _address(public_url: str) -> str:
    """The address without a slash at its end; what could break out of a mail's header is refused."""
    try:
        parts = urlsplit(public_url)
        good = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:
        good = False
    if not good or not public_url.isascii() or not public_url.isprintable() or set(public_url) & set(' <>"@\\'):
        raise ConfigurationError(
            f"CIVICGAUGE_PUBLIC_URL: {public_url!r} is no address; write one such as https://answers.example.org"
        )
    return public_url.rstrip("/")
