"""From a link in a message to the city's pages: a signed cookie says for some days whose pages may be seen.

The cookie opens pages and does nothing: no answer is ever taken by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import RedirectResponse

from civicgauge.alerts.signing import Claim
from civicgauge.answers.cases import SEEING
from civicgauge.answers.door import AtDoor, Door, PagesLink, Visit
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.showing.forms import PUBLIC, Viewer
from civicgauge.warehouse.incidents import contact_id

router = APIRouter()
COOKIE = "civicgauge_city"
STAYS = timedelta(days=14)
_MOST_CITIES = 8
_EDITION = "^[a-z0-9][a-z0-9-]{1,59}$"  # as `review.said.an_id` takes it


@router.api_route("/see/{token}", methods=SEEING)
def see(request: Request, door: AtDoor, visit: PagesLink) -> Response:
    """Set the cookie and lead to the city's page; other cities whose links were followed before stay open."""
    return _led(request, door, visit, f"city/{visit.city.id}/")


@router.api_route("/see/{token}/edition/{edition_id}", methods=SEEING)
def see_edition(
    request: Request, door: AtDoor, visit: PagesLink, edition_id: Annotated[str, Path(pattern=_EDITION)]
) -> Response:
    """The same, and lead to what an edition holds of the city."""
    return _led(request, door, visit, f"edition/{edition_id}/city/{visit.city.id}/")


def _led(request: Request, door: Door, visit: Visit, page: str) -> Response:
    """Lead to a page of ours; `page` is made of ids alone, never of an address that somebody sent."""
    if visit.city.publication == "private":
        return door.pages.message(404, "Not shown yet", "The pages of this city are for our staff alone so far.")
    until = min(visit.claim.expires_at, visit.now + STAYS)
    before = door.links.read_session(request.cookies.get(COOKIE, ""), visit.now)
    others = [claim for claim in before if claim.city_id != visit.claim.city_id]
    claims = [replace(visit.claim, expires_at=until), *others][:_MOST_CITIES]
    base = urlsplit(door.links.base)
    answer = RedirectResponse(f"{base.path}/{page}", 303)
    answer.set_cookie(
        COOKIE,
        door.links.session(claims),
        max_age=max(1, int((max(claim.expires_at for claim in claims) - visit.now).total_seconds())),
        path=f"{base.path}/",
        secure=base.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def viewer_of(door: Door) -> Callable[[Request], Viewer]:
    """Who looks, by the cookie: the public, or a city's contact as long as its city's file names it."""

    def viewer(request: Request) -> Viewer:
        text = request.cookies.get(COOKIE, "")
        own = _cities(door, text, door.clock()) if text else frozenset()
        return Viewer("city", own) if own else PUBLIC

    return viewer


def _cities(door: Door, text: str, now: datetime) -> frozenset[str]:
    claims: tuple[Claim, ...] = door.links.read_session(text, now)
    found = ((claim, door.contact(claim)) for claim in claims[:_MOST_CITIES] if _is_named(door, claim))
    return frozenset(claim.city_id for claim, contact in found if contact is not None and contact["is_in_file"])


def _is_named(door: Door, claim: Claim) -> bool:
    """Whether the city's file names the contact as it stands now: the warehouse learns of it when alerts next run."""
    try:
        city = door.context.city(claim.city_id)
    except ConfigurationError:  # gone, or it cannot be read
        return False
    return any(contact_id(city.id, each.channel, each.address) == claim.contact_id for each in city.contacts)
