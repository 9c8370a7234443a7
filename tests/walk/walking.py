"""Through all pages in a browser: one finding is one line, named by the page and by how it was looked at."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Browser

from tests.browser import printed_pages, watched
from tests.walk import hostile, judging

DESK, PHONE = 1280, 390


def walk(browser: Browser, addresses: Iterable[str], width: int, *, dark: bool) -> list[str]:
    """Each page looked at in a window of that width; by the keyboard as well where it is light."""
    wrong: list[str] = []
    with watched(browser, width, dark=dark) as seen:
        for address in addresses:
            seen.page.goto(address)
            page = seen.page
            found = [*judging.form(page), *judging.sideways(page), *judging.axe(page)]
            found += [] if dark else judging.keyboard(page)
            if page.evaluate(f"'{hostile.RAN}' in window") or page.url != address:
                found.append(f"a script ran, or something was followed: {page.url}")
            wrong += [f"{address} ({width}{' dark' if dark else ''}): {each}" for each in [*found, *seen.heard()]]
    return wrong


def plain(browser: Browser, addresses: Iterable[str]) -> list[str]:
    """Each page without scripts, and printed: it says what it is, and comes to at least one sheet."""
    wrong: list[str] = []
    with watched(browser, scripts=False) as seen:
        for address in addresses:
            seen.page.goto(address)
            if not seen.page.locator("h1").inner_text().strip():
                wrong.append(f"{address}: no heading without scripts")
            if printed_pages(seen.page) < 1:
                wrong.append(f"{address}: nothing is printed")
            wrong += [f"{address} (without scripts): {each}" for each in seen.heard()]
    return wrong
