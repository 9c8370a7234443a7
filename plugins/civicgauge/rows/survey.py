"""One pass over a file's bytes: whether they are UTF-8, how lines end, what else lies in them.

Little Python work for each byte, since every file goes through here: about a second for 400 MB.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from civicgauge.rows.plain import MIB

_SAMPLE_BYTES = 64 * 1024
_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(slots=True)
class Survey:
    """What the bytes are. Where `wide` names an encoding of two or four bytes a character, the rest is not filled.

    `lf_count` counts line feeds, `crlf_count` those with a carriage return before, `cr_count` all carriage returns.
    `longest_line` is exact from 1 MiB up. `foreign` are some of the lines that are not UTF-8.
    """

    bytes_count: int = 0
    wide: str | None = None
    mark: int = 0  # bytes of the byte order mark
    is_utf8: bool = True
    is_ascii: bool = True
    lf_count: int = 0
    crlf_count: int = 0
    cr_count: int = 0
    nul_count: int = 0
    longest_line: int = 0
    ends_with_newline: bool = False
    foreign: bytes = b""

    @property
    def lone_cr_count(self) -> int:
        """Carriage returns that no line feed follows."""
        return self.cr_count - self.crlf_count


def survey(path: Path) -> Survey:
    """Read the whole file once and say what its bytes are."""
    found = Survey(bytes_count=path.stat().st_size)
    with path.open("rb") as file:
        start = file.read(4096)
        found.wide, found.mark = wide_encoding(start)
        if found.wide is None:
            file.seek(0)
            _read_all(file, found)
    return found


def wide_encoding(start: bytes) -> tuple[str | None, int]:
    """The encoding of two or four bytes a character that a file begins in (None: it has one), and its mark's length."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return (None if encoding == "utf-8" else encoding), len(mark)
    pairs = len(start) // 2
    even, odd = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    # text of Latin letters without a mark: nearly every second byte is zero, and none of the others
    if pairs >= 4 and odd > 0.7 * pairs and even == 0:
        return "utf-16-le", 0
    if pairs >= 4 and even > 0.7 * pairs and odd == 0:
        return "utf-16-be", 0
    return None, 0


def pieces(file: BinaryIO, size: int = MIB // 4) -> Iterator[bytes]:
    """The rest of a file in pieces."""
    while piece := file.read(size):
        yield piece


def _read_all(file: BinaryIO, found: Survey) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_clean, before, line = True, b"", 0  # is_clean: the decoder stands between two characters
    for piece in pieces(file):
        if not (is_clean and piece.isascii()):
            found.is_ascii = False
            is_clean = _decode(decoder, piece, found) if found.is_utf8 else True
        line = _count(piece, before, line, found)
        before = piece[-1:]
    found.longest_line = max(found.longest_line, line)
    found.ends_with_newline = before == b"\n"
    if found.is_utf8 and not is_clean:  # cut in the middle of a character
        found.is_utf8 = False


def _decode(decoder: codecs.IncrementalDecoder, piece: bytes, found: Survey) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        found.is_utf8 = False
        found.foreign = b"\n".join(_foreign_lines(piece))[:_SAMPLE_BYTES]
        return True
    return decoder.getstate()[0] == b""


def _foreign_lines(piece: bytes) -> Iterator[bytes]:
    for line in piece.splitlines():
        if not line.isascii():
            try:
                line.decode()
            except UnicodeDecodeError:
                yield line


def _count(piece: bytes, before: bytes, line: int, found: Survey) -> int:
    """Count what ends lines; returns the bytes since the last line feed."""
    if b"\x00" in piece:
        found.nul_count += piece.count(b"\x00")
    if b"\r" in piece:
        found.cr_count += piece.count(b"\r")
        found.crlf_count += piece.count(b"\r\n")
    if before == b"\r" and piece.startswith(b"\n"):
        found.crlf_count += 1
    first = piece.find(b"\n")
    if first < 0:
        return line + len(piece)
    found.lf_count += piece.count(b"\n")
    found.longest_line = max(found.longest_line, line + first)
    return len(piece) - piece.rfind(b"\n") - 1
