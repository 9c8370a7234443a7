"""What people attest of a criterion: what it must hold, which of several holds on a day, what contradicts the numbers.

Nothing here changes a number or another person's word: where the two contradict each other, both are shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, TypeVar

from pydantic import HttpUrl, TypeAdapter, ValidationError

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.model import Attestation
from civicgauge.review import said

LONGEST_YEARS = 3
EXPIRING_DAYS = 60
LONGEST_STATEMENT, LONGEST_EVIDENCE_URL = said.LONGEST_REASON, 500
STANCES = ("in_line", "differs")
FIELDS = (
    *("city", "standard", "criterion", "stance", "statement", "role", "said_on", "valid_until", "evidence", "digest"),
)
"""What is asked of who attests, by the names of a file's columns; `digest` may be left out where `evidence`, an
address, is given, and the other way round."""

_T = TypeVar("_T")


class NotTaken(ConfigurationError):
    """What a person said or chose cannot be taken; no fault of ours, of our set-up or of a portal."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an attestation may speak of: the time zone of each city, and the codes of each standard by its file name."""

    zones: Mapping[str, tzinfo]
    criteria: Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """An attestation as somebody enters it, whole and in order. `standard` names one version: its file."""

    city_id: str
    standard: str
    criterion: str
    stance: str
    statement: str
    by: str
    said_on: date
    valid_until: date
    evidence_url: str | None
    evidence_digest: str | None

    @property
    def id(self) -> str:
        """Its id, the same for the same words: so that what was entered already is known again.

        A proof's digest is part of it only where no address leads to the proof: what lies there may change.
        """
        proof = self.evidence_url or self.evidence_digest
        told = [self.city_id, self.standard, self.stance, self.statement, self.by]
        told += [self.said_on.isoformat(), self.valid_until.isoformat(), proof or ""]
        digest = hashlib.sha256(json.dumps([self.criterion, *told]).encode()).hexdigest()
        return f"{self.criterion.lower()}-{digest[:12]}"


def read(
    told: Mapping[str, Any], known: Known, at: datetime, names: Mapping[str, str] | None = None
) -> tuple[Said | None, list[str]]:
    """What was entered, by `FIELDS`, or None and every problem, each beginning with its field's name.

    `names` says what a field is called where it was entered (`--until`); `at` is now: nothing is said in the future,
    and what has expired already is refused.
    """
    problems: list[str] = []
    words = {name: "" if told.get(name) is None else str(told[name]).strip() for name in FIELDS}

    def field(name: str, make: Callable[[str, str], _T]) -> _T | None:
        called = (names or {}).get(name, name)
        try:
            return make(words[name], called)
        except ConfigurationError as error:
            problems.append(error.message)
            return None

    city_id = field("city", lambda text, called: _one_of(text, known.zones, called, "city of the registry"))
    standard = field("standard", lambda text, called: _one_of(text, known.criteria, called, "standard"))
    codes = known.criteria[standard] if standard else sorted({c for each in known.criteria.values() for c in each})
    of = f"criterion of {standard or 'any standard'}"
    criterion = field("criterion", lambda text, called: _one_of(text.upper(), codes, called, of))
    stance = field("stance", lambda text, called: _one_of(text.replace(" ", "_"), STANCES, called, "stance"))
    statement = field("statement", _statement)
    by = field("role", said.role)
    said_on, valid_until = field("said_on", said.a_day), field("valid_until", said.a_day)
    url, digest = field("evidence", _evidence_url), field("digest", _digest)
    if not words["evidence"] and not words["digest"]:
        problems.append(f"{(names or {}).get('evidence', 'evidence')}: {_NO_EVIDENCE}")
    if said_on and valid_until:
        today = at.astimezone(known.zones[city_id] if city_id else UTC).date()
        problems += _dates(said_on, valid_until, today, names or {})
    if problems or not (city_id and standard and criterion and stance and statement and by and said_on and valid_until):
        return None, problems
    whole = (city_id, standard, criterion, stance, statement, by, said_on, valid_until, url or None, digest or None)
    return Said(*whole), []


_NO_EVIDENCE = "say where the proof lies (an address), or give its SHA-256 digest; without a proof nothing is attested"


def _one_of(text: str, known: Collection[str], called: str, what: str) -> str:
    if text in known:
        return text
    if not text:
        raise ConfigurationError(f"{called}: is missing; name a {what}")
    shown = clean.line(text, 60)
    few = f"; known: {', '.join(sorted(known))}" if 0 < len(known) <= 8 else ""
    raise ConfigurationError(f"{called}: {shown!r} is no {what}{few}")


def _statement(text: str, called: str) -> str:
    if not text:
        raise ConfigurationError(f"{called}: say in a sentence what is attested; it is kept and shown")
    if len(text) > LONGEST_STATEMENT:
        raise ConfigurationError(f"{called}: {len(text)} letters; at most {LONGEST_STATEMENT} are kept")
    return said.reason(text, called)


def _evidence_url(text: str, called: str) -> str:
    if text and not (clean.address(text, LONGEST_EVIDENCE_URL) and _is_address(text)):
        raise ConfigurationError(
            f"{called}: {clean.line(text, 60)!r} is no web address that can be kept; write one that begins with "
            f"https:// or http://, without a name or a password in it, of at most {LONGEST_EVIDENCE_URL} letters"
        )
    if said.holds_mailbox(text):
        raise ConfigurationError(f"{called}: holds an e-mail address; it is kept and shown, give one without")
    return text


def _is_address(text: str) -> bool:
    try:
        TypeAdapter(HttpUrl).validate_python(text)
    except ValidationError:
        return False
    return True


def _digest(text: str, called: str) -> str:
    return said.evidence_digest(text, called) if text else ""


def _dates(said_on: date, valid_until: date, today: date, names: Mapping[str, str]) -> list[str]:
    first, last = names.get("said_on", "said_on"), names.get("valid_until", "valid_until")
    if valid_until < said_on:
        return [f"{last}: {valid_until} is before {said_on}; the dates are crossed"]
    if said_on > today:
        return [f"{first}: {said_on} is still to come; attest what was said up to {today}"]
    if valid_until < today:
        return [f"{last}: it expired on {valid_until} already; ask the city for what holds now"]
    longest = _years_later(said_on, LONGEST_YEARS)
    if valid_until > longest:
        return [f"{last}: {valid_until} is more than {LONGEST_YEARS} years after {said_on}; at most {longest}"]
    return []


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; of 29 February the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, day.month, 28 if is_leap_day else day.day)


# ---------------------------------------------------------------- which holds, and what it stands against


@dataclass(frozen=True, slots=True)
class Standing:
    """What is attested of one standard on a day, by criterion: what holds, and until when what no longer holds did."""

    held: Mapping[str, Attestation]
    lapsed: Mapping[str, date]


def standing(attestations: Iterable[Attestation], standard: str, day: date) -> Standing:
    """Of several that hold on the day the latest said counts, and of these the last given.

    `lapsed` has no criterion of which one holds: it says when the last one ended, and nothing of what it said.
    """
    of_standard = [each for each in attestations if each.standard == standard and each.said_on <= day]
    held = {each.criterion: each for each in sorted(of_standard, key=lambda each: each.said_on) if day <= each.until}
    lapsed: dict[str, date] = {}
    for each in of_standard:
        if each.criterion not in held:
            lapsed[each.criterion] = max(each.until, lapsed.get(each.criterion, each.until))
    return Standing(held, lapsed)


def contradicts(stance: str, attested_stance: str | None) -> bool:
    """Whether the numbers and what is attested say the opposite. Not observed, or not attested, contradicts nothing."""
    return stance in STANCES and attested_stance in STANCES and stance != attested_stance


def expires_soon(valid_until: date, day: date) -> bool:
    """Whether it holds on the day and ends within `EXPIRING_DAYS` days of it."""
    return day <= valid_until <= day + timedelta(days=EXPIRING_DAYS)
