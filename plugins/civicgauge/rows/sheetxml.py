"""The XML of XLSX sheets as a stream: rows of raw cells, and the texts that cells share.

Expat calls for each element; what is kept at once is one row, however long the sheet.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar
from xml.parsers import expat

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.plain import MIB

_PIECE = 64 * 1024
_COLUMNS = 18_278  # ZZZ; a sheet has 16,384
_REMEMBERED = 20_000
_DIGITS = "0123456789"
T = TypeVar("T")


@dataclass(slots=True)
class RawRow:
    """A row by its number; `cells` are (type, style, text) by place, None where none stands."""

    number: int
    cells: list[tuple[str, str, str] | None] = field(default_factory=list)


def sheet_rows(source: IO[bytes], largest: int) -> Iterator[RawRow]:
    """The rows of a sheet. Raises RowsUnreadable for a row of more than `largest` bytes, ExpatError for broken XML."""
    sheet = _Sheet()
    yield from _parsed(source, sheet.parser(), sheet.rows, largest)


def shared_texts(source: IO[bytes], largest: int) -> Iterator[str]:
    """The texts that cells of a workbook refer to by number."""
    texts = _Texts()
    yield from _parsed(source, texts.parser(), texts.found, largest)


def _parsed(source: IO[bytes], parser: expat.XMLParserType, found: list[T], largest: int) -> Iterator[T]:
    """Feed the parser and hand on what it found."""
    given = 0
    while piece := source.read(_PIECE):
        parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by place only
        given = 0 if found else given + len(piece)
        if given > largest:
            raise RowsUnreadable(f"a row of the sheet is larger than {largest // MIB} MiB")
        yield from found
        found.clear()
    parser.Parse(b"", True)  # noqa: FBT003
    yield from found


class _Handler(ABC):
    """What both parsers share: text between the tags that hold it, and a refusal of document types."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.is_text = False
        self.is_phonetic = False

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        return parser

    def text(self, data: str) -> None:
        if self.is_text:
            self.parts.append(data)

    @abstractmethod
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def end(self, name: str) -> None:
        """An element ends."""


def _refuse_doctype(*_: object) -> None:
    raise RowsUnreadable("a workbook with a document type of its own, as no program writes")


class _Texts(_Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as expat calls
        name = name.rpartition(":")[2]
        if name == "t":
            self.is_text = not self.is_phonetic
        elif name == "rPh":
            self.is_phonetic = True

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self.is_text = False
        if name == "rPh":
            self.is_phonetic = False
        elif name == "si":
            self.found.append("".join(self.parts))
            self.parts.clear()


class _Sheet(_Handler):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RawRow] = []
        self._row = RawRow(0)
        self._cell = ("", "", 0)
        self._next = 0  # the place after the last cell, empty ones counted
        self._places: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":
            self.is_text = True
        elif name == "c":
            place = self._place(attributes.get("r"))
            self._cell, self._next = (attributes.get("t", "n"), attributes.get("s", "0"), place), place + 1
        elif name == "row":
            number = attributes.get("r", "")
            self._row = RawRow(max(int(number) if number.isdecimal() else 0, self._row.number + 1))
            self._next = 0
        elif name == "t":
            self.is_text = not self.is_phonetic
        elif name == "rPh":
            self.is_phonetic = True
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "c":
            if self.parts:
                self._put("".join(self.parts))
                self.parts.clear()
        elif name == "row":
            self.rows.append(self._row)
        elif name == "rPh":
            self.is_phonetic = False
        elif ":" in name:
            self.end(name.rpartition(":")[2])

    def _put(self, text: str) -> None:
        kind, style, place = self._cell
        cells = self._row.cells
        while len(cells) <= place:
            cells.append(None)
        cells[place] = (kind, style, text)

    def _place(self, reference: str | None) -> int:
        """The place of a cell by its reference (`AB12`); without one, after the last."""
        letters = (reference or "").rstrip(_DIGITS)
        if not letters:
            return self._next
        place = self._places.get(letters)
        if place is None:
            place = -1
            for letter in letters.upper():
                place = (place + 1) * 26 + ord(letter) - ord("A")
            if not 0 <= place < _COLUMNS:
                raise RowsUnreadable(f"a sheet with a cell {letters[:20]!r}, where none can be")
            self._places[letters] = place
        return place


class TextStore:
    """Texts by number, on disk, so that millions of them take eight bytes each in memory. A context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._ends = array("Q", [0])
        self._known: dict[int, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._path.unlink()

    def add(self, text: str) -> None:
        """Append one."""
        body = text.encode(errors="replace")
        self._file.write(body)
        self._ends.append(self._ends[-1] + len(body))

    def __getitem__(self, number: int) -> str:
        """The text of that number; IndexError where there is none."""
        text = self._known.get(number)
        if text is None:
            if not 0 <= number < len(self._ends) - 1:
                raise IndexError(number)
            self._file.seek(self._ends[number])
            text = self._file.read(self._ends[number + 1] - self._ends[number]).decode()
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[number] = text
        return text
