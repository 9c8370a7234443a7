"""What an attestation must hold, which of several holds on a day, and what contradicts the numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.model import Attestation
from civicgauge.review.attesting import FIELDS, Known, contradicts, expires_soon, read, standing
from tests.attestations.conftest import AT, CITY, STANDARD, entry

KNOWN = Known({CITY: ZoneInfo("America/Chicago")}, {STANDARD: ("DM1", "OD3"), "what-works-cities-2018": ("DG1",)})


def wrong(**more: Any) -> list[str]:
    return read(entry(**more), KNOWN, AT)[1]


def test_what_is_whole_is_taken_and_known_again_by_its_words() -> None:
    first, problems = read(entry(), KNOWN, AT)
    again, _ = read(entry(criterion=" dm1 ", stance="in line"), KNOWN, AT)
    other, _ = read(entry(statement="A board meets."), KNOWN, AT)
    assert problems == []
    assert first is not None
    assert first == again
    assert first.id.startswith("dm1-")
    assert other is not None
    assert other.id != first.id


def test_the_digest_of_what_lies_at_an_address_is_no_part_of_the_id() -> None:
    told = entry(evidence="https://alpha.example.gov/minutes")
    ids = {read({**told, "digest": digest}, KNOWN, AT)[0].id for digest in ("", "00" * 32)}  # type: ignore[union-attr]
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("city", "us-mo-alfa", "city: 'us-mo-alfa' is no city of the registry; known: us-mo-alpha"),
        ("city", None, "city: is missing; name a city of the registry"),
        ("standard", "wwc", "standard: 'wwc' is no standard; known: what-works-cities-2018, what-works-cities-2022"),
        ("criterion", "DG1", "criterion: 'DG1' is no criterion of what-works-cities-2022"),
        ("stance", "certified", "stance: 'certified' is no stance; known: differs, in_line"),
        ("statement", "  ", "statement: say in a sentence what is attested"),
        ("statement", "x" * 501, "statement: 501 letters; at most 500"),
        ("role", "maria@alpha.example", "role: a role of at most 80 letters, without an address"),
        ("role", "maria\uff20alpha.example", "role: a role of at most 80 letters, without an address"),
        ("said_on", "15.10.2026", "said_on: '15.10.2026' is no day; write it as 2026-01-31"),
        ("valid_until", "2027-W01-1", "valid_until: '2027-W01-1' is no day; write it as 2026-01-31"),
        ("said_on", "2026-11-02", "said_on: 2026-11-02 is still to come"),
        ("valid_until", "2026-10-14", "valid_until: 2026-10-14 is before 2026-10-15; the dates are crossed"),
        ("valid_until", "2026-10-31", "valid_until: it expired on 2026-10-31 already"),
        ("valid_until", "2029-10-16", "valid_until: 2029-10-16 is more than 3 years after 2026-10-15"),
        ("digest", "abc", "digest: 'abc' is no SHA-256 digest"),
        ("digest", "", "evidence: say where the proof lies (an address), or give its SHA-256 digest"),
        ("evidence", "ftp://alpha.example.gov/x", "evidence: 'ftp://alpha.example.gov/x' is no web address"),
        ("evidence", "https://me:secret@alpha.example.gov/x", "evidence: "),
        ("evidence", "https://alpha.example.gov/?to=jane@alpha.gov", "evidence: holds an e-mail address"),
        ("evidence", "https://alpha.example.gov/" + "x" * 500, "of at most 500 letters"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(field: str, value: Any, told: str) -> None:
    (problem,) = wrong(**{field: value})
    assert told in problem


@pytest.mark.parametrize("letter", ["@", "\uff20", "\ufe6b", "%40"])
def test_no_address_of_a_person_is_kept_however_it_is_written(letter: str) -> None:
    whole, _ = read(entry(statement=f"Ask maria{letter}alpha.example for it."), KNOWN, AT)
    assert whole is not None
    assert whole.statement == "Ask (address left out) for it."


def test_everything_that_is_wrong_is_named_at_once_and_by_the_names_of_where_it_was_entered() -> None:
    names = {"valid_until": "Holds until", "role": "Your role"}
    problems = read(entry(valid_until="2020-01-01", role="", stance=""), KNOWN, AT, names)[1]
    assert [problem.partition(":")[0] for problem in problems] == ["stance", "Your role", "Holds until"]


def test_a_day_is_the_citys_own() -> None:
    early = datetime(2026, 11, 2, 3, tzinfo=UTC)  # still the first in Chicago
    assert read(entry(said_on="2026-11-02"), KNOWN, early)[0] is None
    assert read(entry(valid_until="2026-11-01"), KNOWN, early)[0] is not None


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=40) | st.none() | st.integers() | st.dates()))
def test_any_words_are_taken_or_refused_in_words(told: dict[str, Any]) -> None:
    whole, problems = read({**entry(), **told}, KNOWN, AT)
    assert (whole is None) == bool(problems)
    assert all(": " in problem and "\n" not in problem for problem in problems)
    if whole is not None:
        assert whole.said_on <= whole.valid_until
        assert "@" not in whole.by


def said(**more: Any) -> Attestation:
    facts: dict[str, Any] = {"criterion": "DM1", "stance": "in_line", "by": "staff", "said_on": "2026-01-01"}
    return Attestation.model_validate({**facts, "until": "2026-12-31", **more})


def test_of_several_the_latest_said_holds_and_what_ended_says_only_when() -> None:
    day = date(2026, 3, 2)
    old, new = said(), said(said_on="2026-02-01", stance="differs")
    assert standing([new, old], STANDARD, day).held == {"DM1": new}
    assert standing([new, old], "what-works-cities-2018", day).held == {}
    twice = said(by="council")
    assert standing([old, twice], STANDARD, day).held == {"DM1": twice}
    ended = [said(until="2026-02-01"), said(until="2026-03-01"), said(criterion="OD3", said_on="2026-03-03")]
    found = standing(ended, STANDARD, day)
    assert (found.held, found.lapsed) == ({}, {"DM1": date(2026, 3, 1)})
    assert standing([*ended, old], STANDARD, day).lapsed == {}


def test_only_opposites_contradict() -> None:
    words = ("in_line", "differs", "not_observed")
    found = {(one, other) for one in words for other in (*words[:2], None) if contradicts(one, other)}
    assert found == {("in_line", "differs"), ("differs", "in_line")}


def test_what_ends_within_sixty_days_ends_soon() -> None:
    day = date(2026, 11, 1)
    assert [expires_soon(date(2026, 10, 31), day), expires_soon(day, day)] == [False, True]
    assert [expires_soon(date(2026, 12, 31), day), expires_soon(date(2027, 1, 1), day)] == [True, False]
