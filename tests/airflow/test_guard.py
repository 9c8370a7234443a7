"""Nobody gets to a page inside Airflow but by Airflow's own sign-in and permissions, whatever the page."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.airflow.conftest import ROOT, environment, write_city
from tests.airflow.guardwalk import BASE, CITIES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `guardwalk` found: two cities, a thousand DAGs, both ways to sign in."""
    home, cities = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("cities")
    for city_id in CITIES:
        write_city(cities, city_id)
    command = [sys.executable, "-m", "tests.airflow.guardwalk"]
    settings = {
        "CIVICGAUGE_WAREHOUSE": f"sqlite:///{home / 'warehouse.sqlite'}",
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        "AIRFLOW__API__BASE_URL": f"http://testserver{BASE}",
        "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
    }
    env = environment(home, cities, settings)
    subprocess.run(
        [sys.executable, "-m", "civicgauge", "db", "upgrade"], env=env, cwd=ROOT, check=True, capture_output=True
    )
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("manager", ["simple", "fab"])
@pytest.mark.parametrize("who", ["nobody", "a browser of nobody", "forged", "forged cookie"])
def test_no_address_lets_in_who_is_not_signed_in(told: dict[str, Any], manager: str, who: str) -> None:
    assert len(told[manager]["addresses"]) > 40
    assert told[manager][who] == []


def test_the_walk_finds_a_route_that_somebody_adds_without_the_guard(told: dict[str, Any]) -> None:
    assert told["hole"][0] == "GET /hole 200"
    assert {line for line in told["hole"] if "/more/" in line} >= {"GET /more/docs 200", "GET /more/openapi.json 200"}


def test_whoever_may_see_plugins_sees_the_pages_and_changes_nothing(told: dict[str, Any]) -> None:
    for manager, users in {"simple": ("viewer", "admin"), "fab": ("admin", "every city")}.items():
        for user in users:
            seen = told[manager]["users"][user]
            assert (seen["home"], seen["cookie"], seen["beta"], seen["post"]) == (200, 200, 200, 405), user
            assert seen["cities"] == list(CITIES)
            assert seen["at"] == [307, f"city/{CITIES[1]}/"]
            assert seen["no city"] == 1, "a DAG of no city has a page that says so"


def test_a_role_without_leave_for_plugins_sees_nothing(told: dict[str, Any]) -> None:
    seen = told["fab"]["users"]["viewer"]
    assert (seen["home"], seen["cookie"], seen["beta"], seen["post"]) == (403, 403, 403, 403)


def test_a_user_of_some_dags_sees_these_cities_alone(told: dict[str, Any]) -> None:
    users = told["fab"]["users"]
    assert (users["one city"]["cities"], users["one city"]["beta"]) == ([CITIES[0]], 404)
    assert (users["no city"]["cities"], users["no city"]["beta"]) == ([], 404)
    assert users["one city"]["at"] == users["no city"]["at"] == [200, None], "as for a DAG of no city"


def test_the_guard_is_quick_beside_a_thousand_dags(told: dict[str, Any]) -> None:
    slowest = max(user["seconds"] for manager in ("simple", "fab") for user in told[manager]["users"].values())
    assert slowest < 2, "some milliseconds here; a loaded machine is no finding"


def test_connections_have_forms_and_their_test_asks_the_portal(told: dict[str, Any]) -> None:
    forms = told["forms"]
    for kind, word in (("socrata", "App token"), ("ckan", "API token")):
        form = forms[f"civicgauge_{kind}"]
        assert form["standard_fields"]["password"]["title"] == word
        assert form["standard_fields"]["port"]["hidden"] is True
        assert sorted(form["extra_fields"]) == ["contact", "requests_per_second"]
    status, words = forms["right"]
    assert (status, words.partition(" at ")[0]) == (True, "socrata")
    assert words.endswith("entries; a token was sent")
    assert forms["other"][0] is False
    assert forms["none"] == [False, "Write the portal's address to test it; a run takes it from the city file."]
    assert "the-token" not in json.dumps(forms)
