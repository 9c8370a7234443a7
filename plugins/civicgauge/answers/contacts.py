"""A contact's own pages: what is open in its city, how often it is written to, leaving, the report, the feed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response

from civicgauge.alerts.forms import Incident, State
from civicgauge.answers import texts
from civicgauge.answers.cases import SEEING
from civicgauge.answers.door import AtDoor, Door, FeedLink, LeavingLink, OwnLink, Visit
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting import answering
from civicgauge.pipeline.alerting.records import incident_of
from civicgauge.pipeline.feedback import feedback as report_of
from civicgauge.pipeline.words import day_words

router = APIRouter()
ON_A_PAGE = 50
ONE_CLICK = "One-Click"
_LIVE = [str(state) for state in State if state.is_live]


@router.api_route("/c/{token}", methods=SEEING)
def listed(door: AtDoor, visit: OwnLink, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """The city's open incidents: what was asked first, what was there at first sight after it."""
    with door.context.warehouse() as warehouse:
        rows = warehouse.alerts.incidents(visit.claim.city_id, states=_LIVE)
    found = sorted((i for i in map(incident_of, rows) if visit.may_see(i)), key=_place)
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    datasets = texts.datasets_of(door.context, shown)
    lines = [_line(door, visit, each, datasets) for each in shown]
    return door.pages.page(
        "list.html",
        visit=visit,
        lines=lines,
        n_all=len(found),
        n_first_sight=sum(each.is_baseline for each in found),
        page=page,
        n_pages=max(1, -(-len(found) // ON_A_PAGE)),
    )


def _place(incident: Incident) -> tuple[bool, int, Any, str, str]:
    return incident.is_baseline, incident.severity.rank, incident.since, incident.rule_id, incident.incident_key


def _line(door: Door, visit: Visit, incident: Incident, datasets: Any) -> dict[str, Any]:
    return {
        "incident": incident,
        "title": texts.rule_text(door.context, visit.city, incident).title,
        "place": texts.place_of(visit.city, incident, datasets),
        "state": texts.state_words(incident),
        "path": visit.path_to(incident),
    }


@router.api_route("/c/{token}/cadence", methods=SEEING)
def cadence(door: AtDoor, visit: OwnLink) -> Response:
    """How often this contact is written to, and the form to change it."""
    chosen = visit.contact["chosen_cadence"] or visit.contact["cadence"]
    return door.pages.page("cadence.html", visit=visit, chosen=chosen, cadences=texts.CADENCES)


@router.post("/c/{token}/cadence")
def set_cadence(door: AtDoor, visit: OwnLink, cadence: Annotated[str, Form()] = "") -> Response:
    """Keep the choice; the same choice twice is no trouble."""
    answering.set_cadence(door.context, visit.claim.contact_id, cadence, visit.now)
    words = f"We write to you {cadence} from now on. What is critical still comes at once."
    return door.pages.message(200, "Kept", words, links=_to_list(visit))


@router.api_route("/u/{token}", methods=SEEING)
def leaving(door: AtDoor, visit: LeavingLink) -> Response:
    """The button to leave; nothing happens before it is pressed."""
    has_left = visit.contact["unsubscribed_at"] is not None
    return door.pages.page("unsubscribe.html", visit=visit, has_left=has_left, one_click=ONE_CLICK)


@router.post("/u/{token}")
def leave(door: AtDoor, visit: LeavingLink, said: Annotated[str, Form(alias="List-Unsubscribe")] = "") -> Response:
    """Leave, by our own button or by the one of a mail program (RFC 8058); twice is no trouble."""
    if said != ONE_CLICK:
        return door.pages.message(422, "Nothing was changed", "Press the button on the page to unsubscribe.")
    answering.unsubscribe(door.context, visit.claim.contact_id, visit.now)
    words = "You get no more messages from us about this city. If that was a mistake, write to us."
    return door.pages.message(200, "You have unsubscribed", words)


@router.api_route("/c/{token}/feedback", methods=SEEING)
def feedback(door: AtDoor, visit: OwnLink) -> Response:
    """The feedback report of the newest measured day."""
    with door.context.warehouse() as warehouse:
        day = warehouse.latest_day(visit.claim.city_id)
    if day is None:
        return door.pages.message(404, "No report yet", "This city was not measured yet.", links=_to_list(visit))
    try:
        report = report_of(door.context, visit.claim.city_id, day)
    except ConfigurationError:  # the evidence of that day is no longer kept
        words = (
            f"The evidence of {day_words(day)} is no longer kept; the next day that is measured brings a new report."
        )
        return door.pages.message(404, "No report just now", words, links=_to_list(visit))
    return door.pages.page("feedback.html", visit=visit, report=report)


def _to_list(visit: Visit) -> dict[str, str]:
    return {"list": visit.own["list"]}


@router.api_route("/f/{token}", methods=SEEING)
def feed(door: AtDoor, visit: FeedLink) -> Response:
    """The city's Atom feed, as the channel wrote it."""
    path = door.context.settings.home / "feeds" / f"{visit.city.id}.atom"
    if not path.is_file():
        words = "There is no feed of this city yet; it begins with the first news."
        return door.pages.message(404, "No feed yet", words)
    return Response(path.read_bytes(), media_type="application/atom+xml")
