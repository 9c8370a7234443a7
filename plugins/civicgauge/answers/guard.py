"""What stands before every route: how often, how much, the headers on every answer, and no trace of a fault."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from civicgauge import clean
from civicgauge.answers.pages import Pages

_log = logging.getLogger("civicgauge.answers")
LARGEST_BODY = 16 * 1024
_BODY_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Allowed:
    """How often: requests of one address, answers by one link, pages for one address. Counted in this process alone."""

    per_address: str = "60/minute"
    per_link: str = "10/minute"
    pages_per_address: str = "300/minute"


class Turns:
    """Counts requests of this process. X-Forwarded-For is never read: uvicorn does, for the proxies it was told of."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, item: RateLimitItem, kind: str, key: str) -> int:
        """Take a turn; seconds to wait where there is none left, 0 where there was one."""
        if self._limiter.hit(item, kind, key):
            return 0
        return max(1, ceil(self._limiter.get_window_stats(item, kind, key).reset_time - time.time()))


class Guard:
    """ASGI middleware before every route of the answers."""

    def __init__(self, app: ASGIApp, *, pages: Pages, allowed: Allowed) -> None:
        self._app, self._pages = app, pages
        self._per_address, self._per_link = parse(allowed.per_address), parse(allowed.per_link)
        self._turns = Turns()
        self._headers = headers(pages.style_hash)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self._headers)
                _log.info("%s %s %d", scope["method"], _without_token(scope["path"]), message["status"])
            await send(message)

        try:
            await self._answer(scope, receive, guarded)
        except Exception:
            # said here, since what Starlette itself would say of it bears none of the headers
            _log.exception("a fault of our own at %s", _without_token(scope["path"]))
            if started:
                raise
            page = self._pages.message(500, "A fault of our own", "It has been noted. Please try again tomorrow.")
            await page(scope, receive, guarded)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if wait := self._too_often(scope):
            words = f"There were too many requests. Please wait {wait} seconds and try again. Nothing was changed."
            page = self._pages.message(429, "Too many requests", words, headers={"Retry-After": str(wait)})
            await page(scope, receive, send)
            return
        body = await _body(scope, receive)
        if body is None:
            words = "That is more than a form of ours sends. Nothing was changed."
            page = self._pages.message(413, "Too much at once", words, headers={"Connection": "close"})
            await page(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)

    def _too_often(self, scope: Scope) -> int:
        """Seconds to wait; 0 where it may go on."""
        asked: list[tuple[RateLimitItem, str, str]] = [(self._per_address, "address", place_of(scope))]
        if scope["method"] == "POST":
            asked.append((self._per_link, "link", scope["path"].split("/")[2] if scope["path"].count("/") > 1 else ""))
        return next((wait for each in asked if (wait := self._turns.wait(*each))), 0)


def headers(style_hash: str) -> dict[str, str]:
    """What stands on every answer: nothing from elsewhere, no frames, no copies, no trace of the link to others."""
    policy = (
        f"default-src 'none'; style-src '{style_hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",  # the link is the key: no other site may learn it
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Frame-Options": "DENY",
    }


def place_of(scope: Scope) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 address, of which one asker has many."""
    host = (scope.get("client") or ("unknown",))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def _body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body; None where it is too large, or does not come to its end in time."""
    named = Headers(scope=scope)
    length = named.get("content-length", "0" if "transfer-encoding" not in named else "1")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return None
    body = b""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while length != "0":
                message = await receive()
                body += message.get("body", b"")
                if len(body) > LARGEST_BODY:
                    return None
                if not message.get("more_body", False):
                    break
    except TimeoutError:
        return None
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read once more."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _without_token(path: str) -> str:
    """The path for logs: a link in a log would be a key in a log."""
    parts = path.split("/")
    if len(parts) > 2:
        parts[2] = "-"
    return clean.path("/".join(parts), 80)
