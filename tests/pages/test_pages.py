"""The pages made by `make docs` are what the code and the files beside it say."""

from __future__ import annotations

import re

import pytest

from tests.pages import peers
from tests.pages.__main__ import DOCS, PAGES


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_the_one_that_the_code_writes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: make docs"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_says_that_a_city_meets_or_fails(name: str) -> None:
    text = PAGES[name]()
    assert not re.search(r"\b(certified|meets|fails|non-compliant)\b", text, re.IGNORECASE)


def test_a_reason_written_for_another_status_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    case = {**peers.RECORDED["datasets"][3], "written_for": "fresh"}
    monkeypatch.setitem(peers.RECORDED, "datasets", [*peers.RECORDED["datasets"][:3], case])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="the reason is for fresh, computed is overdue"):
        list(peers.section())


def test_every_code_of_a_standard_stands_on_its_page_once() -> None:
    text = PAGES["standards.md"]()
    codes = re.findall(r"^\| ([A-Z]+\d+) \|", text, re.MULTILINE)
    assert (len(codes), len(set(codes))) == (43 + 3, 43 + 3)
    assert "11 of 43 criteria have any signal on a portal" in text
    assert "2 of 45 criteria are known to have any signal" in text
