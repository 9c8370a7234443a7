"""Socrata (Tyler Data & Insights): the Discovery API, view metadata, `/data.json`.

Wire facts: Discovery OpenAPI of dev.socrata.com; a catalogue read by offset repeats and loses entries, so it is read
in one request, or by scroll where it is larger, and checked against `resultSetSize`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from civicgauge.errors import AnswerUnreadable, CatalogueIncomplete, CivicgaugeError, GiveUpError
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Answer, Crawl, Dataset, Portal, Presence, Probe
from civicgauge.portals import _common, _socrata_entry, _socrata_rows
from civicgauge.web import Web

_ONE_REQUEST = 10_000  # the API's own maximum of offset + limit
_SCROLL_PAGE = 1_000
_READINGS = 2  # a catalogue that moved while it was read is read once more
_ID = re.compile(r"^[a-z0-9]{4}-[a-z0-9]{4}$")


class Socrata:
    """Reader of Socrata portals."""

    kind = "socrata"
    token_header: str | None = "X-App-Token"  # noqa: S105 - the header's name, no secret
    evidence_path = "/api/views/{id}.json"  # where the portal itself says what it says of one entry

    def probe(self, web: Web, url: str) -> Probe | None:
        """A Socrata portal answers its own Discovery API with an envelope of its own shape."""
        base = url.rstrip("/")
        domain = re.sub(r"^https?://([^/:]+).*$", r"\1", base)
        try:
            _, found = web.get_json(f"{base}/api/catalog/v1", {"search_context": domain, "limit": "1"})
            _check_envelope(found, url)
        except GiveUpError:
            return None
        except AnswerUnreadable:
            return None
        named = next((r["metadata"].get("domain") for r in found["results"] if r.get("metadata")), None)
        offers = ("catalogue by Discovery API", "columns in the catalogue", "rows by bulk export and SODA")
        return Probe(self.kind, base, "socrata", None, named or domain, found["resultSetSize"], offers)

    def crawl(self, web: Web, portal: Portal) -> Crawl:
        """One request, or scroll where there are more entries than one request can hold; then `/data.json`."""
        for reading in range(1, _READINGS + 1):
            try:
                pages, stated = self._read(web, portal)
                entries, duplicates = _unique(pages)
                _check_complete(len(entries), stated, portal.base_url)
                break
            except CatalogueIncomplete:
                if reading == _READINGS:
                    raise
        answers = [(f"catalog-{number:04d}", page) for number, page in enumerate((a for a, _ in pages), 1)]
        dcat, note = self._data_json(web, portal)
        answers += [("data-json", dcat)] if dcat else []
        return Crawl(self.kind, "socrata", tuple(answers), len(entries), stated, duplicates, (note,) if note else ())

    def _read(self, web: Web, portal: Portal) -> tuple[list[tuple[Answer, dict[str, Any]]], int]:
        address = f"{portal.base_url}/api/catalog/v1"
        query = {"search_context": portal.host}
        answer, found = web.get_json(address, {**query, "limit": str(_ONE_REQUEST)})
        _check_envelope(found, answer.url)
        stated = found["resultSetSize"]
        if stated <= len(found["results"]):
            return [(answer, found)], stated
        return self._scroll(web, address, {**query, "domains": portal.host} if stated > _ONE_REQUEST else query)

    def _scroll(self, web: Web, address: str, query: dict[str, str]) -> tuple[list[tuple[Answer, dict[str, Any]]], int]:
        pages: list[tuple[Answer, dict[str, Any]]] = []
        last, seen, stated = "", set[str](), 0
        while True:
            answer, found = web.get_json(address, {**query, "limit": str(_SCROLL_PAGE), "scroll_id": last})
            _check_envelope(found, answer.url)
            stated = stated or found["resultSetSize"]
            ids = [self.entry_id(entry) for entry in found["results"]]
            if not ids:
                return pages, stated
            if ids[-1] == last or set(ids) <= seen:
                raise CatalogueIncomplete(
                    f"{answer.url}: the scroll came round to ids already read; read it again later"
                )
            seen.update(ids)
            last = ids[-1]
            pages.append((answer, found))
            if len(seen) >= stated:
                return pages, stated

    def _data_json(self, web: Web, portal: Portal) -> tuple[Answer | None, str | None]:
        """`/data.json` where the portal has one: a second source for contacts, never needed for completeness."""
        try:
            answer, found = web.get_json(
                f"{portal.base_url}/data.json", accept_status=(200, 401, 403, 404, 410), expect=object
            )
        except CivicgaugeError as error:
            return None, f"data.json not read: {error}"
        if answer.status != 200 or not isinstance(found, dict | list):
            return None, None
        return answer, None

    def entries(self, answers: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """Entries of all pages, each id once, sorted by id."""
        found: dict[str, dict[str, Any]] = {}
        for name in sorted(n for n in answers if n.startswith("catalog-")):
            page = _common.load(name, answers[name])
            _check_envelope(page, name)
            for entry in page["results"]:
                found.setdefault(self.entry_id(entry), entry)
        return [found[key] for key in sorted(found)]

    def entry_id(self, entry: Mapping[str, Any]) -> str:
        """The 4x4 id."""
        try:
            return _common.checked_id(entry["resource"]["id"])
        except (KeyError, TypeError) as error:
            raise AnswerUnreadable(f"a catalogue entry has no resource.id: {str(entry)[:200]}") from error

    def content(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without page views and download counts, which change by being looked at."""
        resource = {k: v for k, v in entry["resource"].items() if k not in {"page_views", "download_count"}}
        return {**entry, "resource": resource}

    def datasets(
        self, entries: Sequence[Mapping[str, Any]], answers: Mapping[str, bytes], portal: Portal
    ) -> list[Dataset]:
        """Entries in our words; contacts from custom fields of the catalogue and from `/data.json`."""
        contacts = _socrata_entry.contacts_in_data_json(answers.get("data-json"))
        visible = any(_socrata_entry.contact_fields(entry) for entry in entries)
        return [_socrata_entry.translate(entry, portal, contacts, contact_field_in_use=visible) for entry in entries]

    def ask(self, web: Web, portal: Portal, dataset_ids: Sequence[str]) -> dict[str, Presence]:
        """`/api/views/<id>` through sodapy: 404 by name and 403 are the portal's own no; anything else says nothing."""
        from sodapy import Socrata as Sodapy

        scheme, _, host = portal.base_url.partition("://")
        adapter = web.session_adapter(f"{scheme}://", accept_status=(200, 403, 404))
        # sodapy warns on the root logger unless it is given a token of its own; the door sends the portal's
        with Sodapy(host, "sent by the door", session_adapter=adapter) as client:
            client.session.headers.pop("X-App-token", None)
            return {dataset_id: _ask_one(client, dataset_id) for dataset_id in dataset_ids}

    def row_sources(self, dataset: Dataset, portal: Portal) -> list[RowSource]:
        """The dataset's own table."""
        return _socrata_rows.row_sources(dataset, portal)

    def peek(self, web: Web, portal: Portal, source: RowSource) -> Peek:
        """`/api/views/<id>.json`: when the rows changed, and the columns."""
        return _socrata_rows.peek(web, portal, source)

    def fetch(
        self, web: Web, portal: Portal, source: RowSource, peek: Peek, known: Mapping[str, str] | None, target: Path
    ) -> Fetched:
        """`rows.csv`, else pages of `/resource`; conditional only where `peek` is not conclusive."""
        return _socrata_rows.fetch(web, portal, source, peek, known, target)


def _ask_one(client: Any, dataset_id: str) -> Presence:
    if not _ID.match(dataset_id):
        return Presence.SILENT
    try:
        found = client.get_metadata(dataset_id)
    except (AnswerUnreadable, GiveUpError, AttributeError):  # AttributeError: sodapy on an error body that is a list
        return Presence.SILENT
    except OSError as error:  # what sodapy raises for 403 and 404, with the answer attached
        return _denied(getattr(error, "response", None))
    return Presence.PRESENT if isinstance(found, Mapping) and found.get("id") == dataset_id else Presence.SILENT


def _denied(response: Any) -> Presence:
    """The portal's own no: 404 `not_found`, or 403 for an entry made private (older answers carry no code)."""
    told = response.json() if response is not None else None
    if not isinstance(told, Mapping) or told.get("error") is not True:
        return Presence.SILENT
    code = told.get("code")
    gone = code == "not_found" if response.status_code == 404 else code in {None, "permission_denied"}
    return Presence.GONE if gone else Presence.SILENT


def _check_envelope(found: Any, where: str) -> None:
    if not isinstance(found, Mapping) or not _common.is_mapping_list(found.get("results")) or _stated(found) is None:
        told = str(found.get("error") or found.get("message") or "")[:200] if isinstance(found, Mapping) else ""
        raise AnswerUnreadable(
            f"{where}: not an answer of the Discovery API (results and resultSetSize) {told}".strip()
        )


def _stated(found: Mapping[str, Any]) -> int | None:
    return _common.whole_number(found.get("resultSetSize"))


def _unique(pages: Sequence[tuple[Answer, dict[str, Any]]]) -> tuple[set[str], int]:
    ids = [READER.entry_id(entry) for _, page in pages for entry in page["results"]]
    return set(ids), len(ids) - len(set(ids))


def _check_complete(got: int, stated: int, base_url: str) -> None:
    if got != stated:
        raise CatalogueIncomplete(
            f"{base_url}/api/catalog/v1: the portal states {stated} entries and gave {got} different ones; nothing is "
            "measured from an incomplete catalogue, the next run reads it again"
        )


READER = Socrata()
