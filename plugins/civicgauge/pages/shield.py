"""What stands before every route: the headers on every answer, and no trace of a fault."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from civicgauge import clean

_log = logging.getLogger("civicgauge.pages")


class Shield:
    """ASGI middleware. `fault` makes the page that says a fault of our own."""

    def __init__(self, app: ASGIApp, *, headers: dict[str, str], fault: Callable[[Request], Response]) -> None:
        self._app, self._headers, self._fault = app, headers, fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and see to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception:
            # said here, since what Starlette itself would say of it bears none of the headers
            _log.exception("a fault of our own at %s", clean.path(scope["path"]))
            if started:
                raise
            await self._fault(Request(scope))(scope, receive, guarded)


def headers(policy: str, frames: str) -> dict[str, str]:
    """What stands on every answer: nothing from elsewhere, no frames but those agreed on, no trace to other sites."""
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {frames}",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if frames == "'self'" else "DENY",
    }
