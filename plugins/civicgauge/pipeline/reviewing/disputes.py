"""Cities contest an edition: in its preview, or by an appeal while its evidence is kept; staff decide and say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from civicgauge import clean
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import past, taking
from civicgauge.pipeline.reviewing.editions import content_of, edition_of
from civicgauge.review import digests, editions, said
from civicgauge.review.editions import Answer, Phase, State
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.review_tables import DISPUTE
from civicgauge.warehouse.reviews import Act, ReviewDesk
from civicgauge.warehouse.values import plain_row

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a city contests: a number, an entry, or all of it; with its evidence where it gives any."""

    edition_id: str
    city_id: str
    claim: str
    by: str
    indicator_id: str | None = None
    portal_id: str = ""
    dataset_id: str = ""
    evidence_url: str | None = None
    evidence_digest: str | None = None


class AlreadyContested(ConfigurationError):
    """The same was said of the same before; `dispute_id` is how it was entered."""

    def __init__(self, dispute_id: str, made_at: datetime) -> None:
        super().__init__(f"the same is entered already, as {dispute_id}, on {made_at:%Y-%m-%d}; nothing was changed")
        self.dispute_id, self.made_at = dispute_id, made_at

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.dispute_id, self.made_at)


_SHOWN = ("edition.previewed", "edition.frozen")
_SAME = ("edition_id", "city_id", "portal_id", "dataset_id", "indicator_id", "phase", "claim", "evidence_url", "by")


def disputed(context: Context, asked: Claim, at: datetime, *, is_once: bool = False) -> Row:
    """Enter a dispute; returns its row. In a preview it must be decided before the edition is frozen.

    `is_once`: AlreadyContested where the same role said the same of the same, and did not take it back.
    """
    role, claim = said.role(asked.by), said.reason(asked.claim, "--claim")
    proof = said.evidence_digest(asked.evidence_digest) if asked.evidence_digest else None
    if asked.evidence_url and not clean.address(asked.evidence_url):
        raise ConfigurationError("--evidence: no http(s) address that can be linked to")
    if said.holds_mailbox(asked.evidence_url or ""):
        raise ConfigurationError("--evidence: holds an e-mail address; give one without")
    if asked.dataset_id and not asked.portal_id:
        raise ConfigurationError("--dataset needs --portal: an entry is one portal's")
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        edition = edition_of(desk, asked.edition_id)
        editions.may_be(edition, "contested")
        editions.not_before(edition, past.of_edition(desk, asked.edition_id, _SHOWN), at)
        _refuse_late(edition, at)
        _refuse_unknown(desk, asked)
        _refuse_no_entry(warehouse, asked)
        number = len(desk.rows("dispute", edition_id=asked.edition_id)) + 1
        while desk.one("dispute", dispute_id=f"{asked.edition_id}-d{number}"):
            number += 1
        made = {
            "dispute_id": f"{asked.edition_id}-d{number}",
            "edition_id": asked.edition_id,
            "city_id": asked.city_id,
            "portal_id": asked.portal_id,
            "dataset_id": asked.dataset_id,
            "indicator_id": asked.indicator_id,
            "phase": (Phase.APPEAL if edition["state"] == State.FROZEN else Phase.PREVIEW).value,
            "claim": claim,
            "evidence_url": asked.evidence_url,
            "evidence_digest": proof,
            "made_at": at.astimezone(UTC),
            "by": role,
            "state": "open",
        }
        if is_once:
            _refuse_same(desk, made)
        desk.add("dispute", made)
        told = {"edition_id": asked.edition_id, "phase": made["phase"], "indicator_id": asked.indicator_id}
        told |= {"row_digest": digests.dispute_digest(plain_row(DISPUTE, made)), **past.entered(at)}
        desk.note(Act(at, role, "dispute.made", f"{asked.edition_id}-d{number}", asked.city_id, claim, told))
        return made


def _refuse_same(desk: ReviewDesk, made: Row) -> None:
    same = desk.rows("dispute", **{name: made[name] for name in _SAME})
    standing = [each for each in same if each["state"] != Answer.WITHDRAWN.value]
    if standing:
        raise AlreadyContested(standing[0]["dispute_id"], standing[0]["made_at"])


def _refuse_late(edition: Row, at: datetime) -> None:
    """An appeal ends; a preview is open until the edition is frozen: what is known to be wrong is not frozen."""
    if edition["state"] == State.FROZEN and at.astimezone(UTC).date() > edition["keep_until"]:
        raise ConfigurationError(
            f"{edition['edition_id']}: appeals ended on {edition['keep_until']}; its evidence is no longer kept"
        )


def _refuse_unknown(desk: ReviewDesk, asked: Claim) -> None:
    where = {"edition_id": asked.edition_id, "city_id": asked.city_id}
    if desk.one("edition_city", **where) is None:
        raise ConfigurationError(f"{asked.city_id!r} is no city of {asked.edition_id}; see `civicgauge edition show`")
    if asked.indicator_id and not desk.rows("edition_value", **where, indicator_id=asked.indicator_id):
        raise ConfigurationError(f"--indicator: {asked.edition_id} holds no {asked.indicator_id!r} of {asked.city_id}")


def _refuse_no_entry(warehouse: Warehouse, asked: Claim) -> None:
    """An entry is one that was ever seen; one that is gone from its portal may be contested."""
    if not asked.portal_id:
        return
    seen = ((row["portal_id"], row["dataset_id"]) for row in warehouse.iter_rows("dataset", city_ids=[asked.city_id]))
    if not any(portal == asked.portal_id and asked.dataset_id in ("", dataset) for portal, dataset in seen):
        entry = clean.line(f"{asked.portal_id}/{asked.dataset_id}".rstrip("/"), 160)
        raise ConfigurationError(
            f"--dataset, --portal: {asked.city_id} never had an entry of {entry}; look at the ids (civicgauge export)"
        )


@dataclass(frozen=True, slots=True)
class Deciding:
    """What becomes of a dispute, by whom and why; `decision_id`: the decision that it led to, or reopened."""

    dispute_id: str
    answer: Answer
    by: str
    reason: str
    decision_id: str | None = None


def decided(context: Context, asked: Deciding, at: datetime) -> Row:
    """Decide a dispute; returns its row. Upheld in a preview, the city is taken anew with the decisions on it."""
    role, reason = said.role(asked.by), said.reason(asked.reason)
    with context.warehouse() as warehouse:
        dispute = dispute_of(warehouse, asked.dispute_id)
        is_taken = asked.answer is Answer.UPHELD and dispute["phase"] == Phase.PREVIEW
        decision_id = asked.decision_id or dispute["decision_id"]
        taken = _taken_anew(context, warehouse, dispute, decision_id) if is_taken else None
        with warehouse.reviews.desk() as desk:
            _refuse_decided(desk, asked, at)
            changed = {
                "state": asked.answer.value,
                "decided_at": at,
                "decided_by": role,
                "answer": reason,
                "decision_id": decision_id,
            }
            desk.change("dispute", changed, dispute_id=asked.dispute_id)
            told: Row = {"answer": asked.answer.value, "decision_id": decision_id}
            (row,) = desk.rows("dispute", dispute_id=asked.dispute_id)
            told |= {"row_digest": digests.dispute_digest(row), **past.entered(at)}
            if taken is not None:
                edition = edition_of(desk, dispute["edition_id"])
                editions.may_be(edition, "signed")  # still in its preview
                taking.written(desk, taken)
                told["content_digest"] = content_of(desk, edition)
                told["city_digests"] = {dispute["city_id"]: digests.row_digest(taken.city)}
                desk.change("edition", {"content_digest": told["content_digest"]}, edition_id=edition["edition_id"])
            desk.note(Act(at, role, "dispute.decided", asked.dispute_id, dispute["city_id"], reason, told))
        return dispute_of(warehouse, asked.dispute_id)


def _taken_anew(context: Context, warehouse: Warehouse, dispute: Row, decision_id: str | None) -> taking.Taken:
    """The city as it is now; without a decision that the dispute reopened, though it held on the day."""
    edition = edition_of(warehouse.reviews, dispute["edition_id"])
    place = (edition["edition_id"], edition["as_of"], dispute["city_id"])
    without = taking.reopened(warehouse.reviews, edition["edition_id"], dispute["city_id"], [decision_id])
    return taking.take(context, warehouse, *place, without)


def _refuse_decided(desk: ReviewDesk, asked: Deciding, at: datetime) -> None:
    dispute = desk.rows("dispute", dispute_id=asked.dispute_id)[0]
    if dispute["state"] != "open":
        raise ConfigurationError(f"{asked.dispute_id} is {dispute['state']} already; another dispute may be entered")
    edition = edition_of(desk, dispute["edition_id"])
    if dispute["phase"] == Phase.PREVIEW and edition["state"] != State.PREVIEW:
        raise ConfigurationError(
            f"{asked.dispute_id}: {edition['edition_id']} is {edition['state']}; nothing is to be decided"
        )
    if at < dispute["made_at"]:
        raise ConfigurationError(
            f"--at: {at:%Y-%m-%d %H:%M} is before {dispute['made_at']:%Y-%m-%d %H:%M} (UTC), when it was entered; the "
            "dates are crossed"
        )
    if asked.decision_id and desk.one("decision", decision_id=asked.decision_id) is None:
        raise ConfigurationError(f"--decision: {asked.decision_id!r} is no decision")


def dispute_of(warehouse: Warehouse, dispute_id: str) -> Row:
    """The dispute's row; ConfigurationError where there is none."""
    found = warehouse.reviews.one("dispute", dispute_id=dispute_id)
    if found is None:
        raise ConfigurationError(f"{dispute_id!r} is no dispute; see `civicgauge edition show`")
    return found
