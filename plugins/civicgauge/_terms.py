"""The terms on which a portal is asked: how much and how long, who asks, how often. Used by the HTTP door."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import Retry

from civicgauge._redaction import redact, redact_text
from civicgauge.errors import ConfigurationError

_PERSONAL_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-app-token"})


@dataclass(frozen=True)
class Limits:
    """How long, how often and how much. Seconds, and bytes after decompression.

    `total_timeout_seconds` is for one answer with its body; `retry_total_seconds` for all retries of one request
    together, counted from the end of the first try. Downloads have limits of their own: their silence may be longer
    (a portal makes a large export before it sends the first byte), and a try that began in time may end later.
    """

    connect_timeout_seconds: float = 10
    read_timeout_seconds: float = 60
    total_timeout_seconds: float = 300
    retry_total_seconds: float = 120
    retries: int = 4
    backoff_seconds: float = 1
    retry_after_max_seconds: float = 60
    max_body_bytes: int = 512 * 1024 * 1024
    download_silence_seconds: float = 300
    download_total_seconds: float = 6 * 3600
    max_download_bytes: int = 20 * 1024**3
    progress_seconds: float = 10

    def backoff(self, number: int) -> float:
        """Doubling from `backoff_seconds`, and up to half more by chance, so that tasks do not all come at once."""
        doubled = self.backoff_seconds * float(2 ** (number - 1))
        return doubled * random.uniform(1, 1.5)  # noqa: S311 - no secret

    def asked_to_wait(self, retry_after: str | None) -> float | None:
        """Seconds of a Retry-After (a number or a date), capped; None where there is none that can be read, or 0."""
        reader = Retry(retry_after_max=int(self.retry_after_max_seconds))
        try:
            return reader.parse_retry_after(retry_after) or None if retry_after else None
        except (InvalidHeader, ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Identity:
    """Who asks: the User-Agent, and a token (header name, value) with the one host that may see it."""

    user_agent: str
    token: tuple[str, str] | None = field(default=None, repr=False)
    token_host: str | None = None
    token_in_clear: bool = False

    def __post_init__(self) -> None:
        if self.token is not None and not self.token_host:
            raise ValueError("a token needs token_host, the one host that may see it")
        for what, text in (
            ("The contact (CIVICGAUGE_CONTACT)", self.user_agent),
            ("The token", "".join(self.token or ())),
        ):
            if not (text.isascii() and text.isprintable()):
                raise ConfigurationError(f"{what} holds characters that no HTTP header can carry; use plain ASCII.")

    def dress(self, request: requests.PreparedRequest) -> None:
        """Set our headers; the token only for its host, and by https (unless in clear is allowed).

        A part of a body is asked for as it is: a part of a packed one cannot be unpacked.
        """
        request.headers["User-Agent"] = self.user_agent
        request.headers["Accept-Encoding"] = "identity" if "Range" in request.headers else "gzip, deflate"
        if self.token is None:
            return
        request.headers.pop(self.token[0], None)
        host, port = authority(request.url or "")
        is_its_host = self.token_host in (host, f"{host}:{port}")
        if is_its_host and (scheme(request.url or "") == "https" or self.token_in_clear):
            request.headers[self.token[0]] = self.token[1]

    def undress(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers that another host may see: without logins, cookies and tokens."""
        personal = _PERSONAL_HEADERS | ({self.token[0].lower()} if self.token else set())
        return {name: value for name, value in headers.items() if name.lower() not in personal}

    def clean(self, text: str) -> str:
        """A text of others without secrets."""
        return redact_text(text, self.token[1]) if self.token else redact_text(text)

    def shown(self, url: str) -> str:
        """An address as it may be logged, raised and recorded."""
        return redact_text(redact(url), self.token[1]) if self.token else redact(url)


class Spacing:
    """At most so many requests per second and host, evenly spaced; safe between threads."""

    def __init__(self, per_second: float, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        if not per_second > 0:
            raise ValueError(f"requests_per_second must be above 0, not {per_second}")
        self.per_second = per_second
        self._gap, self._sleep, self._clock = 1 / per_second, sleep, clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str) -> float:
        """Take the host's next slot, and sleep until it comes; the seconds that took."""
        with self._lock:
            now = self._clock()
            slot = max(now, self._next.get(host, now))
            self._next[host] = slot + self._gap
        if slot > now:
            self._sleep(slot - now)
        return slot - now


def scheme(url: str) -> str:
    """Its scheme in lower case; empty where there is none that can be read."""
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""


def authority(url: str) -> tuple[str, int]:
    """Host and port, the scheme's own port where none is written."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def is_same_party(here: str, there: str) -> bool:
    """Whether a redirect stays with the same host and port, or only goes from http to https on their usual ports."""
    try:
        (host, port), (other_host, other_port) = authority(here), authority(there)
    except ValueError:
        return False
    return host == other_host and (port == other_port or (port, other_port) == (80, 443))
