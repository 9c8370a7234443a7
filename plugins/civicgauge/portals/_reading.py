"""Reading a whole table while its portal goes on working: what every route of rows shares.

A table may move between the first and the last byte, and an export may end early without a sign. So after each reading
the portal is asked again; where its word changed, or its count is another one, the table is read anew, three times at
most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from civicgauge.errors import AnswerUnreadable
from civicgauge.landed import Download, Peek

_READINGS = 3
_PIECE = 1 << 20
_DROPPED = bytes(byte for byte in range(256) if byte not in b'"\n')
_KEPT_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as it was read in the end, and what the portal said right afterwards."""

    download: Download
    peek: Peek
    notes: tuple[str, ...]


def read_until_still(
    before: Peek, get: Callable[[], Download], look: Callable[[], Peek], count: Callable[[], int]
) -> Reading:
    """`get` the table, `look` at what the portal says of it now, `count` the rows that came; until all agree.

    A count that differs although nothing moved is believed once a second reading brought the same bytes: it is what
    the portal gives. A table that never stands still is taken as it is, without validators, so that the next run
    reads it again. The notes say all of this.
    """
    notes: list[str] = []
    digest = ""
    for reading in range(1, _READINGS + 1):
        if (download := get()).status == 304:
            return Reading(download, before, tuple(notes))
        after = look()
        rows, stated = count(), after.stated_rows_count
        has_moved, differs = after.validators != before.validators, stated not in (None, rows)
        if not has_moved and (not differs or download.sha256 == digest):
            break
        notes.append(f"reading {reading}: " + _why(rows, stated, has_moved=has_moved, differs=differs))
        before, digest = after, download.sha256
    else:
        notes.append(f"taken as it is after {_READINGS} readings")
        after = replace(after, validators={}, is_conclusive=False)
    if differs:
        notes.append(f"the portal counts {stated} rows and gives {rows}")
    return Reading(download, after, tuple(notes))


def _why(rows: int, stated: int | None, *, has_moved: bool, differs: bool) -> str:
    told = ["the data moved while they were read"] if has_moved else []
    told += [f"{rows} rows came and the portal counts {stated}"] if differs else []
    return ", ".join(told)


def conditions(known: Mapping[str, str] | None) -> dict[str, str]:
    """The headers that ask for a table only if it differs from the stored version's `etag` and `last-modified`."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {header: value for name, header in names.items() if (value := (known or {}).get(name))}


def count_records(path: Path) -> int:
    """Records of a CSV file as RFC 4180 writes them, its header included: line ends outside quotes.

    Whole pieces are reduced to quotes and line ends, and pairs of quotes taken out, before anything is looked at, so
    that a gigabyte takes about two seconds and no memory.
    """
    records, is_inside, last = 0, False, b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            parts = piece.translate(None, _DROPPED).replace(b'""', b"").split(b'"')
            records += sum(part.count(b"\n") for part in (parts[1::2] if is_inside else parts[::2]))
            is_inside ^= len(parts) % 2 == 0
            last = piece[-1:]
    return records + (last != b"\n")


def refuse_page(download: Download, target: Path) -> None:
    """AnswerUnreadable for a web page where a table was promised; the file is removed."""
    if not download.headers.get("content-type", "").strip().lower().startswith(("text/html", "application/xhtml")):
        return
    with target.open("rb") as file:
        start = file.read(_KEPT_BYTES)
    target.unlink()
    raise AnswerUnreadable(
        f"{download.url} answered with a web page instead of a table ({download.bytes_count:,} bytes). The portal may "
        "be down or show a notice; open it in a browser.",
        start,
    )
