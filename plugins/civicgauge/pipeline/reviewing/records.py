"""What the warehouse itself says of an edition: its rows beside their digests, and beside the audit's chain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from civicgauge.pipeline.reviewing import past
from civicgauge.pipeline.reviewing.editions import content_of
from civicgauge.review import digests, editions
from civicgauge.review.editions import State
from civicgauge.warehouse.reviews import Reviews

Row = dict[str, Any]
_WAREHOUSE = "warehouse"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as it was written: where (a folder of the lake, or `warehouse`), which file or table, and what."""

    edition_id: str
    city_id: str
    folder: str
    file: str
    told: str


def findings(reviews: Reviews, edition: Row) -> list[Finding]:
    """Everything of an edition's rows that differs from its digests, its signatures, or the audit."""
    edition_id, found = edition["edition_id"], []
    for row in reviews.rows("edition_value", edition_id=edition_id):
        if digests.row_digest(row) != row["row_digest"]:
            told = f"{row['indicator_id']} (version {row['indicator_version']}) is not what its digest says"
            found.append(Finding(edition_id, row["city_id"], _WAREHOUSE, "edition_value", told))
    for table, told in (
        *_content(reviews, edition),
        *_acts(reviews, edition),
        *_signatures(reviews, edition),
        *_disputes(reviews, edition_id),
    ):
        found.append(Finding(edition_id, "", _WAREHOUSE, table, told))
    for table, told_by_city in (
        ("edition_city", _cities(reviews, edition_id)),
        ("erratum", _errata(reviews, edition_id)),
    ):
        found += [Finding(edition_id, city_id, _WAREHOUSE, table, told) for city_id, told in told_by_city]
    if (link := reviews.broken_link()) is not None:
        told = f"row {link} does not fit the one before it: the audit was changed around its guard"
        found.append(Finding(edition_id, "", _WAREHOUSE, "audit", told))
    return found


def _content(reviews: Reviews, edition: Row) -> Iterator[tuple[str, str]]:
    if edition["content_digest"] is not None and content_of(reviews, edition) != edition["content_digest"]:
        yield "edition", "its cities and values are not those of its content digest"


def _details(row: Row) -> Mapping[str, Any]:
    """What the audit knows besides; nothing where it was withdrawn."""
    return json.loads(row["details"]) if row["details"] else {}


def _acts(reviews: Reviews, edition: Row) -> Iterator[tuple[str, str]]:
    """The edition's row beside its acts in the audit, the last of each kind."""
    acts = {row["action"]: row for row in reviews.rows("audit", subject=edition["edition_id"])}
    expected: dict[str, Any] = {"state": State.DRAFT.value}
    for action, state, at, by in (
        ("edition.opened", State.DRAFT, "opened_at", "opened_by"),
        ("edition.previewed", State.PREVIEW, None, None),
        ("edition.frozen", State.FROZEN, "frozen_at", "frozen_by"),
        ("edition.abandoned", State.ABANDONED, None, None),
    ):
        if (row := acts.get(action)) is None:
            continue
        told = {name: value for name, value in _details(row).items() if name in edition}
        expected |= {"state": state.value, **told}
        expected |= {at: row["at"], by: row["by"]} if at and by else {}
    if expected["state"] == State.PREVIEW:
        expected["content_digest"] = _newest_content(reviews, edition["edition_id"], expected.get("content_digest"))
    for name, value in expected.items():
        if value is not None and _word(edition[name]) != _word(value):
            yield "edition", f"its {name} is not what the audit says: {_word(edition[name])}, not {_word(value)}"


def _cities(reviews: Reviews, edition_id: str) -> Iterator[tuple[str, str]]:
    """Rows of cities that are not those that were shown to them, or taken anew since."""
    expected: dict[str, str | None] = {}
    for row in (*reviews.rows("audit", subject=edition_id, action="edition.previewed"), *_decided(reviews, edition_id)):
        if row["details"] is None and row["city_id"]:
            expected[row["city_id"]] = None  # withdrawn: not known any more
        expected |= _details(row).get("city_digests", {})
    held = {row["city_id"]: digests.row_digest(row) for row in reviews.rows("edition_city", edition_id=edition_id)}
    for city_id, digest in expected.items():
        if digest is not None and held.get(city_id) != digest:
            yield city_id, "is gone" if city_id not in held else "is not the row that was shown to the city"
    for city_id in sorted(held.keys() - expected.keys()) if expected else ():
        yield city_id, "was not shown to the city"


def _decided(reviews: Reviews, edition_id: str) -> list[Row]:
    """The acts by which disputes of an edition were decided."""
    rows = reviews.rows("audit", action="dispute.decided")
    return [row for row in rows if past.is_dispute_of(row["subject"], edition_id)]


def _newest_content(reviews: Reviews, edition_id: str, first: str | None) -> str | None:
    """The content digest after the last dispute that was upheld in the preview; None where the words were withdrawn."""
    mine = _decided(reviews, edition_id)
    if any(row["details"] is None for row in mine):
        return None
    told = [digest for row in mine if (digest := _details(row).get("content_digest"))]
    return told[-1] if told else first


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _signatures(reviews: Reviews, edition: Row) -> Iterator[tuple[str, str]]:
    edition_id = edition["edition_id"]
    rows = reviews.rows("edition_signature", edition_id=edition_id)
    acts = reviews.rows("audit", subject=edition_id, action="edition.signed")
    written = {int(told["number"]): told for row in acts if (told := _details(row))}
    for row in rows:
        act = written.get(row["number"])
        if act is None or act["signature_digest"] != digests.row_digest(row):
            yield "edition_signature", f"signature {row['number']} is not the one that was given"
    for number in sorted(written.keys() - {row["number"] for row in rows}):
        yield "edition_signature", f"signature {number} is gone"
    if edition["state"] == State.FROZEN and (wrong := editions.two_signed(edition, rows)):
        yield "edition_signature", wrong


def _disputes(reviews: Reviews, edition_id: str) -> Iterator[tuple[str, str]]:
    """Disputes beside their last act: when it was made, or when it was decided."""
    rows = {row["dispute_id"]: row for row in reviews.rows("dispute", edition_id=edition_id)}
    acts = reviews.rows("audit", action=("dispute.made", "dispute.decided"))
    last = {act["subject"]: act for act in acts if past.is_dispute_of(act["subject"], edition_id)}
    for dispute_id, row in rows.items():
        act = last.get(dispute_id)
        is_withdrawn = act is not None and act["details"] is None
        if not is_withdrawn and (act is None or _details(act).get("row_digest") != digests.dispute_digest(row)):
            yield "dispute", f"{dispute_id} is not what the audit says"
    for dispute_id in sorted(last.keys() - rows.keys()):
        if last[dispute_id]["details"] is not None:
            yield "dispute", f"{dispute_id} is gone"


def _errata(reviews: Reviews, edition_id: str) -> Iterator[tuple[str, str]]:
    rows = {row["erratum_id"]: row for row in reviews.rows("erratum", edition_id=edition_id)}
    acts = reviews.rows("audit", action="erratum.made")
    written = {row["subject"]: row for row in acts if row["subject"].startswith(f"{edition_id}-e")}
    for erratum_id, row in rows.items():
        told = written.get(erratum_id)
        is_withdrawn = told is not None and told["details"] is None
        if not is_withdrawn and (told is None or _details(told)["row_digest"] != digests.row_digest(row)):
            yield row["city_id"], f"{erratum_id} is not the one that was made"
    for erratum_id in sorted(written.keys() - rows.keys()):
        if _details(written[erratum_id]).get("edition_id") == edition_id:
            yield written[erratum_id]["city_id"], f"{erratum_id} is gone"
