"""The pages inside Airflow: made when the API server asks the plugin for them, behind the guard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from civicgauge import clean
from civicgauge.airflow.guard import guarded, viewer_of
from civicgauge.airflow.views import PREFIX, place_of
from civicgauge.errors import CivicgaugeError
from civicgauge.pages import create_app, troubles
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import NotShown, Shown

log = logging.getLogger("civicgauge.airflow")


def mounted() -> dict[str, Any]:
    """What Airflow is to mount, and where. A setting of ours that is wrong keeps Airflow from nothing."""
    try:
        pages = _pages(Context.from_environment())
    except CivicgaugeError as error:
        log.exception("the pages of civicgauge cannot be shown")
        pages = PlainTextResponse(f"The pages of civicgauge cannot be shown: {error}\n", 503)
    return {"app": guarded(pages), "url_prefix": f"/{PREFIX}", "name": "civicgauge"}


def _pages(context: Context) -> ASGIApp:
    shown = Shown(context)
    pages = create_app(shown, viewer_of, contact=context.settings.contact, is_framed=True)
    pages.router.routes.insert(0, APIRoute("/at", _at(shown), methods=["GET", "HEAD"], response_model=None))
    return pages


def _at(shown: Shown) -> Callable[..., Response]:
    def at(request: Request, dag_id: str = "", run_id: str = "", task_id: str = "", map_index: str = "") -> Response:
        """Lead from a DAG, a run or a task instance of Airflow to the page of what it was about."""
        number = int(map_index) if map_index.isascii() and map_index.isdecimal() and len(map_index) < 6 else None
        try:
            found = shown.resolve_task(viewer_of(request), dag_id, run_id or None, task_id or None, number)
        except NotShown:
            return _of_no_city(request, dag_id)
        return Response(status_code=307, headers={"Location": place_of(found, task_id), "Cache-Control": "no-store"})

    return at


def _of_no_city(request: Request, dag_id: str) -> Response:
    """The same words whether there is no such city, or it is not for this user."""
    words = (
        f"The DAG “{clean.line(dag_id, 100)}” observes no city that is shown to you. Cities are observed by DAGs whose "
        "names begin with observe__; the menu leads to all of them and to the pipeline's health."
    )
    return troubles.say(request, 200, "No city here", words)
