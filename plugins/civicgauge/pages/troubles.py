"""A page in words, with a way back, for everything that goes wrong; its twins say the same."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from civicgauge import clean
from civicgauge.errors import ConfigurationError, RetryableError
from civicgauge.pages import twins
from civicgauge.pages.asking import BadQuestion
from civicgauge.pages.here import Here
from civicgauge.pages.reply import MEDIA, Desk
from civicgauge.pages.sheets import Table
from civicgauge.pipeline.showing.forms import PUBLIC, Viewer

_log = logging.getLogger("civicgauge.pages")
_NOT_FOUND = "There is no such page, or it is not shown to you. Nothing more can be said."
_HEADINGS = {401: "Please sign in", 403: "Not for you", 404: "Not found", 405: "This can only be read"}
_WORDS = {
    401: "These pages are shown to people who have signed in.",
    403: "Your sign-in does not open this page.",
    404: _NOT_FOUND,
    405: "Pages can be read here, and nothing can be changed.",
}
_SOON, _LATER = "120", "3600"


def say(  # noqa: PLR0913 - keywords only
    request: Request,
    status: int,
    heading: str,
    words: str,
    *,
    details: str = "",
    headers: Mapping[str, str] | None = None,
    without: str = "",
) -> Response:
    """The answer in the format that was asked for; what lies at the address is not told to those who may not see it.

    `without`: what of the query no link may repeat, since it cannot be asked.
    """
    here = Here.of(request)
    here = replace(here, query={name: said for name, said in here.query.items() if name != without})
    desk: Desk = request.app.state.desk
    if here.form == "json":
        body = twins.json_bytes({"status": status, "error": heading, "words": words, "details": details or None})
    elif here.form == "csv":
        body = twins.csv_bytes(Table(("status", "error", "words"), [(status, heading, f"{words} {details}".strip())]))
    else:
        # what was asked may be what is wrong: the ways back do not ask it again
        plain = replace(here, query={})
        newest = here.again(as_of=None) if here.as_of else ""
        page = desk.renderer.page("trouble.html", plain, heading=heading, words=words, details=details, newest=newest)
        body = page.encode("utf-8")
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body, status, media_type=MEDIA[here.form], headers=kept)


def not_shown(request: Request, _error: Exception) -> Response:
    """Nothing there, or nothing for this viewer."""
    return say(request, 404, _HEADINGS[404], _NOT_FOUND)


def bad_question(request: Request, error: Exception) -> Response:
    """A date, a page or a filter that cannot be read."""
    name = error.name if isinstance(error, BadQuestion) else "as_of"
    words = f"{clean.line(str(error), 300)} (“{name}” in the address)"
    return say(request, 400, "This cannot be asked", words, without=name)


def trouble(request: Request, error: Exception) -> Response:
    """The warehouse is down, or not ready: who reads is told that it is not their fault, and staff what to do."""
    _log.error("a page could not be shown: %s: %s", type(error).__name__, error)
    if not isinstance(error, ConfigurationError | RetryableError):
        return fault(request)
    is_soon = isinstance(error, RetryableError)
    words = (
        "The place where our measurements are kept does not answer just now. Nothing is lost. "
        f"Please try again {'in a few minutes' if is_soon else 'later today'}."
    )
    details = clean.line(str(error), 600) if viewer(request).audience == "staff" else ""
    wait = {"Retry-After": _SOON if is_soon else _LATER}
    return say(request, 503, "Our measurements cannot be read just now", words, details=details, headers=wait)


def http(request: Request, error: Exception) -> Response:
    """What Starlette or a guard refuses; a guard's redirect stays one."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    heading = _HEADINGS.get(status, "This does not work")
    return say(request, status, heading, _WORDS.get(status, "This address is not made for that."), headers=headers)


def fault(request: Request) -> Response:
    """A fault of our own; the log says which."""
    return say(request, 500, "A fault of our own", "It has been noted. Nothing is said of any city by it.")


def viewer(request: Request) -> Viewer:
    """Who looks; the public where that cannot be told now."""
    desk: Desk = request.app.state.desk
    try:
        return desk.viewer_of(request)
    except Exception:  # a page of trouble is shown either way; what broke the first time is logged by who shows it
        _log.warning("who looks could not be told", exc_info=True)
        return PUBLIC
