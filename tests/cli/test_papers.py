"""`civicgauge brief` and `civicgauge pack`: files for paper, for whom they may be written, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import pdfs
from tests.cli.conftest import Ask
from tests.comparison.made_up import Town, cohort_file, settle, towns
from tests.homes import home_at

NAMES = ("Town 00", "Town 05", "Secret")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Six public towns and a private one, and a cohort of them all."""
    made = tmp_path / "home"
    with home_at(made) as context:
        settle(context, [*towns(6), Town("secret", publication="private")])
    ids = [*(each.id for each in towns(6)), "secret"]
    cohort_file(tmp_path, {"cohorts": [{"id": "spring", "title": "Spring", "cities": ids}]})
    return made


def test_a_sheet_is_written_as_its_name_ends(home: Path, ask: Ask, tmp_path: Path) -> None:
    pdfs.needed()
    for name, start in (("a.pdf", b"%PDF-"), ("a.html", b"<!doctype html>")):
        told = ask(home, "brief", "town-03", str(tmp_path / name), "--as-of", "2026-06-30")
        assert (told.code, told.out, told.err) == (0, "", f"{tmp_path / name}: written\n")
        assert (tmp_path / name).read_bytes().startswith(start)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Town 03: open data in brief" in page
    assert "As things stood on 2026-06-30" in page
    assert 'href="../' not in page, "a file by itself leads to no page beside it"
    assert pdfs.pages((tmp_path / "a.pdf").read_bytes()) == 1
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def test_who_is_private_has_a_sheet_for_staff_alone(home: Path, ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "s.html"
    for audience in ("public", "city"):
        told = ask(home, "brief", "secret", str(file), "--audience", audience)
        assert (told.code, file.exists()) == (2, False)
        assert f"secret: nothing of it is shown to --audience {audience}; a private city's sheet needs" in told.err
    assert ask(home, "brief", "secret", str(file), "--audience", "staff").code == 0
    assert "Secret: open data in brief" in file.read_text(encoding="utf-8")
    earlier = ask(home, "brief", "town-03", str(file), "--as-of", "2020-01-01")
    assert (earlier.code, "as of 2020-01-01" in earlier.err) == (2, True)


def test_a_pack_with_its_cover_and_for_cities(home: Path, ask: Ask, tmp_path: Path) -> None:
    cohorts = {"CIVICGAUGE_COHORTS": str(tmp_path / "cohorts.yml")}
    staff, cities = tmp_path / "staff.html", tmp_path / "cities.html"
    assert ask(home, "pack", "spring", str(staff), **cohorts).code == 0
    assert ask(home, "pack", "spring", str(cities), "--for-cities", **cohorts).code == 0
    assert [name in staff.read_text(encoding="utf-8") for name in NAMES] == [True] * 3
    assert [name in cities.read_text(encoding="utf-8") for name in NAMES] == [False] * 3


def test_what_cannot_be_written_is_said(home: Path, ask: Ask, tmp_path: Path) -> None:
    cohorts = {"CIVICGAUGE_COHORTS": str(tmp_path / "cohorts.yml")}
    for words, said in (
        (("brief", "town-03", "a.docx"), "a.docx: the file's name has to end in .pdf or .html"),
        (("brief", "town-99", "a.pdf"), "town-99"),
        (("brief", "town-03", "/nowhere/at/all/a.html"), "/nowhere/at/all/a.html cannot be written: No such file"),
        (("brief", "town-03", str(tmp_path / "a.html"), "--as-of", "soon"), "soon"),
        (("pack", "autumn", "a.pdf"), "no cohort 'autumn'; there are spring"),
        (("pack", "spring", "a.txt"), "a.txt: the file's name has to end in .pdf or .html"),
    ):
        told = ask(home, *words, **cohorts)
        assert (told.code, told.out) == (2, "")
        assert said in told.err
    assert "set CIVICGAUGE_COHORTS" in ask(home, "pack", "spring", "a.pdf").err


def test_a_file_is_for_whom_every_file_of_theirs_is(home: Path, ask: Ask, tmp_path: Path) -> None:
    for mask, mode in ((0o077, 0o600), (0o022, 0o644)):
        before = os.umask(mask)
        try:
            assert ask(home, "brief", "town-03", str(tmp_path / "a.html")).code == 0
        finally:
            os.umask(before)
        assert (tmp_path / "a.html").stat().st_mode & 0o777 == mode
