"""What a city's lawyer would try: acts out of order, rows that went with their traces, tombstones that nobody set."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from civicgauge.errors import ConfigurationError
from civicgauge.lake import canonical_json
from civicgauge.pipeline import observing, purging
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import deciding, proving
from civicgauge.pipeline.withdrawn import Scope
from tests.editions import world
from tests.editions.world import CITY, DAY, ID, at


def told(context: Context, today: date = date(2026, 9, 1)) -> list[tuple[str, str]]:
    return [(each.file, each.told) for each in proving.verified(context, ID, today).findings]


# ---------------------------------------------------------------- the order of acts


def test_nothing_is_signed_before_it_was_shown_or_came_to_be(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    with pytest.raises(ConfigurationError, match=r"--at: 2026-07-01 12:00 is before 2026-07-01 13:00 \(UTC\)"):
        world.signed(observed, world.ADA, 1)
    with pytest.raises(ConfigurationError, match=r"--at: 2026-07-01 12:00 is before 2026-07-01 13:00 \(UTC\)"):
        world.contested(observed, at(1))
    dispute = world.contested(observed)
    world.in_force(observed)
    world.answered(observed, dispute["dispute_id"], world.Answer.UPHELD)  # on the 8th
    with pytest.raises(ConfigurationError, match=r"--at: 2026-07-07 12:00 is before 2026-07-08 12:00 \(UTC\)"):
        world.signed(observed, world.ADA, 7)
    assert world.rows(observed, "edition_signature") == []


def test_nothing_is_frozen_before_the_last_dispute_was_decided(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    world.signed(observed, world.ADA, 3)
    world.signed(observed, world.BEN, 3, role="director")
    dispute = world.contested(observed)
    world.answered(observed, dispute["dispute_id"], world.Answer.REJECTED, at(25))
    with pytest.raises(ConfigurationError, match=r"--at: 2026-07-18 12:00 is before 2026-07-25 12:00 \(UTC\)"):
        world.frozen(observed)
    assert world.frozen(observed, 26)["state"] == "frozen"


def test_no_erratum_before_its_appeal_was_decided(frozen: Context) -> None:
    dispute = world.contested(frozen, at(2, month=8))
    world.answered(frozen, dispute["dispute_id"], world.Answer.UPHELD, at(9, month=8))
    asked = {"given": world.given(0.91), "dispute_id": dispute["dispute_id"]}
    with pytest.raises(ConfigurationError, match=r"--at: 2026-08-05 12:00 is before 2026-08-09 12:00 \(UTC\)"):
        world.corrected(frozen, at(5, month=8), **asked)
    assert world.corrected(frozen, at(10, month=8), **asked)["dispute_id"] == dispute["dispute_id"]


def test_an_appeal_that_reopens_a_decision_leads_to_the_number_without_it(frozen: Context) -> None:
    value = world.number(frozen)
    dispute_id = world.contested(frozen, at(2, month=8))["dispute_id"]
    word = deciding.Word("data steward", at(3, month=8), "the terms were misread")
    assert deciding.reopen(frozen, "birchport-terms", word, dispute_id)["valid_until"] == date(2026, 8, 2)
    upheld = world.answered(frozen, dispute_id, world.Answer.UPHELD, at(3, month=8))
    assert upheld["decision_id"] == "birchport-terms"  # as reopening it said
    made = world.corrected(frozen, at(4, month=8), dispute_id=dispute_id)
    assert (made["old_value"], made["new_value"]) == (0.9, value["value"])
    assert value["value"] != value["decided_value"]
    assert told(frozen) == []


def test_a_decision_that_a_city_contests_in_the_preview_is_left_out_for_good(observed: Context) -> None:
    world.in_force(observed)
    world.opened(observed)
    assert world.number(observed)["decided_status"] == "ok"
    world.previewed(observed)
    first, second = (world.contested(observed, claim=claim)["dispute_id"] for claim in ("it is wrong", "another"))
    deciding.reopen(observed, "birchport-terms", deciding.Word("data steward", at(7), "misread"), first)
    for dispute_id in (first, second):  # the second takes the city anew as well
        world.answered(observed, dispute_id, world.Answer.UPHELD)
        assert world.number(observed)["decided_status"] is None


@pytest.mark.parametrize("what", ["version", "before"])
def test_decisions_alone_tell_numbers_as_decided_from_measured_ones(observed: Context, what: str) -> None:
    """Or what an upgrade moved, or a day before that was replayed, would be told as the decision's doing."""
    with observed.warehouse() as warehouse:
        run = warehouse.current_run(CITY, DAY)
        assert run is not None
        assert run.catalog_attempt is not None
        if what == "version":
            with warehouse.engine.begin() as connection:
                connection.execute(sa.text("UPDATE run SET method_version = '0.0.1'"))
        else:
            manifest = observed.lake.manifest(run.catalog_attempt) or {}
            observed.lake.rewrite(run.catalog_attempt, {**manifest, "before": "catalog/demo/2026-06-29/gone"}, {})
    world.opened(observed)  # as measured, which needs no more than it has
    world.in_force(observed)
    with pytest.raises(ConfigurationError, match=rf"{CITY} {DAY}: was .* replay it first \(civicgauge replay {CITY}"):
        world.opened(observed)
    (again,) = observing.replay(observed, [CITY], DAY, DAY)
    assert again.outcome == "complete"
    world.opened(observed)
    assert world.number(observed)["decided_status"] == "ok"


def test_an_act_that_is_dated_back_says_when_it_was_entered(frozen: Context) -> None:
    acts = [row for row in world.rows(frozen, "audit") if row["action"].partition(".")[0] != "decision"]
    entered = [datetime.fromisoformat(json.loads(row["details"])["entered_at"]) for row in acts]
    assert len(acts) == len(entered) == 9
    assert all(abs(datetime.now(UTC) - each) < timedelta(hours=2) for each in entered)
    asked = world.Opening("2026-now", "Now", DAY, "programme lead", (CITY,))
    world.editions.opened(frozen, asked, datetime.now(UTC))
    assert "entered_at" not in json.loads(world.rows(frozen, "audit", subject="2026-now")[0]["details"])


def test_a_dispute_is_of_an_entry_that_the_city_had(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    for entry in ({"portal_id": "main", "dataset_id": "no-such"}, {"portal_id": "no-such"}):
        with pytest.raises(ConfigurationError, match=f"{CITY} never had an entry of .*no-such; look at"):
            world.contested(observed, **entry)
    (entry,) = observed.city(CITY).datasets
    assert world.contested(observed, portal_id=entry.portal, dataset_id=entry.id)["dataset_id"] == entry.id


# ---------------------------------------------------------------- what the warehouse says


def test_a_dispute_that_is_gone_or_another_is_missed(frozen: Context) -> None:
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.change("dispute", {"by": "mayor"}, dispute_id=f"{ID}-d1")
    assert told(frozen) == [("dispute", f"{ID}-d1 is not what the audit says")]
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.remove("dispute", dispute_id=f"{ID}-d1")
    assert told(frozen) == [("dispute", f"{ID}-d1 is gone")]


def test_a_dispute_of_an_edition_with_a_longer_name_is_not_its_own(frozen: Context) -> None:
    other = f"{ID}-d-trial"  # its first dispute is called 2026-h1-d-trial-d1
    world.opened(frozen, edition_id=other)
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.change("edition", {"state": "preview", "preview_until": date(2026, 7, 16)}, edition_id=other)
    asked = world.Claim(other, CITY, "ours", "open data officer")
    dispute = world.disputes.disputed(frozen, asked, at(6))
    world.in_force(frozen, "another")
    world.answered(frozen, dispute["dispute_id"], world.Answer.UPHELD)
    assert told(frozen) == []


def test_words_taken_out_of_the_audit_without_a_withdrawal_are_missed(frozen: Context) -> None:
    erratum = world.rows(frozen, "audit", action="erratum.made")[0]["number"]
    with frozen.warehouse() as warehouse:
        with warehouse.engine.begin() as connection:  # as the database allows it for what a city withdraws
            connection.execute(
                sa.text("UPDATE audit SET reason = NULL, details = NULL WHERE number = :number"), {"number": erratum}
            )
        with warehouse.reviews.desk() as desk:
            desk.change("erratum", {"new_value": 0.1}, erratum_id=f"{ID}-e1")
        assert warehouse.reviews.broken_link() == erratum
    assert ("audit", f"row {erratum} does not fit the one before it: the audit was changed around its guard") in told(
        frozen
    )
    purging.purge(frozen, Scope(CITY), "data steward", "asked by the city", at(5, month=8))
    with frozen.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None


# ---------------------------------------------------------------- what the lake says


def test_a_tombstone_that_no_act_speaks_of_hides_nothing(frozen: Context) -> None:
    (city,) = world.rows(frozen, "edition_city")
    folder, lake = city["results_attempt"], frozen.lake
    manifest = lake.manifest(folder)
    assert manifest is not None
    scope = Scope(CITY, "main", "made-up")
    listed = canonical_json({f"{folder}/{name}": "0" * 64 for name in ("parts.parquet", "manifest.json")})
    about = {
        "scope": asdict(scope),
        "by": "nobody",
        "reason": "none",
        "at": at(2, month=8).isoformat(),
        "sha256": hashlib.sha256(listed).hexdigest(),
        "days": [],
        "rows": {},
        "files_count": 1,
        "files": {},
    }
    lake.rewrite(scope.folder, about, {"inventory.json": listed})
    changed = {**manifest, "withdrawn": [{"tombstone": scope.key}]}
    lake.rewrite(folder, changed, {"parts.parquet": b"other bytes"})
    found = proving.verified(frozen, ID, date(2026, 9, 1))
    assert found.withdrawn == []
    assert {(each.folder, each.file, each.told) for each in found.findings} == {
        (folder, "manifest.json", "is changed"),
        (folder, "parts.parquet", "is changed"),
    }


def test_evidence_past_its_time_is_counted_by_cities(frozen: Context) -> None:
    with frozen.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        (row,) = desk.rows("edition_city")
        (erratum,) = desk.rows("erratum")
        proof = {"evidence_attempt": row["results_attempt"], "evidence_digest": "e" * 64}
        desk.add("erratum", {**erratum, **proof, "erratum_id": f"{ID}-e2"})
    frozen.lake.remove_all(f"kept/{CITY}/{DAY}")
    assert proving.verified(frozen, ID, date(2031, 1, 1)).let_go == 1
    assert json.dumps([each for each in told(frozen, date(2031, 1, 1)) if each[0] != "erratum"]) == "[]"
