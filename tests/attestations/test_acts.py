"""Proposed by one, approved or refused by a second person, withdrawn: each with its row in the audit."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.assessing import rows
from civicgauge.pipeline.attestdoors import settle_attestation
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import attestations, proofs
from civicgauge.pipeline.reviewing.attestations import approve, holding, listed, propose, refuse, said_of, withdraw
from civicgauge.review.attesting import FIELDS, NotTaken
from civicgauge.web import Limits
from tests.attestations.conftest import AT, CITY, DAY, STANDARD, entry, write_city

NAMES = dict(zip(FIELDS, FIELDS, strict=True))


def proposed(context: Context, **more: Any) -> str:
    found = propose(context, entry(**more), at=AT, source="command", names=NAMES)
    assert found.is_new
    return str(found.row["attestation_id"])


def audit(context: Context) -> list[tuple[str, str, str, str | None]]:
    with context.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None
        return [(r["action"], r["by"], r["subject"], r["reason"]) for r in warehouse.reviews.rows("audit")]


def attested(context: Context, day: date = DAY) -> dict[str, dict[str, Any]]:
    """The rows of `criterion_evidence` of a city of which nothing was measured."""
    with context.warehouse() as warehouse:
        held = holding(warehouse, context.city(CITY), day)
    return {row["criterion"]: row for row in rows(held, [], []) if row["standard"] == STANDARD}  # type: ignore[misc]


def test_it_counts_from_a_second_persons_word_on(context: Context) -> None:
    key = proposed(context)
    assert attested(context)["DM1"]["attested_stance"] is None
    with pytest.raises(NotTaken, match="a second person has to agree"):
        approve(context, key, by="Data  STEWARD", at=AT)
    approve(context, key, by="city council", at=AT, reason="read the minutes")
    row = attested(context)["DM1"]
    assert (row["attested_stance"], row["attested_by"], row["expires_at"]) == (
        "in_line", "data steward", date(2027, 10, 14),
    )  # fmt: skip
    assert (row["stance"], row["is_contradicted"]) == ("not_observed", False)
    assert attested(context, date(2026, 10, 14))["DM1"]["attested_stance"] is None
    assert audit(context) == [
        ("attestation.proposed", "data steward", key, "A data governance board meets every quarter."),
        ("attestation.approved", "city council", key, "read the minutes"),
    ]


def test_what_a_second_person_says_is_cleaned_as_every_reason_is(context: Context) -> None:
    key = proposed(context)
    approve(context, key, by="city council", at=AT, reason="read it\x1b[2J\nask me@alpha.example \u202e" + "x" * 900)
    said = audit(context)[-1][3] or ""
    assert said.startswith("read it[2J ask (address left out) xxx")
    assert (len(said), said.isprintable()) == (500, True)
    other = proposed(context, statement="Another board meets.")
    told = settle_attestation(other, AT, "city council", approve=False, reason="\u200b")
    assert told["done"]
    assert audit(context)[-1][3] == "no reason was given"


def test_what_was_settled_is_not_settled_again(context: Context) -> None:
    key = proposed(context)
    refuse(context, key, by="city council", reason="nothing of the kind is written there", at=AT)
    for act in (approve, refuse):
        more = {"reason": "again"} if act is refuse else {}
        with pytest.raises(NotTaken, match=f"{key}: it is refused already, by city council"):
            act(context, key, by="mayor's office", at=AT, **more)
    with pytest.raises(NotTaken, match="it is refused already"):
        withdraw(context, key, by="data steward", reason="a slip", at=AT)
    with pytest.raises(NotTaken, match=r"there is no attestation 'dm1-0'; `civicgauge attest list --all`"):
        approve(context, "dm1-0", by="city council", at=AT)
    assert [each[0] for each in audit(context)] == ["attestation.proposed", "attestation.refused"]


def test_what_is_withdrawn_holds_no_more(context: Context) -> None:
    key = proposed(context)
    approve(context, key, by="city council", at=AT)
    with pytest.raises(ConfigurationError, match="say why"):
        withdraw(context, key, by="data steward", reason=" ", at=AT)
    withdraw(context, key, by="data steward", reason="the board was dissolved; ask me@alpha.example", at=AT)
    assert attested(context)["DM1"]["attested_stance"] is None
    assert audit(context)[-1][3] == "the board was dissolved; ask (address left out)"


def test_what_expired_while_it_waited_is_not_approved(context: Context) -> None:
    key = proposed(context, valid_until="2026-11-02")
    with pytest.raises(NotTaken, match="it expired on 2026-11-02"):
        approve(context, key, by="city council", at=AT + timedelta(days=3))


def test_the_same_words_are_the_same_attestation(context: Context) -> None:
    key = proposed(context)
    again = propose(context, entry(), at=AT + timedelta(days=1), source="form", names=NAMES)
    assert (again.is_new, again.row["attestation_id"], again.row["source"]) == (False, key, "command")
    assert len(audit(context)) == 1


def test_the_citys_file_counts_as_it_stands_and_the_latest_said_of_both(context: Context) -> None:
    told = "attestations:\n- {criterion: DM1, stance: differs, by: board, said_on: 2026-01-01, until: 2026-12-31}\n"
    write_city(context, CITY, told)
    assert attested(context)["DM1"]["attested_stance"] == "differs"
    approve(context, proposed(context), by="city council", at=AT)
    assert attested(context)["DM1"]["attested_stance"] == "in_line"
    with context.warehouse() as warehouse:
        assert [each.by for each in said_of(warehouse, context.city(CITY))] == ["board", "data steward"]
    after = attested(context, date(2027, 11, 1))["DM1"]
    assert (after["attested_stance"], after["expires_at"], after["is_contradicted"]) == (None, date(2027, 10, 14), None)


def test_a_list_of_what_holds_what_waits_and_what_ends_soon(context: Context) -> None:
    told = "attestations:\n- {criterion: LC1, stance: in_line, by: board, said_on: 2026-01-01, until: 2026-12-31}\n"
    write_city(context, CITY, told)
    approve(context, proposed(context, criterion="OD1", valid_until="2026-11-20"), by="city council", at=AT)
    proposed(context, criterion="DM2", valid_until="2026-11-20")
    refuse(context, proposed(context, criterion="DM3"), by="city council", reason="no", at=AT)

    def shown(**how: Any) -> list[tuple[str, str, bool]]:
        at = how.pop("at", AT)
        return [(each.criterion, each.state, each.has_expired) for each in listed(context, at, [], **how)]

    assert shown() == [("DM2", "proposed", False), ("LC1", "approved", False), ("OD1", "approved", False)]
    assert shown(expiring=True) == [("LC1", "approved", False), ("OD1", "approved", False)]
    later = AT + timedelta(days=30)
    assert shown(at=later) == [("DM2", "proposed", True), ("LC1", "approved", False)]
    assert ("OD1", "approved", True) in shown(at=later, every=True)
    assert listed(context, AT, ["us-mo-beta"]) == []


def test_a_proof_is_read_once_for_its_digest_and_length(context: Context, proofs: str) -> None:
    address, text = f"{proofs}/minutes.html", b"<p>The board met.</p>"
    found = propose(context, entry(evidence=address, digest=""), at=AT, source="form", names=NAMES).row
    told = (found["evidence_url"], found["evidence_digest"], found["evidence_bytes"])
    assert told == (address, hashlib.sha256(text).hexdigest(), len(text))


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_a_proof_that_cannot_be_read_says_what_to_give_instead(
    context: Context, proofs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(retries=0, retry_total_seconds=1, connect_timeout_seconds=1)
    monkeypatch.setattr("civicgauge.pipeline.context.LIMITS", limits)
    for address, words in ((f"{proofs}/gone", "404"), ("http://127.0.0.1:9/x", "127.0.0.1")):
        with pytest.raises(NotTaken, match=r"(?s)evidence: the proof could not be read: .*Give its SHA-256") as told:
            propose(context, entry(evidence=address, digest=""), at=AT, source="form", names=NAMES)
        assert words in str(told.value)
    monkeypatch.setattr("civicgauge.pipeline.reviewing.proofs.LARGEST_BYTES", 4)
    with pytest.raises(NotTaken, match=r"larger than|too large|more than"):
        propose(context, entry(evidence=f"{proofs}/minutes.html", digest=""), at=AT, source="form", names=NAMES)
    monkeypatch.setenv("CIVICGAUGE_ALLOW_PRIVATE_HOSTS", "0")
    guarded, told_to = Context.from_environment(), entry(evidence=f"{proofs}/minutes.html", digest="")
    with pytest.raises(NotTaken, match="private, loopback or reserved"):
        propose(guarded, told_to, at=AT, source="form", names=NAMES)
    assert audit(context) == []


def test_a_local_file_gives_its_digest_alone(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_bytes(b"met")
    assert proofs.of_file(tmp_path / "minutes.txt", "--evidence") == proofs.Proof(hashlib.sha256(b"met").hexdigest(), 3)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(NotTaken, match=r"--evidence: .*is empty; it proves nothing"):
        proofs.of_file(tmp_path / "empty.txt", "--evidence")
    with pytest.raises(NotTaken, match=r"--evidence: .*cannot be read: no such file"):
        proofs.of_file(tmp_path / "none.txt", "--evidence")


@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_all_that_is_wrong_is_named_and_nothing_is_written(context: Context) -> None:
    with pytest.raises(NotTaken) as told:
        propose(context, entry(city="elsewhere", criterion="ZZ9", role=""), at=AT, source="form", names=NAMES)
    assert [problem.partition(":")[0] for problem in told.value.problems] == ["city", "criterion", "role"]
    assert audit(context) == []
    assert attestations.known_cities(context, ["elsewhere", CITY]).keys() == {CITY}
