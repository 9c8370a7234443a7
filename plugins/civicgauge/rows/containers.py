"""Containers off: a file that was zipped or gzipped (or both) as the file inside, within limits of size.

A bomb is refused while it unfolds, by what comes out of it: what an archive states of itself may lie.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from civicgauge.errors import RowsUnreadable
from civicgauge.rows.archives import choose, is_document, leads_out, open_archive, open_member
from civicgauge.rows.plain import MIB, ReadLimits

_DEPTH = 3  # a gzipped file in a zip archive in a gzip file occurs; more is a joke


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The file inside. `name` is its own name where the container gave one; `members` those of a zip document."""

    path: Path
    name: str | None
    members: tuple[str, ...] = ()
    oddities: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def unwrap(spool: Path, name: str | None, work: Path, limits: ReadLimits, suffixes: frozenset[str]) -> Unwrapped:
    """The file in its containers, or the file itself; unpacked into `work`. Raises RowsUnreadable.

    `suffixes` are those of files that may be tables, for choosing in archives.
    """
    now = Unwrapped(spool, name)
    for depth in range(_DEPTH + 1):
        with now.path.open("rb") as file:
            start = file.read(4)
        target = work / f"unpacked.{depth}"
        if start.startswith(b"\x1f\x8b"):
            inside = _gunzip(now, target, limits)
        elif start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            inside = _unzip(now, target, limits, suffixes)
        else:
            return now
        if now.path not in (spool, inside.path):
            now.path.unlink()
        if inside.members:
            return inside
        now = inside
    raise RowsUnreadable(f"archives within archives, more than {_DEPTH} deep")


def _gunzip(outer: Unwrapped, target: Path, limits: ReadLimits) -> Unwrapped:
    try:
        with gzip.open(outer.path) as source:
            _copy(source, target, outer.path.stat().st_size, limits)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise RowsUnreadable("a gzip file that is cut short or damaged") from error
    return Unwrapped(target, (outer.name or "").removesuffix(".gz") or None, (), outer.oddities, outer.notes)


def _unzip(outer: Unwrapped, target: Path, limits: ReadLimits, suffixes: frozenset[str]) -> Unwrapped:
    with open_archive(outer.path) as archive:
        names = archive.namelist()
        if is_document(names):
            return Unwrapped(outer.path, outer.name, tuple(names), outer.oddities, outer.notes)
        member, candidates = choose(archive.infolist(), suffixes)
        packed = min(member.compress_size, outer.path.stat().st_size)
        try:
            with open_member(archive, member.filename) as source:
                _copy(source, target, packed, limits)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise RowsUnreadable("a zip archive that is cut short or damaged") from error
    inner = Path(member.filename.replace("\\", "/")).name
    oddities = {**outer.oddities}
    if out := sum(leads_out(name) for name in names):
        oddities["names_out_of_folder"] = out
    notes = outer.notes
    if candidates > 1:
        notes = (*notes, f"the archive holds {candidates} files that may be tables; the largest was read")
    return Unwrapped(target, inner, (), oddities, notes)


def _copy(source: gzip.GzipFile | IO[bytes], target: Path, packed: int, limits: ReadLimits) -> None:
    """Unpack to a file; stops where it grows beyond the limits."""
    written, most = 0, max(limits.ratio_from_bytes, limits.unpacked_ratio * packed)
    with target.open("wb") as file:
        while piece := source.read(MIB):
            written += len(piece)
            if written > limits.unpacked_bytes:
                raise RowsUnreadable(f"an archive that unpacks to more than {limits.unpacked_bytes // MIB:,} MiB")
            if written > most:
                raise RowsUnreadable(
                    f"an archive that unpacks to more than {limits.unpacked_ratio} times its size, as bombs do"
                )
            file.write(piece)
