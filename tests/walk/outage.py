"""What an operator does in Airflow's pages when a portal was down: sees it, finds why, tries it again, loads a day.

Only clicks and keys; nothing is asked of Airflow otherwise. Each step says what has to be seen before the next.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.walk.airflow import TWO_PORTALS, ZONE, Desk

DAG = f"observe__{TWO_PORTALS}"
Shot = Callable[[Page, str], None]
#: What Airflow's own pages complain of is no fault of ours.
THEIRS = ("/static/", "/ui/", "/api/v2/", "/plugin/", "/auth/", "An iframe which has both allow-scripts")
PATIENCE = 600_000
expect.set_options(timeout=60_000)


def seen(page: Page, address: str, shot: Shot) -> None:
    """From Home to the city whose run failed."""
    page.goto(address)
    expect(page.get_by_role("link", name="1 Failed Dags")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Asset Events").first).to_be_visible()
    shot(page, "outage-home")
    page.get_by_role("link", name="1 Failed Dags").click()
    expect(_dag(page)).to_be_visible()
    shot(page, "outage-dags")


def reason_found(page: Page, shot: Shot) -> None:
    """From the city to its run, and to what verdict says."""
    _dag(page).click()
    page.locator(f"a[href*='/dags/{DAG}/runs/scheduled']").first.click()
    expect(_line(page, "snapshot", "maps")).to_contain_text("Failed")
    _line(page, "snapshot", "maps").scroll_into_view_if_needed()
    shot(page, "outage-run")
    page.get_by_role("link", name="verdict").last.click()
    expect(page.get_by_text("NotWhole").first).to_be_visible()
    page.keyboard.press("w")
    page.get_by_text("NotWhole").first.click()  # folds the lines of code below it
    expect(page.get_by_text("in verdict").first).not_to_be_visible()
    expect(page.get_by_text("answered with status 503").first).to_be_visible()
    shot(page, "outage-reason")
    page.go_back()


def tried_again(page: Page, shot: Shot) -> None:
    """The one portal's snapshot is cleared with what comes after it; the run ends green."""
    _line(page, "snapshot", "maps").get_by_label("Clear Task Instance").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Affected Tasks: 9")).to_be_visible()
    shot(page, "outage-clear")
    dialog.get_by_role("button", name="Confirm").click()
    expect(_line(page, "snapshot", "maps")).to_contain_text("Success", timeout=PATIENCE)
    expect(_line(page, "verdict")).to_contain_text("Success", timeout=PATIENCE)
    expect(page.get_by_text("Failed", exact=True)).to_have_count(0)
    page.reload()
    expect(_line(page, "verdict")).to_contain_text("Success")
    shot(page, "outage-mended")


def day_loaded(page: Page, address: str, shot: Shot) -> None:
    """Yesterday, whose snapshot is stored and whose run is missing, by a backfill."""
    page.goto(f"{address}/dags/{DAG}")
    page.get_by_label("Trigger Dag").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Run this Dag for a range of dates").click()
    yesterday = f"{datetime.now(ZONE) - timedelta(days=1):%Y/%m/%d}"
    for field, time in (("From", "00:00"), ("To", "23:59")):
        dialog.get_by_text("Select date and time").first.click()
        page.get_by_placeholder("YYYY/MM/DD").fill(yesterday)
        page.get_by_placeholder("HH:mm").fill(time)
        page.keyboard.press("Escape")
        expect(dialog.get_by_text("Select date and time"), field).to_have_count(1 if field == "From" else 0)
    expect(dialog.get_by_text("1 run will be triggered")).to_be_visible()
    shot(page, "outage-backfill")
    dialog.get_by_role("button", name="Run Backfill").click()
    page.goto(f"{address}/dags/{DAG}/runs?run_type=backfill")
    expect(page.get_by_role("row").filter(has_text="backfill__")).to_contain_text("Success", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("Backfill in progress")).to_have_count(0, timeout=PATIENCE)
    shot(page, "outage-loaded")


def _dag(page: Page) -> Locator:
    return page.locator(f"a[href$='/dags/{DAG}']").first


def _line(page: Page, task: str, index: str = "") -> Locator:
    found = page.get_by_role("row").filter(has=page.get_by_role("link", name=task, exact=True))
    return found.filter(has_text=index).first if index else found.first


def health(page: Page, address: str, shot: Shot) -> None:
    """The pipeline's health in our own page inside Airflow: which portal, since when, why."""
    page.goto(f"{address}/plugin/civicgauge_health")
    frame = page.frame_locator("iframe")
    line = frame.get_by_role("region", name="Portals").get_by_role("row").filter(has_text="maps:")
    expect(line).to_contain_text("503")
    shot(page, "outage-health")
    line.scroll_into_view_if_needed()
    shot(page, "outage-portals")


def tabs(page: Page, address: str, shot: Shot) -> None:
    """Our pages in the tabs of a DAG, a run, and a task instance."""
    page.goto(f"{address}/dags/{DAG}/plugin/civicgauge_city")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Cedar Junction", exact=True)).to_be_visible()
    shot(page, "airflow-city")
    page.goto(f"{address}/dags/{DAG}")
    page.locator(f"a[href*='/dags/{DAG}/runs/scheduled']").first.click()
    _line(page, "pull", "Police").get_by_role("link", name="Police").click()
    page.get_by_role("link", name="Observed").click()
    expect(frame.get_by_role("heading", name="Police Calls for Service", exact=True)).to_be_visible()
    shot(page, "airflow-observed")


def whole(page: Page, desk: Desk, shot: Shot) -> None:
    """All of it: the portal goes down, the city runs, the operator works, the portal being well again in between."""
    desk.fault(kind="503")
    assert desk.switch_on(TWO_PORTALS) == "failed"
    seen(page, desk.address, shot)
    reason_found(page, shot)
    back = page.url
    health(page, desk.address, shot)
    page.goto(back)
    desk.fault(clear=True)
    tried_again(page, shot)
    day_loaded(page, desk.address, shot)
    tabs(page, desk.address, shot)
