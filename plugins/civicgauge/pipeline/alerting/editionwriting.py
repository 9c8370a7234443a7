"""Writing what is due of an edition: the message that is kept in the outbox, whole, before anything is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.alerts.editiondue import Due
from civicgauge.alerts.editions import Contested, Corrected, EditionNews, Figure, News
from civicgauge.alerts.letters import Letter
from civicgauge.alerts.message import render
from civicgauge.alerts.planning import Contact
from civicgauge.alerts.signing import Links
from civicgauge.model import City
from civicgauge.pipeline.alerting import editionnumbers
from civicgauge.pipeline.alerting.editionreading import InEdition
from civicgauge.pipeline.alerting.records import contact_of, recipient_of
from civicgauge.pipeline.alerting.source import About, Source
from civicgauge.pipeline.alerting.writing import LINKS_LAST_DAYS
from civicgauge.pipeline.parcels import pack
from civicgauge.pipeline.words import NOTICE
from civicgauge.review.editions import Answer, Phase, State
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse

Row = Mapping[str, Any]


@dataclass(frozen=True)
class EditionWriter:
    """Writes what a city is told of one edition at one time."""

    source: Source
    warehouse: Warehouse
    settings: Settings
    city: City
    about: InEdition
    at: datetime

    @cached_property
    def numbers(self) -> editionnumbers.Numbers:
        """The city's numbers in it."""
        return editionnumbers.read(self.warehouse.reviews, self.about.edition, self.city.id)

    @cached_property
    def links(self) -> Links:
        """Signed links, where an address and a key are set."""
        return Links(self.settings.public_url, self.settings.signing_keys)

    def content(self, row: dict[str, Any], due: Due, others: Collection[str]) -> dict[str, Any]:
        """What the outbox keeps of the message to the contact of that row; `others` are roles that are told too."""
        contact, until = contact_of(row), self.at + timedelta(days=LINKS_LAST_DAYS)
        links = self.links.for_contact(contact.contact_id, self.city.id, until)
        letter = Letter(
            kind="edition",
            recipient=recipient_of(row),
            city_name=self.city.name,
            day=self.about.city["measured_on"],
            others_told=tuple(sorted(others)),
            links=links,
            cadence=contact.cadence,
            contact=self.settings.contact.removeprefix("mailto:"),
            edition=self.news(due, contact, links),
        )
        return pack(letter.recipient, render(letter, notice=NOTICE, list_id_host=self.settings.mail_host))

    def news(self, due: Due, contact: Contact, links: Mapping[str, str]) -> EditionNews:
        """What the message says."""
        edition, city = self.about.edition, self.about.city
        is_frozen = edition["state"] == State.FROZEN
        until: date = edition["keep_until"] if is_frozen else edition["preview_until"]
        ends_at = end_of(until, self.city.zone)
        is_preview = due.news is News.PREVIEW
        return EditionNews(
            news=due.news,
            ids=due.ids,
            edition_id=edition["edition_id"],
            title=edition["title"],
            measured_on=city["measured_on"],
            until=until,
            frozen_on=edition["frozen_at"].astimezone(self.city.zone).date() if is_frozen else None,
            n_values=len(self.numbers.numbers),
            n_without=len(self.numbers.lacking),
            differs=self.numbers.differing() if is_preview else (),
            without=self.numbers.without() if is_preview else (),
            last_title=self.numbers.last_title,
            disputes=tuple(self._contested(row) for row in self.about.disputes if row["dispute_id"] in due.ids),
            errata=tuple(_corrected(row, self._unit(row)) for row in self.about.errata if row["erratum_id"] in due.ids),
            appeal_years=self.settings.keep_edition_years,
            is_public=city["publication"] == "public" == self.city.publication,
            is_open=ends_at > self.at,
            links=self._links(contact, links, ends_at),
        )

    def _links(self, contact: Contact, own: Mapping[str, str], ends_at: datetime) -> dict[str, str]:
        edition_id, found = self.about.edition["edition_id"], {}
        if "pages" in own:
            found["page"] = f"{own['pages']}/edition/{edition_id}"
        if ends_at > self.at:
            found["contest"] = self.links.for_edition(contact.contact_id, self.city.id, edition_id, ends_at)
        return found

    def _contested(self, row: Row) -> Contested:
        number = self.numbers.of(row["indicator_id"])
        return Contested(
            dispute_id=row["dispute_id"],
            about=self._subject(row),
            claim=row["claim"],
            is_upheld=row["state"] == Answer.UPHELD,
            is_appeal=row["phase"] == Phase.APPEAL,
            answer=row["answer"] or "",
            now=number.figure if number else None,
        )

    def _subject(self, row: Row) -> str:
        if row["indicator_id"]:
            return editionnumbers.title_of(row["indicator_id"])
        if not row["dataset_id"]:
            return ""
        titles = self.source.titles(self.warehouse, self.city.id)
        return titles.get((row["portal_id"], row["dataset_id"]), About(row["dataset_id"], "")).title

    def _unit(self, row: Row) -> str:
        number = self.numbers.of(row["indicator_id"])
        return number.figure.unit if number else ""


def _corrected(row: Row, unit: str) -> Corrected:
    old, new = (
        Figure(unit=unit, **{name: row[f"{when}_{name}"] for name in ("value", "status", "low", "high")})
        for when in ("old", "new")
    )
    return Corrected(row["erratum_id"], editionnumbers.title_of(row["indicator_id"]), old, new, row["reason"])


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """When a local day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
