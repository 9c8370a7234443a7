"""What is known of links, from day to day: in the landed catalogue as one file, folded with the checks of the day."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from civicgauge import links
from civicgauge.lake import Lake, canonical_json, compress, decompress
from civicgauge.landing.linkage import Carried, Known
from civicgauge.linked import Record

FILE = "links.json.gz"
LOOKS = "looks.json.gz"
_FORGOTTEN = timedelta(days=366)  # a dataset that was not seen for so long

History = Mapping[str, Known]


def read(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, Known]:
    """What a landed catalogue carries about links, by portal; empty for one that was landed before links were asked."""
    if FILE not in manifest["files"]:
        return {}
    told = json.loads(decompress(lake.read(folder, FILE, manifest)))
    return {portal_id: _known(part) for portal_id, part in told.items()}


def file_of(history: History) -> dict[str, bytes]:
    """The file that a landed catalogue holds about links."""
    return {FILE: compress(canonical_json({portal_id: _told(known) for portal_id, known in history.items()}))}


def looks_of(lake: Lake, folder: str | None) -> list[dict[str, Any]]:
    """The checks in a links folder; none where there is no folder."""
    if folder is None:
        return []
    manifest = lake.manifest(folder)
    return list(json.loads(decompress(lake.read(folder, LOOKS, manifest))))


def after_looks(before: Known, looks: Iterable[Mapping[str, Any]], day: date) -> Known:
    """What is known after the day's checks; addresses that were not checked keep what was known of them."""
    records = dict(before.records)
    for look in looks:
        verdict = links.Verdict(look["state"], look["reason"])
        at = datetime.fromisoformat(look["at"])
        records[look["address"]] = links.after_check(records.get(look["address"]), verdict, at, day)
    return Known(records, before.carried)


def after_landing(known: Known, landed: Mapping[str, Carried], day: date, documents: Collection[str] = ()) -> Known:
    """What is carried on: datasets of today, those not seen for less than a year, and the addresses that they have.

    `documents` are addresses of the city's own that are kept whatever the datasets say.
    """
    absent = {i: c for i, c in known.carried.items() if i not in landed and day <= c.seen_on + _FORGOTTEN}
    carried = {**absent, **landed}
    needed = {address for c in carried.values() for address in (*c.links.values(), *c.removed, *c.replaced)}
    needed |= set(documents)
    return Known({a: record for a, record in known.records.items() if a in needed}, carried)


def _told(known: Known) -> dict[str, Any]:
    return {
        "records": {address: record.as_dict() for address, record in known.records.items()},
        "carried": {
            dataset_id: {
                "seen_on": c.seen_on.isoformat(),
                "parts": list(c.parts),
                "links": dict(c.links),
                "removed": {address: since.isoformat() for address, since in c.removed.items()},
                "replaced": {address: since.isoformat() for address, since in c.replaced.items()},
            }
            for dataset_id, c in known.carried.items()
        },
    }


def _known(told: Mapping[str, Any]) -> Known:
    return Known(
        {address: Record.from_dict(record) for address, record in told["records"].items()},
        {
            dataset_id: Carried(
                date.fromisoformat(c["seen_on"]),
                tuple(c["parts"]),
                c["links"],
                *(
                    {address: date.fromisoformat(since) for address, since in c[sort].items()}
                    for sort in ("removed", "replaced")
                ),
            )
            for dataset_id, c in told["carried"].items()
        },
    )
