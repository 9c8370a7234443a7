"""A city's badge, where its file asks for one: when it was observed, and how many criteria stand how. No score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from json import dumps
from typing import Any

from fastapi import Request, Response

from civicgauge.pages.asking import part
from civicgauge.pages.charts.badge import Tone, tone_of
from civicgauge.pages.charts.badge import badge as drawn
from civicgauge.pages.reply import Desk, finished
from civicgauge.pages.sheets import PageRouter
from civicgauge.pipeline.showing.badge import BadgeFacts
from civicgauge.pipeline.showing.forms import PUBLIC

router = PageRouter()
_LABEL = "open data"
_COLOURS = {"plain": "blue", "old": "lightgrey"}
_FRESH = {"Cache-Control": "public, max-age=3600"}


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says; never a score, a level or a judgement."""

    label: str
    message: str
    tone: Tone

    @property
    def svg(self) -> str:
        """The drawing."""
        return drawn(self.label, self.message, self.tone)

    @property
    def shield(self) -> dict[str, Any]:
        """The same for services that draw badges (the endpoint form of shields.io)."""
        return {"schemaVersion": 1, "label": self.label, "message": self.message, "color": _COLOURS[self.tone]}


def badge_of(shown: Any, city_id: str, now: datetime, as_of: str | None = None) -> Badge:
    """The badge of a city on its newest day, as everybody may see it; NotShown where its file does not ask for one.

    It is old where the day lies more than 45 days before `now`.
    """
    facts: BadgeFacts = shown.badge(city_id, as_of)
    counted = f"{facts.n_in_line} in line, {facts.n_differs} differ, {facts.n_not_observed} not observed"
    return Badge(_LABEL, f"observed {facts.day} | {counted}", tone_of(facts.day, now.date()))


@router.api_route("/badge/{city_id}.svg", methods=["GET", "HEAD"])
def svg(request: Request) -> Response:
    """The badge as a picture."""
    body = _asked(request).svg.encode("utf-8")
    return finished(request, body, "image/svg+xml", PUBLIC, _FRESH)


@router.api_route("/badge/{city_id}.json", methods=["GET", "HEAD"])
def json(request: Request) -> Response:
    """The badge as facts."""
    return finished(request, dumps(_asked(request).shield).encode("ascii"), "application/json", PUBLIC, _FRESH)


def _asked(request: Request) -> Badge:
    desk: Desk = request.app.state.desk
    return badge_of(desk.shown, part(request.path_params["city_id"]), desk.shown.now())
