"""Readers of files, one module a format; each says how sure it is of a file, and the surest reads it.

A new format is one module here with a `READER` that keeps the protocol below; nothing else needs to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from civicgauge.rows.encodings import CleanText, clean_text
from civicgauge.rows.plain import PlainTable, ReadLimits
from civicgauge.rows.survey import wide_encoding

START_BYTES = 64 * 1024


@dataclass(slots=True)
class Found:
    """A file out of its containers, and what is known of it before it is read.

    `hint` is the format that was promised, in lower case (`csv`, `geojson`; "" where nothing was): it decides only
    where the content does not. `members` are the names inside, where the file is a document made of a zip archive.
    """

    path: Path
    start: bytes
    hint: str
    work: Path
    limits: ReadLimits
    members: tuple[str, ...] = ()
    _text: CleanText | None = field(default=None, repr=False)

    @property
    def start_text(self) -> str:
        """The first characters, without a byte order mark and white space before them; good for a look, not to read."""
        encoding, mark = wide_encoding(self.start)
        return self.start[mark:].decode(encoding or "utf-8", errors="replace").lstrip("\ufeff \t\r\n\x1e")

    def text(self) -> CleanText:
        """The whole as clean UTF-8; made once."""
        if self._text is None:
            self._text = clean_text(self.path, self.work, self.limits)
        return self._text


class TableReader(Protocol):
    """What every format offers. `suffixes` (`.csv`) are those by which its files are picked out of an archive."""

    suffixes: tuple[str, ...]

    def claims(self, found: Found) -> int:
        """How sure the format is that this is its file: 0 not at all, 100 beyond doubt."""
        ...

    def read(self, found: Found) -> PlainTable:
        """The table in the file. Raises RowsUnreadable with one sentence where there is none."""
        ...


@cache
def readers() -> dict[str, TableReader]:
    """Every format, by the name of its module."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}").READER for name in names}
