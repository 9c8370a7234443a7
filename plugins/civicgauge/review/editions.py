"""The rules of an edition: its states, the ten working days, who signs what, and the digests that are signed.

draft -> preview -> frozen, or abandoned from either of the first two. Two named people sign the content by its digest;
where the content changes afterwards, what they signed no longer counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from civicgauge import clean
from civicgauge.errors import ConfigurationError

Row = Mapping[str, Any]

PREVIEW_WORKING_DAYS = 10
SIGNATURES = 2
LONGEST_NAME, LONGEST_TITLE = 120, 160
_SATURDAY = 5
_FARTHEST_DAYS = 366
"""No calendar lets ten working days take a year; one that does is wrong, and is refused."""


class State(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    PREVIEW = "preview"
    FROZEN = "frozen"
    ABANDONED = "abandoned"


class Phase(StrEnum):
    """When a city contested an edition."""

    PREVIEW = "preview"
    APPEAL = "appeal"


class Answer(StrEnum):
    """What became of a dispute."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_ALLOWED: Mapping[str, tuple[State, ...]] = {
    "taken anew": (State.DRAFT,),
    "shown to its cities": (State.DRAFT,),
    "signed": (State.PREVIEW,),
    "frozen": (State.PREVIEW,),
    "abandoned": (State.DRAFT, State.PREVIEW),
    "contested": (State.PREVIEW, State.FROZEN),
    "corrected": (State.FROZEN,),
}
_INSTEAD = {
    State.DRAFT: "its preview comes first (civicgauge edition preview)",
    State.PREVIEW: "its cities are looking through it; what they contest is decided, or it is abandoned",
    State.FROZEN: "what it holds stays; a number is corrected by an erratum (civicgauge edition erratum)",
    State.ABANDONED: "open another under another id",
}


# ---------------------------------------------------------------- states and dates


def may_be(edition: Row, what: str) -> None:
    """ConfigurationError where an edition's state does not allow an act: `what` is one of `_ALLOWED`."""
    state = State(edition["state"])
    if state not in _ALLOWED[what]:
        article = "" if state in (State.FROZEN, State.ABANDONED) else "a " if state is State.DRAFT else "in "
        raise ConfigurationError(f"{edition['edition_id']} is {article}{state} and cannot be {what}: {_INSTEAD[state]}")


def not_before(edition: Row, happened: Iterable[datetime], at: datetime) -> None:
    """ConfigurationError where `at` lies before what happened to the edition already: the times of acts on it."""
    latest = max(filter(None, (edition["opened_at"], edition["frozen_at"], *happened)))
    if at < latest:
        raise ConfigurationError(
            f"--at: {at:%Y-%m-%d %H:%M} is before {latest:%Y-%m-%d %H:%M} (UTC), when {edition['edition_id']} was last "
            "opened, shown, contested, signed or frozen, or a dispute of it decided; the dates are crossed"
        )


def preview_end(first: date, holidays: frozenset[date], working_days: int = PREVIEW_WORKING_DAYS) -> date:
    """The last of so many working days after `first`, which is not counted: whoever looks has each of them whole.

    Saturdays, Sundays and holidays never count. ConfigurationError where a year has too few.
    """
    day, left = first, working_days
    while left:
        day += timedelta(days=1)
        if (day - first).days > _FARTHEST_DAYS:
            raise ConfigurationError(f"holidays: a year from {first} holds no {working_days} working days")
        left -= day.weekday() < _SATURDAY and day not in holidays
    return day


def common_end(first: date, calendars: Collection[frozenset[date]]) -> date:
    """One end for all cities: the latest of theirs.

    So none has fewer than ten working days of its own, and none is still looking when others are told that it is over.
    """
    return max(preview_end(first, holidays) for holidays in calendars or [frozenset()])


def appeals_until(frozen_on: date, years: int) -> date:
    """The last day on which a city may appeal, and until which the evidence stays."""
    try:
        return frozen_on.replace(year=frozen_on.year + years)
    except ValueError:  # from the 29th of February
        return frozen_on.replace(year=frozen_on.year + years, day=28)


# ---------------------------------------------------------------- who signs


def title(text: str) -> str:
    """A title on one line; ConfigurationError where it is empty or too long."""
    said = clean.line(text, LONGEST_TITLE + 1)
    if not said or len(said) > LONGEST_TITLE:
        raise ConfigurationError(f"--title: a title of one to {LONGEST_TITLE} letters")
    return said


def person(text: str) -> str:
    """A person's name on one line; ConfigurationError where it is none."""
    said = clean.line(text, LONGEST_NAME + 1)
    if len(said) > LONGEST_NAME or "@" in said or sum(letter.isalpha() for letter in said) < 2:
        raise ConfigurationError(
            f"--name: the name of the person who signs, at most {LONGEST_NAME} letters, no address"
        )
    return said


def same_person(first: str, second: str) -> bool:
    """Whether two names are written for one person: case, spaces and forms of letters aside."""
    return _plain(first) == _plain(second)


def role_of(name: str, role: str) -> str:
    """The role of who signs; ConfigurationError where it holds the name, for roles are public and names are not."""
    if _plain(name) in _plain(role):
        raise ConfigurationError("--role: holds the person's name; roles are shown to everybody, write the role alone")
    return role


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def counting(edition: Row, signatures: Sequence[Row]) -> list[Row]:
    """The signatures under what the edition holds now; those under other content lapsed."""
    return [each for each in signatures if each["content_digest"] == edition["content_digest"]]


def may_sign(edition: Row, signatures: Sequence[Row], name: str) -> None:
    """ConfigurationError where this person's signature would be one too many."""
    may_be(edition, "signed")
    valid = counting(edition, signatures)
    if any(same_person(each["name"], name) for each in valid):
        raise ConfigurationError(
            f"{edition['edition_id']} is signed by this person already; the second signature is another person's"
        )
    if len(valid) >= SIGNATURES:
        raise ConfigurationError(
            f"{edition['edition_id']} would be signed twice over: two people have signed what it holds"
        )


def two_signed(edition: Row, signatures: Sequence[Row]) -> str | None:
    """What is wrong with the signatures of an edition that is to be, or was, frozen; None where nothing is."""
    valid = counting(edition, signatures)
    lapsed = len(signatures) - len(valid)
    told = f"; {lapsed} of its signatures {'is' if lapsed == 1 else 'are'} under other content" if lapsed else ""
    if len(valid) < SIGNATURES:
        return f"it is signed by {len(valid)} of {SIGNATURES} people{told}"
    if len(valid) > SIGNATURES:
        return f"it is signed twice over: {len(valid)} signatures under one content"
    if same_person(valid[0]["name"], valid[1]["name"]):
        return "both signatures are of one person"
    return None


def may_freeze(edition: Row, signatures: Sequence[Row], disputes: Sequence[Row], today: date) -> None:
    """ConfigurationError with everything that keeps an edition from being frozen on `today`."""
    may_be(edition, "frozen")
    problems = []
    if today <= edition["preview_until"]:
        problems.append(f"its cities may look through it to the end of {edition['preview_until']}; it is {today}")
    if waiting := [each["dispute_id"] for each in disputes if each["state"] == "open"]:
        problems.append(f"not decided yet: {', '.join(waiting)} (civicgauge edition decide)")
    if wrong := two_signed(edition, signatures):
        problems.append(f"{wrong} (civicgauge edition sign)")
    if problems:
        raise ConfigurationError(f"{edition['edition_id']} cannot be frozen:", tuple(problems))


# ---------------------------------------------------------------- errata


def as_it_stands(value: Row, errata: Sequence[Row]) -> dict[str, Any]:
    """A number of a frozen edition with its errata: value, status, low and high; `errata` of that number, in order."""
    if errata:
        return {name: errata[-1][f"new_{name}"] for name in ("value", "status", "low", "high")}
    return as_shown(value)


def as_shown(value: Row) -> dict[str, Any]:
    """The number that a row of `edition_value` shows: as decided where decisions change it, else as measured."""
    if value["decided_status"] is not None:
        return {name: value[f"decided_{name}"] for name in ("value", "status", "low", "high")}
    return {"value": value["value"], "status": value["status"], "low": value["value_low"], "high": value["value_high"]}
