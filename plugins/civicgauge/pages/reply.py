"""From a request to an answer: the sheet is made for who looks, written in the format asked for, and named by a tag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from civicgauge.pages import twins
from civicgauge.pages.asking import Ask, part
from civicgauge.pages.here import Here
from civicgauge.pipeline.showing.forms import Viewer

if TYPE_CHECKING:
    from civicgauge.pages.render import Renderer
    from civicgauge.pages.sheets import PageFunction, Sheet

MEDIA = {"html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What every route needs at hand; `app.state.desk`."""

    shown: Any
    viewer_of: Callable[[Request], Viewer]
    renderer: Renderer


def ask_of(request: Request) -> Ask:
    """Who asks for what."""
    desk: Desk = request.app.state.desk
    return Ask(desk.shown, desk.viewer_of(request), Here.of(request))


def endpoint(function: PageFunction, form: str) -> Callable[[Request], Response]:
    """The route of a page in one format; run in a thread, since forms are read from a database."""

    def answer(request: Request) -> Response:
        ask = ask_of(request)
        sheet = function(ask, **{name: part(value) for name, value in request.path_params.items()})
        desk: Desk = request.app.state.desk
        return finished(request, written(desk.renderer, sheet, ask.here, ask.viewer, form), MEDIA[form], ask.viewer)

    return answer


def written(renderer: Renderer, sheet: Sheet, here: Here, viewer: Viewer, form: str) -> bytes:
    """The sheet in a format (`html`, `json`, `csv`), as the app and the static site both give it."""
    if form == "json":
        return twins.json_bytes(sheet.form)
    if form == "csv":
        return twins.csv_bytes(sheet.table)
    return renderer.sheet(sheet, here, viewer).encode("utf-8")


def finished(
    request: Request, body: bytes, media: str, viewer: Viewer, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer with its tag, or 304 where the asker has it already."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'  # weak: a server before us may compress it
    is_open = viewer.audience == "public" and not viewer.own_cities
    own = {"ETag": tag, "Cache-Control": "no-cache" if is_open else "private, no-cache", **(headers or {})}
    known = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or tag.removeprefix("W/") in known or known == ["*"]:
        return Response(status_code=304, headers=own)
    return Response(body, media_type=media, headers=own)
