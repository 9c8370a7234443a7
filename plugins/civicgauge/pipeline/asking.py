"""What earlier days' crawls say, and what the portal answers when asked for single entries (DESIGN rule 8)."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.errors import RetryableError
from civicgauge.lake import Lake, decompress
from civicgauge.landing import doubt
from civicgauge.model import Portal, Presence
from civicgauge.pipeline import withdrawn
from civicgauge.portals import PortalReader, reader
from civicgauge.web import Web

log = logging.getLogger("civicgauge.snapshot")

IDS = "ids.json.gz"
ACCEPTED = "accepted.json"
_ASK_AT_MOST = 40  # entries asked for singly in one run: enough to tell, few enough to be polite
_REMEMBER_GONE_DAYS = 60


def is_accepted(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> bool:
    """Whether a crawl is believed: by its own verdict, or by an operator's word beside it."""
    return manifest["verdict"]["state"] == "accepted" or lake.read_json(folder, ACCEPTED) is not None


def read_ids(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> frozenset[str]:
    """The ids that a stored snapshot holds, without what was withdrawn since."""
    return _gone(lake, folder).ids_left(frozenset(json.loads(decompress(lake.read(folder, IDS, manifest)))))


def read_answers(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """The portal's answers of a stored snapshot, as `Crawl.answers` names them, without what was withdrawn since."""
    names = [name for name in manifest["files"] if name.endswith(".json.gz") and name != IDS]
    answers = {name.removesuffix(".json.gz"): decompress(lake.read(folder, name, manifest)) for name in names}
    gone = _gone(lake, folder)
    return gone.left_of(answers, reader(manifest["kind"])) if gone else answers


def _gone(lake: Lake, folder: str) -> withdrawn.Gone:
    """What was withdrawn of the portal that a snapshot is of."""
    _, city_id, portal_id, *_ = folder.split("/")
    return withdrawn.of_portal(lake, city_id, portal_id)


def absentees(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Absent entries with the portal's answer; where an operator accepted the crawl, they are gone by that word."""
    absent = _not_gone(lake, folder, manifest)
    if lake.read_json(folder, ACCEPTED) is None:
        return absent
    return {dataset_id: {**told, "answer": str(Presence.GONE)} for dataset_id, told in absent.items()}


def _not_gone(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Absent entries, without those that were withdrawn since."""
    left = _gone(lake, folder).ids_left(frozenset(manifest["absent"]))
    return {dataset_id: told for dataset_id, told in manifest["absent"].items() if dataset_id in left}


@dataclass
class Past:
    """Earlier days' last crawls, newest first; the ids of the last accepted one and who was absent from it."""

    days: list[str] = field(default_factory=list)
    crawls: list[doubt.PastCrawl] = field(default_factory=list)
    last_ids: frozenset[str] | None = None
    last_absent: dict[str, Any] = field(default_factory=dict)


def past_crawls(lake: Lake, city_id: str, portal_id: str, day: str) -> Past:
    """What the lake holds of days before `day`, back to a full window or the last new base."""
    parent, past = f"raw/{city_id}/{portal_id}", Past()
    for earlier in reversed([d for d in lake.folders(parent) if d < day]):
        if (found := lake.last_committed(f"{parent}/{earlier}")) is not None:
            _remember(past, lake, *found)
            past.days.append(earlier)
        if past.crawls and (sum(c.is_accepted for c in past.crawls) >= doubt.WINDOW or past.crawls[-1].is_new_base):
            break
    return past


def _remember(past: Past, lake: Lake, folder: str, manifest: dict[str, Any]) -> None:
    word = lake.read_json(folder, ACCEPTED) is not None
    accepted = word or manifest["verdict"]["state"] == "accepted"
    is_last = accepted and past.last_ids is None
    ids = read_ids(lake, folder, manifest) if is_last or len(past.crawls) < doubt.AGREEING else frozenset[str]()
    is_new_base = word or bool(manifest["verdict"]["is_new_base"])
    past.crawls.append(doubt.PastCrawl(manifest["entries_count"], accepted, is_new_base, ids))
    if is_last:
        past.last_ids, past.last_absent = ids, _not_gone(lake, folder, manifest)


def ask_singly(
    where: tuple[PortalReader, Web, Portal], ids: frozenset[str], past: Past, day: str
) -> tuple[dict[str, dict[str, str]], dict[str, Presence]]:
    """Absent entries (with the portal's answer, where asked), and what it says of new ones in a doubtful crawl."""
    if past.last_ids is None or not ids:
        return {}, {}
    absent = {i: dict(a) for i, a in past.last_absent.items() if i not in ids and not _forgotten(a, day)}
    absent |= {i: {"since": day, "answer": str(Presence.SILENT)} for i in past.last_ids - ids}
    # those asked for longest ago first, so that in time all are
    unsettled = sorted((a.get("asked_on", ""), i) for i, a in absent.items() if a["answer"] != Presence.GONE)
    missing = [i for _, i in unsettled[:_ASK_AT_MOST]]
    unheard_of = ids - past.last_ids - set(past.last_absent)
    is_doubtful = doubt.why_doubtful(ids, past.crawls, past.last_ids) is not None
    new = doubt.ask_for(sorted(unheard_of), _ASK_AT_MOST) if is_doubtful else []
    answers = _answers(where, [*missing, *new], control=min(ids & past.last_ids, default=min(ids)))
    for dataset_id in missing if answers else ():
        absent[dataset_id] |= {"answer": str(answers[dataset_id]), "asked_on": day}
    return absent, {dataset_id: answers[dataset_id] for dataset_id in new if answers}


def _answers(where: tuple[PortalReader, Web, Portal], asked: list[str], control: str) -> dict[str, Presence]:
    """The portal's answers; none where it cannot testify.

    It is asked first for an entry that its catalogue lists: one that does not know even that one says nothing by its
    other answers. An endpoint that is down concludes nothing either: the catalogue itself was read whole.
    """
    source, web, portal = where
    if not asked:
        return {}
    try:
        if source.ask(web, portal, [control])[control] is Presence.PRESENT:
            return source.ask(web, portal, asked)
    except RetryableError as error:
        log.info("%s: asked for single entries, it did not answer: %s", portal.id, error)
        return {}
    log.info("%s: does not answer for single entries; nothing is concluded of %d of them", portal.id, len(asked))
    return {}


def _forgotten(absentee: Mapping[str, str], day: str) -> bool:
    gone_on = date.fromisoformat(absentee.get("asked_on", absentee["since"]))
    return absentee["answer"] == Presence.GONE and (date.fromisoformat(day) - gone_on).days > _REMEMBER_GONE_DAYS
