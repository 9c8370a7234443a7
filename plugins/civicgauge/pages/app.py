"""The app put together: every page that is found, its guard, and a page in words for everything that goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response, params
from starlette.exceptions import HTTPException
from starlette.routing import Match

from civicgauge.errors import CivicgaugeError
from civicgauge.pages import shield, troubles
from civicgauge.pages.asking import BadQuestion
from civicgauge.pages.here import Here
from civicgauge.pages.render import Renderer
from civicgauge.pages.reply import Desk
from civicgauge.pages.routes import routers
from civicgauge.pipeline.showing.forms import NotShown, Viewer

if TYPE_CHECKING:
    from civicgauge.pipeline.showing import Shown

_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
_MENU = ("cities", "indicator", "check", "editions", "decisions", "method", "health")


def create_app(
    shown: Shown,
    viewer_of: Callable[[Request], Viewer],
    *,
    dependencies: Sequence[params.Depends] = (),
    contact: str,
    is_framed: bool = False,
) -> FastAPI:
    """The pages of these forms. `viewer_of` tells who looks, and may raise an HTTPException.

    `dependencies` stand before every route, the one for unknown addresses too, so that a guard sees every request.
    `is_framed`: pages of the same host may hold ours in a frame.
    """
    # documentation off: it would load scripts from elsewhere. Slashes are not mended by the framework: that would
    # answer with the Host header as it was sent.
    app = FastAPI(
        title="civicgauge",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=list(dependencies),
    )
    found = routers()
    renderer = Renderer(contact, menu_of(), of_staff=of_staff(), is_framed=is_framed)
    app.state.desk = Desk(shown, viewer_of, renderer)
    for router in found.values():
        app.include_router(router)
    app.add_api_route("/{path:path}", _elsewhere, methods=_EVERY_METHOD)
    app.add_middleware(shield.Shield, headers=shield.headers(renderer.policy, renderer.frames), fault=_fault_of(app))
    for kind, handler in (
        (NotShown, troubles.not_shown),
        (BadQuestion, troubles.bad_question),
        (CivicgaugeError, troubles.trouble),
        (HTTPException, troubles.http),
    ):
        app.add_exception_handler(kind, handler)
    return app


def menu_of() -> dict[str, str]:
    """The menu: paths of the pages that name themselves for it, in the order in which people need them."""
    words = {path: word for router in routers().values() for path, word in router.menu.items()}
    return dict(sorted(words.items(), key=lambda each: (_MENU.index(each[0]) if each[0] in _MENU else 99, each)))


def of_staff() -> frozenset[str]:
    """The paths that stand in staff's menu alone."""
    return frozenset(path for router in routers().values() for path in router.of_staff)


def _elsewhere(request: Request, path: str) -> Response:
    """The root leads to the cities, an address without its last slash to the page, and all else nowhere."""
    if request.method not in ("GET", "HEAD"):
        raise HTTPException(405, headers={"Allow": "GET, HEAD"})
    asked = f"?{request.url.query}" if request.url.query else ""
    if not path:
        return Response(status_code=307, headers={"Location": f"{Here.of(request).up}cities/{asked}"})
    if not path.endswith("/") and _is_page(request, f"{path}/"):
        last = request.scope["raw_path"].decode("ascii").rpartition("/")[2]
        return Response(status_code=307, headers={"Location": f"./{last}/{asked}"})
    raise NotShown(path)


def _is_page(request: Request, path: str) -> bool:
    scope = {**request.scope, "path": f"{request.scope.get('root_path', '')}/{path}", "method": "GET"}
    routes = [each for each in request.app.routes if each.path != "/{path:path}"]
    return any(each.matches(scope)[0] is Match.FULL for each in routes)


def _fault_of(app: FastAPI) -> Callable[[Request], Response]:
    def fault(request: Request) -> Response:
        request.scope["app"] = app  # the middleware stands before the app has named itself
        return troubles.fault(request)

    return fault
