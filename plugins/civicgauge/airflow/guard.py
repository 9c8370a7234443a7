"""The one guard before everything that civicgauge shows inside Airflow: Airflow's own sign-in and permissions.

A plugin's routes are open to anyone unless they guard themselves, and what guards an application's routes guards
neither what is mounted in it nor its generated documentation. So there is one gate: an application with a single route
for every path and method, which lets nobody pass who may not see plugins, and hands what passes to the pages. A page,
a twin, a style or a wrong address lies behind it without a line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from airflow.api_fastapi.app import get_auth_manager, get_cookie_path
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import AccessView, DagDetails
from airflow.api_fastapi.core_api.security import get_user, requires_access_view
from airflow.models.dag import DagModel
from airflow.utils.session import create_session
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from civicgauge.airflow.schedule import PREFIX
from civicgauge.pipeline.showing.forms import STAFF, Viewer

#: Every method that a browser or a program may send: what has no place here is refused behind the guard, not before.
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
_READ = frozenset({"GET", "HEAD"})
#: No city has this DAG, so that nobody was given leave for it by name: who may read it may read every one.
_ANY = PREFIX


def guarded(pages: ASGIApp) -> FastAPI:
    """An application for Airflow to mount, in which `pages` answer whoever may see them, and nobody else gets to them.

    The request that reaches `pages` is a GET or a HEAD, and carries the viewer that `viewer_of` gives. What was given
    as `pages` stays to be seen in the application's `state.pages`.
    """
    gate = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gate.state.pages = pages
    gate.add_exception_handler(401, _to_sign_in)
    gate.add_api_route(
        "/{civicgauge_path:path}",
        _through(pages),
        methods=_METHODS,
        dependencies=[Depends(requires_access_view(AccessView.PLUGINS)), Depends(_let_in)],
        response_model=None,
    )
    return gate


def viewer_of(request: HTTPConnection) -> Viewer:
    """Who looks, as the guard found; an error where no guard stood before, for then nothing may be shown."""
    viewer = request.scope.get("civicgauge_viewer")
    if not isinstance(viewer, Viewer):
        raise HTTPException(403, "no guard let this request in")
    return viewer


def _let_in(request: Request, user: BaseUser = Depends(get_user)) -> None:  # noqa: B008 - FastAPI's way
    """Note who looks, and refuse what would change something."""
    if request.method not in _READ:
        raise HTTPException(405, "these pages are for reading alone", {"Allow": "GET, HEAD"})
    request.scope["civicgauge_viewer"] = _viewer(user)


def _viewer(user: BaseUser) -> Viewer:
    """Staff, but of a user who may read some DAGs alone: these cities and no others."""
    with create_session() as session:
        known = set(session.scalars(select(DagModel.dag_id).where(DagModel.dag_id.startswith(PREFIX, autoescape=True))))
        allowed = {
            dag_id
            for dag_id in get_auth_manager().get_authorized_dag_ids(user=user, method="GET", session=session)
            if dag_id.startswith(PREFIX)
        }
    # A city may have no DAG (any more): only who may read whichever DAG there is may see it.
    may_read_any = get_auth_manager().is_authorized_dag(method="GET", details=DagDetails(id=_ANY), user=user)
    if may_read_any and allowed >= known:
        return STAFF
    return Viewer("staff", only_cities=frozenset(dag_id.removeprefix(PREFIX) for dag_id in allowed))


def _to_sign_in(request: Request, error: Exception) -> Response:
    """A person's browser is led to Airflow's sign-in and back; a program and a frame get the bare 401."""
    headers: Mapping[str, str] = request.headers
    is_page = request.method in _READ and "text/html" in headers.get("accept", "")
    if is_page and headers.get("sec-fetch-dest", "document") == "document":
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{get_cookie_path().rstrip('/')}/api/v2/auth/login?next={quote(back, safe='')}", 302)
    detail = getattr(error, "detail", "Not authenticated")
    return Response(f"{detail}\n", 401, media_type="text/plain")


class _Through(Response):
    """Not an answer, but the application that makes it."""

    def __init__(self, pages: ASGIApp) -> None:
        super().__init__()
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; the stacks that FastAPI keeps in a scope are for its own application."""
        own = {key: value for key, value in scope.items() if not key.startswith("fastapi_")}
        own["path_params"] = {}
        await self._pages(own, receive, send)


def _through(pages: ASGIApp) -> Any:
    async def through() -> Response:
        return _Through(pages)

    return through
