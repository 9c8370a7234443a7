"""What is plainly no table, told by its first bytes, so that the refusal can say what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.survey import wide_encoding

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old binary Office file (.xls or .doc), which is not read"),
    (b"%PDF-", "a PDF, not a table"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not read"),
    (b"\xfd7zXZ\x00", "an xz file, which is not read"),
    (b"\x28\xb5\x2f\xfd", "a zstd file, which is not read"),
    (b"\x89PNG", "a picture, not a table"),
    (b"\xff\xd8\xff", "a picture, not a table"),
    (b"GIF89a", "a picture, not a table"),
    (b"GIF87a", "a picture, not a table"),
    (b"PAR1\x15", "a Parquet file, which is not read"),
    (b"SQLite format 3\x00", "an SQLite database, which is not read"),
    (b"\x00\x00\x27\x0a", "a shapefile, which is not read"),
)
_MARKUP = re.compile(r"<!doctype html|<(?:html|head|body|script|meta|title|div|h1|p|iframe)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\x0b\x0c\r\x1b\x00")


def refuse_other(start: bytes, text: str, members: Sequence[str]) -> None:
    """Raise RowsUnreadable for what is known and no table; `text` is `start` decoded, `members` those of a document."""
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise RowsUnreadable(what)
    if start.startswith(b"BZh") and start[4:10] == b"1AY&SY":
        raise RowsUnreadable("a bzip2 file, which is not read")
    if start[257:262] == b"ustar":
        raise RowsUnreadable("a tar archive, which is not read")
    if members and "xl/workbook.xml" not in members:
        raise RowsUnreadable("a document packed as a zip archive (.ods, .docx or the like), which is not read")
    if text.startswith("<"):
        _refuse_markup(text)
    if not members:
        _refuse_binary(start)


def _refuse_markup(text: str) -> None:
    if _MARKUP.search(text[:4096]):
        title = _TITLE.search(text)
        named = " ".join("".join(c for c in title[1] if c.isprintable() or c == " ").split())[:60] if title else ""
        raise RowsUnreadable("an HTML page instead of rows" + (f" ({named!r})" if named else ""))
    if text.startswith("<?xml") or (re.match(r"<[!a-zA-Z][^<>]*>", text) and "</" in text):
        raise RowsUnreadable("an XML document, which is not read")


def _refuse_binary(start: bytes) -> None:
    if wide_encoding(start)[0] is None:
        strange = sum(start.count(byte) for byte in _CONTROL)
        if strange > max(8, len(start) // 20) or start.count(0) > len(start) // 4:
            raise RowsUnreadable("a binary file of an unknown kind")
