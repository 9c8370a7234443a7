"""A file of rows as it came, opened: what it is, and where its rows lie as text. The public door of the readers.

The name, the promised format and the content type may all lie; the content decides. Containers are taken off first.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.containers import Unwrapped, unwrap
from civicgauge.rows.plain import CsvSource, PlainTable, ReadLimits, TextParquet, counted
from civicgauge.rows.readers import START_BYTES, Found, readers
from civicgauge.rows.refusals import refuse_other
from civicgauge.rows.slowly import read_slowly

__all__ = ["CsvSource", "PlainTable", "ReadLimits", "TextParquet", "open_table", "reread_slowly"]


def open_table(
    spool: Path, *, format_hint: str | None, file_name: str | None, work: Path, limits: ReadLimits | None = None
) -> PlainTable:
    """The table in a file that was received.

    `format_hint` is the format that was promised, `file_name` the name it had; both decide only where the content does
    not. `work` is an empty folder for what must be written; the result's path lies there or is `spool` itself, so keep
    both until it is read. Memory is flat in the number of rows. Raises RowsUnreadable, with one sentence, where there
    is no table.
    """
    limits = limits or ReadLimits()
    suffixes = frozenset(suffix for reader in readers().values() for suffix in reader.suffixes)
    inside = unwrap(spool, file_name, work, limits, suffixes | {".gz", ".zip"})
    found = _found(inside, format_hint, work, limits)
    refuse_other(found.start, found.start_text, found.members)
    reader = max(readers().values(), key=lambda each: each.claims(found))
    if not reader.claims(found):
        raise RowsUnreadable("the file is empty")
    plain = reader.read(found)
    return replace(plain, oddities=counted(inside.oddities, plain.oddities), notes=(*inside.notes, *plain.notes))


def reread_slowly(plain: PlainTable, work: Path, limits: ReadLimits | None = None) -> PlainTable:
    """The same table as TextParquet, read record by record: for where DuckDB refuses a CsvSource or counts otherwise.

    A table that is TextParquet already is given back as it is.
    """
    return read_slowly(plain, work, limits or ReadLimits())


def _found(inside: Unwrapped, promised: str | None, work: Path, limits: ReadLimits) -> Found:
    """What is known of the file inside: its own name tells more than the format that was promised for the whole."""
    with inside.path.open("rb") as file:
        start = file.read(START_BYTES)
    suffix = Path(inside.name or "").suffix.strip(".").lower()
    told = (promised or "").strip().strip(".").lower()
    known = {each.strip(".") for reader in readers().values() for each in reader.suffixes}
    return Found(inside.path, start, told if told in known else suffix or told, work, limits, inside.members)
