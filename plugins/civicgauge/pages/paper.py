"""The same pages for paper: one HTML file that needs nothing beside it, and a PDF of it. Nothing is fetched."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from threading import BoundedSemaphore, Lock
from typing import Any, Literal, get_args

from civicgauge.errors import ConfigurationError, RetryableError
from civicgauge.pages.here import Here
from civicgauge.pages.render import Renderer
from civicgauge.pages.sheets import Sheet
from civicgauge.pages.site.links import without_dead
from civicgauge.pipeline.showing.forms import Viewer

Size = Literal["a4", "letter"]
SIZES: tuple[Size, ...] = get_args(Size)
_IN_LETTER = frozenset({"US", "CA", "MX"})
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
_MOST_WAITING = 4
_waiting, _one = BoundedSemaphore(_MOST_WAITING), Lock()


class PaperBusy(RetryableError):
    """Several PDFs are being made already."""


def html_of(renderer: Renderer, sheet: Sheet, page: str, query: Mapping[str, str], viewer: Viewer) -> str:
    """The page as one file: links to other pages become words, those to other hosts stay.

    `page` is its path (`city/x/brief`), `query` what was asked of it.
    """
    here = Here(f"{page}/", query, is_static=True)
    values = {**sheet.values, "twins": False}
    text = renderer.page(sheet.template, here, viewer, form=sheet.form, **values)
    return without_dead(text, f"{page}/index.html", lambda _path: False)


def size_of(countries: Iterable[str]) -> Size:
    """The paper that is used there; A4 where countries differ."""
    known = set(countries)
    return "letter" if known and known <= _IN_LETTER else "a4"


def pdf_of(html: str, size: Size) -> bytes:
    """The PDF (tagged, PDF/UA-1) of a page of ours; the same page gives the same bytes.

    ConfigurationError, with what to install, where Pango is missing; PaperBusy where several are being made just now.
    """
    if not _waiting.acquire(blocking=False):
        raise PaperBusy("several PDFs are being made just now; try again in a minute, or print the page itself")
    try:
        with _one:  # each takes a core for a second or two
            return _made(html, size)
    finally:
        _waiting.release()


@lru_cache(maxsize=16)
def _made(html: str, size: Size) -> bytes:
    weasyprint = _weasyprint()
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    paper = weasyprint.CSS(string=f"@page {{ size: {'A4' if size == 'a4' else 'letter'} }}", url_fetcher=nothing)
    page = weasyprint.HTML(string=html, url_fetcher=nothing)
    made: bytes = page.write_pdf(stylesheets=[paper], pdf_variant="pdf/ua-1")
    return made


def _weasyprint() -> Any:
    """The library, quiet on the parts of our style that are for screens; it says on stdout what is missing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise ConfigurationError(
            f"No PDF can be made here, since Pango is missing ({error}). Install it (Debian, Ubuntu: apt-get install "
            f"{_PACKAGES}; macOS: brew install pango), or write an .html file and print it from a browser"
        ) from None
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return weasyprint
