"""What is carried from day to day: who was ever seen, who is absent today, what was added, found and removed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from civicgauge.landing import tables
from civicgauge.landing.subjects import subjects_of

if TYPE_CHECKING:
    from civicgauge.landing.catalogue import Reading

Row = dict[str, Any]
_IDENTITY = ("portal_id", "dataset_id", "title", "permalink", "kind", "publisher", "is_counted", "first_seen")
_A_YEAR = timedelta(days=366)


def unseen_rows(earlier: Iterable[Mapping[str, Any]], portal_kind: str, reason: str) -> list[Row]:
    """Rows for what counted (or may have) when last seen and is not seen today: the identity, every fact unknown."""
    rows = []
    for old in earlier:
        row: Row = dict.fromkeys(tables.DATASETS.names) | {key: old[key] for key in _IDENTITY}
        row |= {"portal_kind": portal_kind, "ownership": "unknown" if old["is_counted"] is None else "own"}
        row |= {"subjects": " ".join(subjects_of(old["title"]))}  # unknown, not unheard of
        row |= {"is_observed": False, "freshness_status": "unknown", "freshness_reason": reason}
        rows.append(row)
    return rows


def kept_in_doubt(row: Row, known: Mapping[str, Any] | None, day: date) -> date | None:
    """Since when an entry that counted is something that does not count; it stays undecided for a year.

    Turning a late dataset into a view or a story would otherwise take it out of every number unseen.
    """
    if known is None or row["exclusion_reason"] not in {"derived_view", "not_data"}:
        return None
    since: date | None = known.get("uncounted_on") or (day if known["is_counted"] is not False else None)
    return since if since is not None and day <= since + _A_YEAR else None


def known_row(row: Row, day: date, carried: Row) -> Row:
    """What is known of an entry that was seen today."""
    return {
        **{key: row[key] for key in _IDENTITY},
        "last_seen": day,
        "presence": "present",
        "removed_on": None,
        **carried,
    }


def absent_rows(reading: Reading, seen: set[str]) -> list[Row]:
    """What was known and is not in today's catalogue: removed only by the portal's own no, else missing."""
    rows = []
    for key, old in sorted(reading.known.items()):
        if key in seen:
            continue
        gone = old["presence"] == "removed" or reading.absent.get(key, {}).get("answer") == "gone"
        removed_on = old["removed_on"] or (reading.day if gone else None)
        rows.append({**old, "presence": "removed" if gone else "missing", "removed_on": removed_on})
    return rows


def missing_rows(known: Sequence[Mapping[str, Any]], portal_kind: str) -> list[Row]:
    """Missing entries that counted: unknown until they are back, or until the portal itself says that they are gone."""
    missing = [row for row in known if row["presence"] == "missing" and row["is_counted"] is not False]
    return unseen_rows(missing, portal_kind, "missing_from_catalogue")


@dataclass(frozen=True, slots=True)
class Events:
    """Ids that were added, found or removed since the portal's last accepted reading; None on its first (rule 8)."""

    added: tuple[str, ...]
    found: tuple[str, ...]
    removed: tuple[str, ...]
    since: date


def events_of(reading: Reading, datasets: Sequence[Row], known: Sequence[Row], since: datetime | None) -> Events | None:
    """Added goes by the portal's own created or published date; an old entry seen first is found, not growth.

    One that was only missing and is back is neither; one that the portal had denied and shows again is found.
    """
    if since is None:
        return None
    before = {key for key, row in reading.known.items() if row["presence"] != "removed"}
    new = [r for r in datasets if r["is_observed"] and r["dataset_id"] not in before and r["is_counted"] is not False]
    born = {r["dataset_id"]: max((m for m in (r["created_at"], r["published_at"]) if m), default=None) for r in new}
    added = tuple(sorted(i for i, moment in born.items() if moment is not None and moment > since))
    gone = [r["dataset_id"] for r in known if r["presence"] == "removed" and r["is_counted"] is not False]
    return Events(
        added=added,
        found=tuple(sorted(set(born) - set(added))),
        removed=tuple(sorted(i for i in gone if i in before)),
        since=since.astimezone(reading.zone).date(),
    )
