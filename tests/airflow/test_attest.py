"""The DAG `attest` by a real scheduler and two accounts: approved, refused, answered by the first one, a bad form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from civicgauge.warehouse import Warehouse
from tests.airflow.headless import FIRST, SECOND, Headless, as_users
from tests.airflow.world import ONE_CKAN, World
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
DAG = "attest"
TODAY = datetime.now(UTC).date()
HOSTILE = "The portal is central. ``` [click](https://evil.example) {{ 7 * 7 }} <img src=x>"


@pytest.fixture
def airflow_database() -> Iterator[str]:
    """A PostgreSQL database for Airflow itself; skips (in CI: fails) without a server."""
    yield from fresh_postgres()


def test_two_people_attest_by_a_form(airflow_database: str, tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    home.mkdir()
    with World.opened(tmp_path, datasets=2) as world:
        world.observe(ONE_CKAN, "2026-06-30")
        settings = world.settings | as_users(tmp_path)
        with Headless.running(home, airflow_database, settings) as airflow:
            airflow.wait("the DAG", lambda: airflow.query("select 1 from dag where dag_id = %s", DAG), 120)
            approved(airflow, world)
            refused(airflow, world)
            answered_by_the_first_and_then_by_a_second(airflow, world)
            left_open(airflow, world)
            answered_by_nobody(airflow, world, airflow_database)
            a_bad_form(airflow, world)
            no_form(airflow)
            with Warehouse(world.warehouse_url) as warehouse:
                assert warehouse.reviews.broken_link() is None
                everything = str([warehouse.reviews.rows(name) for name in ("attestation", "audit")])
            assert FIRST not in everything.replace("the first", ""), "no name of an account of who attests is kept"


def started(airflow: Headless, world: World, run_id: str, **more: Any) -> None:
    """Fill in the form as the first person."""
    told = {
        "city": ONE_CKAN,
        "standard": "what-works-cities-2022",
        "criterion": "DM1",
        "stance": "in_line",
        "statement": "A data governance board meets every quarter.",
        "role": "data steward",
        "said_on": str(TODAY - timedelta(days=30)),
        "valid_until": str(TODAY + timedelta(days=300)),
        "evidence": world.portals.urls["birchport"] + "/",
        "digest": None,
    }
    conf = {"dag_run_id": run_id, "logical_date": None, "conf": {**told, **more}}
    airflow.click("POST", f"dags/{DAG}/dagRuns", conf, FIRST)


def rows(world: World) -> dict[str, dict[str, Any]]:
    """The attestations by criterion."""
    with Warehouse(world.warehouse_url) as warehouse:
        return {row["criterion"]: dict(row) for row in warehouse.reviews.rows("attestation")}


def ended(airflow: Headless, run_id: str) -> dict[str, str | None]:
    """The states of a run's tasks when it has ended; it is never red."""
    done = airflow.wait(
        f"the end of {run_id}", lambda: airflow.runs(DAG).get(run_id) in ("success", "failed") and airflow.runs(DAG), 90
    )
    assert done[run_id] == "success", airflow.task_log(DAG, run_id, "settle")
    return {name: state for name, (state, _) in airflow.tasks(DAG, run_id).items()}


def approved(airflow: Headless, world: World) -> None:
    """What contradicts the numbers is shown to the second person, whose word is written with a role and an id."""
    started(airflow, world, "yes", criterion="DM8", statement=HOSTILE)
    airflow.asked(DAG, "yes")
    ((subject, body),) = airflow.query("select subject, body from hitl_detail")
    assert subject.startswith("Is it right that Birchport is attested as 'in line' on DM8 Disaggregated data?")
    assert "The portal is central. ''' [click](https://evil.example) {{ 7 * 7 }}" in body
    assert body.count("```") % 2 == 0
    assert "**What the portal's numbers say of it**: differs (as of 2026-06-30)" in body
    assert "**The numbers differ from what is attested.**" in body
    told = {"second_role": "certification staff", "second_reason": "read the page"}
    airflow.answer(DAG, "yes", "ask", "Approve", SECOND, **told)
    assert set(ended(airflow, "yes").values()) == {"success"}
    row = rows(world)["DM8"]
    assert (row["state"], row["second_by"]) == ("approved", f"certification staff (Airflow user {SECOND})")
    assert (row["by"], row["source"], row["evidence_bytes"] > 0) == ("data steward", "form", True)


def refused(airflow: Headless, world: World) -> None:
    """A refusal keeps its reason."""
    started(airflow, world, "no", criterion="LC1")
    airflow.asked(DAG, "no")
    told = {"second_role": "someone@city.example", "second_reason": "the page says nothing of it"}
    airflow.answer(DAG, "no", "ask", "Refuse", SECOND, **told)
    assert ended(airflow, "no")["settle"] == "success"
    row = rows(world)["LC1"]
    assert (row["state"], row["answer"]) == ("refused", "the page says nothing of it")
    assert row["second_by"] == f"second person (Airflow user {SECOND})"


def answered_by_the_first_and_then_by_a_second(airflow: Headless, world: World) -> None:
    """The first person's own answer counts for nothing; `ask` is cleared, and a second person's does."""
    started(airflow, world, "own")
    airflow.asked(DAG, "own")
    airflow.answer(DAG, "own", "ask", "Approve", FIRST, second_role="boss", second_reason="")
    assert ended(airflow, "own")["settle"] == "skipped"
    assert "answered by the account that started the run" in airflow.task_log(DAG, "own", "settle")
    assert rows(world)["DM1"]["state"] == "proposed"
    cleared = {"dag_run_id": "own", "task_ids": ["ask"], "include_downstream": True}
    cleared |= {"dry_run": False, "only_failed": False}
    airflow.click("POST", f"dags/{DAG}/clearTaskInstances", cleared, FIRST)
    airflow.asked(DAG, "own", ended=3)  # asked, answered, asked again
    airflow.answer(DAG, "own", "ask", "Approve", SECOND, second_role="", second_reason="")
    assert ended(airflow, "own")["settle"] == "success"
    assert rows(world)["DM1"]["state"] == "approved"


def left_open(airflow: Headless, world: World) -> None:
    """Whoever cannot tell leaves it open; the same form filled in again asks about the same one."""
    for run_id, answer, state in (("later", "Leave open", "proposed"), ("again", "Approve", "approved")):
        started(airflow, world, run_id, criterion="LC2")
        airflow.asked(DAG, run_id)
        airflow.answer(DAG, run_id, "ask", answer, SECOND, second_role="staff", second_reason="")
        ended(airflow, run_id)
        assert rows(world)["LC2"]["state"] == state


def answered_by_nobody(airflow: Headless, world: World, database: str) -> None:
    """After two weeks without an answer (here their end is brought near) nothing is settled, and nothing is red."""
    started(airflow, world, "nobody", criterion="LC4")
    airflow.asked(DAG, "nobody")
    with psycopg.connect(database) as link:
        near = "update task_instance set trigger_timeout = now() where run_id = 'nobody' and state = 'awaiting_input'"
        assert link.execute(near).rowcount == 1
    assert ended(airflow, "nobody")["settle"] == "skipped"
    assert "stays proposed: not answered within 14 days" in airflow.task_log(DAG, "nobody", "settle")
    assert rows(world)["LC4"]["state"] == "proposed"


def a_bad_form(airflow: Headless, world: World) -> None:
    """What the page lets through and the rules do not is said in the log, all of it; nobody is asked."""
    before = rows(world)
    crossed = {"said_on": str(TODAY), "valid_until": str(TODAY - timedelta(days=1))}
    started(airflow, world, "bad", **crossed, standard="what-works-cities-2018", role="me@city.example")
    assert ended(airflow, "bad") == {"propose": "skipped", "ask": "skipped", "settle": "skipped"}
    log = airflow.task_log(DAG, "bad", "propose")
    for words in ("Holds until: ", "the dates are crossed", "Your role: ", "DM1", "is no criterion of what-works"):
        assert words in log
    started(airflow, world, "dead", criterion="LC3", evidence="http://127.0.0.1:9/nothing-there")
    assert ended(airflow, "dead")["propose"] == "skipped"
    assert "the proof could not be read" in airflow.task_log(DAG, "dead", "propose")
    assert rows(world) == before


def no_form(airflow: Headless) -> None:
    """Airflow itself refuses a form that leaves out what is needed."""
    with pytest.raises(Exception, match="400"):
        airflow.click("POST", f"dags/{DAG}/dagRuns", {"dag_run_id": "x", "logical_date": None, "conf": {}}, FIRST)
