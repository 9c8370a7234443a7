"""What is taken out of the lake again: orphans, what is past its time, and what a city withdraws.

Files never change but for a withdrawal. Whatever dies in the middle leaves a folder that is whole, or one without a
manifest, which no reader follows and which the next call removes.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

MANIFEST = "manifest.json"
_PIECE = 8 << 20


class Keeping(ABC):
    """The part of `Lake` that removes and rewrites; it stands on how `Lake` reads and writes."""

    _fs: Any

    @abstractmethod
    def _full(self, path: str) -> str: ...

    @abstractmethod
    def _put(self, path: str, body: bytes) -> None: ...

    @abstractmethod
    def folders(self, parent: str) -> list[str]:
        """Names directly below `parent`; see `Lake`."""

    @abstractmethod
    def manifest(self, folder: str) -> dict[str, Any] | None:
        """The manifest of a committed folder; see `Lake`."""

    def digest(self, folder: str, name: str) -> str | None:
        """SHA-256 of a file's bytes as they lie there, in bounded memory; None where there is no such file."""
        found, full = hashlib.sha256(), self._full(posixpath.join(folder, name))
        try:
            size = self._fs.size(full)
            for start in range(0, size, _PIECE):
                found.update(self._fs.cat_file(full, start=start, end=min(start + _PIECE, size)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.hexdigest()

    def sweep(self, parents: Iterable[str], older_than: datetime) -> int:
        """Remove folders without a manifest whose id is older than `older_than`; returns how many."""
        limit, removed = f"{older_than.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}", 0
        for parent in parents:
            for name in self.folders(parent):
                folder = posixpath.join(parent, name)
                if name < limit and self.manifest(folder) is None:
                    removed += self._remove(folder)
        return removed

    def remove(self, folder: str) -> bool:
        """Remove a folder, its manifest first; whether it was there."""
        self._remove(posixpath.join(folder, MANIFEST))
        return self._remove(folder)

    def remove_all(self, parent: str) -> int:
        """Remove every folder directly below `parent`, each its manifest first, and `parent`; returns how many."""
        removed = sum(self.remove(posixpath.join(parent, name)) for name in self.folders(parent))
        self._remove(parent)
        return removed

    def rewrite(self, folder: str, manifest: Mapping[str, Any], replaced: Mapping[str, bytes]) -> dict[str, Any]:
        """Give a committed folder another manifest, with other bytes for the files in `replaced`; returns it.

        The new bytes lie beside the old until the manifest names them, so that the folder is whole at every moment;
        then the old ones go. `manifest["files"]` without a name removes that file.
        """
        listing = dict(manifest["files"])
        for name, body in replaced.items():
            digest = hashlib.sha256(body).hexdigest()
            place = f"{name}.{digest[:12]}"
            self._put(posixpath.join(folder, place), body)
            listing[name] = {"bytes": len(body), "sha256": digest, "stored_as": place}
        made = {**manifest, "files": listing}
        self._put(posixpath.join(folder, MANIFEST), json.dumps(made, indent=1, default=str, sort_keys=True).encode())
        self.tidy(folder, made)
        return made

    def tidy(self, folder: str, manifest: Mapping[str, Any]) -> int:
        """Remove the files of a committed folder that its manifest does not name; returns how many.

        Words beside it (`Lake.add`, always `.json`) stay.
        """
        named = {listed.get("stored_as", name) for name, listed in manifest["files"].items()}
        replaced = manifest["files"].keys() - named  # its place has other bytes since
        strays = [
            name
            for name in self.folders(folder)
            if name in replaced or (name not in named and not name.endswith(".json"))
        ]
        return sum(self._remove(posixpath.join(folder, name)) for name in strays)

    def _remove(self, path: str) -> bool:
        full = self._full(path)
        if not self._fs.exists(full):
            return False
        try:
            self._fs.rm(full, recursive=True)
        except FileNotFoundError:  # another process removed it meanwhile
            return False
        return True
