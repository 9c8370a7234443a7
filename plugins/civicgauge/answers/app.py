"""The app put together: its routes, its guard, and a page in words for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from civicgauge.alerts.answering import Refused
from civicgauge.alerts.signing import MAKE_A_KEY, LinkRefused, Links
from civicgauge.answers import cases, contacts, editions, seeing
from civicgauge.answers.door import Door
from civicgauge.answers.guard import Allowed, Guard
from civicgauge.answers.pages import Pages
from civicgauge.errors import CivicgaugeError, ConfigurationError, RetryableError
from civicgauge.pipeline.context import Context, utc_now

_log = logging.getLogger("civicgauge.answers")
_NO_PAGE = "There is no such page. Copy the whole address from the message."


def create_app(context: Context, clock: Callable[[], datetime] = utc_now, allowed: Allowed | None = None) -> FastAPI:
    """The answers app of these settings.

    ConfigurationError without CIVICGAUGE_PUBLIC_URL and CIVICGAUGE_SIGNING_KEY: without them there are no links.
    """
    settings = context.settings
    links = Links(settings.public_url, settings.signing_keys)
    if not links:
        raise ConfigurationError(
            "The answers app needs the address at which cities reach it and a key for the links:",
            (
                "CIVICGAUGE_PUBLIC_URL: such as https://answers.example.org",
                f"CIVICGAUGE_SIGNING_KEY: make one with `{MAKE_A_KEY}`",
            ),
        )
    pages = Pages(links.base, settings.contact)
    # documentation off: it would load scripts from elsewhere. Slashes are not mended: that would echo the Host header.
    app = FastAPI(title="civicgauge answers", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.door = Door(context, links, clock, pages)
    for router in (cases.router, contacts.router, editions.router, seeing.router):
        app.include_router(router)
    app.add_middleware(Guard, pages=pages, allowed=allowed or Allowed())
    app.add_exception_handler(LinkRefused, _link_refused)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(CivicgaugeError, _trouble)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    return app


def _pages(request: Request) -> Pages:
    door: Door = request.app.state.door
    return door.pages


def _link_refused(request: Request, error: Exception) -> Response:
    is_expired = isinstance(error, LinkRefused) and error.is_expired
    heading = "This link has expired" if is_expired else "This link does not work"
    return _pages(request).message(410 if is_expired else 403, heading, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return _pages(request).message(409, "Nothing was changed", str(error))


def _trouble(request: Request, error: Exception) -> Response:
    """A fault of ours: the log says which, the page does not."""
    _log.error("an answer could not be taken: %s: %s", type(error).__name__, error)
    soon = isinstance(error, RetryableError)
    words = "Nothing was changed. Please try again in a few minutes."
    later = "Nothing was changed. We have to mend this first; please try again tomorrow."
    return _pages(request).message(
        503, "This does not work just now", words if soon else later, headers={"Retry-After": "120" if soon else "3600"}
    )


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    words = "This address is not made for that." if status == 405 else _NO_PAGE
    if status == 400:
        words = "What was sent could not be read. Nothing was changed."
    return _pages(request).message(
        status, "Not found" if status == 404 else "This does not work", words, headers=headers
    )


def _unreadable(request: Request, error: Exception) -> Response:
    in_path = isinstance(error, RequestValidationError) and any(each["loc"][0] == "path" for each in error.errors())
    if in_path:
        return _pages(request).message(404, "Not found", _NO_PAGE)
    words = "What was sent could not be read. Nothing was changed."
    return _pages(request).message(422, "This does not work", words)
