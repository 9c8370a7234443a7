"""What people judged in an observed world: an edition of each state, decisions, disputes, corrections, the audit.

The rows are written on the desk of reviews, so that pages and exports are tried on all of them whatever commands do.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.reviews import Act, ReviewDesk

AT = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 30)
FROZEN, PREVIEW, DRAFT, ABANDONED = "2026-h1", "2026-h1-look", "2026-h2", "2026-old"
INDICATOR, COUNTED = "licence_stated_share", "promises_kept_share"
SIGNER, CLAIM, DRAFT_REASON = "Ada Quillfeather", "our licence is stated on every page", "zyxomma is not decided yet"
EVIDENCE, CONTENT = "e" * 64, "c" * 64
_KEPT = (
    *("city_id", "indicator_id", "indicator_version", "as_of", "value", "unit", "status", "numerator", "denominator"),
    *("n_unknown", "value_low", "value_high", "direction", "input_digest", "reason", "band", "evidence", "run_id"),
)


def judge(
    context: Context, city_ids: list[str], dataset: tuple[str, str, str], text: str = "The text was read"
) -> None:
    """Judge the newest day of these cities; `dataset` is (city, portal, id); `text` stands wherever people write."""
    with Warehouse(context.settings.warehouse) as warehouse:
        values = {each: warehouse.rows("indicator_value", city_ids=[each], day=DAY) for each in city_ids}
        cities = {row["city_id"]: row for row in warehouse.rows("city")}
        with warehouse.reviews.desk() as desk:
            for edition_id, state in (
                (FROZEN, "frozen"),
                (PREVIEW, "preview"),
                (DRAFT, "draft"),
                (ABANDONED, "abandoned"),
            ):
                desk.add("edition", edition(edition_id, state, f"{text} of {edition_id}"))
                for city_id in city_ids:
                    desk.add("edition_city", _city(edition_id, cities[city_id]))
                    desk.add("edition_value", *(_value(edition_id, row) for row in values[city_id]))
            _signed(desk)
            _decided(desk, dataset, text, values[dataset[0]])
            _contested(desk, dataset, text)
            _corrected(desk, dataset[0], values[dataset[0]], text)


def edition(edition_id: str, state: str, title: str, **more: Any) -> dict[str, Any]:
    """A row of `edition`."""
    shown = {"preview_from": DAY, "preview_until": DAY + timedelta(days=14), "content_digest": CONTENT}
    frozen = {"frozen_at": AT, "frozen_by": "head of certification", "keep_until": date(2030, 7, 1)}
    return {
        "edition_id": edition_id,
        "title": title,
        "as_of": DAY,
        "state": state,
        "opened_at": AT,
        "opened_by": "data steward",
        "method_version": "1.0",
        **(shown if state in ("preview", "frozen") else {}),
        **(frozen if state == "frozen" else {}),
        **more,
    }


def decision(decision_id: str, dataset: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """A row of `decision`, in force."""
    city_id, portal_id, dataset_id = dataset
    return {
        "decision_id": decision_id,
        "city_id": city_id,
        "portal_id": portal_id,
        "dataset_id": dataset_id,
        "field": "licence_id",
        "measured": "unrecognised",
        "decided": "CC-BY-4.0",
        "reason": "the licence text was read",
        "evidence_url": "https://data.example.org/terms",
        "evidence_digest": EVIDENCE,
        "by": "data steward",
        "second_by": "head of certification",
        "valid_from": date(2026, 6, 1),
        "state": "in_force",
        "made_at": AT - timedelta(days=20),
        "seconded_at": AT - timedelta(days=19),
        **more,
    }


def _city(edition_id: str, city: Any) -> dict[str, Any]:
    return {
        "edition_id": edition_id,
        "city_id": city["city_id"],
        "name": city["name"],
        "publication": city["publication"],
        "measured_on": DAY,
        "as_of": AT,
        "run_id": f"run-{city['city_id']}",
        "outcome": "complete",
        "evidence_digest": EVIDENCE,
    }


def _value(edition_id: str, row: Any) -> dict[str, Any]:
    told = {name: row[name] for name in _KEPT}
    changed = row["indicator_id"] == INDICATOR
    decided = {
        "decided_value": 0.75,
        "decided_status": "ok",
        "decided_n_unknown": 1,
        "decided_low": 0.7,
        "decided_high": 0.8,
        "decisions": json.dumps(["d-1"]),
    }
    made = {
        "edition_id": edition_id,
        "measured_on": row["day"],
        "evidence": row["evidence"] or "",
        "row_digest": "d" * 64,
    }
    return told | made | (decided if changed else {})


def _signed(desk: ReviewDesk) -> None:
    for edition_id, digests in ((FROZEN, (CONTENT, CONTENT)), (PREVIEW, (CONTENT, "0" * 64))):
        for number, digest in enumerate(digests, 1):
            role = f"signer {number}"
            row = {
                "number": number,
                "name": f"{SIGNER} {number}",
                "role": role,
                "signed_at": AT,
                "content_digest": digest,
            }
            desk.add("edition_signature", {"edition_id": edition_id, **row})
            desk.note(Act(AT, role, "edition.signed", edition_id, details={"number": number}))


def _decided(desk: ReviewDesk, dataset: tuple[str, str, str], text: str, values: Any) -> None:
    desk.add("decision", decision("d-1", dataset, reason=text, measured=text, decided=text))
    ended = {"state": "ended", "valid_until": date(2026, 6, 15), "field": "ownership", "replaces": "d-1"}
    desk.add("decision", decision("d-2", dataset, **ended))
    waits = {"state": "proposed", "second_by": None, "seconded_at": None, "reason": DRAFT_REASON, "made_at": AT}
    desk.add("decision", decision("d-3", dataset, **waits))
    for row in values:
        if row["indicator_id"] == INDICATOR:
            kept = ("day", "city_id", "indicator_id", "indicator_version", "unit", "direction", "run_id")
            told = {name: row[name] for name in kept}
            numbers = {"value": 0.75, "status": "ok", "n_unknown": 1, "value_low": 0.7, "value_high": 0.8}
            desk.add("decided_value", {**told, **numbers, "decisions": json.dumps(["d-1"])})
    desk.note(Act(AT, "data steward", "decision.proposed", "d-3", dataset[0], text, {"field": "licence_id"}))


def _contested(desk: ReviewDesk, dataset: tuple[str, str, str], text: str) -> None:
    city_id, portal_id, dataset_id = dataset
    asked = {
        "city_id": city_id,
        "portal_id": portal_id,
        "dataset_id": dataset_id,
        "indicator_id": INDICATOR,
        "by": "clerk",
    }
    made = {"claim": f"{CLAIM}. {text}", "evidence_url": "https://data.example.org/terms", "made_at": AT}
    answered = {"decided_at": AT, "decided_by": "data steward", "answer": text, "decision_id": "d-1"}
    asked |= made
    desk.add("dispute", {"dispute_id": "x-1", "edition_id": PREVIEW, "phase": "preview", "state": "open", **asked})
    more = {"dispute_id": "x-2", "edition_id": FROZEN, "phase": "appeal", "state": "upheld"}
    desk.add("dispute", {**asked, **more, **answered})


def _corrected(desk: ReviewDesk, city_id: str, values: Any, text: str) -> None:
    row = next(each for each in values if each["indicator_id"] == COUNTED)
    old = {
        "old_value": row["value"],
        "old_status": row["status"],
        "old_low": row["value_low"],
        "old_high": row["value_high"],
    }
    new = {"new_value": 0.5, "new_status": "ok", "new_low": 0.4, "new_high": 0.6}
    named = {"indicator_id": COUNTED, "indicator_version": row["indicator_version"], "dispute_id": "x-2"}
    made = {"reason": text, "made_at": AT, "by": "data steward", "second_by": "head of certification"}
    desk.add(
        "erratum",
        {"erratum_id": "2026-h1-e1", "edition_id": FROZEN, "city_id": city_id, **named, **old, **new, **made},
    )
    desk.note(Act(AT, "data steward", "edition.corrected", FROZEN, city_id, text))
