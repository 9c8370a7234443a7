"""The one HTTP door of civicgauge: every request to a portal goes through `Web`, sodapy's through its adapter.

It is polite (a rate per host, Retry-After, an honest User-Agent), careful (limits on time and size, a guard against
private peers), discreet (no secret in a log line, an error or a recorded address), and it speaks in our own errors.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from civicgauge._adapter import DoorAdapter
from civicgauge._answers import read_json, unwelcome
from civicgauge._connection import Guard
from civicgauge._exchange import Attempt, Exchange, Received
from civicgauge._redaction import redact, redact_library_logs
from civicgauge._spool import Spool, SpoolFailed
from civicgauge._tally import in_words
from civicgauge._terms import Identity, Limits, Spacing
from civicgauge.errors import CivicgaugeError, GiveUpError, PortalUnreachable, RetryableError
from civicgauge.landed import Download
from civicgauge.model import Answer, Look

__all__ = ["Limits", "Web", "redact"]

log = logging.getLogger("civicgauge.web")
_ASK_AGAIN = frozenset({202, 429, 500, 502, 503, 504})


class Web:
    """Asks portals, within limits. Use it as a context manager; threads may share it.

    `token` is (header name, value), sent to `token_host` only (`host`, or `host:port` for that port alone) and only
    by https, except where private hosts are allowed. `requests_per_second` is per host, retries and redirects
    included. `sleep` and `clock` are for tests. Proxies and CA files come from the environment as requests reads
    them; behind a proxy the guard can check only what the host's name resolves to.
    Raises ValueError for a token without a host or a rate that is not above 0, ConfigurationError for a User-Agent
    or a token that no header can carry.
    """

    def __init__(  # noqa: PLR0913 - keywords only
        self,
        *,
        user_agent: str,
        allow_private_hosts: bool = False,
        requests_per_second: float = 2.0,
        token: tuple[str, str] | None = None,
        token_host: str | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._identity = Identity(user_agent, token, (token_host or "").lower() or None, allow_private_hosts)
        self._limits, self._sleep, self._clock = limits, sleep, clock
        spacing = Spacing(requests_per_second, sleep, clock)
        self._exchange = Exchange(self._identity, limits, spacing, Guard(allow_private_hosts=allow_private_hosts))
        redact_library_logs()

    def __repr__(self) -> str:
        return f"Web({self._identity!r}, {self._limits!r})"

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if error is not None and (told := self.tally)["requests"]:  # what came well is told with what was kept
            log.info("Before it failed: %s; %s", *in_words(told))
        self.close()

    @property
    def token_host(self) -> str | None:
        """The one host that sees the token."""
        return self._identity.token_host

    @property
    def tally(self) -> dict[str, Any]:
        """What was asked and received so far: requests, their endings, retries, bytes, seconds waited, the rate."""
        return self._exchange.tally.as_dict()

    def close(self) -> None:
        """Close the kept connections."""
        self._exchange.close()

    def get(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        accept_status: Collection[int] = (200,),
    ) -> Answer:
        """The whole answer to a GET, after redirects and retries; its status is one of `accept_status`.

        `Answer.url` is where the answer came from in the end, redacted; `Answer.headers` has names in lower case and
        no cookies; `Answer.requested_at` and `elapsed_seconds` are of the try that succeeded.

        Raises PortalUnreachable (no connection, silent, cut), PortalBusy (429, 202, 5xx, after all retries),
        PortalRefused (other 4xx, an untrusted certificate, endless redirects), AnswerTooLarge (size or total time),
        AnswerUnreadable (another status, a body that cannot be unpacked), HostNotAllowed (a private peer or no http).
        """
        return _answer(*self._ask(url, params, headers, accept_status))

    def download(  # noqa: PLR0913 - keywords only
        self,
        url: str,
        target: Path,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept_status: Collection[int] = (200,),
        max_bytes: int | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> Download:
        """The answer to a GET, its decoded body streamed to the file `target` with a digest; memory stays flat.

        `target` is there, whole, only when this returns; an older file of that name stays until then. An accepted 304
        leaves it alone. `on_progress` is told the bytes so far about every ten seconds, as the log is.
        Limits are those of downloads (`Limits`); `max_bytes` replaces the limit on size. Tries, guard, rate,
        redirects and token are those of `get`; a try that began in time may take as long as a download may.
        Raises as `get`; a body that ends before it should is PortalUnreachable. OSError where our disk refuses.
        """
        limit = self._limits.max_download_bytes if max_bytes is None else max_bytes
        gap = self._limits.progress_seconds
        with Spool(target, limit, progress=on_progress, progress_seconds=gap, clock=self._clock) as spool:
            try:
                received, tries = self._ask(url, params, headers, accept_status, spool)
            except SpoolFailed as failed:
                raise failed.error from None
            if received.status != 304:
                spool.keep()
        return Download(
            url=received.url,
            status=received.status,
            headers=received.headers,
            bytes_count=received.size,
            sha256=spool.sha256,
            requested_at=received.requested_at,
            elapsed_seconds=received.seconds,
            attempts=tries,
        )

    def look(self, url: str, *, method: Literal["HEAD", "GET"], seconds: float, headers: Mapping[str, str]) -> Look:
        """What is at an address that is nobody's we rely on: one try, any status, at most the first 64 KiB.

        Guard, rate, redirects and User-Agent are those of `get`; each hop may take `seconds`. A failure of the other
        side is a result too: `Look.problem` says which. Raises only what is our own fault.
        """
        attempt = Attempt(1, (), seconds, method=method)  # no status is what is wanted, so none is read whole
        try:
            received = self._exchange.ask(url, dict(headers), None, attempt)
        except (RetryableError, GiveUpError) as error:
            return Look(self._identity.shown(url), None, problem=error.cause or "not_asked")
        kind = received.headers.get("content-type", "").split(";")[0].strip().lower()
        return Look(received.url, received.status, kind, received.body)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to one POST, whatever its status, with at most the first 64 KiB of its body.

        Tried once, and no redirect is followed: it is not known whether what was cut off has arrived. The address may
        be a secret as a whole (a chat room's), so that answer, errors and logs tell its host alone. Guard, rate and
        User-Agent are those of `get`. Raises PortalUnreachable, PortalRefused, AnswerTooLarge (too slow),
        AnswerUnreadable and HostNotAllowed as `get` does; their `cause` says whether anything was sent.
        """
        attempt = Attempt(1, (), None, method="POST", content=body)
        return _answer(self._exchange.ask(url, dict(headers), None, attempt), 1)

    def _ask(
        self,
        url: str,
        params: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None,
        accept: Collection[int],
        spool: Spool | None = None,
    ) -> tuple[Received, int]:
        """The answer after retries, and the number of tries."""
        started, ends_at = self._clock(), None
        for number in itertools.count(1):
            left = None if ends_at is None or spool else ends_at - self._clock()
            result = self._try(url, dict(headers or {}), params, Attempt(number, accept, left, spool))
            if isinstance(result, Received):
                return result, number
            error, asked_to_wait = result
            now = self._clock()
            ends_at = now + self._limits.retry_total_seconds if ends_at is None else ends_at
            pause = asked_to_wait or self._limits.backoff(number)
            if number > self._limits.retries or now + pause >= ends_at:
                break
            self._exchange.tally.again(pause)
            log.info("%s Asking again in %.1f s (try %s failed).", error, pause, number)
            self._sleep(pause)
        raise type(error)(f"{error} (Tries: {number}, in {now - started:.0f} s.)")

    def get_json(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        *,
        expect: type = dict,
        accept_status: Collection[int] = (200,),
    ) -> tuple[Answer, Any]:
        """The answer and its parsed JSON, of which content type, syntax and top-level type (`expect`) were checked.

        Raises as `get`, and AnswerUnreadable, whose `body` holds the first bytes, for HTML and anything else that
        is not the JSON expected.
        """
        answer = self.get(url, params, headers={"Accept": "application/json"}, accept_status=accept_status)
        return answer, read_json(answer, expect)

    def session_adapter(self, prefix: str, accept_status: Collection[int] = (200,)) -> dict[str, Any]:
        """What `sodapy.Socrata(session_adapter=...)` wants: sodapy's requests then go through this door, whole.

        `prefix` is `https://` or `http://`, which sodapy writes before its domain. Retries, limits, guard, rate,
        redirects, User-Agent and token are those of `get`; sodapy's own time-out is not used; our errors come out
        of sodapy's methods as they are. Statuses in `accept_status` are handed to sodapy, which raises its own
        errors for all but 200.
        """
        return {"prefix": prefix, "adapter": DoorAdapter(self.get, accept_status)}

    def _try(
        self, url: str, headers: dict[str, str], params: Mapping[str, Any] | None, attempt: Attempt
    ) -> Received | tuple[CivicgaugeError, float | None]:
        """One try: the answer, or an error that is worth another try with the seconds that the portal asks to wait."""
        try:
            received = self._exchange.ask(url, headers, params, attempt)
        except PortalUnreachable as unreachable:
            return unreachable, None
        if received.status in attempt.accept:
            return received
        error = unwelcome(received.status, received.url, received.body, self._identity.clean)
        if received.status not in _ASK_AGAIN:
            raise error
        return error, self._limits.asked_to_wait(received.headers.get("retry-after"))


def _answer(received: Received, attempts: int) -> Answer:
    return Answer(
        url=received.url,
        status=received.status,
        headers=received.headers,
        body=received.body,
        requested_at=received.requested_at,
        elapsed_seconds=received.seconds,
        sha256=hashlib.sha256(received.body).hexdigest(),
        attempts=attempts,
    )
