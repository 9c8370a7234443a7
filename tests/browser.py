"""A headless Chromium for tests, driven by Playwright: found on the machine, never downloaded, cut off from the net.

Every page is watched: what it complained of, what it could not load, and whom else it asked stand in `Watched.said`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
LOOPBACK = ("127.0.0.1", "localhost")
#: Names other than loopback's do not resolve: what gets past `Watched` gets nowhere all the same.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-proxy-server",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")


def found() -> str | None:
    """The browser on PATH; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def needed() -> str:
    """The browser on PATH; without one the test is skipped, in CI it fails."""
    if path := found():
        return path
    problem = f"no browser on PATH ({', '.join(NAMES)}): apt-get install chromium"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(problem, pytrace=False)
    pytest.skip(problem)


@dataclass
class Watched:
    """A page, and all that was wrong with it so far. `theirs`: parts of addresses, and of what
    the console says, that are no fault of ours."""

    page: Page
    theirs: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.said.append(f"script error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failed)
        self.page.on("response", self._on_response)
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("popup", lambda popup: self.said.append(f"popup: {popup.url}"))
        self.page.on("download", lambda download: self.said.append(f"download: {download.url}"))

    def _is_ours(self, address: str) -> bool:
        return not any(part in address for part in self.theirs)

    def _on_console(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type in ("error", "warning") and self._is_ours(where) and self._is_ours(message.text):
            self.said.append(f"console {message.type}: {message.text} {where}")

    def _on_request(self, request: Request) -> None:
        told = urlsplit(request.url)
        if told.scheme not in ("data", "blob", "about") and told.hostname not in LOOPBACK:
            self.said.append(f"asked another host: {request.url}")

    def _on_failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED" and self._is_ours(request.url):  # aborted: the page was left meanwhile
            self.said.append(f"request failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and self._is_ours(response.url):
            self.said.append(f"status {response.status}: {response.url}")

    def heard(self) -> list[str]:
        """What was wrong since the last time."""
        told, self.said = self.said, []
        return told


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser of its own, ended afterwards."""
    path = needed()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def watched(
    browser: Browser,
    width: int = 1280,
    *,
    dark: bool = False,
    scripts: bool = True,
    theirs: tuple[str, ...] = (),
    zone: str = "America/Los_Angeles",
) -> Iterator[Watched]:
    """A page in a window of that width, of a user without cookies who likes it light or dark and lives in that zone."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        locale="en-GB",
        timezone_id=zone,
    )
    try:
        yield Watched(context.new_page(), theirs)
    finally:
        context.close()


def printed_pages(page: Page, paper: str = "A4") -> int:
    """How many sheets the page comes to when it is printed."""
    return len(_PAGES.findall(page.pdf(format=paper, prefer_css_page_size=True)))
