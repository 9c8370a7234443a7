"""One try of one request: its headers, its redirects, its body within the limits. Retries are `web.Web`'s."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import select_proxy

from civicgauge._answers import FOREIGN_ERRORS, KEPT_BYTES, cause_of, explain
from civicgauge._connection import Deadline, Guard, GuardedTransport
from civicgauge._redaction import host_alone
from civicgauge._spool import Memory, Spool
from civicgauge._tally import Tally
from civicgauge._terms import Identity, Limits, Spacing, is_same_party, scheme
from civicgauge._unpack import unpacked
from civicgauge.errors import (
    AnswerTooLarge,
    CivicgaugeError,
    HostNotAllowed,
    PortalRefused,
    PortalUnreachable,
    RetryableError,
)

log = logging.getLogger("civicgauge.web")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Received:
    """One HTTP answer before it is judged. `headers` in lower case; `url` redacted; a spooled `body` is empty."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    size: int
    requested_at: datetime
    seconds: float
    location: str | None = field(repr=False)  # of a redirect, as sent: it may carry a signature that must stay whole


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a request: its number, which statuses are answers, and the seconds that retries leave it, if any.

    With a `spool`, the body of an answer goes there, under the limits of downloads. `method` is GET or HEAD, or POST,
    which brings `content`; its address may be a secret as a whole, so that only its host is ever told.
    """

    number: int
    accept: Collection[int]
    seconds_left: float | None
    spool: Spool | None = None
    method: str = "GET"
    content: bytes | None = field(default=None, repr=False)

    def seconds(self, limits: Limits) -> tuple[float, float, float]:
        """How long it may take to connect, how long the other side may be silent, and how long all may take."""
        if self.spool is not None:
            terms = (limits.connect_timeout_seconds, limits.download_silence_seconds, limits.download_total_seconds)
        else:
            terms = (limits.connect_timeout_seconds, limits.read_timeout_seconds, limits.total_timeout_seconds)
        if self.seconds_left is None:
            return terms
        left = max(self.seconds_left, 0.001)
        return min(terms[0], left), min(terms[1], left), min(terms[2], left)


class Exchange:
    """Sends requests over guarded connections and reads what comes, within limits."""

    def __init__(self, identity: Identity, limits: Limits, spacing: Spacing, guard: Guard) -> None:
        self.identity, self._limits, self._spacing, self._guard = identity, limits, spacing, guard
        self.tally = Tally(spacing.per_second)
        self._transport = GuardedTransport(guard)
        self._environment = requests.Session()  # only to read proxies and CA files from the environment

    def close(self) -> None:
        """Close the kept connections."""
        self._transport.close()

    def ask(self, url: str, headers: dict[str, str], params: Any, attempt: Attempt) -> Received:
        """The answer after at most five redirects, each hop guarded and spaced like the first.

        Headers that speak for us (Authorization, cookies, tokens) are left behind where a redirect leads elsewhere.
        A POST follows none: what it brings is for the address that was given.
        """
        request = self._prepared(url, headers, params, attempt.method, attempt.content)
        for _ in range(_MAX_REDIRECTS + 1):
            received = self._one(request, attempt)
            target = received.location
            is_wanted = attempt.method == "POST" or received.status in attempt.accept
            if is_wanted or not target or received.status not in _REDIRECTS:
                return received
            request = self._redirected(request, target)
        raise _caused(
            PortalRefused(
                f"{self.identity.shown(url)} redirects more than {_MAX_REDIRECTS} times. Open it in a browser, and "
                "write the address where it ends into the city file."
            ),
            "endless_redirects",
        )

    def _prepared(
        self, url: str, headers: dict[str, str], params: Any, method: str, content: bytes | None = None
    ) -> requests.PreparedRequest:
        problem = "" if scheme(url) in ("http", "https") else "only http and https are asked"
        if not problem:
            try:
                request = requests.Request(method, url, headers=headers, params=params, data=content).prepare()
            except (requests.RequestException, ValueError):
                problem = "this is not an address (or a header) that can be sent"
        if problem:
            error = HostNotAllowed(f"{self._shown(url, method)}: {problem}. Correct the address.")
            raise _caused(error, "address_malformed")
        self.identity.dress(request)
        return request

    def _redirected(self, request: requests.PreparedRequest, location: str) -> requests.PreparedRequest:
        """The next hop. Location is sent as bytes that http.client reads as Latin-1, and means UTF-8."""
        here = request.url or ""
        text = location.encode("latin-1", "replace").decode("utf-8", "replace")
        try:
            target = urljoin(here, text)
        except ValueError:
            target = ""
        if scheme(here) == "https" and scheme(target) == "http":
            raise _caused(
                PortalRefused(
                    f"{self.identity.shown(here)} redirects from https to http ({self.identity.shown(target)}), which "
                    "is refused. Check the address in the city file, or tell the portal's operator."
                ),
                "redirects_to_http",
            )
        headers = dict(request.headers)
        if scheme(target) and not is_same_party(here, target):
            headers = self.identity.undress(headers)
        return self._prepared(target, headers, None, request.method or "GET")

    def _one(self, request: requests.PreparedRequest, attempt: Attempt) -> Received:
        """Send one request, read its answer, log one line. Raises our errors only, and with no foreign one inside."""
        url = request.url or ""
        parts = urlsplit(url)
        self.tally.waited(self._spacing.wait(parts.hostname or ""))
        settings = self._environment.merge_environment_settings(url, {}, stream=True, verify=None, cert=None)
        if select_proxy(url, settings["proxies"]):
            self._guard.check_behind_proxy(parts.hostname or "", parts.port or 443)
        *_, seconds = attempt.seconds(self._limits)
        started = datetime.now(UTC)  # the fact to record, not an input of any rule
        problem: BaseException | None = None
        with Deadline(seconds) as deadline:
            try:
                received = self._received(request, started, attempt, dict(settings))
            except FOREIGN_ERRORS as error:
                problem = error
        if deadline.expired:
            self.tally.ended("timed_out")
            left = attempt.seconds_left
            shown = self._shown(url, attempt.method)
            raise self._late(shown, seconds, is_cut_short=left is not None and left <= seconds)
        if problem is not None:
            self.tally.ended(cause_of(problem) or "no_answer")
            raise self._failed(self._shown(url, attempt.method), problem)
        self.tally.ended(received.status, received.size)
        log.info(
            "%s %s: status %s, %s bytes, %.2f s, try %s",
            *(request.method, received.url, received.status, received.size, received.seconds, attempt.number),
        )
        return received

    def _received(
        self, request: requests.PreparedRequest, started: datetime, attempt: Attempt, settings: dict[str, Any]
    ) -> Received:
        tick = time.perf_counter()
        connect, silence, _ = attempt.seconds(self._limits)
        response = self._transport.send(request, timeout=(connect, silence), **settings)
        url = self._shown(request.url or "", attempt.method)
        try:
            body = self._body(response, url, attempt)
        finally:
            response.close()
        headers = {name.lower(): self.identity.clean(value) for name, value in response.headers.items()}
        headers.pop("set-cookie", None)
        location = response.headers.get("location")
        seconds = time.perf_counter() - tick
        return Received(url, response.status_code, headers, body.content, body.size, started, seconds, location)

    def _body(self, response: requests.Response, url: str, attempt: Attempt) -> Memory | Spool:
        """The decoded body; of an answer that is not wanted only the first bytes, for its message."""
        wanted = response.status_code in attempt.accept
        body = (
            attempt.spool if wanted and attempt.spool else Memory(self._limits.max_body_bytes if wanted else KEPT_BYTES)
        )
        declared = response.headers.get("content-length", "")
        too_large = wanted and declared.isdecimal() and int(declared[:20]) > body.limit
        body.begin(url)
        packed = () if too_large else response.raw.stream(body.piece_bytes, decode_content=False)
        for piece in unpacked(packed, response.headers.get("content-encoding", "")):
            body.write(piece)
            if body.size > body.limit:
                too_large = wanted
                break
        if too_large:
            raise AnswerTooLarge(
                f"The answer of {url} is larger than the limit of {body.limit:,} bytes; reading stopped at "
                f"{body.size:,}. Ask for less at once, or raise the limit."
            )
        return body

    def _shown(self, url: str, method: str) -> str:
        return host_alone(url) if method == "POST" else self.identity.shown(url)

    def _late(self, shown: str, seconds: float, *, is_cut_short: bool) -> CivicgaugeError:
        if is_cut_short:
            words = f"{shown}: no whole answer in the time that it may take. Try again later."
            return _caused(PortalUnreachable(words), "timed_out")
        return _caused(
            AnswerTooLarge(
                f"The answer of {shown} was not complete after {seconds:g} seconds, the limit for one answer. "
                "Ask for less at once, or find out why the portal is slow."
            ),
            "timed_out",
        )

    def _failed(self, shown: str, problem: BaseException) -> CivicgaugeError:
        kind, why = explain(problem)
        advice = "Try again later." if issubclass(kind, RetryableError) else "Check the address and the portal by hand."
        return _caused(kind(f"{shown}: {self.identity.clean(why)}. {advice}"), cause_of(problem))


def _caused(error: CivicgaugeError, cause: str) -> CivicgaugeError:
    """The error with the one word for its cause."""
    error.cause = cause
    return error
