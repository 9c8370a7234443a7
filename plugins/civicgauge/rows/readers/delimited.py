"""CSV, TSV and whatever else parts its values with one character."""

from __future__ import annotations

from pathlib import Path

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.dialect import Dialect, sniff
from civicgauge.rows.encodings import CleanText
from civicgauge.rows.plain import MIB, CsvSource, PlainTable, counted, header_oddities
from civicgauge.rows.readers import Found
from civicgauge.rows.slowly import read_slowly

_HEAD_BYTES = 256 * 1024
_PROSE_WORDS = 12


class Delimited:
    """Takes any text that no other format claims."""

    suffixes = (".csv", ".tsv", ".tab", ".txt", ".psv", ".asc", ".dat")

    def claims(self, found: Found) -> int:
        """Text is a table until something better is known."""
        return 10 if found.start_text else 0

    def read(self, found: Found) -> PlainTable:
        """A CsvSource where DuckDB can read the file as it is, else the rows as TextParquet."""
        text = found.text()
        if text.found.longest_line > found.limits.cell_bytes:
            limit = found.limits.cell_bytes // MIB
            raise RowsUnreadable(f"a line is longer than {limit} MiB, which no row of a table may be")
        head, is_whole = _head(text)
        dialect = sniff(head.decode(errors="replace"), is_whole=is_whole, hint=found.hint)
        _refuse_prose(dialect, text)
        if len(dialect.headers) > found.limits.columns:
            raise RowsUnreadable(f"a first line of more than {found.limits.columns:,} fields, which is no header")
        begin = _offset(head, dialect.data_line)
        plain = _direct(text, dialect, begin, found)
        if len(dialect.headers) > 1 and dialect.is_even:
            return plain
        return read_slowly(plain, found.work, found.limits)


READER = Delimited()


def _head(text: CleanText) -> tuple[bytes, bool]:
    with text.path.open("rb") as file:
        file.seek(text.mark)
        head = file.read(_HEAD_BYTES)
        is_whole = not file.read(1)
    cut = len(head) if is_whole else head.rfind(b"\n") + 1 or len(head)
    return head[:cut], is_whole


def _refuse_prose(dialect: Dialect, text: CleanText) -> None:
    """One line of many words and no delimiter is a message of a server, not the header of a table without rows."""
    is_line = len(dialect.headers) == 1 and text.found.lf_count + (not text.found.ends_with_newline) <= 1
    if is_line and len(dialect.headers[0].split()) > _PROSE_WORDS:
        raise RowsUnreadable("one line of text without a delimiter, which is no table")


def _offset(head: bytes, line: int) -> int:
    """Where that line begins in the head."""
    at = 0
    for _ in range(line):
        at = head.find(b"\n", at) + 1
        if not at:
            return len(head)
    return at


def _direct(text: CleanText, dialect: Dialect, begin: int, found: Found) -> PlainTable:
    """The file as DuckDB can read it: itself where the header is its first line and plain, else a copy of its rows."""
    survey = text.found
    lines = survey.lf_count + (not survey.ends_with_newline)
    newline = "\r\n" if survey.crlf_count * 2 > survey.lf_count else "\n"
    path, skip_rows = text.path, 1
    # what DuckDB 2.0.1 reads wrongly or not at all in lines to skip: several, a mark before a quote, another line end
    is_odd = dialect.data_line != 1 or dialect.header_line or (text.mark and any('"' in h for h in dialect.headers))
    is_odd = is_odd or (survey.crlf_count == 1 and survey.lf_count > 1)
    if is_odd:
        path, skip_rows = found.work / "rows.csv", 0
        _copy_from(text.path, text.mark + begin, path)
        newline = "\n" if survey.crlf_count <= 1 else newline
    return PlainTable(
        headers=dialect.headers,
        format_id="tsv" if dialect.delimiter == "\t" else "csv",
        encoding=text.encoding,
        rows_count=None,
        source=CsvSource(path, dialect.delimiter, '"', newline, skip_rows, max(0, lines - dialect.data_line)),
        oddities=counted(text.oddities, header_oddities(dialect.headers), {"title_lines": dialect.title_lines}),
    )


def _copy_from(source: Path, offset: int, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        old.seek(offset)
        while piece := old.read(MIB):
            new.write(piece)
