"""The proof of what is attested: looked at once for its digest and length, and not kept."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from civicgauge.errors import GiveUpError, RetryableError
from civicgauge.model import City
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context
from civicgauge.review.attesting import NotTaken

LARGEST_BYTES = 50 * 1024 * 1024
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Proof:
    """SHA-256 digest, and length in bytes."""

    digest: str
    bytes_count: int


def of_address(context: Context, city: City, url: str, called: str) -> Proof:
    """What lies at an address now, by the project's HTTP door: private hosts refused, size and time bounded.

    NotTaken, beginning with `called` (the option or column), where it cannot be read.
    """
    with (
        context.web_for_links(city.portals[0], Access()) as web,
        tempfile.TemporaryDirectory(prefix="civicgauge-proof-") as folder,
    ):
        try:
            found = web.download(url, Path(folder) / "proof", max_bytes=LARGEST_BYTES)
        except (RetryableError, GiveUpError) as error:
            raise NotTaken(
                f"{called}: the proof could not be read: {error} Give its SHA-256 digest (--digest, in a file the "
                "column digest), or a file of it (--evidence FILE)"
            ) from error
    return Proof(found.sha256, found.bytes_count)


def of_file(path: Path, called: str) -> Proof:
    """The digest of a local file; NotTaken where it cannot be read or is empty."""
    digest, count = hashlib.sha256(), 0
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                count += len(piece)
    except OSError as error:
        raise NotTaken(f"{called}: {path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    if not count:
        raise NotTaken(f"{called}: {path} is empty; it proves nothing")
    return Proof(digest.hexdigest(), count)
