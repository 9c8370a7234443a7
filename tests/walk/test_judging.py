"""What judges a page can fail: each planted fault is found, and a page without one passes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import watched
from tests.walk import judging

pytestmark = pytest.mark.slow  # it starts a browser

SOUND = (
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Sound</title>"
    "<body style='background:#fff;color:#111'><a href='#main' style='display:block;padding:8px'>Skip</a>"
    "<main id=main><h1>Sound</h1>{more}</main></html>"
)
FAULTS = {
    "<h1>Another</h1>": "2 h1",
    "<h3>Skipped</h3>": "h1 is followed by h3",
    "<a href='javascript:alert(1)'>to a script</a>": "link to javascript:",
    "<table><tr><td>1</table>": "table without caption",
    "<img src='data:,' onerror='alert(1)'>": "active markup",
    "<p style='width:1300px'>wide</p>": "scrolls sideways",
    "<dl><dt style='width:60px;white-space:nowrap'>one over the other</dt></dl>": "sticks out of its box",
    "<p style='color:#999'>pale</p>": "axe color-contrast",
    "<svg role=img width=9 height=9></svg>": "axe svg-img-alt",
    "<button style='width:9px;height:9px;padding:0;border:0' aria-label=a></button><button "
    "style='width:9px;height:9px;padding:0;border:0' aria-label=b></button>": "axe target-size",
    "<a href='#main' tabindex=-1>not by Tab</a>": "Tab does not reach",
    "<a href='#main' style='outline:none'>dark focus</a>": "focus is not seen",
    "<script>alert(1)</script>": "dialog: 1",
    "<script>console.warn('odd')</script>": "console warning: odd",
    "<script>fetch('http://elsewhere.example/')</script>": "asked another host",
}


def judged(browser: Browser, more: str) -> list[str]:
    """What all judges say of a sound page with this in it."""
    with watched(browser) as seen:
        seen.page.set_content(SOUND.format(more=more))
        page = seen.page
        found = [*judging.form(page), *judging.sideways(page), *judging.axe(page), *judging.keyboard(page)]
        return [*found, *seen.heard()]


def test_a_sound_page_passes_and_every_planted_fault_is_found(browser: Browser) -> None:
    assert judged(browser, "") == []
    missed = {more: said for more, said in FAULTS.items() if not any(said in each for each in judged(browser, more))}
    assert missed == {}
