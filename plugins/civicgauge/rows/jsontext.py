"""JSON as a stream of records: guarded reading, and values as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import accumulate
from typing import Any, BinaryIO

import ijson  # type: ignore[import-untyped]

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.encodings import CleanText
from civicgauge.rows.plain import MIB, ReadLimits

BUFFER_BYTES = 256 * 1024  # read at once: what has been read of a long string is gone through again each time
_BLOCK = 4 * 1024
_NESTING = 1_000
_DEPTH = 100  # of a value that is written as JSON again
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_quoted = json.encoder.encode_basestring


class GuardedStream:
    """A file for ijson that refuses a record of more than `limit` bytes, and nesting without end.

    ijson would hold such a record whole, and for each level of nesting a name as long as all levels above.
    """

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file, self._limit, self._given = file, limit, 0
        self._depth = 0
        self._string = b""  # the state inside a string: its quote, and the backslash that the piece ended with

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self._given += len(piece)
        if self._given > self._limit:
            raise RowsUnreadable(f"a JSON record is larger than {self._limit // MIB} MiB, which no row may be")
        self._watch(piece)
        return piece

    def record_done(self) -> None:
        """A record is complete: the next may again be as large."""
        self._given = 0

    def _watch(self, piece: bytes) -> None:
        bare = _STRING.sub(b"", self._string + piece)
        begins = bare.find(b'"')
        self._string = b""
        if begins >= 0:
            bare, rest = bare[:begins], bare[begins:]
            backslashes = len(rest) - len(rest.rstrip(b"\\"))
            self._string = b'"\\' if backslashes % 2 else b'"'
        for start in range(0, len(bare), _BLOCK):
            block = bare[start : start + _BLOCK]
            opened = block.count(b"[") + block.count(b"{")
            if self._depth + opened > _NESTING and self._depth + _peak(block) > _NESTING:
                raise RowsUnreadable(f"JSON nested more than {_NESTING:,} deep")
            self._depth += opened - block.count(b"]") - block.count(b"}")


def _peak(bare: bytes) -> int:
    """How much deeper it gets in JSON without its strings."""
    return max(accumulate(1 if each in b"[{" else -1 for each in bare if each in b"[]{}"), default=0)


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
    kind = type(value)
    if kind is Decimal or kind is int:
        return str(value)
    if kind is str:
        return _quoted(value)
    if kind is not list and kind is not dict:
        return json.dumps(value)
    if depth > _DEPTH:
        raise RowsUnreadable(f"JSON nested more than {_DEPTH} deep")
    if kind is list:
        return f"[{', '.join([json_text(each, depth + 1) for each in value])}]"
    return f"{{{', '.join([f'{_quoted(key)}: {json_text(each, depth + 1)}' for key, each in value.items()])}}}"
