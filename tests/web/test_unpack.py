"""Compression is taken off, whatever the pieces are; what ends too early is never taken for whole."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.exceptions import DecodeError, ProtocolError

from civicgauge._unpack import unpacked

PACKERS = {
    "gzip": gzip.compress,
    "GZIP ": lambda body: gzip.compress(body[:7]) + gzip.compress(body[7:]),
    "x-gzip": lambda body: gzip.compress(body) + b"\0\0 padding",
    "deflate": zlib.compress,
    "deflate, identity": lambda body: zlib.compress(body)[2:-4],
    "deflate, gzip": lambda body: gzip.compress(zlib.compress(body)),
    "identity": lambda body: body,
    "": lambda body: body,
}


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[begin : begin + size] for begin in range(0, len(body), size)]


@given(st.binary(max_size=300).map(lambda body: body * 40), st.integers(1, 3000), st.sampled_from(sorted(PACKERS)))
def test_what_was_packed_comes_out(body: bytes, size: int, encoding: str) -> None:
    assert b"".join(unpacked(cut(PACKERS[encoding](body), size), encoding)) == body


@given(st.binary(min_size=1, max_size=300), st.integers(1, 60), st.sampled_from(["gzip", "deflate"]), st.data())
def test_an_early_end_is_an_error(body: bytes, size: int, encoding: str, data: st.DataObject) -> None:
    packed = PACKERS[encoding](body)
    short = packed[: data.draw(st.integers(1, len(packed) - 1))]
    with pytest.raises(ProtocolError):
        list(unpacked(cut(short, size), encoding))


@given(st.binary(max_size=200), st.integers(1, 60), st.sampled_from(["gzip", "deflate", "br", "gzip, zstd"]))
def test_anything_comes_out_or_is_refused(body: bytes, size: int, encoding: str) -> None:
    try:
        found = b"".join(unpacked(cut(body, size), encoding))
    except (DecodeError, ProtocolError):
        return
    assert not body or found is not None


def test_pieces_of_a_bomb_are_small() -> None:
    pieces = list(unpacked([gzip.compress(bytes(50_000_000))], "gzip"))
    assert sum(map(len, pieces)) == 50_000_000
    assert max(map(len, pieces)) <= 1 << 18


def test_an_empty_body_needs_no_compression() -> None:
    assert list(unpacked([], "gzip")) == []


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress"])
def test_what_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(DecodeError, match=encoding):
        list(unpacked([b"x"], encoding))
