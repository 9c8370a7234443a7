"""CKAN 2.x: the action API (tried on 2.11 and 2.12).

`rows` is capped silently at 1000 and the default order loses datasets that change while one pages, so pages are asked
with `sort=id asc`, their sum is checked against `count`, and a count that moves starts the reading again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from civicgauge.errors import AnswerUnreadable, CatalogueIncomplete, GiveUpError
from civicgauge.landed import Fetched, Peek, RowSource
from civicgauge.model import Answer, Crawl, Dataset, Portal, Presence, Probe
from civicgauge.portals import _ckan_entry, _ckan_rows, _common
from civicgauge.web import Web

_PAGE = 1_000
_READINGS = 3
_ROOTS = ("/api/3/action", "/data/api/3/action", "/api/action")
_GONE = {"Not Found Error", "Authorization Error"}  # the type, not the message: messages are translated
_COUNTERS = {"tracking_summary", "metadata_modified_score"}


class Ckan:
    """Reader of CKAN portals."""

    kind = "ckan"
    token_header: str | None = "Authorization"  # noqa: S105 - the header's name, no secret
    evidence_path = "/api/3/action/package_show?id={id}"  # where the portal itself says what it says of one entry

    def probe(self, web: Web, url: str) -> Probe | None:
        """A CKAN portal answers `status_show` below one of the usual roots."""
        try:
            root, _, status = _find_root(web, url.rstrip("/"))
            _, found = _action(web, root, "package_search", {"rows": "0"})
        except (GiveUpError, AnswerUnreadable):
            return None
        offers = ["catalogue by action API"]
        offers += ["rows by DataStore"] if "datastore" in (status.get("extensions") or []) else []
        domain = re.sub(r"^https?://([^/:]+).*$", r"\1", str(status.get("site_url") or url))
        version, title = _common.text_of(status.get("ckan_version")), _common.text_of(status.get("site_title"))
        base = root.removesuffix("/api/3/action").removesuffix("/api/action")
        return Probe(self.kind, base, f"CKAN {version}", title, domain, found.get("count"), tuple(offers))

    def crawl(self, web: Web, portal: Portal) -> Crawl:
        """All packages in pages ordered by id; begun again when the portal's count moves in between."""
        root, status_answer, status = _find_root(web, portal.base_url)
        for reading in range(1, _READINGS + 1):
            try:
                pages, stated, duplicates = self._read(web, root)
                break
            except CatalogueIncomplete:
                if reading == _READINGS:
                    raise
        answers = [("status", status_answer), *((f"catalog-{n:04d}", page) for n, page in enumerate(pages, 1))]
        software = f"CKAN {_common.text_of(status.get('ckan_version')) or 'of unknown version'}"
        notes = (f"read {reading} times: the count moved while paging",) if reading > 1 else ()
        return Crawl(self.kind, software, tuple(answers), stated, stated, duplicates, notes)

    def _read(self, web: Web, root: str) -> tuple[list[Answer], int, int]:
        pages: list[Answer] = []
        seen, received, stated = set[str](), 0, None
        while stated is None or received < stated:
            query = {"sort": "id asc", "rows": str(_PAGE), "start": str(received)}
            answer, found = _action(web, root, "package_search", query)
            count, entries = _common.whole_number(found.get("count")), found.get("results")
            if count is None or not _common.is_mapping_list(entries):
                raise AnswerUnreadable(
                    f"{answer.url}: no count and results in the answer of package_search", answer.body[:2000]
                )
            ids = [self.entry_id(entry) for entry in entries or ()]
            if stated not in (None, count) or (ids and set(ids) <= seen) or (not ids and received < count):
                raise CatalogueIncomplete(_incomplete(root, count, len(seen | set(ids))))
            pages.append(answer)
            seen.update(ids)
            stated, received = count, received + len(ids)
        if len(seen) != stated:
            raise CatalogueIncomplete(_incomplete(root, stated, len(seen)))
        return pages, stated, received - len(seen)

    def entries(self, answers: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """Packages of all pages, each id once, sorted by id."""
        found: dict[str, dict[str, Any]] = {}
        for name in sorted(n for n in answers if n.startswith("catalog-")):
            for entry in _result(_common.load(name, answers[name]), name)["results"]:
                found.setdefault(self.entry_id(entry), entry)
        return [found[key] for key in sorted(found)]

    def entry_id(self, entry: Mapping[str, Any]) -> str:
        """The package's uuid; its name is an alias that editors may change."""
        if not entry.get("id"):
            raise AnswerUnreadable(f"a package has no id: {str(entry)[:200]}")
        return _common.checked_id(entry["id"])

    def content(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without counters of views."""
        return {k: v for k, v in entry.items() if k not in _COUNTERS}

    def datasets(
        self,
        entries: Sequence[Mapping[str, Any]],
        answers: Mapping[str, bytes],
        portal: Portal,
    ) -> list[Dataset]:
        """Packages in our words; where people find them is what the portal says of its own site."""
        site = _site(answers.get("status"), portal)
        return [_ckan_entry.translate(entry, portal, site) for entry in entries]

    def ask(self, web: Web, portal: Portal, dataset_ids: Sequence[str]) -> dict[str, Presence]:
        """`package_show`: 403 and 404 in CKAN's own envelope are the portal's no (deleted, private or purged)."""
        root, _, _ = _find_root(web, portal.base_url)
        return {dataset_id: _ask_one(web, root, dataset_id) for dataset_id in dataset_ids}

    def row_sources(self, dataset: Dataset, portal: Portal) -> list[RowSource]:
        """Tables of the DataStore, and files that may be tables."""
        return _ckan_rows.row_sources(dataset, portal)

    def peek(self, web: Web, portal: Portal, source: RowSource) -> Peek:
        """`datastore_search` without rows for a table; nothing is asked about a file."""
        del portal  # the source's address says where CKAN stands
        return _ckan_rows.peek(web, source)

    def fetch(
        self, web: Web, portal: Portal, source: RowSource, peek: Peek, known: Mapping[str, str] | None, target: Path
    ) -> Fetched:
        """`/datastore/dump`, or the file itself, on whichever host, if it is not the one that is stored."""
        del portal
        return _ckan_rows.fetch(web, source, peek, known, target)


def _ask_one(web: Web, root: str, dataset_id: str) -> Presence:
    try:
        answer, told = web.get_json(f"{root}/package_show", {"id": dataset_id}, accept_status=(200, 403, 404))
    except (AnswerUnreadable, GiveUpError):
        return Presence.SILENT
    if answer.status == 200:
        package = told.get("result")
        same = isinstance(package, Mapping) and dataset_id in (package.get("id"), package.get("name"))
        return Presence.PRESENT if same and package.get("state", "active") == "active" else Presence.SILENT
    error = told.get("error")
    return Presence.GONE if isinstance(error, Mapping) and error.get("__type") in _GONE else Presence.SILENT


def _site(status: bytes | None, portal: Portal) -> str:
    """The address of the portal's pages: its own word for it, unless it speaks of another host than the city file."""
    told = _common.text_of(_result(_common.load("status", status), "status").get("site_url")) if status else None
    if told and re.match(rf"^https?://{re.escape(portal.host)}(?=[:/]|$)", told):
        return told.rstrip("/")
    return f"https://{portal.domain}" if portal.domain else portal.base_url


def _find_root(web: Web, base: str) -> tuple[str, Answer, dict[str, Any]]:
    """The action API below a site's address. Raises the first root's error when none answers."""
    first: GiveUpError | AnswerUnreadable | None = None
    for root in _ROOTS:
        try:
            answer, status = _action(web, base + root, "status_show", {})
        except (GiveUpError, AnswerUnreadable) as error:
            first = first or error
            continue
        return base + root, answer, status
    raise first or AnswerUnreadable(f"{base}: no CKAN action API below {', '.join(_ROOTS)}")


def _action(web: Web, root: str, action: str, query: dict[str, str]) -> tuple[Answer, dict[str, Any]]:
    answer, told = web.get_json(f"{root}/{action}", query)
    return answer, _result(told, answer.url)


def _result(told: Any, where: str) -> dict[str, Any]:
    """What stands in CKAN's envelope; a portal alike that leaves `success` out is believed by its `result`."""
    if (
        not isinstance(told, Mapping)
        or told.get("success", True) is not True
        or not isinstance(told.get("result"), Mapping)
    ):
        error = told.get("error") if isinstance(told, Mapping) else None
        raise AnswerUnreadable(
            f"{where}: not an answer of CKAN's action API ({str(error)[:200]})", str(told)[:2000].encode()
        )
    return dict(told["result"])


def _incomplete(root: str, stated: int, got: int) -> str:
    return (
        f"{root}/package_search: the portal states {stated} datasets and gave {got} different ones; nothing is "
        "measured from an incomplete catalogue, the next run reads it again"
    )


READER = Ckan()
