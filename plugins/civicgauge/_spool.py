"""Where the body of one answer goes while it is read: into memory, or into a file. Used by the HTTP door."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

log = logging.getLogger("civicgauge.web")


class SpoolFailed(Exception):
    """Our own disk said no; kept apart from the operating system's errors that a connection raises."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class Memory:
    """A body that is kept whole, up to its limit."""

    piece_bytes = 65_536

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._pieces: list[bytes] = []

    @property
    def content(self) -> bytes:
        """What was read."""
        return b"".join(self._pieces)[: self.limit]

    def begin(self, url: str) -> None:
        """Nothing to prepare."""

    def write(self, piece: bytes) -> None:
        """Keep a piece."""
        self.size += len(piece)
        self._pieces.append(piece)


class Spool:
    """A body that is written to a file as it comes, with its digest; memory stays flat.

    It lies in `<target>.part` until `keep` gives it its name; leaving the `with` removes what was not kept. Every try
    begins the file anew. `progress` is told the bytes so far, about every `progress_seconds`.
    """

    piece_bytes = 262_144
    content = b""

    def __init__(
        self,
        target: Path,
        limit: int,
        *,
        progress: Callable[[int], None] | None = None,
        progress_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self.limit, self.size, self._digest = limit, 0, hashlib.sha256()
        self._target, self._part = target, target.with_name(f"{target.name}.part")
        self._progress, self._gap, self._clock = progress, progress_seconds, clock
        self._url, self._began, self._told = "", clock(), clock()
        self._file: BinaryIO | None = None
        self._other = ThreadPoolExecutor(1, thread_name_prefix="digest")  # the digest takes as long as all else
        self._digested: Future[None] | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._other.shutdown()
        self._close()
        self._part.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """The digest of what was written."""
        self._wait()
        return self._digest.hexdigest()

    def begin(self, url: str) -> None:
        """Begin the file anew, for an answer from this (redacted) address."""
        self._wait()
        self._close()
        self.size, self._digest, self._url = 0, hashlib.sha256(), url
        self._began = self._told = self._clock()
        try:
            self._file = self._part.open("wb", buffering=0)
        except OSError as error:
            raise SpoolFailed(error) from error

    def write(self, piece: bytes) -> None:
        """Write a piece, and tell how far it is when it is time to."""
        self.size += len(piece)
        self._wait()  # one piece at a time, in order
        self._digested = self._other.submit(self._digest.update, piece)
        try:
            _write_all(self._file, piece)
        except OSError as error:
            raise SpoolFailed(error) from error
        if self._clock() - self._told >= self._gap:
            self._tell()

    def keep(self) -> None:
        """Give the file its name; OSError where the disk refuses."""
        self._close()
        self._part.replace(self._target)

    def _wait(self) -> None:
        if self._digested is not None:
            self._digested.result()

    def _tell(self) -> None:
        self._told = self._clock()
        seconds, megabytes = self._told - self._began, self.size / 1e6
        log.info("GET %s: %.0f MB so far, %.1f MB a second", self._url, megabytes, megabytes / seconds)
        if self._progress is not None:
            self._progress(self.size)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _write_all(file: BinaryIO | None, piece: bytes) -> None:
    """Unbuffered files may take less than they are given."""
    rest = memoryview(piece)
    while file is not None and rest:
        rest = rest[file.write(rest) :]
