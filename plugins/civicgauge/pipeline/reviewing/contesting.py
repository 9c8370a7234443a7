"""A city's side of an edition: what it may contest and until when, its disputes, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from civicgauge import clean
from civicgauge.alerts.answering import Refused
from civicgauge.errors import ConfigurationError
from civicgauge.model import City
from civicgauge.pipeline.alerting.editionnumbers import Numbers, read, title_of
from civicgauge.pipeline.alerting.editionwriting import end_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import disputes
from civicgauge.pipeline.reviewing.disputes import Claim, Deciding
from civicgauge.review.editions import Answer, Phase, State
from civicgauge.review.said import LONGEST_REASON, holds_mailbox
from civicgauge.warehouse import Warehouse

Row = Mapping[str, Any]
MOST_OPEN, MOST_EVER = 20, 100
"""Disputes of one city and edition that wait, and that were entered at all: each stays on record, taken back or not."""
LONGEST_ENTRY = 500
WITHDRAWN_WORDS = "The city took it back."
_SUGGESTED = 200


class Window(StrEnum):
    """Whether, and as what, a city may contest an edition now."""

    PREVIEW = "preview"
    BETWEEN = "between"  # its preview is over, and it is not frozen yet
    APPEAL = "appeal"
    OVER = "over"  # the time for appeals is over
    NONE = "none"  # a draft, or given up


@dataclass(frozen=True, slots=True)
class Place:
    """A city in an edition, as its form needs it. `titles` are those of its entries by (portal, dataset)."""

    city: City
    edition: Row
    row: Row
    disputes: Sequence[Row]
    numbers: Numbers
    titles: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def window(self, at: datetime) -> Window:
        """What may be done at `at`."""
        state, until = self.edition["state"], self.until
        if until is None or state not in (State.PREVIEW, State.FROZEN):
            return Window.NONE
        if state == State.FROZEN:
            return Window.APPEAL if at.astimezone(UTC).date() <= until else Window.OVER
        return Window.PREVIEW if at < end_of(until, self.city.zone) else Window.BETWEEN

    @property
    def until(self) -> date | None:
        """The last day of what the edition's state allows."""
        name = "keep_until" if self.edition["state"] == State.FROZEN else "preview_until"
        found: date | None = self.edition[name]
        return found

    def about(self, dispute: Row) -> str:
        """What a dispute contests, in words; '' for all of it."""
        if dispute["indicator_id"]:
            return title_of(dispute["indicator_id"])
        key = (dispute["portal_id"], dispute["dataset_id"])
        entry = self.titles.get(key)
        return str(entry["title"] or key[1]) if entry else key[1]

    @property
    def suggested(self) -> list[tuple[str, str]]:
        """The first of its entries, by title: (portal/dataset, title)."""
        named = (
            (f"{portal}/{dataset}", str(row["title"] or dataset)) for (portal, dataset), row in self.titles.items()
        )
        return sorted(named, key=lambda each: (each[1].casefold(), each[0]))[:_SUGGESTED]


def place(context: Context, edition_id: str, city_id: str) -> Place | None:
    """The city in the edition; None where there is none."""
    with context.warehouse() as warehouse:
        reviews, where = warehouse.reviews, {"edition_id": edition_id, "city_id": city_id}
        edition = reviews.one("edition", edition_id=edition_id)
        row = reviews.one("edition_city", **where)
        if edition is None or row is None:
            return None
        return Place(
            city=context.city(city_id),
            edition=edition,
            row=row,
            disputes=sorted(reviews.rows("dispute", **where), key=lambda each: each["made_at"]),
            numbers=read(reviews, edition, city_id),
            titles=_titles(warehouse, city_id),
        )


def _titles(warehouse: Warehouse, city_id: str) -> dict[tuple[str, str], Row]:
    return {(row["portal_id"], row["dataset_id"]): row for row in warehouse.iter_rows("dataset", city_ids=[city_id])}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: an indicator's id, an entry, a claim, and the address of evidence."""

    indicator: str = ""
    entry: str = ""
    claim: str = ""
    evidence: str = ""


def contest(context: Context, where: Place, typed: Typed, *, by: str, at: datetime) -> Row:
    """Enter a dispute of the city; returns its row. `by` is a role.

    Raises Refused with a sentence for the person who contests; AlreadyContested where the same was said before.
    """
    if where.window(at) not in (Window.PREVIEW, Window.APPEAL):
        raise Refused("This edition cannot be contested now.")
    if sum(each["state"] == "open" for each in where.disputes) >= MOST_OPEN:
        raise Refused(f"Your city has {MOST_OPEN} open disputes of this edition. Write to us, so that we can talk.")
    if len(where.disputes) >= MOST_EVER:
        raise Refused(f"Your city contested this edition {MOST_EVER} times already. Write to us, so that we can talk.")
    portal_id, dataset_id = _entry(where, typed.entry)
    asked = Claim(
        edition_id=where.edition["edition_id"],
        city_id=where.city.id,
        claim=_claim(typed.claim),
        by=by,
        indicator_id=_indicator(where, typed.indicator),
        portal_id=portal_id,
        dataset_id=dataset_id,
        evidence_url=_evidence(typed.evidence),
    )
    try:
        return disputes.disputed(context, asked, at, is_once=True)
    except disputes.AlreadyContested:
        raise
    except ConfigurationError as error:  # all that was typed was looked at above: something else happened in between
        raise Refused("The edition changed a moment ago. Open the link again to see how it stands.") from error


def _claim(text: str) -> str:
    said = clean.line(text, LONGEST_REASON + 1)
    if not said:
        raise Refused("Say in a sentence what is wrong.")
    if len(said) > LONGEST_REASON:
        raise Refused(f"Say it in at most {LONGEST_REASON} letters; more can lie at the address of your evidence.")
    return said


def _indicator(where: Place, text: str) -> str | None:
    if not text.strip():
        return None
    number = where.numbers.of(text.strip())
    if number is None:
        raise Refused("Choose a number from the list, or none.")
    return number.indicator_id


def _entry(where: Place, text: str) -> tuple[str, str]:
    """The entry that was typed: as portal/dataset, as its id alone, as its address, or as its title."""
    asked = clean.line(text, LONGEST_ENTRY)
    if not asked:
        return "", ""
    if (key := _key(asked)) in where.titles:
        return key
    found = [
        key
        for key, row in where.titles.items()
        if asked in (key[1], row["permalink"]) or asked.casefold() == (row["title"] or "").casefold()
    ]
    if len(found) != 1:
        many = "Several entries are called that" if found else "We know no such dataset of your city"
        raise Refused(f"{many}. Paste its address from the portal, or leave this empty and name it in your words.")
    return found[0]


def _key(text: str) -> tuple[str, str]:
    portal, _, dataset = text.partition("/")
    return portal, dataset


def _evidence(text: str) -> str | None:
    asked = text.strip()
    if not asked:
        return None
    address = clean.address(asked)
    if not address:
        raise Refused("The address of your evidence begins with https:// or http:// and has at most 900 letters.")
    if holds_mailbox(address):
        raise Refused("The address of your evidence holds an e-mail address. Give one without.")
    return address


def withdraw(context: Context, where: Place, dispute_id: str, *, by: str, at: datetime) -> Row:
    """Take a dispute of the city back; returns its row. Refused where it is not open, or not the city's."""
    found = next((each for each in where.disputes if each["dispute_id"] == dispute_id), None)
    if found is None:
        raise Refused("Your city has contested nothing under that reference.")
    allowed = (Window.APPEAL,) if found["phase"] == Phase.APPEAL else (Window.PREVIEW,)
    if found["state"] != "open" or where.window(at) not in allowed:
        raise Refused(f"{dispute_id} is {found['state']}; there is nothing to take back.")
    try:
        return disputes.decided(context, Deciding(dispute_id, Answer.WITHDRAWN, by, WITHDRAWN_WORDS), at)
    except ConfigurationError as error:  # somebody decided it since the page was read
        raise Refused("It was decided a moment ago. Open the link again to see how it stands.") from error
