"""What must be known of an XLSX file before it is opened: which sheet is the table, and that it fits the memory."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.archives import open_archive
from civicgauge.rows.plain import MIB, ReadLimits

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SMALL_BYTES = 32 * MIB  # the list of sheets, styles and such, which openpyxl parses as a whole
_ROW_END = b"</row>"
_TAIL = len(_ROW_END) - 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name, with the member of the archive that it lies in and its size unpacked."""

    name: str
    member: str
    bytes_count: int


def main_sheet(path: Path, limits: ReadLimits) -> tuple[Sheet, int]:
    """The sheet that is the table (the largest that is not hidden), and how many sheets there are.

    Raises RowsUnreadable for a workbook that is damaged, has no sheet, or would fill the memory or unfold as a bomb.
    """
    with open_archive(path) as archive:
        try:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            _check_sizes(sizes, path, limits)
            sheets = _sheets(archive, sizes)
            if not sheets:
                raise RowsUnreadable("a workbook without sheets")
            chosen = max(sheets, key=lambda sheet: sheet.bytes_count)
            _check_rows(archive, chosen, limits)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, Tree.ParseError) as error:
            raise RowsUnreadable("a workbook that is cut short or damaged") from error
        except (NotImplementedError, RuntimeError, OSError) as error:
            raise RowsUnreadable("a workbook that is packed in a rare way or asks for a password") from error
    return chosen, len(sheets)


def _check_sizes(sizes: dict[str, int], path: Path, limits: ReadLimits) -> None:
    unpacked = sum(sizes.values())
    most = max(limits.ratio_from_bytes, limits.unpacked_ratio * path.stat().st_size)
    if unpacked > min(most, limits.unpacked_bytes):
        raise RowsUnreadable("a workbook that unpacks to far more than its size, as bombs do")
    for name, size in sizes.items():
        is_streamed = name.startswith(("xl/worksheets/", "xl/media/"))
        most = limits.shared_text_bytes if name.endswith("sharedStrings.xml") else _SMALL_BYTES
        if size > most and not is_streamed and name.startswith("xl/"):
            raise RowsUnreadable(f"a workbook whose {posixpath.basename(name)} is larger than {most // MIB} MiB")


def _sheets(archive: zipfile.ZipFile, sizes: dict[str, int]) -> list[Sheet]:
    relations = Tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat refuses entity bombs
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    book = Tree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    found = []
    for each in book.iter():
        if not each.tag.endswith("}sheet"):
            continue
        target = targets.get(each.get(_RELATION), "")
        member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if each.get("state", "visible") == "visible" and "worksheets/" in member and member in sizes:
            found.append(Sheet(each.get("name", ""), member, sizes[member]))
    return found


def _check_rows(archive: zipfile.ZipFile, sheet: Sheet, limits: ReadLimits) -> None:
    """Refuse a sheet with a row that would fill the memory: its reader holds a row at a time."""
    since, tail = 0, b""
    with archive.open(sheet.member) as source:
        while piece := source.read(MIB):
            ends = (tail + piece).rfind(_ROW_END)
            since = since + len(piece) if ends < 0 else len(tail) + len(piece) - ends
            if since > limits.record_bytes:
                raise RowsUnreadable(f"a row of the sheet is larger than {limits.record_bytes // MIB} MiB")
            tail = piece[-_TAIL:]
