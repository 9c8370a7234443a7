"""An XLSX file as an archive: which sheet is the table, where its texts and formats lie, and that it is no bomb."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Tree
from xml.parsers.expat import ExpatError

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.archives import open_archive, open_member
from civicgauge.rows.plain import MIB, ReadLimits

_SMALL_BYTES = 16 * MIB  # the list of sheets, styles and such, which are parsed as a whole
_BOOK = "xl/workbook.xml"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError, Tree.ParseError, ExpatError)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What an open workbook has: the member of its main sheet, of its shared texts and its styles (None: none).

    `sheets_count` counts what is not hidden. `starts_1904`: its days count from 1904, as on old Macintoshes.
    """

    archive: zipfile.ZipFile
    sheet: str
    sheets_count: int
    texts: str | None
    styles: str | None
    starts_1904: bool


@contextmanager
def open_workbook(path: Path, limits: ReadLimits) -> Iterator[Workbook]:
    """The workbook, its main sheet chosen: the largest that is not hidden.

    Raises RowsUnreadable for one that has no sheet or unfolds as a bomb, and for any damage that is met while it is
    open.
    """
    with open_archive(path) as archive:
        try:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
            _refuse_bomb(sum(sizes.values()), path.stat().st_size, limits)
            yield _described(archive, sizes)
        except _DAMAGE as error:
            raise RowsUnreadable("a workbook that is cut short or damaged") from error


def small_document(archive: zipfile.ZipFile, member: str) -> Tree.Element:
    """A small member of the archive, parsed. Raises RowsUnreadable where it is large."""
    if archive.getinfo(member).file_size > _SMALL_BYTES:
        raise RowsUnreadable(f"a workbook whose {posixpath.basename(member)} is larger than {_SMALL_BYTES // MIB} MiB")
    with open_member(archive, member) as source:
        return Tree.fromstring(source.read())  # noqa: S314 - expat itself refuses entities that explode


def _refuse_bomb(unpacked: int, packed: int, limits: ReadLimits) -> None:
    if unpacked > min(limits.unpacked_bytes, max(limits.ratio_from_bytes, limits.unpacked_ratio * packed)):
        raise RowsUnreadable("a workbook that unpacks to far more than its size, as bombs do")


def _described(archive: zipfile.ZipFile, sizes: dict[str, int]) -> Workbook:
    targets = {}  # id of a relation: its kind (the last word of its type) and the member it leads to
    for relation in small_document(archive, "xl/_rels/workbook.xml.rels"):
        kind = relation.get("Type", "").rpartition("/")[2]
        targets[relation.get("Id")] = (kind, posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[1:])
    book = small_document(archive, _BOOK)
    sheets = [member for member in _visible(book, targets) if member in sizes]
    if not sheets:
        raise RowsUnreadable("a workbook without sheets")
    others = {kind: member for kind, member in targets.values() if member in sizes}
    properties = next((each for each in book if each.tag.endswith("}workbookPr")), None)
    return Workbook(
        archive=archive,
        sheet=max(sheets, key=lambda member: sizes[member]),
        sheets_count=len(sheets),
        texts=others.get("sharedStrings"),
        styles=others.get("styles"),
        starts_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


def _visible(book: Tree.Element, targets: dict[str | None, tuple[str, str]]) -> Iterator[str]:
    for each in book.iter():
        if each.tag.endswith("}sheet") and each.get("state", "visible") == "visible":
            relation = next((value for name, value in each.items() if name.endswith("}id")), None)
            kind, member = targets.get(relation, ("", ""))
            if kind == "worksheet":
                yield member
