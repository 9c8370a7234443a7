"""Every page in a real browser: standing alone, and inside Airflow. What portals wrote there is hostile.

CI walks one page of each kind, and those with hostile texts; the full proof all pages, in both widths and both lights.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from civicgauge import clean
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.feedback import feedback
from civicgauge.pipeline.showing import PUBLIC, STAFF, Shown
from civicgauge.pipeline.showing.addresses import slug
from tests.airflow.headless import Headless
from tests.browser import printed_pages, watched
from tests.conftest import IN_FULL
from tests.pdfs import pages as pages_of
from tests.walk import judging
from tests.walk.crawl import Crawled, crawl
from tests.walk.hostile import ODD_ID, RECORDS
from tests.walk.outage import THEIRS
from tests.walk.walking import DESK, PHONE, plain, walk
from tests.walk.world import CITIES, OTHERS, alone, kinds
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

MOST = 1_000 if IN_FULL else 3  # two of the three cities were never measured then
#: Kinds of page that no list of pages can do without.
KINDS = {
    "/cities/",
    "/city/{city_id}/",
    "/city/{city_id}/brief/",
    "/city/{city_id}/datasets/",
    "/city/{city_id}/dataset/{portal_id}/{dataset}/",
    "/indicator/",
    "/indicator/{indicator_id}/",
    "/check/",
    "/check/{check_id}/",
    "/method/",
    "/standard/{standard}/",
    "/health/",
    "/editions/",
    "/edition/{edition_id}/",
    "/edition/{edition_id}/city/{city_id}/",
    "/decisions/",
    "/decision/{decision_id}/",
    "/audit/",
}
PACKS = {"/pack/", "/pack/{cohort_id}/"}
NOWHERE = (
    "city/nobody/",
    "city/demo-cedar-junction/?as_of=never",
    "nothing/here",
    "city/%3Cscript%3Ealert(1)%3C/script%3E/",
)
USER, PASSWORD = "walker", "of-the-tests-alone"
CITY = "city/demo-cedar-junction"
HOSTILE = [f"{CITY}/dataset/records/{slug(each)}/" for each in RECORDS]
LOOKS = [(DESK, False), (PHONE, True), *([(DESK, True), (PHONE, False)] if IN_FULL else [])]


def chosen(crawled: Crawled) -> list[str]:
    """One page of each kind, of the city that was measured where it is of one; in full up to six of each, and those of
    another day, since those of a kind differ by their content alone."""
    of_kinds = (sorted(addresses, key=lambda each: CITY not in each) for addresses in crawled.pages.values())
    found = [address for addresses in of_kinds for address in addresses[: 6 if IN_FULL else 1]]
    return [address for address in found if IN_FULL or "as_of=" not in address]


def test_every_page_standing_alone(context: Context, browser: Browser) -> None:
    with alone(context) as site, httpx.Client(trust_env=False, timeout=60) as client:
        root = site.start.removesuffix("cities/")
        crawled = crawl(client, site.start, site.kind, MOST)
        assert crawled.wrong == []
        assert set(crawled.pages) >= KINDS | PACKS
        assert crawled.files["application/pdf"] >= 2
        assert crawled.files["application/json"] >= len(KINDS)
        assert crawled.files["text/csv"] >= len(KINDS)
        first = chosen(crawled)
        for width, dark in LOOKS:
            assert walk(browser, first, width, dark=dark) == []
        assert plain(browser, [each for each in first if IN_FULL or "/city/" in each]) == []
        assert hostile(client, browser, root) == []
        assert nowhere(client, browser, root) == []


def test_a_mayors_sheet_says_what_the_city_is_told_first_and_is_one_sheet(context: Context, browser: Browser) -> None:
    """Of the hostile city: the same three things as in its report, and titles of a megabyte spoil no paper."""
    day = date(2026, 6, 30)
    told, report = Shown(context).brief(PUBLIC, CITIES[0]), feedback(context, CITIES[0], day)
    assert len(told.things) == 3
    assert [(each.indicator_id, each.n_concerned, each.n_known) for each in told.things] == [
        (each.indicator.id, each.n_concerned, each.n_known) for each in report.items[:3]
    ]
    for thing, item in zip(told.things, report.items, strict=False):
        assert list(thing.datasets) == [clean.line(each.title, 60) for each in item.concerned[:3]]
    pack = Shown(context).pack(STAFF, OTHERS["id"], for_cities=True)
    (example,) = (each.example for each in pack.sheets if each.lacking.code == "DM4")
    assert example is not None
    assert (example.city.city_id, example.dataset is None) == (CITIES[0], False)
    assert "found nothing amiss" in example.seen
    with alone(context) as site, watched(browser) as seen:
        seen.page.goto(f"{site.start.removesuffix('cities/')}{CITY}/brief/")
        assert [printed_pages(seen.page, paper) for paper in ("A4", "Letter")] == [1, 1]
        with httpx.Client(trust_env=False, timeout=60) as client:
            for paper in ("a4", "letter"):
                made = client.get(f"{site.start.removesuffix('cities/')}{CITY}/brief.pdf?paper={paper}")
                assert pages_of(made.content) == 1
        assert seen.heard() == []


def hostile(client: httpx.Client, browser: Browser, root: str) -> list[str]:
    """The pages of each hostile dataset, shown as text, on a phone; nothing runs and nothing is followed."""
    told = client.get(f"{root}{CITY}/datasets.json").json()
    assert ODD_ID in {row["dataset_id"] for row in told["rows"]}, "a hostile id is kept as it is"
    maps = [f"{CITY}/dataset/maps/{slug(ODD_ID)}/"]
    addresses = [f"{root}{path}" for path in (*HOSTILE, *maps, f"{CITY}/datasets/")]
    sizes = [f"{each}: {len(text)} bytes" for each in addresses if len(text := client.get(each).text) > 400_000]
    return [*sizes, *walk(browser, addresses, PHONE, dark=True)]


def nowhere(client: httpx.Client, browser: Browser, root: str) -> list[str]:
    """What there is not is a page that says so, with a way back."""
    wrong = []
    with watched(browser, PHONE, theirs=(root,)) as seen:
        for path in NOWHERE:
            answer = seen.page.goto(root + path)
            if answer is None or answer.status not in (400, 404):
                wrong.append(f"{path}: {answer and answer.status}")
            if not seen.page.locator("a[href$='cities/']").count():
                wrong.append(f"{path}: no way back")
            found = [*judging.form(seen.page), *judging.sideways(seen.page), *judging.axe(seen.page)]
            wrong += [f"{path}: {each}" for each in found]
    assert client.post(f"{root}cities/").status_code == 405
    return wrong


@pytest.fixture
def airflow_database() -> object:
    """A PostgreSQL database for Airflow itself; skips (in CI: fails) without a server."""
    yield from fresh_postgres()


def test_every_kind_of_page_inside_airflow(
    context: Context, browser: Browser, airflow_database: str, tmp_path: Path
) -> None:
    home = tmp_path / "airflow"
    home.mkdir()
    passwords = home / "passwords.json"
    passwords.write_text(json.dumps({USER: PASSWORD}))
    settings = {
        "CIVICGAUGE_HOME": str(context.settings.home),
        "CIVICGAUGE_CITIES": str(context.settings.cities),
        "CIVICGAUGE_WAREHOUSE": context.settings.warehouse,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:viewer",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
    }
    with Headless.running(home, airflow_database, settings, pages_alone=True) as airflow:
        start = f"http://127.0.0.1:{airflow.port}/"
        root = f"{start}civicgauge/"
        with httpx.Client(trust_env=False, timeout=60) as nobody:
            assert shut(nobody, root, []) == []
            signed = nobody.post(f"{start}auth/token", json={"username": USER, "password": PASSWORD})
            own = {"Authorization": f"Bearer {signed.raise_for_status().json()['access_token']}"}
            with httpx.Client(trust_env=False, timeout=60, headers=own) as client:
                crawled = crawl(client, f"{root}cities/", kinds(context, "/civicgauge/"), MOST)
            assert crawled.wrong == []
            assert set(crawled.pages) >= KINDS
            nobody.cookies.clear()
            assert shut(nobody, root, chosen(crawled)) == []
        assert in_frames(browser, start, chosen(crawled)) == []


def shut(nobody: httpx.Client, root: str, addresses: list[str]) -> list[str]:
    """What an anonymous request gets otherwise than a 401 or a way to the sign-in."""
    always = ("", "docs", "redoc", "openapi.json", "static/style.css", "at", "cities/", "cities.json", "nothing")
    wrong = []
    for address in [*(root + each for each in always), *addresses]:
        for accept in ("text/html", "*/*"):
            answer = nobody.get(address, headers={"Accept": accept})
            is_sign_in = answer.status_code == 302 and "/auth/login" in answer.headers["location"]
            if answer.status_code != 401 and not is_sign_in:
                wrong.append(f"{answer.status_code}: {address}")
    return wrong


def in_frames(browser: Browser, start: str, addresses: list[str]) -> list[str]:
    """Signed in by the form: our pages in a frame of Airflow's, a click from list to city, and each page by itself."""
    wrong = []
    for width, dark in LOOKS if IN_FULL else LOOKS[-1:]:
        with watched(browser, width, dark=dark, theirs=THEIRS) as seen:
            page = seen.page
            page.set_default_timeout(60_000)
            page.goto(f"{start}civicgauge/health/")
            page.get_by_label("Username").fill(USER)
            page.get_by_label("Password").first.fill(PASSWORD)
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="Health of the pipeline").wait_for()
            for route in ("civicgauge_health", "civicgauge_cities"):
                page.goto(f"{start}plugin/{route}")
                page.frame_locator("iframe").locator("h1").wait_for()
                (inner,) = page.main_frame.child_frames
                wrong += [*judging.form(inner), *judging.sideways(inner), *judging.axe(inner)]
            frame = page.frame_locator("iframe")
            frame.get_by_role("link", name="Cedar Junction").first.click()
            frame.get_by_role("heading", name="Cedar Junction", exact=True).wait_for()
            for address in addresses:
                page.goto(address)
                found = [*judging.form(page), *judging.sideways(page), *judging.axe(page)]
                wrong += [f"{address} ({width}): {each}" for each in found]
            wrong += seen.heard()
    return wrong
