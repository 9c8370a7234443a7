"""Records of a delimited file, one after the other, whatever is wrong with its quotes and line ends.

The csv module reads strictly; where it refuses, the record is mended here and counted, so that a quote that never
closes costs its own line and not the rest of the file.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.lenient import Closing, lenient_fields
from civicgauge.rows.plain import MIB, ReadLimits

if TYPE_CHECKING:
    from _csv import Reader

_REREAD_BYTES = 512 * MIB  # how much may be read again for quotes that do not close, before the file is refused
_LINES = 100_000  # no value has so many; short lines take far more memory than their bytes
_JOINED_LINES = 20  # a broken record is looked for in so many lines
_JOINS = 10_000  # and so often: a file of nothing but broken records would take for ever
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3"  # characters that no text may hold: one stands for a CR while csv reads


class _Runaway(Exception):
    """A quoted value has grown beyond the limit of a cell: its quote was none."""


def csv_reader(lines: Iterable[str], delimiter: str, *, strict: bool, skips_blanks: bool = False) -> Reader:
    """The csv module's reader without its limit of 128 KiB a field; the callers have limits of their own."""
    csv.field_size_limit(1024 * MIB)
    return csv.reader(lines, delimiter=delimiter, strict=strict, skipinitialspace=skips_blanks)


def hide_returns(text: str) -> tuple[str, str | None]:
    """The text with another character for each lone carriage return, and that character (None: there is none).

    To the csv module a lone carriage return ends a row; in files whose lines end otherwise it is content.
    """
    if "\r" not in text or "\r" not in (bare := text.replace("\r\n", "")):
        return text, None
    stand_in = next((each for each in _STAND_INS if each not in bare), _STAND_INS[0])
    return text.replace("\r", stand_in).replace(f"{stand_in}\n", "\r\n"), stand_in


class Records:
    """Iterates over the records of `file` from where it stands; `width` is how many fields a record should have.

    `oddities` are counted on the way: repaired_quotes, unclosed_quotes, empty_rows, carriage_return_lines. Raises
    RowsUnreadable for a line beyond the limit of a cell and for a file whose quotes are hopeless.
    """

    def __init__(self, file: BinaryIO, delimiter: str, width: int, limits: ReadLimits) -> None:
        self.oddities: dict[str, int] = {}
        self._delimiter, self._width = delimiter, width
        self._lines = _Lines(file, limits)
        self._joins = 0

    def __iter__(self) -> Iterator[list[str]]:
        lines = self._lines
        while True:
            lines.forget()
            try:
                for fields in csv_reader(lines, self._delimiter, strict=True):
                    if len(fields) == self._width and not lines.stand_ins:
                        yield fields
                    elif not fields:
                        self._count("empty_rows")
                    else:
                        yield from self._mended(fields)
                    lines.forget()
            except csv.Error:
                yield self._repaired()
            except _Runaway:
                self._count("unclosed_quotes")
                yield self._repaired()
            else:
                return

    def _count(self, name: str, number: int = 1) -> None:
        self.oddities[name] = self.oddities.get(name, 0) + number

    # ------------------------------------------------------------ records that csv could read, yet not as usual

    def _mended(self, fields: list[str]) -> list[list[str]]:
        """A record of another width or with hidden carriage returns, made good: one record or several."""
        if len(fields) != self._width:
            if several := self._several():
                return several
            if any(field.startswith(' "') for field in fields):
                fields = self._spaced(fields)
        for stand_in in self._lines.stand_ins:
            fields = [field.replace(stand_in, "\r") for field in fields]
        return [fields]

    def _several(self) -> list[list[str]]:
        """The records, where what csv took for one is several good ones; else none.

        So it is with two stray quotes some lines apart, and with rows that carriage returns part among others.
        """
        taken = self._lines.taken
        parts = [part for line in taken for part in line.rstrip("\n").removesuffix("\r").split("\r")]
        if len(parts) < 2:
            return []
        records = [lenient_fields(part, self._delimiter)[0] for part in parts]
        if any(len(record) != self._width for record in records):
            return []
        if len(parts) > len(taken):
            self._count("carriage_return_lines", len(parts) - len(taken))
        if len(taken) > 1:
            self._count("repaired_quotes", len(taken))
        return records

    def _spaced(self, fields: list[str]) -> list[str]:
        """The record read with blanks before quotes left out, where that gives the right width."""
        lines = [hide_returns(line)[0] for line in self._lines.taken]
        again = next(csv_reader(lines, self._delimiter, strict=False, skips_blanks=True), fields)
        return again if len(again) == self._width else fields

    # ------------------------------------------------------------ records that csv could not read

    def _repaired(self) -> list[str]:
        """The first of the lines taken as a record by itself, or joined with some after it where that fits better."""
        self._count("repaired_quotes")
        fields, used = self._best()
        self._lines.give_back(self._lines.taken[used:])
        return fields

    def _best(self) -> tuple[list[str], int]:
        taken = self._lines.taken
        for closing in Closing:
            alone, _ = lenient_fields(taken[0], self._delimiter, closing)
            if len(alone) == self._width:
                return alone, 1
        alone, is_closed = lenient_fields(taken[0], self._delimiter)
        if (not is_closed or len(alone) < self._width) and self._joins < _JOINS:
            self._joins += 1
            self._lines.take_up_to(_JOINED_LINES)
            for used in range(2, min(len(taken), _JOINED_LINES) + 1):
                joined, is_closed = lenient_fields("".join(taken[:used]), self._delimiter)
                if is_closed and len(joined) == self._width:
                    return joined, used
        return alone, 1


class _Lines:
    """The lines of a file as text for csv; `taken` are those of the record now read, and may be given back."""

    def __init__(self, file: BinaryIO, limits: ReadLimits) -> None:
        self._file, self._longest = file, limits.cell_bytes
        self._waiting: deque[str] = deque()
        self._reread = 0
        self._taken_size = 0
        self.taken: list[str] = []
        self.stand_ins: str = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        self.taken.append(line)
        self._taken_size += len(line)
        if len(self.taken) > 1 and (self._taken_size > self._longest or len(self.taken) > _LINES):
            raise _Runaway
        if "\r" in line:
            line, stand_in = hide_returns(line)
            if stand_in is not None:
                self.stand_ins += stand_in
        return line

    def _read(self) -> str:
        raw = self._file.readline(self._longest + 1)
        if not raw:
            raise StopIteration
        if len(raw) > self._longest:
            raise RowsUnreadable(f"a line is longer than {self._longest // MIB} MiB, which no row of a table may be")
        return raw.decode()

    def forget(self) -> None:
        """The record is done: a new one begins."""
        self.taken.clear()
        self._taken_size = 0
        self.stand_ins = ""

    def take_up_to(self, number: int) -> None:
        """Take further lines until so many are taken, without a limit's complaint."""
        while len(self.taken) < number and self._taken_size <= self._longest:
            try:
                next(self)
            except (StopIteration, _Runaway):
                return

    def give_back(self, lines: list[str]) -> None:
        """Have these lines read next, before all others."""
        self._waiting.extendleft(reversed(lines))
        self._reread += sum(map(len, lines))
        if self._reread > _REREAD_BYTES:
            raise RowsUnreadable("too many quotes do not close, so that where its rows end cannot be told")
