"""Any text file as clean UTF-8: the file itself where it is that already, else a copy.

A line that is not UTF-8 is read in the file's other encoding (Windows-1252 unless the bytes plainly tell another), so
that a file joined from two sources comes out right in both halves.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.plain import ReadLimits, counted
from civicgauge.rows.survey import Survey, pieces, survey

_LONG_LINE = 64 * 1024  # in a longer one only the bytes that are not UTF-8 are read otherwise, not the whole line
_DEFAULT = "cp1252"
_TELLING = 32  # so many bytes beyond ASCII tell an encoding


@dataclass(frozen=True, slots=True)
class CleanText:
    """A UTF-8 file without NUL and without lone carriage returns as line ends; `mark` bytes at its start are a mark.

    `encoding` is what was received. `found` describes `path`, not what it was made from.
    """

    path: Path
    encoding: str
    mark: int
    found: Survey
    oddities: dict[str, int] = field(default_factory=dict)


def clean_text(path: Path, work: Path, limits: ReadLimits) -> CleanText:
    """The text of a file as clean UTF-8, copied into `work` only where it must be. Raises RowsUnreadable when empty."""
    found = survey(path)
    if found.bytes_count <= found.mark:
        raise RowsUnreadable("the file is empty")
    has_cr_lines = found.lf_count == 0 and found.cr_count > 1
    if found.wide is None and found.is_utf8 and not found.nul_count and not has_cr_lines:
        return CleanText(path, "utf-8-sig" if found.mark else "utf-8", found.mark, found)
    copy = work / "clean.txt"
    writer = _Writer(has_cr_lines=has_cr_lines)
    with path.open("rb") as source, copy.open("wb") as target:
        source.seek(found.mark)
        encoding = _copy(source, target, found, writer, limits)
    if copy.stat().st_size == 0:
        raise RowsUnreadable("the file holds nothing but NUL bytes")
    return _copied(copy, encoding, writer.oddities, work)


def _copied(copy: Path, encoding: str, oddities: dict[str, int], work: Path) -> CleanText:
    """The copy as clean text; where lone carriage returns end its lines (seen only now in UTF-16), one copy more."""
    found = survey(copy)
    if found.lf_count == 0 and found.cr_count > 1:
        writer = _Writer(has_cr_lines=True, oddities=oddities)
        last = work / "lines.txt"
        with copy.open("rb") as source, last.open("wb") as target:
            for piece in pieces(source):
                writer(target, piece)
        copy.unlink()
        return _copied(last, encoding, oddities, work)
    return CleanText(copy, encoding, 0, found, oddities=counted(oddities))


@dataclass(slots=True)
class _Writer:
    """What is done to each piece of UTF-8 on its way into the copy."""

    has_cr_lines: bool
    oddities: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        self.oddities[name] = self.oddities.get(name, 0) + number

    def __call__(self, target: BinaryIO, text: bytes) -> None:
        if b"\x00" in text:
            self.add("nul_bytes", text.count(b"\x00"))
            text = text.replace(b"\x00", b"")
        if self.has_cr_lines and b"\r" in text:
            self.add("carriage_return_lines", text.count(b"\r"))
            text = text.replace(b"\r", b"\n")
        target.write(text)


def _copy(source: BinaryIO, target: BinaryIO, found: Survey, writer: _Writer, limits: ReadLimits) -> str:
    if found.wide is not None:
        return _copy_wide(source, target, found.wide, writer)
    if found.is_utf8:
        for piece in pieces(source):
            writer(target, piece)
        return "utf-8-sig" if found.mark else "utf-8"
    return _copy_mixed(source, target, other_encoding(found.foreign), writer, limits)


def _copy_wide(source: BinaryIO, target: BinaryIO, encoding: str, writer: _Writer) -> str:
    """UTF-16 and UTF-32. Lone carriage returns cannot be told before decoding, so they are left to the readers."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in pieces(source):
        writer(target, decoder.decode(piece).encode())
    writer(target, decoder.decode(b"", final=True).encode())
    return encoding


def _copy_mixed(source: BinaryIO, target: BinaryIO, other: str, writer: _Writer, limits: ReadLimits) -> str:
    """Lines of UTF-8 as they are, the others from `other`; says what the file is."""
    repaired = well = 0
    for block in _blocks(source, limits.cell_bytes):
        try:
            block.decode()
        except UnicodeDecodeError:
            lines = block.splitlines(keepends=True)
        else:
            well += not block.isascii()
            writer(target, block)
            continue
        for line in lines:
            text, is_repaired = _line(line, other)
            repaired += is_repaired
            well += not is_repaired and not line.isascii()
            writer(target, text)
    if not well:
        return other  # no line was UTF-8: the file is in that encoding, and nothing was repaired
    writer.add("repaired_encoding_lines", repaired)
    return f"utf-8 and {other}"


def _blocks(source: BinaryIO, longest: int) -> Iterator[bytes]:
    """Pieces that end with a line, unless a line is longer than `longest`; those end between two characters."""
    kept = b""
    for piece in pieces(source):
        kept += piece
        cut = max(kept.rfind(b"\n"), kept.rfind(b"\r", 0, len(kept) - 1)) + 1
        if not cut and len(kept) < longest:
            continue
        cut = cut or len(kept) - _unfinished(kept)
        yield kept[:cut]
        kept = kept[cut:]
    if kept:
        yield kept


def _unfinished(text: bytes) -> int:
    """How many bytes at the end begin a UTF-8 character that is not complete."""
    for back in range(1, min(4, len(text)) + 1):
        byte = text[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if needed > back else 0
        if byte < 0x80:
            return 0
    return 0


def _line(line: bytes, other: str) -> tuple[bytes, bool]:
    try:
        line.decode()
    except UnicodeDecodeError:
        if len(line) > _LONG_LINE:
            return line.decode(errors="civicgauge-cp1252").encode(), True
        return decode_other(line, other).encode(), True
    return line, False


def decode_other(text: bytes, encoding: str) -> str:
    """Text in an encoding that is not UTF-8; bytes that it does not know are read as Latin-1, so that none is lost."""
    try:
        return text.decode(encoding)
    except UnicodeDecodeError:
        return text.decode(encoding, errors="civicgauge-latin-1")


def _by_byte(encoding: str) -> None:
    def handler(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        bad = error.object[error.start : error.end]
        return "".join(_one(byte, encoding) for byte in bad), error.end

    codecs.register_error(f"civicgauge-{encoding}", handler)


def _one(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


_by_byte("cp1252")
_by_byte("latin-1")


def other_encoding(foreign: bytes) -> str:
    """The encoding of lines that are not UTF-8: Windows-1252 unless they are plainly in another script."""
    from charset_normalizer import from_bytes

    strange = sum(byte >= 0x80 for byte in foreign) - foreign.count(0xA0)  # a blank tells of no script
    if strange < _TELLING or strange < len(foreign) // 10:
        return _DEFAULT  # in another script most letters are beyond ASCII; a few among many are accents or damage
    best = from_bytes(foreign, steps=5, chunk_size=4096, preemptive_behaviour=False).best()
    if best is None or best.encoding.startswith("utf") or set(best.alphabets) <= _LATIN:
        return _DEFAULT
    return str(codecs.lookup(best.encoding).name)


_LATIN = {
    "Basic Latin",
    "Control character",
    "Latin-1 Supplement",
    "Latin Extended-A",
    "Latin Extended-B",
    "Latin Extended Additional",
    "General Punctuation",
    "Currency Symbols",
    "Letterlike Symbols",
    "Spacing Modifier Letters",
    "Combining Diacritical Marks",
    "Superscripts and Subscripts",
    "Number Forms",
    "Mathematical Operators",
    "Geometric Shapes",
    "Box Drawing",
    "Block Elements",
    "Dingbats",
}
