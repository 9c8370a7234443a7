"""GeoJSON: a row for each feature, its properties as columns and its geometry as JSON text beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import ijson  # type: ignore[import-untyped]

from civicgauge.rows.jsontext import BUFFER_BYTES, open_json
from civicgauge.rows.plain import PlainTable
from civicgauge.rows.readers import Found
from civicgauge.rows.records import RecordTable

_COLLECTION = re.compile(r'"type"\s*:\s*"FeatureCollection"|"features"\s*:\s*\[\s*\{\s*"type"\s*:\s*"Feature"')


class GeoJson:
    """Takes objects that call themselves a collection of features."""

    suffixes = (".geojson",)

    def claims(self, found: Found) -> int:
        """Sure where the start says FeatureCollection."""
        text = found.start_text
        return 90 if text.startswith("{") and _COLLECTION.search(text) else 0

    def read(self, found: Found) -> PlainTable:
        """One pass; a feature without geometry or properties is a row with empty cells."""
        text = found.text()
        with open_json(text, found.limits) as stream, RecordTable(found.work, found.limits) as table:
            for feature in ijson.items(stream, "features.item", buf_size=BUFFER_BYTES):
                stream.record_done()
                table.add(feature_record(feature))
            return table.done("geojson", text.encoding, text.oddities)


def feature_record(feature: Any) -> Any:
    """A feature as one flat record: id where it has one, properties, geometry; what is no feature as it is."""
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        return feature
    properties = feature.get("properties")
    record = dict(properties) if isinstance(properties, Mapping) else {}
    if feature.get("id") is not None:
        record.setdefault("id", feature["id"])
    record.setdefault("geometry", feature.get("geometry"))
    return record


READER = GeoJson()
