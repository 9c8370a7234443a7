"""What is refused, in words that say what to do; and nothing is written then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import editions
from civicgauge.review.editions import Answer
from tests.editions import world
from tests.editions.world import ADA, BEN, CITY, ID, at, given

Do = Callable[[Context], Any]
_JUDGED = ("edition", "edition_city", "edition_signature", "dispute", "erratum", "audit")


def refused(context: Context, do: Do, words: str) -> None:
    """What a person asks is refused, and every table is as it was."""
    before = judged(context)
    with pytest.raises(ConfigurationError, match=words):
        do(context)
    assert judged(context) == before


def judged(context: Context) -> dict[str, list[world.Row]]:
    """What people did so far."""
    with context.warehouse() as warehouse:
        return {table: warehouse.reviews.rows(table) for table in _JUDGED}


def test_a_draft_that_cannot_be_opened(observed: Context) -> None:
    for other, words in (
        ({"edition_id": "2026 H1"}, "EDITION: '2026 H1' is no id; write small letters, digits and hyphens"),
        ({"title": "  "}, "--title: a title of one to 160 letters"),
        ({"title": "x" * 161}, "--title: a title of one to 160 letters"),
        ({"by": "ada@example.org"}, "--by: a role of at most 80 letters, without an address"),
        ({"by": ""}, "--by: say who, by role"),
        (
            {"as_of": date(2026, 7, 2)},
            "--as-of: 2026-07-02 lies after 2026-07-01, when it is opened; the dates are cro",
        ),
    ):
        refused(observed, lambda context, other=other: world.opened(context, **other), words)  # type: ignore[misc]
    refused(observed, lambda context: world.opened(context, ["demo-birchpart"]), "did you mean 'demo-birchport'")


def test_an_edition_without_numbers_is_not_previewed(observed: Context) -> None:
    world.opened(observed, as_of=date(2026, 6, 29))
    (city,) = world.rows(observed, "edition_city")
    assert (city["measured_on"], city["problem"]) == (None, "no day up to 2026-06-29 is complete or partial")
    refused(observed, world.previewed, f"{ID} holds no numbers: none of its cities has a measured day")


def test_before_the_preview_nothing_is_signed_contested_frozen_or_corrected(observed: Context) -> None:
    refused(observed, world.previewed, f"'{ID}' is no edition; there is none yet")
    world.opened(observed)
    refused(observed, lambda c: editions.previewed(c, "2025-h1", "lead", at(1)), f"no edition; there are {ID}")
    early = at(1, 11)
    refused(
        observed, lambda c: editions.previewed(c, ID, "lead", early), r"--at: 2026-07-01 11:00 is before .* crossed"
    )
    for what, do in {
        "signed": lambda c: world.signed(c, ADA),
        "contested": world.contested,
        "frozen": world.frozen,
        "corrected": world.corrected,
    }.items():
        refused(observed, do, f"{ID} is a draft and cannot be {what}: its preview comes first")


def test_in_the_preview(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    refused(observed, world.opened, f"{ID} is in preview and cannot be taken anew")
    refused(observed, world.previewed, f"{ID} is in preview and cannot be shown to its cities")
    for other, words in (
        ({"city_id": "demo-alder-falls"}, f"'demo-alder-falls' is no city of {ID}"),
        ({"indicator_id": "beauty_share"}, f"--indicator: {ID} holds no 'beauty_share' of {CITY}"),
        ({"dataset_id": "x"}, "--dataset needs --portal"),
        ({"claim": " "}, "--claim: say why, in a sentence"),
        ({"evidence_url": "https://a.example/?to=jane@a.gov"}, "--evidence: holds an e-mail address"),
        ({"evidence_url": "javascript:alert(1)"}, r"--evidence: no http\(s\) address"),
        ({"evidence_digest": "abc"}, "--digest: 'abc' is no SHA-256 digest"),
    ):
        refused(observed, lambda context, other=other: world.contested(context, **other), words)  # type: ignore[misc]
    refused(observed, lambda c: world.contested(c, at(1, 1)), "the dates are crossed")
    refused(observed, lambda c: world.signed(c, ADA, content="0123456789ab"), "look at what changed")
    refused(observed, lambda c: world.signed(c, ADA, content="0"), "its first 8 letters or more")
    refused(observed, lambda c: world.signed(c, "ada@example.org"), "--name: the name of the person who signs")
    refused(observed, lambda c: world.signed(c, ADA, role=f"lead, {ADA.upper()}"), "--role: holds the person's name")
    refused(observed, lambda c: world.signed(c, ADA, role=""), "--role: say who, by role")
    world.signed(observed, ADA)
    refused(observed, lambda c: world.signed(c, "ADA example", 17), "signed by this person already")
    refused(observed, lambda c: world.signed(c, BEN, 15), r"--at: 2026-07-15 12:00 is before 2026-07-16 12:00 \(UTC\)")
    world.signed(observed, BEN)
    refused(observed, lambda c: world.signed(c, "Cy Example", 17), "would be signed twice over")
    refused(observed, lambda c: world.frozen(c, 16), "to the end of 2026-07-16; it is 2026-07-16")
    dispute = world.contested(observed, at(16))["dispute_id"]
    refused(observed, world.frozen, f"not decided yet: {dispute}")
    decide = world.answered
    refused(observed, lambda c: decide(c, "x", Answer.UPHELD), "'x' is no dispute")
    refused(observed, lambda c: decide(c, dispute, Answer.UPHELD, at(15)), "when it was entered; the dates are crossed")
    refused(observed, lambda c: decide(c, dispute, Answer.UPHELD, at(17), decision_id="y"), "--decision: 'y' is no dec")
    refused(observed, lambda c: decide(c, dispute, Answer.REJECTED, at(17), reason="  "), "--reason: say why")
    decide(observed, dispute, Answer.REJECTED, at(17))
    refused(observed, lambda c: decide(c, dispute, Answer.UPHELD, at(17)), f"{dispute} is rejected already")
    world.frozen(observed)  # what was rejected changed nothing: both signatures count


def test_frozen(frozen: Context) -> None:
    for what, do in {
        "taken anew": world.opened,
        "signed": lambda c: world.signed(c, "Cy Example", 20),
        "frozen": world.frozen,
        "abandoned": lambda c: editions.abandoned(c, ID, "programme lead", "no use", at(20)),
    }.items():
        refused(frozen, do, f"{ID} is frozen and cannot be {what}: what it holds stays")
    refused(frozen, lambda c: world.contested(c, at(19, month=7, year=2030)), f"{ID}: appeals ended on 2030-07-18")
    fix = world.corrected
    for other, words in (
        ({"second_by": "Data Steward"}, "--second-by: 'Data Steward' is who proposed it; a second person has to agree"),
        ({"reason": ""}, "--reason: say why"),
        ({"indicator_id": "beauty_share"}, f"{ID} holds no 'beauty_share'"),
        ({"indicator_id": "datasets_counted_count"}, f"the same as in {ID}; there is nothing to correct"),
        ({"given": given()}, "there is nothing to correct"),  # the number of the erratum that is there
        ({"given": given(0.9, high=float("inf"))}, "finite numbers; leave out a bound that is not known"),
        ({"given": given(0.7)}, "the bounds are crossed; low is not above the value"),
        ({"given": given(None)}, "--value: a number is given where the status is ok"),
        ({"given": given(0.9, status="insufficient")}, "--value: a number is given where the status is ok"),
        ({"given": given(None, status="fine")}, "--status: 'fine' is none of ok, insufficient"),
        ({"given": given(0.91, digest="12")}, "--digest: '12' is no SHA-256 digest"),
        ({"dispute_id": "x", "given": given(0.91)}, f"--dispute: 'x' is no dispute of {CITY} in {ID}"),
    ):
        refused(frozen, lambda c, other=other: fix(c, at(2, month=8), **other), words)  # type: ignore[misc]
    early = at(31, month=7)
    refused(frozen, lambda c: fix(c, early, given=given(0.91)), f"when {ID}-e1 was made; the dates are crossed")
    appeal = world.contested(frozen, at(2, month=8))["dispute_id"]
    refused(
        frozen,
        lambda c: fix(c, at(3, month=8), given=given(0.91), dispute_id=appeal),
        f"--dispute: {appeal} is open; decide it first",
    )


def test_a_number_of_another_version_is_no_erratum(frozen: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.change("edition_value", {"indicator_version": 0}, indicator_id="licence_stated_share")
    refused(
        frozen,
        lambda c: world.corrected(c, at(2, month=8), indicator_id="licence_stated_share"),
        "was computed anew by another version than 0; a changed method is no erratum",
    )


def test_a_day_in_doubt_corrects_nothing(frozen: Context) -> None:
    with frozen.warehouse() as warehouse, warehouse.engine.begin() as connection:
        connection.execute(sa.text("UPDATE run SET outcome = 'suspect'"))
    words = "no attempt is complete or partial now; replay the day, or give the number"
    refused(frozen, lambda c: world.corrected(c, at(2, month=8), indicator_id="licence_stated_share"), words)


def test_what_was_changed_around_the_acts_is_not_frozen(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    world.signed(observed, ADA)
    world.signed(observed, BEN)
    with observed.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.change("edition_value", {"value": 1.0}, indicator_id=world.INDICATOR)
    refused(observed, world.frozen, f"{ID} does not hold what was signed; `civicgauge edition verify {ID}` says where")
