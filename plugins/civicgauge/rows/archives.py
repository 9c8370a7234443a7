"""What is in a zip archive, and which of it is the table. Names inside are read, never used as paths."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.plain import MIB

_DIRECTORY_BYTES = 32 * MIB  # a list of members longer than this would fill the memory
_SHAPEFILE = {".shp", ".dbf"}
_PROSE = {".txt", ".dat", ".asc"}  # may be a table, and may be what is to be read about one
_NEVER = {".html", ".htm", ".pdf", ".doc", ".docx", ".kml", ".kmz", ".xml", ".xls", ".png", ".jpg", ".prj", ".md"}


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive, its list of members checked for size before it is read. Raises RowsUnreadable."""
    _check_directory(path)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise RowsUnreadable("a zip archive that is cut short or damaged") from error


def open_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A member to read from. Raises RowsUnreadable where it is damaged, encrypted or packed in a rare way."""
    try:
        if archive.getinfo(name).flag_bits & 1:
            raise RowsUnreadable("a zip archive that asks for a password")
        return archive.open(name)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError) as error:
        raise RowsUnreadable("a zip archive that is damaged or packed in a rare way") from error


def is_document(names: Sequence[str]) -> bool:
    """Whether the archive is one document (such as a workbook), not a folder of files."""
    return "[Content_Types].xml" in names or names[:1] == ["mimetype"]


def choose(members: Sequence[zipfile.ZipInfo], suffixes: frozenset[str]) -> tuple[zipfile.ZipInfo, int]:
    """The member that is the table, the largest where several may be, and how many there were to choose from.

    Raises RowsUnreadable for archives that hold none.
    """
    files = [member for member in members if _is_file(member)]
    kinds = {_suffix(member) for member in files}
    tables = [member for member in files if _suffix(member) in suffixes - _PROSE]
    tables = tables or [member for member in files if _suffix(member) in suffixes]
    if not tables and kinds >= _SHAPEFILE:
        raise RowsUnreadable("a zip archive with a shapefile, which is not read")
    tables = tables or [member for member in files if _suffix(member) not in _NEVER | _SHAPEFILE]
    if not tables:
        raise RowsUnreadable(f"a zip archive without a table ({', '.join(sorted(kinds)) or 'no files'})")
    return max(tables, key=lambda member: member.file_size), len(tables)


def leads_out(name: str) -> bool:
    """Whether the name of a member would lead out of the folder it is unpacked in."""
    flat = name.replace("\\", "/")
    return flat.startswith("/") or ".." in flat.split("/") or flat[1:2] == ":"


def _is_file(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    # an empty name comes from damage, and zipfile cannot say whether it is a folder
    return bool(member.filename) and not member.is_dir() and not is_hidden and member.file_size > 0


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename.replace("\\", "/").lower()).suffix


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of members is too long; what cannot be found here is for zipfile to complain of."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    stated = 0
    if (at := tail.rfind(b"PK\x05\x06")) >= 0 and len(tail) >= at + 16:
        stated = struct.unpack_from("<L", tail, at + 12)[0]
    if stated == 0xFFFFFFFF and (at := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= at + 48:
        stated = struct.unpack_from("<Q", tail, at + 40)[0]
    if stated > _DIRECTORY_BYTES:
        raise RowsUnreadable("a zip archive with far too many members for a table")
