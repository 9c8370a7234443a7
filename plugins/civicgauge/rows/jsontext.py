"""JSON as a stream of records: guarded reading, and values as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.encodings import CleanText
from civicgauge.rows.plain import MIB, ReadLimits

_DEPTH = 100
_quoted = json.encoder.encode_basestring


class GuardedStream:
    """A file for ijson that refuses to give more than `limit` bytes between two calls of `record_done`.

    So a value of two gigabytes ends in a refusal, not in as much memory.
    """

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file, self._limit, self._given = file, limit, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self._given += len(piece)
        if self._given > self._limit:
            raise RowsUnreadable(f"a JSON record is larger than {self._limit // MIB} MiB, which no row may be")
        return piece

    def record_done(self) -> None:
        """A record is complete: the next may again be as large."""
        self._given = 0


@contextmanager
def open_json(text: CleanText, limits: ReadLimits) -> Iterator[GuardedStream]:
    """A text file as a guarded stream behind its byte order mark; what JSON readers raise becomes RowsUnreadable."""
    with text.path.open("rb") as file:
        file.seek(text.mark)
        try:
            yield GuardedStream(file, limits.record_bytes)
        except ijson.IncompleteJSONError as error:
            said = str(error).strip().split("\n", maxsplit=1)[0]
            raise RowsUnreadable(f"JSON that is cut short or broken ({said})") from error
        except (ijson.JSONError, ValueError, ArithmeticError, RecursionError) as error:
            raise RowsUnreadable("JSON that is broken") from error


def cell_text(value: Any) -> str | None:
    """A JSON value as a cell: text and numbers as they stand there, null as none, what is nested as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json_text(value)
    return str(value)


def json_text(value: Any, depth: int = 0) -> str:
    """A value that was read with exact numbers as JSON again, numbers as they were."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list | dict):
        if depth > _DEPTH:
            raise RowsUnreadable(f"JSON nested more than {_DEPTH} deep")
        if isinstance(value, list):
            return f"[{', '.join([json_text(each, depth + 1) for each in value])}]"
        inside = (f"{_quoted(key)}: {json_text(each, depth + 1)}" for key, each in value.items())
        return f"{{{', '.join(inside)}}}"
    return json.dumps(value)
