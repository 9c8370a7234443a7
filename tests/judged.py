"""What people judged in an observed world: an edition of each state, decisions, disputes, corrections, the audit.

The rows are written on the desk of reviews, so that pages and exports are tried on all of them whatever commands do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.reviews import Act, ReviewDesk

AT, DAY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC), date(2026, 6, 30)
EARLIER = AT - timedelta(days=20)
FROZEN, PREVIEW, DRAFT, ABANDONED = "2026-h1", "2026-look", "2026-next", "2026-old"
STATES = {
    FROZEN: ("frozen", "First half of 2026"),
    PREVIEW: ("preview", "Summer of 2026"),
    DRAFT: ("draft", "Second half of 2026"),
    ABANDONED: ("abandoned", "A trial"),
}
INDICATOR, CORRECTED = "licence_stated_share", "promises_kept_share"
SIGNER, CLAIM, WAITS = "Ada Quillfeather", "Our licence is stated on every page.", "zyxomma is not decided yet"
EVIDENCE, CONTENT = (hashlib.sha256(word).hexdigest() for word in (b"evidence", b"content"))
_KEPT = (
    *("city_id", "indicator_id", "indicator_version", "as_of", "value", "unit", "status", "numerator", "denominator"),
    *("n_unknown", "value_low", "value_high", "direction", "input_digest", "reason", "band", "run_id"),
)
Dataset = tuple[str, str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _City:
    """One city of the world: its entry that is decided on, the letter of its ids, its values of the day."""

    dataset: Dataset
    letter: str
    row: Row
    values: Sequence[Row]

    @property
    def city_id(self) -> str:
        return self.dataset[0]

    def of(self, indicator_id: str) -> Row:
        """Its value of the indicator; the last of all where it has none."""
        return next((row for row in self.values if row["indicator_id"] == indicator_id), self.values[-1])


def judge(context: Context, datasets: Sequence[Dataset], text: str = "The terms were read.") -> None:
    """Judge DAY of these cities; of each (city, portal, id) is what is decided on. `text`: what people write."""
    with Warehouse(context.settings.warehouse) as warehouse:
        rows = {row["city_id"]: row for row in warehouse.rows("city")}
        cities = [
            _City(each, "abc"[n], rows[each[0]], warehouse.rows("indicator_value", city_ids=[each[0]], day=DAY))
            for n, each in enumerate(datasets)
        ]
        with warehouse.reviews.desk() as desk:
            for edition_id, (state, title) in STATES.items():
                desk.add("edition", edition(edition_id, state, title))
                for city in cities:
                    desk.add("edition_city", _city(edition_id, city.row))
                    desk.add("edition_value", *(_value(edition_id, row, city) for row in city.values))
            _signed(desk)
            for city in cities:
                _decided(desk, city, text)
                _contested(desk, city, text)
                _corrected(desk, city, text)


def edition(edition_id: str, state: str, title: str, **more: Any) -> dict[str, Any]:
    """A row of `edition`."""
    shown = {"preview_from": DAY, "preview_until": DAY + timedelta(days=14), "content_digest": CONTENT}
    frozen = {"frozen_at": AT, "frozen_by": "head of certification", "keep_until": date(2030, 7, 1)}
    return {
        "edition_id": edition_id,
        "title": title,
        "as_of": DAY,
        "state": state,
        "opened_at": EARLIER,
        "opened_by": "data steward",
        "method_version": "1.0",
        **(shown if state in ("preview", "frozen") else {}),
        **(frozen if state == "frozen" else {}),
        **more,
    }


def decision(decision_id: str, dataset: Dataset, **more: Any) -> dict[str, Any]:
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
        "made_at": EARLIER,
        "seconded_at": EARLIER + timedelta(days=1),
        **more,
    }


def _city(edition_id: str, city: Row) -> dict[str, Any]:
    named = {name: city[name] for name in ("city_id", "name", "publication")}
    taken = {"measured_on": DAY, "as_of": EARLIER, "run_id": f"run-{city['city_id']}", "outcome": "complete"}
    return {"edition_id": edition_id, **named, **taken, "evidence_digest": EVIDENCE}


def _value(edition_id: str, row: Row, city: _City) -> dict[str, Any]:
    of = {"edition_id": edition_id, "measured_on": row["day"], "row_digest": "d" * 64}
    made = {name: row[name] for name in _KEPT} | of | {"evidence": row["evidence"] or "/".join(city.dataset[1:])}
    numbers = {"value": 0.75, "status": "ok", "n_unknown": 1, "low": 0.7, "high": 0.8}
    decided = {f"decided_{name}": number for name, number in numbers.items()}
    is_changed = row is city.of(INDICATOR)
    return made | (decided | {"decisions": json.dumps([f"{city.letter}-1"])} if is_changed else {})


def _signed(desk: ReviewDesk) -> None:
    """Two signatures under the frozen one, and one that counts and one that lapsed under the other."""
    for edition_id, digests in ((FROZEN, (CONTENT, CONTENT)), (PREVIEW, (CONTENT, "0" * 64))):
        for number, digest in enumerate(digests, 1):
            who = {"name": f"{SIGNER} {number}", "role": f"signer {number}", "signed_at": AT, "content_digest": digest}
            desk.add("edition_signature", {"edition_id": edition_id, "number": number, **who})
            desk.note(Act(AT, f"signer {number}", "edition.signed", edition_id, details={"number": number}))


def _decided(desk: ReviewDesk, city: _City, text: str) -> None:
    """One decision in force with the number that it changes, one ended, one that waits."""
    first, ended, waits = (f"{city.letter}-{n}" for n in (1, 2, 3))
    desk.add("decision", decision(first, city.dataset, reason=text))
    over = {"state": "ended", "valid_until": date(2026, 6, 15), "field": "ownership", "measured": "unknown"}
    desk.add("decision", decision(ended, city.dataset, **over, decided="own", reason=text))
    open_ = {"state": "proposed", "second_by": None, "seconded_at": None, "reason": WAITS, "made_at": AT}
    desk.add("decision", decision(waits, city.dataset, **open_))
    row = city.of(INDICATOR)
    kept = ("day", "city_id", "indicator_id", "indicator_version", "unit", "direction", "run_id")
    numbers = {"value": 0.75, "status": "ok", "n_unknown": 1, "value_low": 0.7, "value_high": 0.8}
    decided = {**{name: row[name] for name in kept}, **numbers, "decisions": json.dumps([first])}
    desk.add("decided_value", decided)
    desk.note(Act(AT, "data steward", "decision.proposed", waits, city.city_id, text, {"field": "licence_id"}))


def _contested(desk: ReviewDesk, city: _City, text: str) -> None:
    """A dispute in the preview that is open, and an appeal that was upheld."""
    named = dict(zip(("city_id", "portal_id", "dataset_id"), city.dataset, strict=True))
    claim = {"claim": f"{CLAIM} {text}", "evidence_url": "https://data.example.org/terms", "made_at": AT, "by": "clerk"}
    asked = {**named, **claim, "indicator_id": city.of(INDICATOR)["indicator_id"]}
    looked = {"dispute_id": f"{PREVIEW}-{city.letter}", "edition_id": PREVIEW, "phase": "preview", "state": "open"}
    appeal = {"dispute_id": f"{FROZEN}-{city.letter}", "edition_id": FROZEN, "phase": "appeal", "state": "upheld"}
    answer = {"decided_at": AT, "decided_by": "data steward", "answer": text, "decision_id": f"{city.letter}-1"}
    desk.add("dispute", {**asked, **looked})
    desk.add("dispute", {**asked, **appeal, **answer})


def _corrected(desk: ReviewDesk, city: _City, text: str) -> None:
    row = city.of(CORRECTED)
    names = {"value": "value", "status": "status", "low": "value_low", "high": "value_high"}
    old = {f"old_{name}": row[of] for name, of in names.items()}
    new = {"new_value": 0.5, "new_status": "ok", "new_low": 0.4, "new_high": 0.6}
    named = {name: row[name] for name in ("city_id", "indicator_id", "indicator_version")}
    made = {"reason": text, "made_at": AT, "by": "data steward", "second_by": "head of certification"}
    erratum_id = f"{FROZEN}-e-{city.letter}"
    desk.add("erratum", {"erratum_id": erratum_id, "edition_id": FROZEN, **named, **old, **new, **made})
    desk.note(Act(AT, "data steward", "edition.corrected", FROZEN, city.city_id, text))
