"""What the landed rows say of links: states and dates of a resource's, counts and evidence of a dataset's. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.landing.linkage import Known, Link, Watch, can_be_asked
from civicgauge.linked import WINDOW_DAYS, Record, tally

Row = dict[str, Any]

NO_LINKS: Mapping[str, Any] = {
    "links_count": 0,
    "links_ok_count": 0,
    "links_broken_count": 0,
    "links_unknown_count": 0,
    "links_state": None,
    "links_reason": None,
    "links_evidence": None,
    "links_ok_checks_count": 0,
    "links_broken_checks_count": 0,
    "links_unknown_checks_count": 0,
}
"""What a landed dataset without links says of them."""

NO_LINK: Mapping[str, Any] = dict.fromkeys(
    ("link_state", "link_reason", "link_since", "link_last_ok", "link_checked_on", "link_checks_count")
)
"""What a landed resource says that is no link, or was never checked."""


def resource_facts(link: Link | None, known: Known, zone: ZoneInfo) -> Row:
    """The columns of the landed resource: null for one that is no link, or was never checked."""
    record = known.records.get(link.address) if link else None
    if record is None:
        return dict(NO_LINK)
    return {
        "link_state": record.state,
        "link_reason": record.reason,
        "link_since": _day(record.since, zone),
        "link_last_ok": _day(record.last_ok, zone),
        "link_checked_on": _day(record.checked_at, zone),
        "link_checks_count": record.checks_count,
    }


def dataset_facts(watched: Watch, known: Known, zone: ZoneInfo, day: date) -> Row:
    """The columns of the landed dataset; see `NO_LINKS`. An address that stands twice in it is one link.

    Unknown are also those not checked yet, and those removed while broken.
    """
    if not watched.links and not watched.removed:
        return dict(NO_LINKS)
    addresses = sorted({link.address for link in watched.links})
    records = [known.records[a] for a in addresses if a in known.records]
    unchecked = [a for a in addresses if a not in known.records]
    counts = {state: sum(r.state == state for r in records) for state in ("ok", "broken", "unknown")}
    counts["unknown"] += len(unchecked) + len(watched.removed)
    state = "broken" if counts["broken"] else "unknown" if counts["unknown"] else "ok"
    return {
        "links_count": sum(counts.values()),
        "links_ok_count": counts["ok"],
        "links_broken_count": counts["broken"],
        "links_unknown_count": counts["unknown"],
        "links_state": state,
        "links_reason": None if state != "unknown" else _why_unknown(records, unchecked, watched),
        "links_evidence": _evidence(records, counts, unchecked, watched, zone),
        **_checks(records, unchecked, watched, known, day),
    }


def _checks(
    records: Iterable[Record], unchecked: Sequence[str], watched: Watch, known: Known, day: date
) -> dict[str, int]:
    """The days of the last 30 on which a check left each state, over all links.

    A link never checked is one unknown. The past of one that was replaced or removed stays, and of one removed while
    broken each day since is unknown: else giving a link another address would better its past.
    """
    tallies = [tally(record, day) for record in records]
    tallies += [tally(known.records[address], day, until=since) for address, since in watched.replaced.items()]
    for address, since in watched.removed.items():
        past = tally(known.records[address], day, until=since)
        tallies.append(past | {"unknown": past["unknown"] + min(WINDOW_DAYS, (day - since).days + 1)})
    total = {state: sum(each[state] for each in tallies) for state in ("ok", "broken", "unknown")}
    return {
        "links_ok_checks_count": total["ok"],
        "links_broken_checks_count": total["broken"],
        "links_unknown_checks_count": total["unknown"] + len(unchecked),
    }


def _why_unknown(records: Sequence[Record], unchecked: Sequence[str], watched: Watch) -> str:
    """One reason for a dataset of which no link is broken and some are unknown."""
    if watched.removed:
        return "link_removed_while_broken"
    if any(record.state == "unknown" for record in records):
        return "link_not_known"
    return "link_not_checked_yet" if any(can_be_asked(address) for address in unchecked) else "link_not_of_the_web"


def _evidence(
    records: Sequence[Record], counts: Mapping[str, int], unchecked: Sequence[str], watched: Watch, zone: ZoneInfo
) -> str:
    """What was seen, in words: `1 of 3 links broken since 2026-03-01: 404`."""
    said = [_told(records, state, word, zone) for state, word in (("broken", "broken"), ("unknown", "not known"))]
    said += [f"{len(unchecked)} not checked yet"] if unchecked else []
    said += [f"{len(watched.removed)} removed while broken, {min(watched.removed.values())}"] if watched.removed else []
    count = sum(counts.values())
    links = "link" if count == 1 else "links"
    told = [part for part in said if part]
    if not told:
        return f"{count} {links} answered"
    first, *rest = told
    number, _, words = first.partition(" ")
    return "; ".join([f"{number} of {count} {links} {words}", *rest])


def _told(records: Sequence[Record], state: str, word: str, zone: ZoneInfo) -> str:
    found = [record for record in records if record.state == state]
    if not found:
        return ""
    since = min(_day(record.first_failure or record.since, zone) or date.max for record in found)
    reasons = ", ".join(sorted({record.reason or "" for record in found}))
    return f"{len(found)} {word} since {since}: {reasons}"


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
