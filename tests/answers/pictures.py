"""`python -m tests.answers.pictures DIR`: the pictures of docs/answers.md, taken of the app as it is served."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.answers.test_editions import begun, way
from tests.answers.world import LATE, World, world_at
from tests.browser import Watched, opened, watched
from tests.editionrows import INDICATOR
from tests.walk import judging

WIDTHS = (390, 1000)


def take(folder: Path, browser: Browser) -> list[str]:
    """Pictures of an incident's page, of the page after an answer, and of an edition's form; what was wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as home, world_at(Path(home) / "home") as world:
        for width in WIDTHS:
            with watched(browser, width) as seen:
                _open(seen, world, world.case())
                wrong += _shot(seen, folder / f"answer-incident-{width}.png")
        with watched(browser, 390, dark=True) as seen:
            _open(seen, world, world.case(page="snooze"))
            wrong += _shot(seen, folder / "answer-snooze-dark-390.png")
        with watched(browser, 1000) as seen:
            _open(seen, world, world.own())
            wrong += _shot(seen, folder / "answer-list-1000.png")
            _open(seen, world, world.case())
            seen.page.click("form[action$='/fixed'] button")
            for width in reversed(WIDTHS):
                seen.page.set_viewport_size({"width": width, "height": 800})
                wrong += _shot(seen, folder / f"answer-done-{width}.png")
        assert world.incident(LATE).state == "fix_claimed"
        begun(world)
        world.client.post(way(world), data={"indicator": INDICATOR, "claim": "Our terms are open: see our page."})
        for width in WIDTHS:
            with watched(browser, width) as seen:
                _open(seen, world, way(world))
                wrong += _shot(seen, folder / f"answer-edition-{width}.png")
    return wrong


def _open(seen: Watched, world: World, path: str) -> None:
    seen.page.goto(str(world.client.base_url).rstrip("/") + path)


def _shot(seen: Watched, path: Path) -> list[str]:
    seen.page.screenshot(path=path, full_page=True)
    wrong = [*judging.sideways(seen.page), *judging.axe(seen.page), *seen.heard()]
    return [f"{path.name}: {each}" for each in wrong]


if __name__ == "__main__":
    with opened() as chromium:
        for complaint in take(Path(sys.argv[1]), chromium):
            print(complaint, file=sys.stderr)
