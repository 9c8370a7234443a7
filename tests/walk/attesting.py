"""What staff do in Airflow's pages to attest: fill in the form, and see what a second person is asked. By clicks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.walk.airflow import TWO_PORTALS, Desk
from tests.walk.outage import Shot
from tests.walk.walking import DESK

DAG = "attest"
STATEMENT = "Permits and service requests are published by council district and by language spoken."


def filled_in(page: Page, desk: Desk, shot: Shot) -> None:
    """The form, from the DAG's own page, with every field that is needed."""
    page.set_viewport_size({"width": DESK, "height": 1500})
    page.goto(f"{desk.address}/dags/{DAG}")
    page.get_by_label("Trigger Dag").click()
    dialog = page.get_by_role("dialog")
    _choose(page, dialog, "city", TWO_PORTALS)
    _choose(page, dialog, "criterion", "DM8: Disaggregated data")
    _choose(page, dialog, "stance", "in line")
    said_on = datetime.now(UTC).date() - timedelta(days=30)
    told = {
        "statement": STATEMENT,
        "role": "city data office",
        "said_on": f"{said_on}",
        "valid_until": f"{said_on + timedelta(days=365)}",
        "evidence": f"{desk.portals.urls['birchport']}/",
    }
    for name, text in told.items():
        field = dialog.locator(f"[name='element_{name}']")
        field.fill(text)
        page.keyboard.press("Tab")
        expect(field).to_have_value(text)
        page.wait_for_timeout(300)  # what is typed is taken over a moment later
    for name, text in told.items():
        expect(dialog.locator(f"[name='element_{name}']")).to_have_value(text)
    shot(page, "attest-form")
    dialog.get_by_role("button", name="Trigger").click()


def asked(page: Page, desk: Desk, shot: Shot) -> None:
    """What the second person sees under Required Actions."""
    run_id = desk.airflow.wait("the run", lambda: next(iter(desk.airflow.runs(DAG)), None), 60)
    desk.airflow.asked(DAG, run_id)
    page.goto(f"{desk.address}/dags/{DAG}/runs/{run_id}/tasks/ask/required_actions")
    expect(page.get_by_text("The numbers differ from what is attested").first).to_be_visible()
    page.set_viewport_size({"width": DESK, "height": 800})
    shot(page, "attest-approval")
    page.get_by_role("button", name="Leave open").last.scroll_into_view_if_needed()
    shot(page, "attest-answer")


def _choose(page: Page, dialog: Locator, name: str, words: str) -> None:
    dialog.locator(f"#element_{name}").click()
    page.keyboard.type(words)
    page.get_by_role("option", name=words).first.click()


def whole(page: Page, desk: Desk, shot: Shot) -> None:
    """Both."""
    filled_in(page, desk, shot)
    asked(page, desk, shot)
