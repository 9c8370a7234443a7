"""A portal that is one file: DCAT-US 1.1 `data.json`, served as it stands. The reader of the portal-kind recipe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from civicgauge.errors import AnswerUnreadable, CatalogueIncomplete, GiveUpError
from civicgauge.model import (
    ContactState,
    Crawl,
    Dataset,
    DatasetKind,
    Portal,
    Presence,
    Probe,
    Resource,
    parse_time,
)
from civicgauge.portals._without_rows import WithoutRows
from civicgauge.web import Web


class DataJson(WithoutRows):
    """Reader of plain `data.json` portals."""

    kind = "datajson"
    token_header: str | None = None

    def probe(self, web: Web, url: str) -> Probe | None:
        """A `data.json` that lists datasets."""
        try:
            _, told = web.get_json(f"{url.rstrip('/')}/data.json")
            entries = self.entries({"catalog": json.dumps(told).encode()})
        except (GiveUpError, AnswerUnreadable):
            return None
        return Probe(self.kind, url.rstrip("/"), "data.json", None, "", len(entries), ("catalogue as one file",))

    def crawl(self, web: Web, portal: Portal) -> Crawl:
        """The file; each identifier once, or it is no whole catalogue."""
        answer, told = web.get_json(f"{portal.base_url}/data.json")
        entries, listed = self.entries({"catalog": answer.body}), told["dataset"]
        if len(entries) != len(listed):
            raise CatalogueIncomplete(f"{answer.url}: {len(listed)} datasets and {len(entries)} identifiers")
        return Crawl(self.kind, "data.json", (("catalog", answer),), len(entries), len(listed), 0)

    def entries(self, answers: Mapping[str, bytes]) -> list[dict[str, Any]]:
        """Datasets of the file, by identifier."""
        told = json.loads(answers["catalog"])
        if not isinstance(told, dict) or not isinstance(told.get("dataset"), list):
            raise AnswerUnreadable("data.json: no list of datasets", answers["catalog"][:2000])
        found = {self.entry_id(entry): entry for entry in told["dataset"]}
        return [found[key] for key in sorted(found)]

    def entry_id(self, entry: Mapping[str, Any]) -> str:
        """The identifier."""
        if not entry.get("identifier"):
            raise AnswerUnreadable("data.json: a dataset has no identifier (its id)")
        return str(entry["identifier"])

    def content(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """All of it: nothing changes by being looked at."""
        return entry

    def datasets(
        self, entries: Sequence[Mapping[str, Any]], answers: Mapping[str, bytes], portal: Portal
    ) -> list[Dataset]:
        """The entries in our words."""
        return [self._dataset(entry, portal) for entry in entries]

    def ask(self, web: Web, portal: Portal, dataset_ids: Sequence[str]) -> dict[str, Presence]:
        """A file cannot be asked for one entry: nothing to conclude."""
        return dict.fromkeys(dataset_ids, Presence.SILENT)

    def _dataset(self, entry: Mapping[str, Any], portal: Portal) -> Dataset:
        modified, contact = parse_time(entry.get("modified")), entry.get("contactPoint") or {}
        return Dataset(
            dataset_id=self.entry_id(entry),
            title=entry.get("title"),
            description=entry.get("description"),
            kind=DatasetKind.FILE,
            platform_kind="dataset",
            permalink=entry.get("landingPage") or portal.base_url,
            publisher=(entry.get("publisher") or {}).get("name"),
            keywords=tuple(entry.get("keyword") or ()),
            contact=ContactState.WELL_FORMED if contact.get("hasEmail") else ContactState.ABSENT,
            created_at=None,
            published_at=parse_time(entry.get("issued")),
            touched_at=None,
            data_updated_at=modified,
            licence_text=entry.get("license"),
            licence_key=None,
            licence_url=entry.get("license"),
            custom_fields=tuple(("accrualPeriodicity", p) for p in [entry.get("accrualPeriodicity")] if p),
            resources=tuple(_resource(entry, n, part) for n, part in enumerate(entry.get("distribution") or ())),
            columns=None,
        )


def _resource(entry: Mapping[str, Any], number: int, part: Mapping[str, Any]) -> Resource:
    return Resource(
        resource_id=f"{entry['identifier']}-{number}",
        title=part.get("title") or "",
        description=None,
        url=part.get("downloadURL") or part.get("accessURL"),
        declared_format=part.get("format"),
        media_type=part.get("mediaType"),
        is_native_table=False,
        is_link=False,
        created_at=None,
        data_updated_at=parse_time(entry.get("modified")),
        touched_at=None,
    )


READER = DataJson()
