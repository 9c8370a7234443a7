"""The same pages on paper: one sheet of A4 and of Letter, tagged, the same bytes again, and nothing fetched for it."""

from __future__ import annotations

import logging
import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cffi
import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pages import paper
from civicgauge.pages.app import menu_of
from civicgauge.pages.asking import Ask
from civicgauge.pages.here import Here
from civicgauge.pages.render import Renderer
from civicgauge.pages.routes import brief, pack
from civicgauge.pipeline.showing import PUBLIC, STAFF
from civicgauge.pipeline.words import NOTICE
from tests import pdfs
from tests.answers.html import Page
from tests.webpages.made_up import CITY, COHORT, MadeUp, client, plain

pytestmark = pytest.mark.usefixtures("pango")
LONGEST = "Wondrously long words of municipal prose, "


@pytest.fixture(scope="module")
def pango() -> None:
    """What PDFs are made with."""
    pdfs.needed()


def longest(name: str) -> str:
    """As much as a portal or a city's file may say, where it is free to; our own texts at their usual length."""
    ours = {"ask": 95, "why": 80, "gain": 80, "how_long": 45, "who": 75, "reach": 150, "seen": 200}
    if name in ("name", "datasets", "title", "unknown", "unread") or name in ours:
        return (LONGEST * 30_000)[: ours.get(name, 1_000_000)]
    return plain(name)


def sheet_of(shown: MadeUp) -> str:
    """A city's sheet as one file."""
    made = brief.brief(Ask(shown, PUBLIC, Here(f"city/{CITY}/brief/", is_static=True)), CITY)
    return paper.html_of(Renderer("opendata-team@example.org", menu_of()), made, f"city/{CITY}/brief", {}, PUBLIC)


def pack_of(shown: MadeUp) -> str:
    """A cohort's pack as one file."""
    made = pack.pack(Ask(shown, STAFF, Here(f"pack/{COHORT}/", is_static=True)), COHORT)
    return paper.html_of(Renderer("", {}), made, f"pack/{COHORT}", {}, STAFF)


@pytest.mark.parametrize("size", paper.SIZES)
def test_the_sheet_is_one_page_at_its_longest(size: paper.Size) -> None:
    html = sheet_of(MadeUp(longest))
    assert len(html) < 60_000
    made = paper.pdf_of(html, size)
    assert pdfs.pages(made) == 1
    (box,) = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", pdfs.opened(made))
    assert tuple(round(float(each)) for each in box) == {"a4": (595, 842), "letter": (612, 792)}[size]


def test_a_pdf_names_its_title_and_language_and_is_tagged_and_made_again_alike() -> None:
    html = sheet_of(MadeUp())
    first = paper.pdf_of(html, "a4")
    paper._made.cache_clear()
    assert paper.pdf_of(html, "a4") == first
    told = pdfs.opened(first)
    assert b"/Lang (en)" in told
    assert b"/Marked true" in told
    assert b'pdfuaid:part="1"' in told
    assert b"some name: open data in brief" in told
    assert NOTICE in html


def test_paper_bears_no_link_that_leads_nowhere_and_a_pack_says_on_each_sheet_what_it_is() -> None:
    for html in (sheet_of(MadeUp()), pack_of(MadeUp())):
        assert {each.partition(":")[0] for each in Page(html).links} <= {"#main", "mailto", "https"}
    text = pack_of(MadeUp())
    assert text.count(NOTICE) == 2, "on the overview, and on the one sheet as the page's foot"
    made = paper.pdf_of(text, "letter")
    assert pdfs.pages(made) == 3
    assert b"https://data.example.org/d/1" in pdfs.opened(made)


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """An address of ours, and who called there."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def wait() -> None:
            while not over.is_set():
                try:
                    caller, place = server.accept()
                except TimeoutError:
                    continue
                called.append(place)
                caller.close()

        waiting = threading.Thread(target=wait)
        waiting.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", called
        finally:
            over.set()
            waiting.join()


def test_nothing_is_fetched_whatever_a_title_or_a_page_holds(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body { content: 'x' }")
    with listening() as (address, called), caplog.at_level(logging.ERROR, "weasyprint"):
        tags = (
            f'<img src="{address}/a.png"><img src="file://{secret}"><link rel=stylesheet href="{address}/b.css">'
            f'<link rel=stylesheet href="file://{secret}"><link rel=attachment href="file://{secret}">'
            f'<style>@import url({address}/c.css); p {{ background: url("{address}/d.png") }}</style>'
            f'<svg><image href="{address}/e.svg" width="9" height="9"/></svg><object data="{address}/f"></object>'
        )
        html = sheet_of(MadeUp(lambda name: tags if name in ("datasets", "title") else plain(name)))
        assert "<img" not in html, "a title is a text"
        paper.pdf_of(html, "a4")
        assert not caplog.records
        made = paper.pdf_of(html.replace("<h1>", f"<h1>{tags}"), "a4")  # as if one had got through
    assert called == []
    assert secret.name.encode() not in pdfs.opened(made)
    assert any("disallowed protocol" in each.getMessage() for each in caplog.records)


def test_a_pdf_stands_beside_its_page() -> None:
    asking = client(viewer=STAFF)
    for path in (f"/city/{CITY}/brief.pdf", f"/pack/{COHORT}.pdf"):
        made = asking.get(path)
        assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
        assert made.content.startswith(b"%PDF-")
        assert made.headers["cache-control"] == "private, no-cache"
        assert asking.get(path, headers={"If-None-Match": made.headers["etag"]}).status_code == 304
    assert asking.get("/city/us-xx-nowhere/brief.pdf").status_code == 404
    assert asking.get(f"/city/{CITY}/brief.pdf?paper=a5").status_code == 400
    assert asking.get(f"/city/{CITY}/brief.pdf?as_of=never").status_code == 400


def test_where_many_pdfs_are_made_at_once_the_page_is_there_all_the_same() -> None:
    for _ in range(paper._MOST_WAITING):
        assert paper._waiting.acquire(blocking=False)
    try:
        refused = client(viewer=STAFF).get(f"/city/{CITY}/brief.pdf")
    finally:
        for _ in range(paper._MOST_WAITING):
            paper._waiting.release()
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "prints as well" in refused.text


def test_without_pango_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_self: object, name: str, _flags: int = 0) -> object:
        raise OSError(f"cannot load library {name!r}")

    for name in [each for each in sys.modules if each.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(cffi.FFI, "dlopen", missing)
    with pytest.raises(ConfigurationError) as told:
        paper.pdf_of("<p>not made before</p>", "a4")
    assert str(told.value).startswith("No PDF can be made here, since Pango is missing (cannot load library")
    assert "apt-get install libpango-1.0-0" in str(told.value)
    assert ".html file" in str(told.value)
    assert capsys.readouterr().out == "", "what the library itself says on stdout is kept back"
    answer = client(viewer=STAFF).get(f"/city/{CITY}/brief.pdf?paper=letter&as_of=2026-01-01")
    assert (answer.status_code, "libpango" in answer.text) == (503, True)
    assert "libpango" not in client(viewer=PUBLIC).get(f"/city/{CITY}/brief.pdf?as_of=2026-01-02").text
