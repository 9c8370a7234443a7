"""JSON lines: an object (or list) on each line; GeoJSON features among them are taken as such."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.encodings import CleanText
from civicgauge.rows.plain import MIB, PlainTable, ReadLimits, counted
from civicgauge.rows.readers import Found
from civicgauge.rows.readers.geojson import feature_record
from civicgauge.rows.records import RecordTable

_HINTS = ("ndjson", "jsonl", "jsonlines", "geojsonl", "geojsons", "ldjson")


class JsonLines:
    """Takes text whose first line is a whole object and whose second begins another."""

    suffixes = (".ndjson", ".jsonl", ".geojsonl", ".geojsons", ".ldjson")

    def claims(self, found: Found) -> int:
        """Sure where two lines show it; where there is one line, the promised format decides."""
        first, _, rest = found.start_text.partition("\n")
        if not first.startswith(("{", "[")):
            return 0
        if found.hint in _HINTS:
            return 95
        rest = rest.lstrip(" \t\r\n\x1e")
        return 95 if rest.startswith(first[0]) and _is_whole(first) else 0

    def read(self, found: Found) -> PlainTable:
        """Line by line; blank lines are counted, a line that is no JSON ends in a refusal that names it."""
        text = found.text()
        blank = 0
        with RecordTable(found.work, found.limits) as table:
            for number, line in enumerate(_lines(text, found.limits), start=1):
                stripped = line.strip(" \t\r\n\x1e")
                if not stripped:
                    blank += 1
                    continue
                table.add(feature_record(_parsed(stripped, number)))
            return table.done("ndjson", text.encoding, counted(text.oddities, {"empty_rows": blank}))


READER = JsonLines()


def _is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(text: CleanText, limits: ReadLimits) -> Iterator[str]:
    with text.path.open("rb") as file:
        file.seek(text.mark)
        while raw := file.readline(limits.record_bytes + 1):
            if len(raw) > limits.record_bytes:
                raise RowsUnreadable(f"a JSON record is larger than {limits.record_bytes // MIB} MiB")
            yield raw.decode()


def _parsed(line: str, number: int) -> Any:
    try:
        return json.loads(line, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise RowsUnreadable(f"JSON lines that are cut short or broken: line {number:,} is no JSON") from error
