"""Takes the compression off a body as it comes, in bounded pieces. Used by the HTTP door.

urllib3's own decoders take a gzip stream that ends in the middle for whole, and hand over what they do not know.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from urllib3.exceptions import DecodeError, ProtocolError

_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"


def unpacked(pieces: Iterable[bytes], content_encoding: str) -> Iterator[bytes]:
    """The pieces without the encodings that the header names, each of bounded size where something was taken off.

    Raises urllib3's DecodeError for an encoding that was not asked for or is not what it says, ProtocolError for a
    compressed body that ends too early.
    """
    for name in reversed([part.strip().lower() for part in content_encoding.split(",")]):
        if name in ("gzip", "x-gzip"):
            pieces = _inflated(pieces, is_gzip=True)
        elif name == "deflate":
            pieces = _inflated(pieces, is_gzip=False)
        elif name not in ("", "identity"):
            raise DecodeError(f"content-encoding {name[:40]!r} was not asked for")
    yield from pieces


def _inflated(pieces: Iterable[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    """One decompressor after another where gzip members follow one another; what follows them is read and ignored."""
    unpacker: Any = None
    is_first = True
    for piece in pieces:
        rest = piece
        while rest and (unpacker or is_first or (is_gzip and _GZIP.startswith(rest[:2]))):
            unpacker, is_first = unpacker or _unpacker(rest, is_gzip=is_gzip), False
            if made := _made(unpacker, rest):
                yield made
            rest = unpacker.unconsumed_tail
            if unpacker.eof:
                rest, unpacker = unpacker.unused_data, None
    if unpacker is not None:
        if made := unpacker.flush():
            yield made
        if not unpacker.eof:
            raise ProtocolError("the compressed body ends too early")


def _made(unpacker: Any, packed: bytes) -> bytes:
    try:
        return bytes(unpacker.decompress(packed, _PIECE))
    except zlib.error as error:
        raise DecodeError(str(error)) from error


def _unpacker(start: bytes, *, is_gzip: bool) -> Any:
    """`deflate` is meant to have zlib's two bytes before it and often has not; no raw stream begins with their 8."""
    if is_gzip:
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    return zlib.decompressobj(zlib.MAX_WBITS if start[0] & 15 == 8 else -zlib.MAX_WBITS)
