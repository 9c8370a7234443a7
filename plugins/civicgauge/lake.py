"""The lake: what was seen and computed, as files that never change.

A folder is committed by its `manifest.json`, which is written last and names every file with its digest; readers
follow manifests, and a folder without one does not exist for them (orphans are swept by age). Layout (DESIGN 4):

    raw/<city>/<portal>/<day>/<snapshot>/      one reading of a portal's catalogue
    catalog/<city>/<day>/<attempt>/            landed tables, as measured or (its manifest says `decided_by`) as decided
    results/<city>/<day>/<attempt>/            check results and indicator values, of either
    pulls/<city>/<portal>/<day>/<dataset>/<attempt>/            what one day's pull of a dataset came to
    links/<city>/<portal>/<day>/<attempt>/     what one day's checks of links to other hosts saw
    rows/<city>/<portal>/<dataset>/<resource>/<version>/        one version of a resource's rows
    stats/<city>/<portal>/<dataset>/<resource>/<version>/<id>/  statistics of that version
    kept/<city>/<day>/<by whom>/               a mark: what the day's files prove is cited, and nothing of it goes
    withdrawn/<city>/<id>/                     a tombstone: what was taken out, by whom, when and why

On a local disk a file is written beside its place, synced and renamed; an object store's put is its own commit.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import posixpath
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from civicgauge._lakekeeping import MANIFEST, Keeping
from civicgauge.errors import LakeDamaged
from civicgauge.objectstore import opened, shown


def new_id(moment: datetime) -> str:
    """A fresh attempt id that sorts by time, such as `20260630T120000.000000Z-1f3a9c2e`."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"


def canonical_json(value: Any) -> bytes:
    """The one spelling of a JSON value that digests are made of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode(
        errors="backslashreplace"
    )


def part_of(name: str) -> str:
    """A portal's id as one part of a lake path, whatever characters stand in it."""
    return quote(name, safe="").replace(".", "%2E") or "%"


class Lake(Keeping):
    """Files under one fsspec address. Paths are relative, with `/`.

    Raises ConfigurationError for an address that cannot be used, LakeDamaged for a file that differs from its manifest,
    LakeUnreachable for an object store that does not answer.
    """

    def __init__(self, url: str) -> None:
        self._fs, self._root, self._is_local = opened(url)
        self.url = shown(url)  # for people: messages name it

    # ------------------------------------------------------------ writing

    def commit(self, folder: str, files: Mapping[str, bytes | Path], about: Mapping[str, Any]) -> dict[str, Any]:
        """Write `files` and then the manifest (`about` plus each file's bytes and digest); returns the manifest.

        A file is given as bytes or, where it may be large, as the path of a local file, which is copied.
        The folder must be new, or hold nothing but what a killed attempt left.
        """
        listing = {}
        for name, body in files.items():
            path = posixpath.join(folder, name)
            if isinstance(body, Path):
                listing[name] = self._put_file(path, body)
                continue
            self._put(path, body)
            listing[name] = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        manifest = {**about, "files": listing}
        self._put(
            posixpath.join(folder, MANIFEST), json.dumps(manifest, indent=1, default=str, sort_keys=True).encode()
        )
        return manifest

    def add(self, folder: str, name: str, value: Mapping[str, Any]) -> None:
        """Put one small JSON file beside a committed manifest: a later word about it (such as an operator's)."""
        self._put(posixpath.join(folder, name), json.dumps(value, indent=1, default=str, sort_keys=True).encode())

    def keep(self, folder: str, name: str, body: bytes) -> str:
        """Put bytes that no manifest names, such as what could not be read, for a look. Returns their address.

        With a name in `.json` they stay beside a manifest that is rewritten.
        """
        path = posixpath.join(folder, name)
        self._put(path, body)
        return f"{self._root.rstrip('/')}/{path}"

    def _put(self, path: str, body: bytes) -> None:
        full = self._full(path)
        if not self._is_local:
            self._fs.pipe_file(full, body)
            return
        with _replacing(Path(full)) as part:
            part.write_bytes(body)

    def _put_file(self, path: str, source: Path) -> dict[str, Any]:
        with source.open("rb") as file:
            listed = {"bytes": source.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
        full = self._full(path)
        if not self._is_local:
            self._fs.put_file(str(source), full)
            return listed
        with _replacing(Path(full)) as part:
            shutil.copyfile(source, part)
        return listed

    def drop(self, folder: str, name: str) -> bool:
        """Remove one large file of a committed folder, whose manifest stays; whether it was there."""
        full = self._full(posixpath.join(folder, name))
        if not self._fs.exists(full):
            return False
        self._fs.rm(full)
        return True

    def holds(self, folder: str, name: str) -> bool:
        """Whether a file is there; one that the manifest names may have been dropped."""
        return bool(self._fs.exists(self._full(posixpath.join(folder, name))))

    # ------------------------------------------------------------ reading

    def manifest(self, folder: str) -> dict[str, Any] | None:
        """The manifest of a committed folder; None where there is none."""
        body = self._get(posixpath.join(folder, MANIFEST))
        if body is None:
            return None
        try:
            found = json.loads(body)
        except ValueError as error:
            raise LakeDamaged(
                f"{folder}/{MANIFEST} in the lake {self.url} is not JSON; restore it from a backup"
            ) from error
        return dict(found)

    def read(self, folder: str, name: str, manifest: Mapping[str, Any] | None = None) -> bytes:
        """A file named in the manifest, its digest checked."""
        manifest = manifest if manifest is not None else self.manifest(folder)
        listed = (manifest or {}).get("files", {}).get(name)
        body = self._get(posixpath.join(folder, listed.get("stored_as", name))) if listed else None
        if listed is None or body is None or hashlib.sha256(body).hexdigest() != listed["sha256"]:
            raise LakeDamaged(f"{folder}/{name} in the lake {self.url} is missing or differs from its manifest")
        return body

    @contextmanager
    def local(self, folder: str, name: str, manifest: Mapping[str, Any]) -> Iterator[Path]:
        """A file named in the manifest as a local path, for readers that want one; fetched where the lake is remote.

        Only its size is checked: large files are read more often than they can be digested.
        """
        listed = manifest.get("files", {}).get(name)
        full = self._full(posixpath.join(folder, (listed or {}).get("stored_as", name)))
        with tempfile.TemporaryDirectory(prefix="civicgauge-") as scratch:
            path = Path(full)
            if listed and not self._is_local and self._fs.exists(full):
                path = Path(scratch) / name
                self._fs.get_file(full, str(path))
            if listed is None or not path.is_file() or path.stat().st_size != listed["bytes"]:
                raise LakeDamaged(f"{folder}/{name} in the lake {self.url} is missing or differs from its manifest")
            yield path

    def read_json(self, folder: str, name: str) -> dict[str, Any] | None:
        """A small JSON file beside a manifest; None where there is none."""
        body = self._get(posixpath.join(folder, name))
        return None if body is None else dict(json.loads(body))

    def folders(self, parent: str) -> list[str]:
        """Names directly below `parent`, sorted; committed or not."""
        try:
            found = self._fs.ls(self._full(parent), detail=False, refresh=True)
        except (FileNotFoundError, NotADirectoryError):
            return []
        names = (posixpath.basename(str(path).rstrip("/\\").replace("\\", "/")) for path in found)
        return sorted(name for name in names if not name.startswith("."))

    def committed(self, parent: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(folder, manifest) of every committed folder directly below `parent`, oldest first."""
        for name in self.folders(parent):
            folder = posixpath.join(parent, name)
            if (manifest := self.manifest(folder)) is not None:
                yield folder, manifest

    def last_committed(self, parent: str) -> tuple[str, dict[str, Any]] | None:
        """The newest committed folder directly below `parent`; None where there is none."""
        for name in reversed(self.folders(parent)):
            folder = posixpath.join(parent, name)
            if (manifest := self.manifest(folder)) is not None:
                return folder, manifest
        return None

    def _get(self, path: str) -> bytes | None:
        try:
            return bytes(self._fs.cat_file(self._full(path)))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _full(self, path: str) -> str:
        return posixpath.join(self._root, path)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A file beside `target` that takes its place when it is written and synced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def compress(body: bytes) -> bytes:
    """gzip without a time stamp, so that equal bytes stay equal."""
    return gzip.compress(body, compresslevel=6, mtime=0)


def decompress(body: bytes) -> bytes:
    """The reverse of `compress`."""
    return gzip.decompress(body)
