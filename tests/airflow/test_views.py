"""Where Airflow's pages lead to ours."""

from __future__ import annotations

from datetime import date

import pytest

from civicgauge.airflow.views import external_views, place_of
from civicgauge.pipeline.showing.whereabouts import Whereabouts

DAY = date(2026, 6, 30)
CITY = "us-mo-alpha"


def test_every_address_is_relative_to_airflows_own_base_and_every_tab_has_a_route_of_its_own() -> None:
    views = external_views()
    assert all(str(view["href"]).startswith("civicgauge/") for view in views)
    routes = [view["url_route"] for view in views if "url_route" in view]
    assert len(routes) == len(set(routes)) == len(views) - 1
    assert {str(view["destination"]) for view in views} == {"nav", "dag", "dag_run", "task", "task_instance"}
    (alone,) = [view for view in views if "url_route" not in view]
    assert alone["href"] == "civicgauge/"


@pytest.mark.parametrize(
    ("task", "about", "place"),
    [
        ("", {}, f"city/{CITY}/"),
        ("", {"day": DAY, "is_shown": True}, f"city/{CITY}/?as_of=2026-06-30"),
        ("", {"day": DAY}, f"health/?city={CITY}"),
        ("commit", {"day": DAY, "is_shown": True}, f"city/{CITY}/?as_of=2026-06-30"),
        ("validate", {"day": DAY, "is_shown": True}, f"city/{CITY}/datasets/?as_of=2026-06-30"),
        ("snapshot", {"day": DAY, "is_shown": True, "portal_id": "main"}, f"health/?city={CITY}"),
        (
            "pull",
            {"day": DAY, "is_shown": True, "portal_id": "main", "dataset_id": "k7qw-3fzn"},
            f"city/{CITY}/dataset/main/k7qw-3fzn/?as_of=2026-06-30",
        ),
        ("pull", {"portal_id": "main", "dataset_id": "k7qw-3fzn"}, f"health/?city={CITY}"),
    ],
)
def test_a_task_leads_to_what_it_was_about(task: str, about: dict[str, object], place: str) -> None:
    assert place_of(Whereabouts(CITY, **about), task) == place


def test_no_id_of_a_portal_leads_elsewhere() -> None:
    found = Whereabouts(CITY, day=DAY, is_shown=True, portal_id="main", dataset_id="../../../evil?x#y")
    place = place_of(found, "pull")
    assert place.startswith(f"city/{CITY}/dataset/main/~")
    assert place.count("/") == 5
