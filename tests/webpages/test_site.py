"""`civicgauge site`: what is written for whom, without a dead link, in place of the site before."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pages.routes import routers
from civicgauge.pages.site import Wanted, write_site
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import STAFF, Viewer
from civicgauge.pipeline.words import NOTICE
from tests.judged import judge
from tests.webpages.published import DECIDED, NOW, OPEN, PRIVATE, SHARED, published, write_file


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with published(tmp_path_factory.mktemp("site")) as made:
        judge(made, DECIDED)
        yield made


@pytest.fixture(scope="module")
def site(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "site"
    write_site(Wanted(context.settings, now=NOW), folder)
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def test_every_page_is_there_with_its_twins_and_no_link_is_dead(site: Path) -> None:
    files = texts(site)
    pages = {name for name in files if name.endswith("/index.html")}
    assert {"404.html", "index.html", f"badge/{OPEN}.svg", f"city/{OPEN}/index.html"} <= files.keys()
    kinds = [path for router in routers().values() for path in router.pages if path not in router.served_only]
    assert not any(name.startswith("audit") for name in files)
    for kind in set(kinds) - {"audit"}:  # a page file that the site does not know how to enumerate shows here
        pattern = re.sub(r"{\w+}", "[^/]+", kind) + "/index.html"
        assert any(re.fullmatch(pattern, name) for name in pages), kind
    for name in pages:
        base = name.removesuffix("/index.html")
        assert {f"{base}.json", f"{base}.csv"} <= files.keys()
        assert NOTICE in files[name]
        assert json.loads(files[f"{base}.json"])["notice"] == NOTICE
        assert "<script" not in files[name]
        assert "<form" not in files[name]
        for address in re.findall(r'href="([^"]*)"', files[name]):
            if not re.match(r"[a-z]+:|#", address):
                path = normpath(join(dirname(name), unquote(address.partition("#")[0])))
                assert path in files, (name, address)


def test_who_may_not_see_a_city_finds_no_word_of_it(context: Context, site: Path, tmp_path: Path) -> None:
    assert not [name for name, text in texts(site).items() if re.search("sharedville|privateburg", name + text, re.I)]
    write_site(
        Wanted(context.settings, Viewer("city", frozenset({SHARED})), datasets="none", now=NOW), tmp_path / "own"
    )
    files = texts(tmp_path / "own")
    assert f"city/{SHARED}/index.html" in files
    assert not [name for name in files if "/dataset/" in name]
    assert not [name for name, text in files.items() if re.search("privateburg", name + text, re.I)]
    write_site(Wanted(context.settings, STAFF, datasets="none", now=NOW), tmp_path / "staff")
    assert (tmp_path / "staff" / "city" / PRIVATE / "index.html").is_file()
    assert (tmp_path / "staff" / "city" / PRIVATE / "brief" / "index.html").is_file()
    assert not [name for name, text in texts(tmp_path / "staff").items() if name.startswith("pack") or "/pack" in text]
    assert not list(tmp_path.rglob("*.pdf"))


def test_what_is_shown_no_more_is_gone_and_what_is_not_ours_stays(context: Context, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    wanted = Wanted(context.settings, datasets="none", now=NOW)
    write_site(wanted, folder)
    assert (folder / "city" / OPEN).is_dir()
    write_file(context, OPEN, badge=False, publication="private")
    try:
        write_site(wanted, folder)
    finally:
        write_file(context, OPEN)
    assert not [name for name, text in texts(folder).items() if OPEN in name + text]
    (folder / "notes.txt").write_text("a person's own")
    with pytest.raises(ConfigurationError, match=r"files that are not a site of ours, such as notes.txt"):
        write_site(wanted, folder)
    assert (folder / "notes.txt").read_text() == "a person's own"
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == ["site"]
