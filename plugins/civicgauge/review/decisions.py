"""Decisions by staff as rules: what a proposal needs, and what may become of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.review import said
from civicgauge.review.fields import Facts, Field, discover

LONGEST = 200
_NEXT = {
    "proposed": ("in_force", "refused"),
    "in_force": ("ended", "reopened"),
    "ended": ("reopened",),  # an appeal may be against a day on which it held
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A proposal as a person wrote it; every part is text, the last two may be empty."""

    city_id: str
    portal_id: str
    dataset_id: str
    field: str
    decided: str
    reason: str
    evidence_url: str
    evidence_digest: str
    by: str
    valid_from: str
    valid_until: str

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about."""
        return self.city_id, self.portal_id, self.dataset_id, self.field


Problem = tuple[str, str]
"""A part of a proposal by its name, and what is wrong with it."""


def field_of(asked: Asked) -> Field | Problem:
    """The field, or what is wrong with its name."""
    known = discover()
    return known.get(asked.field) or ("field", f"{clean.line(asked.field, 60)!r} is none of {', '.join(known)}")


def problems(asked: Asked) -> Iterator[Problem]:
    """What is wrong with a proposal whatever its entry is."""
    for name, check in (
        ("reason", lambda: said.reason(asked.reason, "")),
        ("by", lambda: said.role(asked.by, "")),
    ):
        if (told := _told(check)) is not None:
            yield name, told
    if asked.evidence_url and not clean.address(asked.evidence_url):
        yield "evidence_url", f"{clean.line(asked.evidence_url, 80)!r} is no http(s) address that can be linked to"
    elif said.holds_mailbox(asked.evidence_url):
        yield "evidence_url", "holds an e-mail address; it is kept and shown, give one without"
    if not asked.evidence_digest.strip():
        yield "digest", "a decision needs evidence: give its SHA-256 digest, or the file itself"
    elif (told := _told(lambda: said.evidence_digest(asked.evidence_digest, ""))) is not None:
        yield "digest", told
    yield from _date_problems(asked)


def _date_problems(asked: Asked) -> Iterator[Problem]:
    days = {}
    for name, text in (("from", asked.valid_from), ("until", asked.valid_until)):
        if not text and name == "until":
            continue
        try:
            days[name] = said.a_day(text, "")
        except ConfigurationError as error:
            yield name, _bare(error)
    if len(days) == 2 and days["until"] < days["from"]:
        yield "until", f"{days['until']} is before {days['from']}; the dates are crossed"


def decided_problem(asked: Asked, field: Field, facts: Facts) -> Problem | None:
    """What is wrong with what is decided, in the light of what is known of the entry."""
    decided = asked.decided
    if not decided or clean.line(decided, LONGEST) != decided:
        return "decided", f"say what is decided, on one line of at most {LONGEST} letters: {field.allowed}"
    if (told := field.problem(decided, facts)) is not None:
        return "decided", f"{clean.line(decided, 60)!r} {told}"
    if decided == field.measured(facts):
        return "decided", f"{decided!r} is what was measured; there is nothing to decide"
    return None


def may_become(row: Row, state: str) -> None:
    """ConfigurationError where a decision cannot become that, from where it stands."""
    if state not in _NEXT.get(row["state"], ()):
        options = " or ".join(_NEXT.get(row["state"], ())) or "nothing else"
        raise ConfigurationError(f"{row['decision_id']} is {row['state']}: it can become {options}, not {state}")


def end_on(row: Row, day: date) -> date:
    """The last day on which a decision holds; ConfigurationError where it is before the first, or after its end."""
    said.in_order(row["valid_from"], day, "--on")
    if row["valid_until"] is not None and row["valid_until"] < day:
        raise ConfigurationError(f"--on: {row['decision_id']} ends on {row['valid_until']} already")
    return day


def _told(check: Any) -> str | None:
    try:
        check()
    except ConfigurationError as error:
        return _bare(error)
    return None


def _bare(error: ConfigurationError) -> str:
    """What is wrong, without the option's name, which a file has not."""
    return str(error).removeprefix(": ")
