"""One server for both: the answers of cities at their own paths, the pages at all others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from urllib.parse import urlsplit

from limits import parse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from civicgauge import clean
from civicgauge.alerts.signing import Links, Purpose
from civicgauge.answers.app import create_app
from civicgauge.answers.guard import Allowed, Turns, headers, place_of
from civicgauge.answers.pages import Pages
from civicgauge.answers.seeing import viewer_of
from civicgauge.pages import create_app as create_pages
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.showing import PUBLIC, Shown, Viewer

_log = logging.getLogger("civicgauge.pages")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def create_site(
    context: Context,
    viewer: Viewer = PUBLIC,
    *,
    clock: Callable[[], datetime] = utc_now,
    allowed: Allowed | None = None,
    hosts: Collection[str] | None = None,
) -> tuple[ASGIApp, bool]:
    """The app of `civicgauge serve`, and whether cities can answer in it: that needs a public address and a key.

    ConfigurationError where only one of the two is set. `hosts`: names by which the pages may be asked for; all others
    are refused, since a site elsewhere can give its own name to this machine's address.
    """
    settings = context.settings
    has_answers = bool(settings.public_url or settings.signing_keys)
    answers = create_app(context, clock, allowed) if has_answers else None
    seen_by = viewer_of(answers.state.door) if answers and viewer == PUBLIC else lambda _request: viewer
    pages = create_pages(Shown(context, clock), seen_by, contact=settings.contact)
    words = Pages(Links(settings.public_url, settings.signing_keys).base, settings.contact)
    gate = Gate(pages, words, (allowed or Allowed()).pages_per_address, hosts)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_answer = scope["type"] == "http" and _ANSWERS & {*scope["path"].split("/")[1:2]}  # a path may be `*`
        await (answers if answers is not None and is_answer else gate)(scope, receive, send)

    return app, answers is not None


_ANSWERS = frozenset(str(purpose) for purpose in Purpose)


class Gate:
    """ASGI middleware before the pages: how often, by which name, and a line in the log of each request."""

    def __init__(self, app: ASGIApp, words: Pages, often: str, hosts: Collection[str] | None) -> None:
        self._app, self._words, self._often, self._hosts = app, words, parse(often), hosts
        self._turns, self._headers = Turns(), headers(words.style_hash)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _log.info("%s %s %d", scope["method"], clean.path(scope["path"]), message["status"])
            await send(message)

        if self._hosts is not None and _host(scope) not in self._hosts:
            page = self._words.message(
                421, "Not by this name", "These pages are for this machine alone.", headers=self._headers
            )
            await page(scope, receive, noted)
        elif wait := self._turns.wait(self._often, "pages", place_of(scope)):
            text = f"There were too many requests. Please wait {wait} seconds and try again."
            own = self._headers | {"Retry-After": str(wait)}
            await self._words.message(429, "Too many requests", text, headers=own)(scope, receive, noted)
        else:
            await self._app(scope, receive, noted)


def _host(scope: Scope) -> str:
    try:
        return urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
    except ValueError:
        return ""
