"""An edition, as its city contests it: seen by GET, contested and taken back by POST.

As with incidents, no token against forged requests is needed: the key is in the address itself, and no cookie is looked
at. The form acts until the preview or the time for appeals is over; a link that outlived it says what became of it.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel

from civicgauge.alerts.answering import Refused
from civicgauge.alerts.message.figures import figure
from civicgauge.alerts.message.words import SOURCE, in_language
from civicgauge.answers.cases import SEEING
from civicgauge.answers.door import AtDoor, Door, EditionLink, EditionVisit
from civicgauge.pipeline.reviewing import contesting
from civicgauge.pipeline.reviewing.contesting import Window
from civicgauge.pipeline.reviewing.disputes import AlreadyContested
from civicgauge.pipeline.words import day_words
from civicgauge.review.said import LONGEST_REASON

router = APIRouter()
_STATES = {
    "open": "open: a person looks into it",
    "upheld": "upheld",
    "rejected": "not upheld",
    "withdrawn": "taken back by your city",
}


class Typed(BaseModel):
    """The fields of the form, as they were typed."""

    indicator: str = ""
    entry: str = ""
    claim: str = ""
    evidence: str = ""


@router.api_route("/e/{token}", methods=SEEING)
@router.api_route("/e/{token}/withdraw", methods=SEEING)
def see(door: AtDoor, visit: EditionLink) -> Response:
    """The form, and what the city contested so far."""
    return _form(door, visit)


@router.post("/e/{token}")
def contest(door: AtDoor, visit: EditionLink, typed: Annotated[Typed, Form()]) -> Response:
    """Enter a dispute, once."""
    if not visit.may_contest:
        return _form(door, visit, 410)
    asked = contesting.Typed(**typed.model_dump())
    try:
        made = contesting.contest(door.context, visit.place, asked, by=visit.contact["role"], at=visit.now)
    except AlreadyContested as again:
        on = again.made_at.astimezone(visit.city.zone).date()
        words = f"You said the same on {day_words(on)}; it is entered as {again.dispute_id}. Nothing was changed."
        return door.pages.message(409, "Already entered", words, links=_ways(visit))
    except Refused as refused:
        return _form(door, visit, 422, str(refused), typed)
    return door.pages.page(
        "contested.html",
        **_facts(visit),
        dispute_id=made["dispute_id"],
        about=visit.place.about(made),
        claim=made["claim"],
    )


@router.post("/e/{token}/withdraw")
def withdraw(door: AtDoor, visit: EditionLink, dispute: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Take back what the city itself contested."""
    if not visit.may_contest:
        return _form(door, visit, 410)
    try:
        taken = contesting.withdraw(door.context, visit.place, dispute, by=visit.contact["role"], at=visit.now)
    except Refused as refused:
        return door.pages.message(409, "Nothing was changed", str(refused), links=_ways(visit))
    words = f"{taken['dispute_id']} is taken back. What you said stays on record, and nobody looks into it any more."
    return door.pages.message(200, "Taken back", words, links=_ways(visit))


def _ways(visit: EditionVisit) -> dict[str, str]:
    return {"edition": f"/{visit.claim.purpose}/{visit.token}"}


def _facts(visit: EditionVisit) -> dict[str, Any]:
    """What every page about an edition needs."""
    edition = visit.place.edition
    frozen = edition["frozen_at"]
    pages = visit.own.get("pages", "") if visit.may_contest else ""
    return {
        "visit": visit,
        "edition": edition,
        "window": str(visit.window),
        "until": visit.place.until,
        "frozen_on": frozen.astimezone(visit.city.zone).date() if frozen else None,
        "years": visit.context.settings.keep_edition_years,
        "address": f"/{visit.claim.purpose}/{visit.token}",
        "page": f"{pages}/edition/{edition['edition_id']}" if pages else "",
    }


def _form(
    door: Door, visit: EditionVisit, status: int = 200, problem: str = "", typed: Typed | None = None
) -> Response:
    if visit.is_private:
        return door.pages.message(404, "Not shown yet", "The pages of this city are for our staff alone so far.")
    words, is_open = in_language(SOURCE), visit.may_contest
    numbers = [(each, figure(words, each.figure)) for each in visit.place.numbers.numbers] if is_open else []
    return door.pages.page(
        "edition.html",
        status if is_open else 410,
        **_facts(visit),
        is_open=is_open,
        problem=problem,
        typed=typed or Typed(),
        numbers=numbers,
        entries=visit.place.suggested if is_open else [],
        lines=[_line(visit, row) for row in reversed(visit.place.disputes)] if is_open else [],
        longest=LONGEST_REASON,
        longest_entry=contesting.LONGEST_ENTRY,
    )


def _line(visit: EditionVisit, row: contesting.Row) -> dict[str, Any]:
    phase = Window.APPEAL if row["phase"] == "appeal" else Window.PREVIEW
    return {
        "row": row,
        "about": visit.place.about(row) or "The edition as a whole",
        "state": _STATES[row["state"]],
        "day": row["made_at"].astimezone(visit.city.zone).date(),
        "may_withdraw": row["state"] == "open" and visit.window is phase,
    }
