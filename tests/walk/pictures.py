"""`python -m tests.walk.pictures DIR`: the pictures of docs/runbook.md, airflow.md, attestations.md, pages.md
and packs.md.

An operator's steps are taken in a real Airflow over the demo portals, one of which is down; then the pages standing
alone. Needs PostgreSQL, and some minutes.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Page

from civicgauge.pipeline.context import Context
from tests.browser import opened, watched
from tests.judged import FROZEN, PREVIEW
from tests.walk import attesting, outage
from tests.walk.airflow import desk
from tests.walk.neighbours import COHORT, settle
from tests.walk.walking import DESK, PHONE
from tests.walk.world import alone, observed
from tests.warehouse_fixtures import fresh_postgres

LARGEST = 150_000
DAYS = ("2026-06-02", "2026-06-09", "2026-06-16", "2026-06-23", "2026-06-30")
CITY = "city/demo-cedar-junction/"
ALONE = (
    ("pages-cities", "cities/", DESK, False),
    ("pages-city", CITY, DESK, False),
    ("pages-numbers", f"{CITY}#numbers", DESK, False),
    ("pages-city-dark-phone", CITY, PHONE, True),
    ("pages-datasets-dark", f"{CITY}datasets/", DESK, True),
    ("pages-dataset", f"{CITY}dataset/records/c2pd-7hqm/", DESK, False),
    ("pages-indicator", "indicator/promises_kept_share/", DESK, False),
    ("pages-health-phone", "health/", PHONE, False),
    ("pages-edition", f"edition/{FROZEN}/", DESK, False),
    ("pages-edition-city", f"edition/{FROZEN}/{CITY}", DESK, False),
    ("pages-preview", f"edition/{PREVIEW}/{CITY}", DESK, False),
    ("pages-decisions", "decisions/", DESK, False),
)
PAPER = (
    ("pages-brief", "city/demo-alder-falls/brief/", "body"),
    ("pages-pack", "pack/spring/?for=cities", ".overview"),
    ("pages-pack-sheet", "pack/spring/?for=cities", ".sheet:has(svg) >> nth=0"),
)
A4 = 794  # pixels across, at 96 to the inch


def in_airflow(folder: Path, browser: Browser) -> list[str]:
    """The outage, from the first look to the day that was loaded, then an attestation; what the pages complained of."""

    def shot(page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        page.wait_for_timeout(700)  # menus and notes fade
        keep(page, folder / f"{name}.png")

    with (
        tempfile.TemporaryDirectory() as home,
        contextmanager(fresh_postgres)() as database,
        desk(Path(home), database) as world,
        watched(browser, theirs=outage.THEIRS) as seen,
    ):
        outage.whole(seen.page, world, shot)
        attesting.whole(seen.page, world, shot)
        return seen.heard()


def by_themselves(folder: Path, browser: Browser) -> list[str]:
    """Pages of five weeks, in both lights and widths."""
    wrong: list[str] = []
    with (
        tempfile.TemporaryDirectory() as home,
        observed(Path(home), *DAYS, is_hostile=False) as context,
        alone(context) as site,
    ):
        for name, path, width, dark in ALONE:
            with watched(browser, width, dark=dark) as seen:
                seen.page.goto(site.start.removesuffix("cities/") + path)
                keep(seen.page, folder / f"{name}.png")
                wrong += seen.heard()
    return wrong


def on_paper(folder: Path, browser: Browser) -> list[str]:
    """A mayor's sheet and a workshop's pack as they are printed, beside fictional towns."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as home, observed(Path(home), DAYS[-1], is_hostile=False) as context:
        settle(context, "demo-alder-falls", date.fromisoformat(DAYS[-1]))
        cohort = {"id": "spring", "title": "Spring workshop on open data", "cities": ["demo-birchport", *COHORT]}
        file = Path(home) / "spring.yml"
        file.write_text(yaml.safe_dump({"cohorts": [cohort]}), encoding="utf-8")
        with alone(Context(replace(context.settings, cohorts=file))) as site:
            for name, path, part in PAPER:
                with watched(browser, A4) as seen:
                    seen.page.goto(site.start.removesuffix("cities/") + path)
                    seen.page.emulate_media(media="print")
                    seen.page.evaluate("document.body.style.padding = '2.5rem 3rem'")
                    seen.page.locator(part).screenshot(path=folder / f"{name}.png")
                    print(f"{name}.png", flush=True)
                    wrong += seen.heard()
    return wrong


def keep(page: Page, path: Path) -> None:
    """One picture of what is in the window; of a crowded one as much from the top as a document can bear."""
    wide = page.viewport_size or {"width": DESK, "height": 800}
    for height in range(wide["height"], 0, -50):
        page.screenshot(path=path, clip={"x": 0, "y": 0, "width": wide["width"], "height": height})
        if path.stat().st_size <= LARGEST:
            print(path.name, flush=True)
            return


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with opened() as chromium:
        for complaint in [
            *by_themselves(target, chromium),
            *on_paper(target, chromium),
            *in_airflow(target, chromium),
        ]:
            print(complaint, file=sys.stderr)
