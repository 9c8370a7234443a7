"""`python -m tests.answers.pictures DIR`: the pictures of docs/answers.md, taken of the app as it is served."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.answers.browser import Browser, browser
from tests.answers.world import LATE, World, world_at

WIDTHS = (390, 1000)


def take(folder: Path) -> list[str]:
    """Pictures of an incident's page and of the page after an answer; what the browser complained of."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, world_at(Path(home) / "home") as world, browser() as page:
        for width in WIDTHS:
            page.size(width)
            page.open(_address(world, world.case()))
            _shot(page, folder / f"answer-incident-{width}.png", width)
        page.size(390, dark=True)
        page.open(_address(world, world.case(page="snooze")))
        _shot(page, folder / "answer-snooze-dark-390.png", 390)
        page.size(1000)
        page.open(_address(world, world.own()))
        _shot(page, folder / "answer-list-1000.png", 1000)
        page.open(_address(world, world.case()))
        page.press("form[action$='/fixed'] button")
        for width in reversed(WIDTHS):
            page.size(width)
            _shot(page, folder / f"answer-done-{width}.png", width)
        assert world.incident(LATE).state == "fix_claimed"
        return page.said


def _address(world: World, path: str) -> str:
    return str(world.client.base_url).rstrip("/") + path


def _shot(page: Browser, path: Path, width: int) -> None:
    assert page.run("document.documentElement.scrollWidth") <= width, f"{path.name}: wider than the window"
    page.picture(path)


if __name__ == "__main__":
    for complaint in take(Path(sys.argv[1])):
        print(complaint, file=sys.stderr)
