"""Signed links that expire: whoever holds one may see one thing or answer to it, without an account.

A link says in its path what it is for, and in its token for whom and until when. Each purpose has a salt of its own, so
that a link to a feed, which readers hand on, is no link to an answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeSerializer

from civicgauge.errors import ConfigurationError, GiveUpError

SHORTEST_KEY = 32
LONGEST_TOKEN, LONGEST_SESSION = 500, 3_000
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
    PAGES = "see"  # the city's pages, as the city itself sees them
    EDITION = "e"  # one edition: contest what it holds of the city


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
    """What a link says. `incident_key` and `episode` are of links to an incident, `edition_id` of those to an edition.

    Of others they are '' and 0.
    """

    purpose: Purpose
    contact_id: str
    city_id: str
    expires_at: datetime
    incident_key: str = ""
    episode: int = 0
    edition_id: str = ""


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
        self._readers = {purpose: _serializer(f"link.{purpose}", keys) for purpose in Purpose} if keys else {}
        self._sessions = _serializer("session", keys) if keys else None

    def __bool__(self) -> bool:
        """Whether there are links at all."""
        return bool(self.base and self._readers)

    def for_case(
        self, contact_id: str, city_id: str, incident_key: str, episode: int, expires_at: datetime
    ) -> dict[str, str]:
        """One incident's links: view, fixed, acknowledge, snooze, dispute, target."""
        view = self._link(Purpose.CASE, contact_id, city_id, expires_at, incident_key, episode)
        return {"view": view} | {page: f"{view}/{page}" for page in _CASE_PAGES} if view else {}

    def for_contact(
        self, contact_id: str, city_id: str, expires_at: datetime, *, has_pages: bool = True
    ) -> dict[str, str]:
        """A contact's links: list, cadence, unsubscribe, feedback, feed, and pages where the city has pages to see."""
        own = self._link(Purpose.CITY, contact_id, city_id, expires_at)
        if not own:
            return {}
        return {
            "list": own,
            "cadence": f"{own}/cadence",
            "unsubscribe": self._link(Purpose.UNSUBSCRIBE, contact_id, city_id, expires_at + LEAVING_STAYS),
            "feedback": f"{own}/feedback",
            "feed": self._link(Purpose.FEED, contact_id, city_id, expires_at),
        } | ({"pages": self._link(Purpose.PAGES, contact_id, city_id, expires_at)} if has_pages else {})

    def for_edition(self, contact_id: str, city_id: str, edition_id: str, expires_at: datetime) -> str:
        """The link to contest an edition; '' without an address and a key."""
        return self._link(Purpose.EDITION, contact_id, city_id, expires_at, edition_id)

    def read(self, token: str, purpose: Purpose, now: datetime) -> Claim:
        """What the token says; LinkRefused where it was not signed by us for this purpose, or is no longer good."""
        claim = self.said(token, purpose)
        if claim.expires_at <= now:
            raise LinkRefused(_EXPIRED, is_expired=True)
        return claim

    def said(self, token: str, purpose: Purpose) -> Claim:
        """What the token says, be it good still or no longer; LinkRefused where it was not signed for this purpose.

        Nothing may be done by it alone: it is for telling the person who followed it what became of the matter.
        """
        reader = self._readers.get(purpose)
        if reader is None or len(token) > LONGEST_TOKEN or not _TOKEN.fullmatch(token):
            raise LinkRefused
        try:
            contact_id, city_id, until, *about = reader.loads(token)
        except BadData:
            raise LinkRefused from None
        expires_at = datetime.fromtimestamp(until, UTC)
        if purpose is Purpose.EDITION:
            return Claim(purpose, contact_id, city_id, expires_at, edition_id=about[0])
        return Claim(purpose, contact_id, city_id, expires_at, *about)

    def session(self, claims: Iterable[Claim]) -> str:
        """What a browser keeps of the links to pages that it followed; the cookie's value."""
        said = [[each.contact_id, each.city_id, ceil(each.expires_at.timestamp())] for each in claims]
        return _text(self._sessions.dumps(said)) if self._sessions else ""

    def read_session(self, text: str, now: datetime) -> tuple[Claim, ...]:
        """The claims of a cookie that are still good; none of one that is not ours."""
        if self._sessions is None or len(text) > LONGEST_SESSION or not _TOKEN.fullmatch(text):
            return ()
        try:
            said = self._sessions.loads(text)
        except BadData:
            return ()
        claims = (Claim(Purpose.PAGES, who, city, datetime.fromtimestamp(until, UTC)) for who, city, until in said)
        return tuple(claim for claim in claims if claim.expires_at > now)

    def _link(self, purpose: Purpose, *said: str | int | datetime) -> str:
        if not self:
            return ""
        # seconds, rounded up: a link never ends before its time
        plain = [ceil(each.timestamp()) if isinstance(each, datetime) else each for each in said]
        return f"{self.base}/{purpose}/{_text(self._readers[purpose].dumps(plain))}"


def _text(token: str | bytes) -> str:
    return token if isinstance(token, str) else token.decode("ascii")


def _serializer(what: str, keys: tuple[str, ...]) -> URLSafeSerializer:
    kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(list(keys), salt=f"civicgauge.{what}.v1", signer_kwargs=kwargs)


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
