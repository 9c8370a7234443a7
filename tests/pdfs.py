"""What a PDF holds, its compressed parts opened: enough to count its pages and to see what it says of itself."""

from __future__ import annotations

import os
import re
import zlib

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pages import paper

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def needed() -> None:
    """Pango, with which PDFs are made; without it the test is skipped, in CI it fails."""
    try:
        paper._weasyprint()
    except ConfigurationError as error:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


def opened(pdf: bytes) -> bytes:
    """The file with all that can be read in its streams behind it."""
    return b"\n".join([pdf, *(_inflated(found) for found in _STREAM.findall(pdf))])


def pages(pdf: bytes) -> int:
    """How many sheets it comes to."""
    return len(_PAGE.findall(opened(pdf)))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:  # a picture or a font: no text
        return b""
