"""Where Airflow's pages lead to ours: the entries of its navigation, and the tabs of its DAGs, runs and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from civicgauge.pipeline.showing.whereabouts import Whereabouts

#: Under which path Airflow serves our pages, without the slash before it: Airflow may itself live under a path, which
#: its page states as its base, so that every address here is relative to that.
PREFIX = "civicgauge"

_NAV = (
    ("Cities", "", "civicgauge_cities"),
    ("Pipeline health", "health", "civicgauge_health"),
)
_DAG = "dag_id={DAG_ID}"
_RUN = _DAG + "&run_id={RUN_ID}"
_TABS = (
    ("City", "dag", _DAG, "civicgauge_city"),
    ("City's day", "dag_run", _RUN, "civicgauge_day"),
    ("Observed", "task", _DAG + "&task_id={TASK_ID}", "civicgauge_task"),
    ("Observed", "task_instance", _RUN + "&task_id={TASK_ID}&map_index={MAP_INDEX}", "civicgauge_instance"),
)


def external_views() -> list[dict[str, str | bool]]:
    """The views of the plugin. Airflow fills in the names in braces, encoded, and shows each page in a frame.

    The last one has no route of Airflow's: it is a link to the pages by themselves, which can be printed.
    """
    nav: list[dict[str, str | bool]] = [
        {"name": name, "href": f"{PREFIX}/{path}", "destination": "nav", "url_route": route, "nav_top_level": True}
        for name, path, route in _NAV
    ]
    tabs: list[dict[str, str | bool]] = [
        {"name": name, "href": f"{PREFIX}/at?{query}", "destination": destination, "url_route": route}
        for name, destination, query, route in _TABS
    ]
    alone: dict[str, str | bool] = {
        "name": "Cities (full page, to print)",
        "href": f"{PREFIX}/",
        "destination": "nav",
        "category": "browse",
    }
    return [*nav, *tabs, alone]


def place_of(found: Whereabouts, task_id: str) -> str:
    """The page of a city, its day, a dataset or a portal, relative to the root of the pages.

    A day that pages do not show, since it is held or its run failed, leads to the pipeline's health, which says why.
    """
    from civicgauge.pipeline.showing.addresses import slug

    city = quote(found.city_id, safe="")
    day = f"?as_of={found.day}" if found.day is not None and found.is_shown else ""
    if found.dataset_id is not None and found.portal_id is not None and day:
        return f"city/{city}/dataset/{quote(found.portal_id, safe='')}/{slug(found.dataset_id)}/{day}"
    if found.portal_id is not None or (found.day is not None and not day):
        return f"health/?city={city}"
    return f"city/{city}/datasets/{day}" if task_id in ("land", "validate") else f"city/{city}/{day}"
