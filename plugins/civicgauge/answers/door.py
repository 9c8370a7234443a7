"""Who is at the door, and what they may see: a link's contact, its city, and the incidents that are for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request

from civicgauge.alerts.editiondue import NOT_TOLD_ROLES
from civicgauge.alerts.forms import Incident, State
from civicgauge.alerts.signing import Claim, LinkRefused, Links, Purpose
from civicgauge.answers.pages import Pages
from civicgauge.model import City
from civicgauge.pipeline.alerting.records import incident_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import contesting

Row = Mapping[str, Any]
PRIVACY = "privacy"
_LEFT = "You are no longer named as a contact of this city, so this link has ended."


@dataclass(frozen=True)
class Visit:
    """A contact who came by a link that is good now."""

    context: Context
    links: Links
    token: str
    claim: Claim
    contact: Row
    now: datetime

    @cached_property
    def city(self) -> City:
        """The contact's city."""
        return self.context.city(self.claim.city_id)

    @cached_property
    def today(self) -> date:
        """The city's local day."""
        return self.now.astimezone(self.city.zone).date()

    def may_see(self, incident: Incident) -> bool:
        """Whether it is for this contact: its own city's, told to cities, and opened.

        A finding about personal data is for the privacy contact alone, once a person let it go out.
        """
        own = incident.city_id == self.claim.city_id == self.contact["city_id"]
        is_theirs = incident.audience == "city" and incident.episode > 0 and incident.state is not State.PENDING
        is_free = self.contact["role"] == PRIVACY and incident.released_at is not None
        return own and is_theirs and (is_free or not incident.is_private)

    def path_to(self, incident: Incident) -> str:
        """The path of that incident's page for this contact, good as long as the link that led here."""
        found = self.links.for_case(
            self.contact["contact_id"],
            incident.city_id,
            incident.incident_key,
            incident.episode,
            self.claim.expires_at,
        )
        return found["view"].removeprefix(self.links.base)

    @cached_property
    def own(self) -> dict[str, str]:
        """The paths of the contact's own pages: list, cadence, unsubscribe, feedback, feed, pages."""
        found = self.links.for_contact(self.contact["contact_id"], self.claim.city_id, self.claim.expires_at)
        return {name: link.removeprefix(self.links.base) for name, link in found.items()}


@dataclass(frozen=True)
class CaseVisit(Visit):
    """A contact who came to one incident."""

    incident: Incident

    @property
    def is_earlier(self) -> bool:
        """Whether the link speaks of an opening that is over."""
        return self.claim.episode != self.incident.episode


@dataclass(frozen=True)
class EditionVisit(Visit):
    """A contact who came to one edition; also by a link that is no longer good, which may do nothing."""

    place: contesting.Place

    @property
    def window(self) -> contesting.Window:
        """What may be done now by this link."""
        window = self.place.window(self.now)
        is_good = self.claim.expires_at > self.now
        return window if is_good or window is not contesting.Window.PREVIEW else contesting.Window.BETWEEN

    @property
    def is_private(self) -> bool:
        """Whether the city is for staff alone, now or when the edition was opened."""
        return "private" in (self.city.publication, self.place.row["publication"])

    @property
    def may_contest(self) -> bool:
        """Whether this link may contest now."""
        is_good = self.claim.expires_at > self.now and not self.is_private
        return is_good and self.window in (contesting.Window.PREVIEW, contesting.Window.APPEAL)


@dataclass(frozen=True)
class Door:
    """What every route needs: where things lie, the links, the clock and the pages."""

    context: Context
    links: Links
    clock: Callable[[], datetime]
    pages: Pages

    def visit(self, token: str, purpose: Purpose) -> Visit:
        """Who came by this link; LinkRefused where nobody may."""
        now = self.clock()
        return self._visit(token, self.links.read(token, purpose, now), now)

    def _visit(self, token: str, claim: Claim, now: datetime) -> Visit:
        contact = self.contact(claim)
        if contact is None:
            raise LinkRefused
        if not contact["is_in_file"] and claim.purpose is not Purpose.UNSUBSCRIBE:  # leaving works always
            raise LinkRefused(_LEFT)
        return Visit(self.context, self.links, token, claim, contact, now)

    def contact(self, claim: Claim) -> Row | None:
        """The contact that a claim speaks of; None where its city has no such contact."""
        with self.context.warehouse() as warehouse:
            contacts = warehouse.alerts.contacts(claim.city_id)
        return next((row for row in contacts if row["contact_id"] == claim.contact_id), None)

    def case(self, token: str) -> CaseVisit:
        """Who came to which incident; LinkRefused, in the same words, whether there is none or it is not for them."""
        visit = self.visit(token, Purpose.CASE)
        with self.context.warehouse() as warehouse:
            rows = warehouse.alerts.incidents(visit.claim.city_id, key=visit.claim.incident_key)
        incident = incident_of(rows[0]) if rows else None
        if incident is None or not visit.may_see(incident):
            raise LinkRefused
        return CaseVisit(self.context, self.links, token, visit.claim, visit.contact, visit.now, incident)

    def edition(self, token: str) -> EditionVisit:
        """Who came to which edition; LinkRefused where there is none, or it is not for them."""
        visit = self._visit(token, self.links.said(token, Purpose.EDITION), self.clock())
        if visit.contact["role"] in NOT_TOLD_ROLES:
            raise LinkRefused
        place = contesting.place(self.context, visit.claim.edition_id, visit.claim.city_id)
        if place is None:
            raise LinkRefused
        return EditionVisit(self.context, self.links, token, visit.claim, visit.contact, visit.now, place)


def door_of(request: Request) -> Door:
    """The app's door."""
    found: Door = request.app.state.door
    return found


def _case(request: Request, token: str) -> CaseVisit:
    return door_of(request).case(token)


def _own(request: Request, token: str) -> Visit:
    return door_of(request).visit(token, Purpose.CITY)


def _leaving(request: Request, token: str) -> Visit:
    return door_of(request).visit(token, Purpose.UNSUBSCRIBE)


def _feed(request: Request, token: str) -> Visit:
    return door_of(request).visit(token, Purpose.FEED)


def _seeing(request: Request, token: str) -> Visit:
    return door_of(request).visit(token, Purpose.PAGES)


def _edition(request: Request, token: str) -> EditionVisit:
    return door_of(request).edition(token)


AtDoor = Annotated[Door, Depends(door_of)]
CaseLink = Annotated[CaseVisit, Depends(_case)]
EditionLink = Annotated[EditionVisit, Depends(_edition)]
OwnLink = Annotated[Visit, Depends(_own)]
LeavingLink = Annotated[Visit, Depends(_leaving)]
PagesLink = Annotated[Visit, Depends(_seeing)]
FeedLink = Annotated[Visit, Depends(_feed)]
