"""JSON: a list of objects or lists, by itself or inside an object, such as a CKAN dump with its fields and records."""

from __future__ import annotations

import re
from typing import Any

import ijson  # type: ignore[import-untyped]

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.jsonshape import shape_of
from civicgauge.rows.jsontext import BUFFER_BYTES, open_json
from civicgauge.rows.plain import PlainTable
from civicgauge.rows.readers import Found
from civicgauge.rows.records import RecordTable

# what no CSV begins with, but for one whose first header is in brackets: there the promised format decides
_BEGINS = re.compile(r"""\[\s*(?:[\[{"\]]|-?\d|null|true|false)|\{\s*["}]""")


class Json:
    """Takes what begins as JSON does."""

    suffixes = (".json",)

    def claims(self, found: Found) -> int:
        """Sure where an object or list begins as only JSON writes it."""
        text = found.start_text
        if _BEGINS.match(text):
            return 50
        return 50 if found.hint == "json" and text[:1] in ("{", "[") else 0

    def read(self, found: Found) -> PlainTable:
        """Two looks: one for where the rows lie, one through them."""
        text = found.text()
        with open_json(text, found.limits) as stream:
            shape = shape_of(stream)
        if shape.prefix is None:
            raise RowsUnreadable("JSON without a list of records")
        with open_json(text, found.limits) as stream, RecordTable(found.work, found.limits, shape.names) as table:
            records = ijson.items(stream, shape.prefix, buf_size=BUFFER_BYTES)
            if shape.holds == "array" and not shape.names:
                _take_first(next(records, None), table)
            for record in records:
                stream.record_done()
                table.add(record)
            return table.done("json", text.encoding, text.oddities)


def _take_first(first: Any, table: RecordTable) -> None:
    """The first of lists without names: where it is all text, it is the header, as in a CSV."""
    if isinstance(first, list) and len(set(first)) == len(first) and all(isinstance(e, str) and e for e in first):
        table.name(first)
    elif first is not None:
        table.add(first)


READER = Json()
